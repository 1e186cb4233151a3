"""Where a picture looks: at what it shows, in the middle of the frame and no larger than need be.

Expected degrees are those of the places in the small dossier's files: Kyiv at 30.52° E 50.45° N,
Moscow at 37.62° E 55.75° N, Tehran at 51.39° E 35.69° N, Astrakhan and Anzali between them.
"""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import paper
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, THE_WORLD, VIEW, Bounds, Brief, Projection
from tests.dashboard.made import small_dossier
from tests.sweeps import first_of

MARGIN = 0.03
"""Share of the extent that is free on each side."""

EXTENTS = {extent.id: extent.bounds for extent in small_dossier().head.extents}

ALL_OF_IT: Bounds = (30.52, 35.69, 51.39, 55.75)


def looked_at(sheet: Sheet) -> tuple[float, float, float, float]:
    """The frame in metres of its projection."""
    view = sheet.view
    return view.x0, view.y0, view.x1, view.y1


def in_metres(bounds: Bounds, sheet: Sheet) -> tuple[float, float, float, float]:
    """Smallest rectangle around an extent in the plane of a sheet's projection."""
    west, south, east, north = bounds
    lon, lat = np.meshgrid(
        np.linspace(west, east + 360 * (west > east), 201), np.linspace(south, north, 201)
    )
    project = Transformer.from_crs("EPSG:4326", sheet.view.crs, always_xy=True)
    x, y = project.transform(lon.ravel(), lat.ravel())
    return float(min(x)), float(min(y)), float(max(x)), float(max(y))


def assert_framed(sheet: Sheet, bounds: Bounds) -> None:
    """The frame has the extent in its middle, and as much around it as its shape asks for."""
    x0, y0, x1, y1 = looked_at(sheet)
    left, bottom, right, top = in_metres(bounds, sheet)
    near = 0.004 * max(x1 - x0, y1 - y0)
    assert (x0 + x1) / 2 == pytest.approx((left + right) / 2, abs=near)
    assert (y0 + y1) / 2 == pytest.approx((bottom + top) / 2, abs=near)
    spare_x = (x1 - x0) / (right - left)
    spare_y = (y1 - y0) / (top - bottom)
    assert min(spare_x, spare_y) == pytest.approx(1 + 2 * MARGIN, abs=0.005)
    rect = sheet.layout.map
    assert (x1 - x0) / (y1 - y0) == pytest.approx(rect.width / rect.height, rel=1e-6)


@pytest.mark.parametrize("frame", FRAMES)
def test_all_that_is_shown_lies_in_the_middle_of_the_frame(little: Atlas, frame: str) -> None:
    assert_framed(compose(little, Brief(frame=frame)), ALL_OF_IT)


@pytest.mark.parametrize(
    ("record", "bounds"),
    [
        # One place: 8 degrees of longitude and 5 of latitude around it.
        ("kyiv-warning", (22.52, 45.45, 38.52, 55.45)),
        ("tehran-meeting", (43.39, 30.69, 59.39, 40.69)),
        # Two places near one another in longitude: grown to 16 degrees, the latitudes are enough.
        ("rus-ukr-conflict", (26.07, 48.1, 42.07, 58.1)),
        ("drones", (36.505, 35.69, 52.505, 55.75)),
        # A corridor: from Moscow by Astrakhan to Anzali, at sea as far east as 50.85.
        ("caspian", (36.235, 37.47, 52.235, 55.75)),
    ],
)
def test_a_record_is_framed_by_its_own_places(little: Atlas, record: str, bounds: Bounds) -> None:
    sheet = compose(little, Brief(records=(record,)))
    assert sheet.bounds == pytest.approx(bounds, abs=0.02)
    assert_framed(sheet, bounds)


@pytest.mark.parametrize("projection", [Projection.EQUAL_AREA, Projection.CONFORMAL])
@pytest.mark.parametrize("extent", EXTENTS)
def test_a_named_extent_is_framed(little: Atlas, extent: str, projection: Projection) -> None:
    brics = Screen(alliance=("brics",))
    sheet = compose(little, Brief(screen=brics, extent=extent, projection=projection))
    assert_framed(sheet, EXTENTS[extent])


@pytest.mark.parametrize("bounds", [(20, 30, 60, 60), (35, 33, 57, 58)])
def test_the_current_view_is_framed(little: Atlas, bounds: Bounds) -> None:
    assert_framed(compose(little, Brief(extent=VIEW, bounds=bounds)), bounds)


def test_the_world_is_seen_from_south_to_north(little: Atlas) -> None:
    sheet = compose(little, Brief(extent="world"))
    x0, y0, x1, y1 = looked_at(sheet)
    left, bottom, right, top = in_metres((-168.9, -56, 190.9, 78), sheet)
    assert y0 < bottom and y1 > top
    assert x1 - x0 > 0.9 * (right - left)
    assert (x0 + x1) / 2 == pytest.approx(0, abs=1)


def test_only_alliances_show_the_world(little: Atlas) -> None:
    brics = Screen(alliance=("brics",))
    sheet = compose(little, Brief(screen=brics, records=("brics",)))
    assert sheet.bounds == THE_WORLD


@pytest.mark.parametrize("frame", first_of(FRAMES))
def test_a_single_place_is_painted_in_the_middle_of_the_map(little: Atlas, frame: str) -> None:
    """Asked of the pixels: nothing else on this map has the colour of the subject."""
    brief = Brief(records=("kyiv-warning",), frame=frame, labels=False, points=())
    sheet = compose(little, brief)
    (symbol,) = sheet.symbols
    with Image.open(io.BytesIO(paper.map_png(little, sheet, 96))) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    colour = [int(symbol.colour[at : at + 2], 16) for at in (1, 3, 5)]
    rows, columns = np.nonzero(np.abs(pixels - colour).sum(axis=2) < 6)
    assert len(rows) > 50
    height, width, _ = pixels.shape
    # The frame's middle is that of the projected extent, which lies a little beside the place.
    left, bottom, right, top = in_metres((22.52, 45.45, 38.52, 55.45), sheet)
    project = Transformer.from_crs("EPSG:4326", sheet.view.crs, always_xy=True)
    x, y = project.transform(30.52, 50.45)
    scale = width / (sheet.view.x1 - sheet.view.x0)
    wanted = (
        width / 2 + (x - (left + right) / 2) * scale,
        (height / 2 - (y - (bottom + top) / 2) * scale),
    )
    assert (columns.mean(), rows.mean()) == pytest.approx(wanted, abs=4)
    assert np.ptp(columns) < 26 and np.ptp(rows) < 26
