"""Corridors compared: routes, what is counted on them, closing chokepoints, strips, HTML.

On the tests' own dossier; what the shipped one draws is asked in `tests/curation`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from annotations.schema import Branch, Corridor
from annotations.vocabulary import LegMode, LegStatus
from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.views.corridors.choice import (
    Choice,
    choose_routes,
    detours_drawn,
    extent,
    shown_legs,
    shown_records,
)
from dashboard.views.corridors.comparison import comparison_html, comparison_rows, comparison_table
from dashboard.views.corridors.legs import legs_html, legs_table
from dashboard.views.corridors.published import figures_html, published_figures
from dashboard.views.corridors.route import Route, Study
from dashboard.views.corridors.strips import (
    strips_html,
    strips_of,
)
from dashboard.views.corridors.study import build_study, voyages, ways
from dashboard.web.assets import page_css
from geodata.routes import line_km
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.dashboard.views.corridors.routes_of_lakes import (
    CAPE,
    DURBAN,
    EASTERN,
    MAPUTO,
    SUEZ,
    WESTERN,
)
from tests.nonempty import nonempty

HOSTILE = "<b>x</b>\"'><img src=x>"


def cells(choice: Choice, label: str) -> list[str]:
    """Text of a measure's cells."""
    [row] = [row for row in comparison_rows(choice) if row.label == label]
    return ["; ".join(f"{i.text} {i.note}".strip() for i in cell) for cell in row.cells]


# --- routes ------------------------------------------------------------------------------------


def test_every_complete_way_is_a_route(study: Study) -> None:
    """A branch that forks has one for each arm; a corridor opens with its first."""
    assert set(study.routes) == {WESTERN, EASTERN, SUEZ, CAPE, DURBAN, MAPUTO}
    assert study.default == (EASTERN, SUEZ, DURBAN, CAPE)


def test_legs_join_end_to_end(study: Study) -> None:
    for route in nonempty(study.routes.values()):
        for before, after in nonempty(pairwise(route.stretches)):
            assert before.leg.to == after.leg.from_, route.id
            end = shapely.get_coordinates(before.line)[-1]
            start = shapely.get_coordinates(after.line)[0]
            assert end == pytest.approx(start), route.id
    assert study.routes[EASTERN].ends == ("Ndola", "Mombasa")
    assert study.routes[MAPUTO].ends == ("Lusaka", "Maputo")


def test_arms_are_never_added_together(study: Study) -> None:
    for route in nonempty(study.routes.values()):
        places = [stretch.leg.from_ for stretch in route.stretches]
        assert len(places) == len(set(places)), route.id
        assert route.km == pytest.approx(sum(line_km(s.line) for s in route.stretches))
    arms = [study.routes[DURBAN], study.routes[MAPUTO]]
    assert arms[0].stretches[0] == arms[1].stretches[0]
    assert arms[0].stretches[1] != arms[1].stretches[1]


def test_ways_through_a_branch_that_does_not_fork() -> None:
    legs = [
        {"from": "aa", "to": "bb", "mode": "rail", "status": "operating"},
        {"from": "bb", "to": "cc", "mode": "rail", "status": "operating"},
    ]
    branch = Branch.model_validate({"id": "one", "title": "One branch", "legs": legs})
    assert ways(branch) == [(0, 1)]


def test_lengths_by_mode_and_status_add_up(study: Study) -> None:
    for route in nonempty(study.routes.values()):
        assert sum(route.km_by_mode.values()) == pytest.approx(route.km)
        assert sum(route.km_by_status.values()) == pytest.approx(route.km)
        assert 0 < route.operating_share <= 1


def test_the_gap_is_shown_with_published_and_computed_length(study: Study) -> None:
    [gap] = study.routes[WESTERN].gaps
    assert (gap.from_name, gap.to_name) == ("Kigoma", "Mwanza")
    assert gap.leg.published_km == "380–400"
    assert gap.km == pytest.approx(447, abs=2)
    assert [r.id for r in study.routes.values() if r.gaps] == [WESTERN]


# --- what is counted ---------------------------------------------------------------------------


def changes(route: Route) -> list[tuple[str, str]]:
    return [(change.place, change.what) for change in route.transshipments]


def test_transshipments(study: Study) -> None:
    assert changes(study.routes[WESTERN]) == [
        ("Kalemie", "ship → rail"),
        ("Mwanza", "rail → ship"),
        ("Kisumu", "ship → rail"),
    ]
    # A leg without a gauge of its own does not hide the break.
    assert changes(study.routes[EASTERN])[0] == ("Mbeya", "1,067 → 1,000 mm gauge")
    assert changes(study.routes[DURBAN]) == [("Beira", "road → ship")]
    assert changes(study.routes[SUEZ]) == []


def test_gauge_breaks_are_found_across_a_lake_and_a_leg_without_one(study: Study) -> None:
    for route, place, what in (
        (WESTERN, "Kisumu", "1,000 → 1,435 mm gauge"),
        (EASTERN, "Mbeya", "1,067 → 1,000 mm gauge"),
    ):
        [change] = study.routes[route].gauge_breaks
        assert (change.place, change.what) == (place, what)
    assert study.routes[CAPE].gauge_breaks == []


def test_borders_and_countries(study: Study) -> None:
    eastern, durban = study.routes[EASTERN], study.routes[DURBAN]
    assert [(b.out_of, b.into, b.where) for b in eastern.borders] == [
        ("ZMB", "TZA", "Kapiri Mposhi – Mbeya")
    ]
    assert eastern.countries == ("ZMB", "TZA", "KEN")
    assert [(b.out_of, b.into) for b in durban.borders] == [("ZMB", "ZWE"), ("ZWE", "MOZ")]
    assert durban.countries == ("ZMB", "ZWE", "MOZ", "ZAF")
    assert study.routes[MAPUTO].countries == ("ZMB", "ZWE", "MOZ")
    assert study.routes[CAPE].borders == ()
    assert study.routes[SUEZ].countries == ("KEN", "EGY", "FRA")


def test_clipped_corners_are_named_not_counted(study: Study) -> None:
    eastern = study.routes[EASTERN]
    assert {corner.country for corner in eastern.corners} == {"COD"}
    assert 50 < sum(corner.km for corner in eastern.corners) < 150
    assert "COD" not in eastern.countries


def test_lands_lie_along_the_route(study: Study) -> None:
    lands = [(route, land) for route in study.routes.values() for land in route.lands]
    for route, land in nonempty(lands):
        assert 0 <= land.from_km < land.to_km <= route.km + 0.01
    following = [pair for route in study.routes.values() for pair in pairwise(route.lands)]
    for before, after in nonempty(following):
        assert before.to_km <= after.from_km + 0.01


def test_chokepoints_and_threats(study: Study) -> None:
    assert study.routes[SUEZ].chokepoints == ("suez",)
    assert study.routes[CAPE].chokepoints == ("cape",)
    assert study.routes[EASTERN].chokepoints == ()
    [threat] = study.routes[WESTERN].threats
    assert threat.attack.id == "shore-attack"
    assert "ago-backs-guard" in [record.id for record in threat.behind]
    assert [record.id for record in threat.answers] == ["answer-strike"]
    assert study.routes[CAPE].threats == ()
    assert study.routes[EASTERN].threats == ()


# --- the address -------------------------------------------------------------------------------


def test_what_an_address_asks_for(study: Study) -> None:
    assert study.read_routes([]) == study.default
    assert study.read_routes(["nonsense", "lake-line.moon"]) == study.default
    assert study.read_routes([""]) == ()
    in_order = tuple(route for route in study.routes if route in (WESTERN, CAPE))
    assert study.read_routes([CAPE, "nonsense", WESTERN, WESTERN]) == in_order
    assert study.read_routes([WESTERN, CAPE]) == in_order
    # A branch that forks stands for its first way, a corridor for its first branch.
    assert study.read_routes(["southern-route.sea"]) == (DURBAN,)
    assert study.read_routes(["lake-line"]) == (EASTERN,)
    assert study.read_closed(["suez", "x", "suez"]) == ("suez",)
    assert study.read_closed(["cape", ""]) == ()


def test_cards_lead_to_the_page(atlas: Atlas, study: Study) -> None:
    gotos = [v for k, v in Page(card_html(atlas, "lake-line")).attributes if k == "data-goto"]
    [goto] = [goto for goto in gotos if goto.startswith("corridors?")]
    asked = [pair.removeprefix("route=") for pair in goto.partition("?")[2].split("&")]
    assert WESTERN in asked
    assert len(study.read_routes(asked)) == len(asked) > 2
    card = Page(card_html(atlas, "place:suez")).attributes
    assert ("data-goto", "corridors?closed=suez") in card
    cape = Page(card_html(atlas, "place:cape")).attributes
    assert not [value for _, value in nonempty(cape) if "closed=" in value]


# --- closing chokepoints -----------------------------------------------------------------------


def test_voyages(study: Study) -> None:
    eastern = study.routes[EASTERN]
    assert voyages(eastern) == [(len(eastern.stretches) - 1, len(eastern.stretches) - 1)]
    assert voyages(study.routes[SUEZ]) == [(0, len(study.routes[SUEZ].stretches) - 1)]
    assert len(voyages(study.routes[WESTERN])) == 2


def test_closing_sends_ships_round_the_cape(choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, SUEZ, CAPE, closed=("suez",))
    [detour] = choice.detours[SUEZ]
    assert detour.shut == ("suez",)
    assert detour.passes == ("cape",)
    assert detour.extra_km == pytest.approx(6_892, rel=0.02)
    assert choice.detours[CAPE] == choice.detours[WESTERN] == []
    western, suez, cape = cells(choice, f"With {choice.names(['suez'])} closed")
    assert western == cape == "not affected"
    assert "15,553 km" in suez
    assert "Cape of Good Hope" in suez


def test_where_no_way_remains_it_is_said(
    load_small: Callable[[], Atlas], small: Path, lakes: Atlas
) -> None:
    """A harbour in the canal itself: with it closed, no ship gets there."""
    shutil.rmtree(small)
    shutil.copytree(lakes.dossier.folder, small)
    path = small / "corridors" / "suez-way.yml"
    legs = [{"from": "mombasa", "to": "suez", "mode": "sea", "status": "operating"}]
    rewrite(path, branches=[{"id": "north", "title": "To the canal", "legs": legs}])
    atlas = load_small()
    choice = choose_routes(atlas, build_study(atlas), (SUEZ,), ("suez",))
    [detour] = choice.detours[SUEZ]
    assert detour.line is None
    assert detour.extra_km is None
    assert choice.km_now(choice.routes[0]) is None
    assert cells(choice, "With the Suez Canal closed")[0].startswith("No way by sea remains")
    strip = strips_of(choice)[0][0]
    assert strip.cut
    assert "no way by sea remains" in strip.note
    assert detours_drawn(choice) == []


def test_a_closed_strait_that_nobody_passes_changes_nothing(choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, EASTERN, CAPE, closed=("suez",))
    assert cells(choice, "With the Suez Canal closed") == ["not affected"] * 3


def test_detours_for_the_map(choose: Callable[..., Choice]) -> None:
    [detour] = detours_drawn(choose(closed=("suez",)))
    assert (detour.type, detour.legend, detour.records) == ("detour", ("detour",), ())
    [path] = detour.parts
    assert path[0] == pytest.approx([39.66, -4.05])
    assert path[:, 1].min() == pytest.approx(-35, abs=1)
    assert "+6,892 km" in detour.tip


def test_the_map_shows_what_is_chosen(atlas: Atlas, choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, SUEZ)
    assert shown_records(choice) == ["lake-line", "suez-way", "shore-attack"]
    parts = [str(leg) for leg in shown_legs(choice)]
    assert "lake-line.western.1" in parts
    assert not [part for part in nonempty(parts) if part.startswith("lake-line.eastern")]
    drawn = atlas.scene.body.decode()
    assert all(f'"part":"{part}"' in drawn for part in nonempty(parts))
    (south, west), (north, east) = extent(choice)
    assert south < -8.7 < 43 < north
    assert west < 5.4 < 39.7 < east


# --- tables ------------------------------------------------------------------------------------


def test_comparison(choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, EASTERN, CAPE)
    lengths = cells(choice, "Length")
    assert lengths == [f"{route.km:,.0f} km" for route in choice.routes]
    assert len(set(lengths)) == 3
    operates = dict(zip([r.id for r in choice.routes], cells(choice, "Operates"), strict=True))
    assert operates[WESTERN].endswith("gap 447 km, published 380–400 km")
    assert operates[EASTERN] == "64.4 %; disrupted 684 km"
    assert operates[CAPE] == "100 %"
    assert "nothing in the dossier" in cells(choice, "Threatened by")
    table = comparison_table(choice)
    assert list(table.columns[1:4]) == [route.label for route in choice.routes]


def test_every_measure_says_what_it_counts(choose: Callable[..., Choice]) -> None:
    assert all(row.definition for row in nonempty(comparison_rows(choose(closed=("suez",)))))


def test_legs_table(study: Study, choose: Callable[..., Choice]) -> None:
    table = legs_table(choose(WESTERN))
    gap = table[table["status"] == "gap"].iloc[0]
    assert gap["km_published"] == "380–400"
    assert gap["km_computed"] == pytest.approx(447, abs=2)
    assert table["km_computed"].sum() == pytest.approx(study.routes[WESTERN].km, abs=2)


def test_published_figures_stand_beside_computed_ones(choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, EASTERN, SUEZ)
    figures = {(f.published.what, f.published.value): f.computed for f in published_figures(choice)}
    whole = figures["Length, as its promoters give it", "about 3,000 km"]
    assert whole == "1,557–1,923 km as drawn (2 ways)"
    east = figures["Days from end to end, eastern branch", "9 days"]
    assert east == "would mean 214 km a day over 1,923 km"
    by_suez = figures["Days by Suez", "16–18 days"]
    assert by_suez == "would mean 481–541 km a day over 8,660 km"
    assert figures["Kigoma – Mwanza", "380–400 km"] == "447 km as drawn"


def test_figures_are_given_once(choose: Callable[..., Choice]) -> None:
    found = published_figures(choose(WESTERN, SUEZ, EASTERN))
    keys = [(f.corridor.select, f.published.what) for f in found]
    assert len(keys) == len(set(keys))


def test_all_of_it_is_well_formed(study: Study, choose: Callable[..., Choice]) -> None:
    choice = choose(*study.routes, closed=tuple(study.closable))
    for html in (
        strips_html(choice),
        comparison_html(choice),
        figures_html(choice),
        legs_html(choice),
    ):
        assert Page(html).text
    text = Page(strips_html(choice)).text
    assert "gap Kigoma–Mwanza: 380–400 km published, 447 km as drawn" in text


# --- other dossiers ----------------------------------------------------------------------------


def test_text_of_the_files_is_escaped(load_small: Callable[[], Atlas], small: Path) -> None:
    [path] = sorted((small / "corridors").glob("*.yml"))
    rewrite(
        path,
        title=HOSTILE,
        published=[{"what": f"Length {HOSTILE}", "value": "9 km", "reference": HOSTILE}],
    )
    atlas = load_small()
    assert atlas.dossier.of_type(Corridor)
    study = build_study(atlas)
    choice = choose_routes(atlas, study, study.default, tuple(study.closable))
    for html in (
        strips_html(choice),
        comparison_html(choice),
        figures_html(choice),
        legs_html(choice),
    ):
        found = Page(html)
        assert "img" not in found.tags
    assert HOSTILE in Page(figures_html(choice)).text


def test_a_dossier_without_corridors_has_no_routes(
    load_small: Callable[[], Atlas], small: Path
) -> None:
    for path in (small / "corridors").glob("*.yml"):
        path.unlink()
    study = build_study(load_small())
    assert study.routes == {}
    assert study.default == ()


def test_modes_and_statuses_all_have_a_sign() -> None:
    css = page_css()
    for mode in nonempty(LegMode):
        assert mode is LegMode.RAIL or f".strip .mode-{mode.value}" in css
    for status in nonempty(LegStatus):
        assert status is LegStatus.OPERATING or f".strip .status-{status.value}" in css
