"""What is painted on a map: which records, at which places, in which colours; and nothing else.

Asked of the pixels of the picture. Places are those of the small dossier's files.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.look.palette import ALLIANCE_COLOURS, MAP_COLOURS, THEME_COLOURS
from dashboard.look.strokes import TIES_COLOUR
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief, KeyPoint, Style
from tests.dashboard.drawing.pixels import POINT, Painted, over, rgb

# Pictures are read back here, sign by sign.
pytestmark = pytest.mark.sweep

KYIV, MOSCOW, TEHRAN = (30.52, 50.45), (37.62, 55.75), (51.39, 35.69)
ASTRAKHAN, ANZALI = (48.04, 46.35), (49.46, 37.47)

COLOURS = MAP_COLOURS["light"]
ARMS, DIPLOMACY = (colour for colour, _ in THEME_COLOURS[:2])
"""Of the dossier's two themes on light land."""

SYMBOL = 8.25
"""Points from a symbol's middle to its edge."""


def sheet_of(atlas: Atlas, *records: str, **wanted: Any) -> Sheet:
    """A sheet of some records, without words on the map."""
    return compose(atlas, Brief(records=records, labels=False, points=(), **wanted))


def way(*places: tuple[float, float]) -> np.ndarray:
    """Points along the shortest way between places, closely spaced: rows of lon, lat."""
    geod = Geod(ellps="WGS84")
    legs = [
        np.array([start, *geod.npts(*start, *end, 400), end]) for start, end in pairwise(places)
    ]
    return np.vstack(legs)


# Symbols


def test_each_symbol_stands_at_its_place_in_its_subjects_colour(little: Atlas) -> None:
    painted = Painted(little, sheet_of(little, "kyiv-warning", "iranians-in-moscow"))
    for place, own, other in ((KYIV, ARMS, DIPLOMACY), (MOSCOW, DIPLOMACY, ARMS)):
        assert painted.share(own, *place, SYMBOL) > 0.3
        assert painted.share(other, *place, SYMBOL) == 0
    for place, colour in ((KYIV, ARMS), (MOSCOW, DIPLOMACY)):
        assert painted.farthest(painted.has(colour), painted.spots(*np.array([place]).T)) < 12


def test_two_records_of_one_place_stand_side_by_side(little: Atlas) -> None:
    sheet = sheet_of(little, "tehran-meeting", "iran-inflation", "kyiv-warning")
    painted = Painted(little, sheet)
    column, row = painted.spot(*TEHRAN)
    found = painted.has(DIPLOMACY)
    rows, columns = np.nonzero(found)
    assert abs(columns.mean() - column) < 2 * POINT and abs(rows.mean() - row) < 2 * POINT
    left, right = found & (painted.columns < column), found & (painted.columns > column)
    assert min(left.sum(), right.sum()) > 0.6 * max(left.sum(), right.sum())
    assert np.ptp(columns) > 1.8 * 2 * SYMBOL * POINT - 4


def test_what_is_only_alleged_is_an_outline(mixed: Atlas) -> None:
    sheet = sheet_of(mixed, "astrakhan-rumour", "tehran-meeting", "kyiv-warning")
    painted = Painted(mixed, sheet)
    # Around the mark in the middle, within the rim: coloured where it is said, else paper.
    for place, colour in ((TEHRAN, DIPLOMACY), (ASTRAKHAN, COLOURS["paper"])):
        around = painted.disc(*place, 5.6) & ~painted.disc(*place, 4.8)
        assert painted.has(colour)[around].mean() > 0.75
    assert painted.share(DIPLOMACY, *ASTRAKHAN, SYMBOL) > 0.1


def test_what_is_filtered_out_is_not_painted(little: Atlas) -> None:
    screen = Screen(filters=Filters(theme=("diplomacy",)))
    painted = Painted(little, compose(little, Brief(screen=screen, labels=False, points=())))
    assert painted.has(DIPLOMACY).sum() > 500
    assert painted.has(ARMS).sum() == 0


def test_nothing_is_painted_where_nothing_is_said(little: Atlas) -> None:
    """All that has a subject's colour lies on a record's place or along its way."""
    painted = Painted(little, sheet_of(little))
    arms = way(TEHRAN, MOSCOW, KYIV)
    caspian = np.array([[49, 45], [50.5, 42.5], [50.7, 40.3], [50, 38.5], ANZALI])
    diplomacy = np.vstack([way(MOSCOW, ASTRAKHAN), way(ASTRAKHAN, *map(tuple, caspian)), [TEHRAN]])
    for colour, along, apart in ((ARMS, arms, 24), (DIPLOMACY, diplomacy, 30)):
        found = painted.has(colour)
        assert found.sum() > 800
        assert painted.farthest(found, painted.spots(*along.T)) < apart


def test_a_ring_is_shared_by_subjects_as_its_records_are(crowded: Atlas) -> None:
    events = [f"kyiv-{number}" for number in range(6)]
    painted = Painted(crowded, sheet_of(crowded, *events))
    ring = painted.disc(*KYIV, 12)
    diplomacy, arms = (float(painted.has(colour)[ring].sum()) for colour in (DIPLOMACY, ARMS))
    assert arms > 100
    assert diplomacy / arms == pytest.approx(4 / 2, rel=0.2)
    assert painted.share(COLOURS["paper"], *KYIV, 5) > 0.5


def test_what_is_moved_aside_has_its_place_marked(little: Atlas) -> None:
    sheet = sheet_of(little, "tehran-meeting", "iran-inflation", "kyiv-warning")
    painted = Painted(little, sheet)
    assert painted.share(COLOURS["ink"], *TEHRAN, 1) > 0.5
    assert painted.share(COLOURS["ink"], *KYIV, 1) == 0


# Lines


@pytest.mark.parametrize(
    ("record", "giver", "receiver"),
    [("drones", TEHRAN, MOSCOW), ("rus-ukr-conflict", MOSCOW, KYIV)],
)
def test_a_line_runs_between_its_ends_and_its_head_is_at_the_receiver(
    little: Atlas, record: str, giver: tuple[float, float], receiver: tuple[float, float]
) -> None:
    painted = Painted(little, sheet_of(little, record))
    found = painted.has(ARMS, near=60) | painted.has(
        over(ARMS, COLOURS["land-in-play"], 0.8), near=60
    )
    ends = [np.array(painted.spot(*end)) for end in (giver, receiver)]
    along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    at = np.stack([painted.columns, painted.rows], axis=-1)
    share = ((at - ends[0]) @ along) / np.hypot(*(ends[1] - ends[0]))
    assert share[found].min() == pytest.approx(0, abs=0.04)
    assert share[found].max() == pytest.approx(1, abs=0.04)
    # A head is wider than its line.
    aside = np.abs((at - ends[0]) @ np.array([-along[1], along[0]]))

    def width(mask: np.ndarray) -> float:
        return float(np.ptp(aside[mask & found]))

    near = [np.hypot(*(at - end).transpose(2, 0, 1)) < 9 * POINT for end in ends]
    assert width(near[1]) > 1.5 * width(near[0])


def test_a_flow_that_is_only_alleged_is_paler(mixed: Atlas) -> None:
    firm = Painted(mixed, sheet_of(mixed, "drones"))
    light = Painted(mixed, sheet_of(mixed, "money"))
    assert firm.has(ARMS).sum() > 600
    assert light.has(ARMS).sum() == 0
    # Laid over its own casing at half strength.
    assert light.has(over(ARMS, COLOURS["paper"], 0.5)).sum() > 0.6 * firm.has(ARMS).sum()


@pytest.mark.parametrize("style", [Style.LIGHT, Style.DARK])
def test_sleepers_of_a_railway_have_the_colour_that_screens_give_them(
    little: Atlas, style: Style
) -> None:
    painted = Painted(little, sheet_of(little, "caspian", style=style))
    rail = painted.spots(*way(MOSCOW, ASTRAKHAN)[60:340].T).astype(int)
    colours = painted.pixels[rail[:, 1], rail[:, 0]]
    wanted = rgb(MAP_COLOURS[style][TIES_COLOUR])
    assert (np.abs(colours - wanted).sum(axis=1) < 8).mean() > 0.25


def test_a_railway_has_sleepers_and_a_sea_lane_gaps(little: Atlas) -> None:
    painted = Painted(little, sheet_of(little, "caspian"))
    rail = painted.spots(*way(MOSCOW, ASTRAKHAN)[60:340].T).astype(int)
    colours = painted.pixels[rail[:, 1], rail[:, 0]]
    ties = np.abs(colours - rgb(COLOURS["paper"])).sum(axis=1) < 40
    track = np.abs(colours - rgb(DIPLOMACY)).sum(axis=1) < 60
    assert 0.3 < ties.mean() < 0.65 and 0.3 < track.mean() < 0.65
    assert np.count_nonzero(np.diff(ties.astype(int)) == 1) > 12
    # At sea the line stands on water between its strokes.
    sea = painted.disc(50.6, 41, 40) & painted.has(DIPLOMACY)
    assert 10 < sea.sum() < 1500


def test_stops_of_a_corridor_are_dots(little: Atlas) -> None:
    painted = Painted(little, sheet_of(little, "caspian"))
    for place in (MOSCOW, ASTRAKHAN, ANZALI):
        assert painted.share(COLOURS["paper"], *place, 1.2) > 0.5
        assert painted.share(COLOURS["ink"], *place, 3) > 0.1
    dots = painted.has(COLOURS["ink"]) & (painted.rows < 0.85 * painted.height)
    places = painted.spots(*np.array([MOSCOW, ASTRAKHAN, ANZALI]).T)
    assert painted.farthest(dots, places) < 4


def test_a_bend_of_a_route_is_no_stop(crowded: Atlas) -> None:
    painted = Painted(crowded, sheet_of(crowded, "caspian"))
    bend = (50.0, 52.0)
    assert painted.share(COLOURS["ink"], *bend, 5) == 0
    assert painted.share(DIPLOMACY, *bend, 3) > 0.1
    for stop in (MOSCOW, ASTRAKHAN):
        assert painted.share(COLOURS["ink"], *stop, 3) > 0.1


# The ground

GROUND = {
    # Where nothing stands: in play are Russia, Ukraine, Iran.
    "Black Sea": ((35.0, 43.2), "sea"),
    "Caspian Sea": ((51.6, 38.6), "sea"),
    "Turkey": ((33.0, 39.3), "land"),
    "Kazakhstan": ((60.0, 47.0), "land"),
    "Romania": ((25.0, 46.0), "land"),
    "Ukraine": ((33.0, 48.8), "land-in-play"),
    "Russia": ((45.0, 54.0), "land-in-play"),
}


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("place", GROUND)
def test_land_in_play_other_land_and_water_are_told_apart(
    little: Atlas, style: Style, place: str
) -> None:
    painted = _ground(little, style)
    (lon, lat), name = GROUND[place]
    assert painted.colour_at(lon, lat) == tuple(rgb(MAP_COLOURS[style][name]).tolist())


_GROUNDS: dict[Style, Painted] = {}


def _ground(atlas: Atlas, style: Style) -> Painted:
    """Painted once for each style."""
    if style not in _GROUNDS:
        _GROUNDS[style] = Painted(atlas, sheet_of(atlas, style=style))
    return _GROUNDS[style]


def test_borders_and_coasts_lie_where_they_are(little: Atlas) -> None:
    painted = _ground(little, Style.LIGHT)
    # Between Romania and Hungary, and Turkey's Black Sea coast by Zonguldak.
    for at, colour in (((22.2, 47.6), "border"), ((31.8, 41.46), "coast")):
        # As fine as a pixel: some of its colour is that of what lies beneath.
        drawn = painted.has(COLOURS[colour], near=30)
        assert drawn[painted.disc(*at, 6)].mean() > 0.01
        for other in ((33.0, 39.3), (35.0, 43.2)):
            assert not drawn[painted.disc(*other, 6)].any()


def test_disputed_areas_are_hatched_and_nothing_else_is(little: Atlas) -> None:
    painted = _ground(little, Style.LIGHT)
    hatched = painted.has(over(COLOURS["hatch"], COLOURS["land-in-play"], 0.75), near=40)
    crimea = painted.disc(34.3, 45.25, 6)
    assert 0.03 < hatched[crimea].mean() < 0.5
    for place in ((33.0, 48.8), (45.0, 54.0), (35.0, 43.2), (33.0, 39.3)):
        assert not hatched[painted.disc(*place, 20)].any()
    # 45 degrees: what lies one step up and to the left is hatched as well.
    inner = hatched & crimea
    moved = np.roll(hatched, (1, 1), axis=(0, 1))
    other = np.roll(hatched, (1, -1), axis=(0, 1))
    assert (inner & moved).sum() > 2 * (inner & other).sum() or (
        (inner & other).sum() > 2 * (inner & moved).sum()
    )


# Alliances

BRICS, PACT = ALLIANCE_COLOURS[:2]


def filled(atlas: Atlas, *alliances: str, **wanted: Any) -> Painted:
    screen = Screen(alliance=alliances)
    sheet = compose(atlas, Brief(screen=screen, labels=False, points=(), **wanted))
    return Painted(atlas, sheet)


def test_a_full_member_is_filled_and_an_observer_striped(mixed: Atlas) -> None:
    painted = filled(mixed, "brics")
    full = over(BRICS, COLOURS["land"], 0.55)
    assert painted.share(full, 45.0, 54.5, 8) > 0.95
    # Ukraine is striped: land lies between the same colour.
    assert 0.3 < painted.share(full, 33.0, 48.8, 12) < 0.6
    assert 0.3 < painted.share(COLOURS["land"], 33.0, 48.8, 12) < 0.65
    assert painted.share(full, 33.0, 39.3, 12) == 0, "Turkey is in nothing"


def test_two_alliances_share_a_country_in_equal_stripes(mixed: Atlas) -> None:
    painted = filled(mixed, "brics", "pact")
    shares = [
        painted.share(over(colour, COLOURS["land"], 0.55), 45.0, 54.5, 14)
        for colour in (BRICS, PACT)
    ]
    assert shares == pytest.approx([0.45, 0.45], abs=0.1)
    assert painted.share(over(PACT, COLOURS["land"], 0.55), 33.0, 48.8, 12) == 0


def test_the_frame_of_the_world_has_all_members(little: Atlas) -> None:
    painted = filled(little, "brics", extent="world")
    full = over(BRICS, COLOURS["land"], 0.55)
    for member in ((-52.0, -10.0), (100.0, 63.0), (54.0, 32.5)):
        assert painted.share(full, *member, 3) > 0.6
    for other in ((-100.0, 40.0), (134.0, -25.0), (105.0, 35.0)):
        assert painted.colour_at(*other) == tuple(rgb(COLOURS["land"]).tolist())
    assert painted.colour_at(-30.0, 0.0) == tuple(rgb(COLOURS["sea"]).tolist())


# Key points


def test_the_number_of_a_key_point_stands_by_its_record(little: Atlas) -> None:
    points = (KeyPoint("The first", "kyiv-warning"), KeyPoint("Another", "iranians-in-moscow"))
    records = ("kyiv-warning", "iranians-in-moscow")
    brief = Brief(records=records, labels=False, points=points, extent="wide")
    painted = Painted(little, compose(little, brief))
    # The same words, of no record.
    words = tuple(KeyPoint(point.text) for point in points)
    bare = Painted(little, compose(little, replace(brief, points=words)))
    ink = painted.has(COLOURS["ink"]) & (np.abs(painted.pixels - bare.pixels).sum(axis=2) > 60)
    assert ink.sum() > 200
    for place in (KYIV, MOSCOW):
        assert (ink & painted.disc(*place, SYMBOL + 14)).sum() > 60
    away = painted.spots(*np.array([KYIV, MOSCOW]).T)
    assert painted.farthest(ink, away) < SYMBOL + 16
