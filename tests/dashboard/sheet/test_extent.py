"""What a fitted frame shows: all that is drawn, with room around it, in every direction."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats.standalone import extent_of
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FIT, Brief, Projection
from dashboard.views.corridors.choice import extent
from geodata.routes import land_leg
from tests.dashboard.made import atlas_of, dossier_of, place, record


def fitted(like: Atlas, *spots: tuple[float, float], **options: Any) -> Sheet:
    """A sheet of one event at these places, (lat, lon)."""
    places = [place(f"spot-{n}", lat, lon) for n, (lat, lon) in enumerate(spots)]
    event = record("event", "there", event="meeting", places=[p.id for p in places])
    made = atlas_of(dossier_of([event], places), like)
    return compose(made, Brief(screen=Screen(), **({"extent": FIT} | options)), "http://here")


@pytest.mark.parametrize(
    ("spots", "bounds"),
    [
        ([(30, 50)], (42, 25, 58, 35)),
        ([(30, 50), (33, 53)], (43.5, 26.5, 59.5, 36.5)),
        ([(10, 20), (40, 60)], (20, 10, 60, 40)),
        ([(10, 20), (40, 26)], (15, 10, 31, 40)),
        ([(10, 20), (14, 60)], (20, 7, 60, 17)),
        ([(-18, 178)], (170, -23, -174, -13)),
        ([(-18, 178), (-14, -172)], (175, -21, -169, -11)),
        ([(-18, 160), (20, -155)], (160, -18, -155, 20)),
        ([(87, 0)], (-8, 82, 8, 88)),
        ([(-87, 0)], (-8, -88, 8, -82)),
    ],
)
def test_the_extent_is_that_of_the_records_with_room_around(
    atlas: Atlas, spots: list[tuple[float, float]], bounds: tuple[float, float, float, float]
) -> None:
    assert fitted(atlas, *spots).bounds == pytest.approx(bounds, abs=1e-3)


@pytest.mark.parametrize("projection", list(Projection))
@pytest.mark.parametrize("spots", [[(-18.1, 178.4), (-13.8, -171.8)], [(-18.1, 178.4)]])
def test_beyond_180_degrees_the_frame_is_no_wider_than_it_must_be(
    atlas: Atlas, projection: Projection, spots: list[tuple[float, float]]
) -> None:
    sheet = fitted(atlas, *spots, projection=projection)
    view = sheet.view
    lats, lons = np.array(spots).T
    assert view.sees(lons, lats).all()
    # The frame's shape asks for more, but never for another ocean.
    assert not view.sees(np.array([120.0, -90.0]), np.array([-16.0, -16.0])).any()
    assert len(sheet.symbols) == len(spots)
    (south, west), (north, east) = extent_of(sheet.bounds)
    assert 0 < east - west < 20
    assert 0 < north - south < 20


def test_a_line_counts_with_all_its_course(atlas: Atlas) -> None:
    legs = [{"from": "west", "to": "east", "mode": "rail", "status": "operating"}]
    way = record("corridor", "way", branches=[{"id": "it", "title": "The way", "legs": legs}])
    for lons, expected in (((20, 60), (20, 60)), ((175, -170), (174.5, -169.5))):
        places = [place("west", 60, lons[0]), place("east", 65, lons[1])]
        made = atlas_of(dossier_of([way], places), atlas)
        sheet = compose(made, Brief(screen=Screen(), extent=FIT), "http://here")
        west, south, east, north = sheet.bounds
        assert (west, east) == pytest.approx(expected, abs=1e-3)
        assert (south, north) == pytest.approx((57.5, 67.5), abs=1e-3)


def test_the_corridors_page_opens_on_its_lines_also_beyond_180_degrees() -> None:
    line = land_leg([(175.0, -36.0), (-172.0, -14.0)])
    route = SimpleNamespace(stretches=[SimpleNamespace(line=line)])
    choice: Any = SimpleNamespace(routes=[route], detours={})
    assert extent(choice) == [[-36, 175], [-14, 188]]
