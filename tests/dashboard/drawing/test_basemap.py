"""The base map: land reaches as far as the frame and the globe do, and no further."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from dashboard.atlas.data import Atlas
from dashboard.drawing.basemap import EARTH, base_map, projected_window, turned
from dashboard.sheet.mapview import ProjectionSort, make_view
from dashboard.sheet.spec import THE_WORLD, Bounds, Projection
from tests.geodata.places import country_at
from tests.nonempty import nonempty
from tests.sweeps import first_of

WIDTH = 660.0

EXTENTS: dict[str, Bounds] = {
    "world": THE_WORLD,
    "Eurasia": (-12, 2, 142, 72),
    "Middle East": (24, 11, 66, 43),
    "Black Sea": (21, 38, 50, 54),
    "Arctic": (-20, 70, 100, 85),
    "Bering Strait": (150, 40, -120, 72),
    "South America": (-80, -57, -40, 10),
}

MERCATORS = (Projection.CONFORMAL, Projection.WEB_MERCATOR)


@pytest.mark.parametrize("projection", Projection)
@pytest.mark.parametrize("extent", EXTENTS)
@pytest.mark.parametrize("aspect", [0.6, 1.0, 1.7])
def test_all_that_the_frame_sees_is_projected(
    extent: str, projection: Projection, aspect: float
) -> None:
    view = make_view(EXTENTS[extent], projection, aspect)
    # A frame need not lie evenly around the middle of its projection.
    aside = 0.007 * (view.x1 - view.x0)
    view = replace(view, x0=view.x0 + aside, x1=view.x1 + aside)
    middle = view.plane.lon
    # Along the edges too, between any points that might be sampled.
    share = np.random.default_rng(7).uniform(0, 1, (20_000, 2))
    for edge in range(4):
        share[edge * 4000 : (edge + 1) * 4000, edge // 2] = edge % 2
    x, y = (share * [view.x1 - view.x0, view.y1 - view.y0] + [view.x0, view.y0]).T
    lon, lat = view.unproject(x, y)
    back_x, back_y = view.project(lon, lat)
    # Beyond the globe's edge the way back leads elsewhere.
    on_globe = np.hypot(back_x - x, back_y - y) < 1
    kept = on_globe & (np.abs(lat) < 84)
    if view.plane.sort is ProjectionSort.AZIMUTHAL:
        # The antipode is a circle around everything, and is not drawn.
        kept &= np.hypot(x, y) < 2 * EARTH * np.sin(np.radians(75))
    assert kept.sum() > 300
    window = projected_window(view)
    east = turned(lon[kept], middle)
    assert shapely.contains_xy(window, east, lat[kept]).all()


@pytest.mark.parametrize("projection", Projection)
@pytest.mark.parametrize("aspect", first_of([1.7, 0.6, 1.0, 1.3, 2.1, 2.25, 2.4, 2.75, 3.0], 2))
def test_land_reaches_to_where_the_world_is_cut(
    atlas: Atlas, projection: Projection, aspect: float
) -> None:
    view = make_view(THE_WORLD, projection, aspect)
    base = base_map(atlas, view, WIDTH)
    asked = 0
    for side in (-179.8, -179.2, -178.4, -177.6, 177.6, 178.4, 179.2, 179.8):
        lon = (view.plane.lon + side + 180) % 360 - 180
        for lat in nonempty(np.arange(60, 72, 0.5)):
            code = country_at(lon, lat, atlas.countries)
            if code is None:
                continue
            asked += 1
            x, y = view.project(np.array([view.plane.lon + side]), np.array([lat]))
            assert shapely.contains_xy(base.countries[code], x, y)[0], (code, lon, lat)
    assert asked > 3


@pytest.mark.parametrize("projection", MERCATORS)
def test_mercator_ends_at_85_degrees_whatever_lies_there(
    atlas: Atlas, projection: Projection
) -> None:
    polar = atlas.countries.iloc[:1].copy()
    polar.geometry = [shapely.box(-20, 60, 20, 90)]
    view = make_view(THE_WORLD, projection, 0.6)
    (land,) = base_map(replace(atlas, countries=polar), view, WIDTH).countries.values()
    end = view.project(np.array([0.0]), np.array([85.0]))[1][0]
    assert view.y1 > end, "the frame shows more than that"
    assert land.bounds[3] == pytest.approx(end, rel=1e-6)
