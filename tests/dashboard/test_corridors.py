"""Corridors compared: routes, what is counted on them, closing chokepoints, strips, HTML."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from annotations.schema import Branch, Corridor
from annotations.vocabulary import LegMode, LegStatus
from dashboard import corridors_html as page
from dashboard.corridors import Route, Study, build_study, voyages, ways
from dashboard.corridors_html import NARROW, WIDE, Choice, Name
from dashboard.data import Atlas
from dashboard.panels import card_html
from geodata.routes import line_km
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page

WESTERN, EASTERN = "instc.western", "instc.eastern"
SUEZ, CAPE = "suez-route.suez", "cape-route.cape"
AMIRABAD = "instc.central.olya.amirabad"
HOSTILE = "<b>x</b>\"'><img src=x>"


@pytest.fixture(scope="module")
def study(atlas: Atlas) -> Study:
    return build_study(atlas)


@pytest.fixture(scope="module")
def choose(atlas: Atlas, study: Study) -> Callable[..., Choice]:
    def make(*routes: str, closed: tuple[str, ...] = ()) -> Choice:
        return page.choose(atlas, study, routes or study.default, closed)

    return make


def cells(choice: Choice, label: str) -> list[str]:
    """Text of a measure's cells."""
    [row] = [row for row in page.comparison(choice) if row.label == label]
    return ["; ".join(f"{i.text} {i.note}".strip() for i in cell) for cell in row.cells]


# --- routes ------------------------------------------------------------------------------------


def test_every_complete_way_is_a_route(study: Study) -> None:
    assert study.default == (WESTERN, SUEZ, CAPE)
    central = [route for route in study.routes if route.startswith("instc.central")]
    assert len(central) == 6
    assert {route.rsplit(".", 1)[1] for route in central} == {
        "bandar-e-anzali",
        "amirabad",
        "nowshahr",
    }


def test_legs_join_end_to_end(study: Study) -> None:
    for route in study.routes.values():
        for before, after in pairwise(route.stretches):
            assert before.leg.to == after.leg.from_, route.id
            end = shapely.get_coordinates(before.line)[-1]
            start = shapely.get_coordinates(after.line)[0]
            assert end == pytest.approx(start), route.id
        assert route.ends[0] == "St Petersburg"
        assert "Mumbai" in route.ends[1]


def test_arms_are_never_added_together(study: Study) -> None:
    for route in study.routes.values():
        places = [stretch.leg.from_ for stretch in route.stretches]
        assert len(places) == len(set(places)), route.id
        assert route.km == pytest.approx(sum(line_km(s.line) for s in route.stretches))
    central = [r.km for r in study.routes.values() if r.branch.id == "central"]
    assert max(central) < 7_100


def test_ways_through_a_branch_that_does_not_fork() -> None:
    legs = [
        {"from": "aa", "to": "bb", "mode": "rail", "status": "operating"},
        {"from": "bb", "to": "cc", "mode": "rail", "status": "operating"},
    ]
    branch = Branch.model_validate({"id": "one", "title": "One branch", "legs": legs})
    assert ways(branch) == [(0, 1)]


@pytest.mark.parametrize(("route", "km"), [(SUEZ, 14_187), (CAPE, 22_576)])
def test_sea_routes_are_as_long_as_the_dossier_draws_them(
    study: Study, route: str, km: float
) -> None:
    assert study.routes[route].km == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(("route", "km"), [(SUEZ, 14_119), (CAPE, 22_393)])
def test_sea_routes_are_about_as_long_as_the_lanes(study: Study, route: str, km: float) -> None:
    assert study.routes[route].km == pytest.approx(km, rel=0.01)


def test_lengths_by_mode_and_status_add_up(study: Study) -> None:
    for route in study.routes.values():
        assert sum(route.km_by_mode.values()) == pytest.approx(route.km)
        assert sum(route.km_by_status.values()) == pytest.approx(route.km)
        assert 0 < route.operating_share <= 1


def test_the_gap_is_shown_with_published_and_computed_length(study: Study) -> None:
    [gap] = study.routes[WESTERN].gaps
    assert (gap.from_name, gap.to_name) == ("Astara (Iran)", "Rasht")
    assert gap.leg.published_km == "162–170"
    assert gap.km == pytest.approx(154, abs=2)
    assert not any(route.gaps for route in study.routes.values() if route.branch.id != "western")


# --- what is counted ---------------------------------------------------------------------------


def changes(route: Route) -> list[tuple[str, str]]:
    return [(change.place, change.what) for change in route.transshipments]


def test_transshipments(study: Study) -> None:
    western = changes(study.routes[WESTERN])
    assert western[:2] == [("Astara (Iran)", "rail → road"), ("Rasht", "road → rail")]
    assert [what for _, what in western] == ["rail → road", "road → rail", "rail → ship"]
    assert [what for _, what in changes(study.routes[AMIRABAD])] == [
        "rail → ship",
        "ship → rail",
        "rail → ship",
    ]
    # A leg without a gauge of its own does not hide the break.
    assert changes(study.routes[EASTERN])[0] == ("Incheh Borun", "1,520 → 1,435 mm gauge")
    assert changes(study.routes[SUEZ]) == []


def test_gauge_breaks_are_found_across_a_road_or_a_sea(study: Study) -> None:
    for route, place in ((WESTERN, "Rasht"), (AMIRABAD, "Amirabad"), (EASTERN, "Incheh Borun")):
        [change] = study.routes[route].gauge_breaks
        assert (change.place, change.what) == (place, "1,520 → 1,435 mm gauge")
    assert study.routes[CAPE].gauge_breaks == []


def test_borders_and_countries(study: Study) -> None:
    western, eastern = study.routes[WESTERN], study.routes[EASTERN]
    assert [(b.out_of, b.into) for b in western.borders] == [("RUS", "AZE"), ("AZE", "IRN")]
    assert [b.where for b in western.borders] == [
        "Samur – Yalama",
        "Astara (Azerbaijan) – Astara (Iran)",
    ]
    assert western.countries == ("RUS", "AZE", "IRN", "IND")
    assert [(b.out_of, b.into) for b in eastern.borders] == [
        ("RUS", "KAZ"),
        ("KAZ", "TKM"),
        ("TKM", "IRN"),
    ]
    assert eastern.countries == ("RUS", "KAZ", "TKM", "IRN", "IND")
    assert study.routes[AMIRABAD].borders == ()
    assert study.routes[SUEZ].countries == ("RUS", "EGY", "IND")


def test_clipped_corners_are_named_not_counted(study: Study) -> None:
    western = study.routes[WESTERN]
    assert {corner.country for corner in western.corners} == {"KAZ"}
    assert 50 < sum(corner.km for corner in western.corners) < 130
    assert "KAZ" not in western.countries


def test_lands_lie_along_the_route(study: Study) -> None:
    for route in study.routes.values():
        for land in route.lands:
            assert 0 <= land.from_km < land.to_km <= route.km + 0.01
        for before, after in pairwise(route.lands):
            assert before.to_km <= after.from_km + 0.01


def test_chokepoints_and_threats(study: Study) -> None:
    suez, cape = study.routes[SUEZ], study.routes[CAPE]
    assert suez.chokepoints == ("danish-straits", "gibraltar", "suez-canal", "bab-el-mandeb")
    assert cape.chokepoints == ("danish-straits", "cape-of-good-hope")
    assert study.routes[WESTERN].chokepoints == ("strait-of-hormuz",)
    [threat] = suez.threats
    assert threat.attack.id == "houthi-attacks-red-sea"
    assert "irn-backs-houthis" in [record.id for record in threat.behind]
    assert [record.id for record in threat.answers] == ["us-uk-strikes-yemen-2024-01-12"]
    assert cape.threats == ()
    assert study.routes[WESTERN].threats == ()


# --- the address -------------------------------------------------------------------------------


def test_what_an_address_asks_for(study: Study) -> None:
    assert study.read_routes([]) == study.default
    assert study.read_routes(["nonsense", "instc.moon"]) == study.default
    assert study.read_routes([""]) == ()
    assert study.read_routes([CAPE, "nonsense", WESTERN, WESTERN]) == (WESTERN, CAPE)
    # A branch that forks stands for its first way, a corridor for its first branch.
    assert study.read_routes(["instc.central"]) == ("instc.central.olya.bandar-e-anzali",)
    assert study.read_routes(["suez-route"]) == (SUEZ,)
    assert study.read_closed(["suez-canal", "x", "bab-el-mandeb"]) == (
        "bab-el-mandeb",
        "suez-canal",
    )
    assert study.read_closed(["cape-of-good-hope", ""]) == ()


def test_cards_lead_to_the_page(atlas: Atlas, study: Study) -> None:
    gotos = [v for k, v in Page(card_html(atlas, "instc")).attributes if k == "data-goto"]
    [goto] = [goto for goto in gotos if goto.startswith("corridors?")]
    asked = [pair.removeprefix("route=") for pair in goto.partition("?")[2].split("&")]
    assert study.read_routes(asked)[0] == WESTERN
    assert len(study.read_routes(asked)) == 5
    card = Page(card_html(atlas, "place:suez-canal")).attributes
    assert ("data-goto", "corridors?closed=suez-canal") in card
    cape = Page(card_html(atlas, "place:cape-of-good-hope")).attributes
    assert not [value for _, value in cape if "closed=" in value]


# --- closing chokepoints -----------------------------------------------------------------------


def test_voyages(study: Study) -> None:
    western = study.routes[WESTERN]
    assert voyages(western) == [(len(western.stretches) - 2, len(western.stretches) - 1)]
    assert voyages(study.routes[SUEZ]) == [(0, len(study.routes[SUEZ].stretches) - 1)]
    assert len(voyages(study.routes[AMIRABAD])) == 2


@pytest.mark.parametrize("closed", ["suez-canal", "bab-el-mandeb", "gibraltar"])
def test_closing_sends_ships_round_the_cape(choose: Callable[..., Choice], closed: str) -> None:
    choice = choose(closed=(closed,))
    [detour] = choice.detours[SUEZ]
    assert detour.shut == (closed,)
    assert detour.extra_km == pytest.approx(8_200, rel=0.02)
    assert detour.passes == ("danish-straits", "cape-of-good-hope")
    assert choice.detours[CAPE] == choice.detours[WESTERN] == []
    western, suez, cape = cells(choice, f"With {choice.names([closed])} closed")
    assert western == cape == "not affected"
    assert "22,368 km" in suez
    assert "Cape of Good Hope" in suez


def test_where_no_way_remains_it_is_said(choose: Callable[..., Choice]) -> None:
    choice = choose(closed=("strait-of-hormuz",))
    [detour] = choice.detours[WESTERN]
    assert detour.line is None
    assert detour.extra_km is None
    assert choice.km_now(choice.routes[0]) is None
    assert cells(choice, "With the Strait of Hormuz closed")[0].startswith("No way by sea remains")
    strip = page.strips(choice)[0][0]
    assert strip.cut
    assert "no way by sea remains" in strip.note
    assert page.detours_drawn(choice) == []


def test_a_closed_strait_that_nobody_passes_changes_nothing(choose: Callable[..., Choice]) -> None:
    choice = choose(closed=("bosporus",))
    assert cells(choice, "With Bosporus closed") == ["not affected"] * 3


def test_detours_for_the_map(choose: Callable[..., Choice]) -> None:
    [detour] = page.detours_drawn(choose(closed=("suez-canal", "bab-el-mandeb")))
    path = detour["path"]
    assert isinstance(path, list)
    assert path[0] == pytest.approx([59.94, 30.31])
    assert min(lat for lat, _ in path) == pytest.approx(-35, abs=1)
    assert "+8,182 km" in str(detour["tip"])


def test_the_map_shows_what_is_chosen(atlas: Atlas, choose: Callable[..., Choice]) -> None:
    choice = choose(WESTERN, SUEZ)
    assert page.shown_records(choice) == ["instc", "suez-route", "houthi-attacks-red-sea"]
    parts = page.shown_parts(choice)
    assert "instc.western.1" in parts
    assert not [part for part in parts if part.startswith("instc.eastern")]
    drawn = atlas.scene.body.decode()
    assert all(f'"part":"{part}"' in drawn for part in parts)
    (south, west), (north, east) = page.extent(choice)
    assert south < 13 < 59 < north
    assert west < -9 < 72 < east


# --- tables ------------------------------------------------------------------------------------


def test_comparison(choose: Callable[..., Choice]) -> None:
    choice = choose()
    assert cells(choice, "Length") == ["6,756 km", "14,187 km", "22,576 km"]
    assert cells(choice, "Operates")[0] == "97.7 %; gap 154 km, published 162–170 km"
    assert cells(choice, "Operates")[2] == "100 %"
    assert cells(choice, "Threatened by")[2] == "nothing in the dossier"
    table = page.comparison_table(choice)
    assert list(table.columns[1:4]) == [route.label for route in choice.routes]


def test_every_measure_says_what_it_counts(choose: Callable[..., Choice]) -> None:
    assert all(row.definition for row in page.comparison(choose(closed=("suez-canal",))))


def test_legs_table(choose: Callable[..., Choice]) -> None:
    table = page.legs_table(choose(WESTERN))
    gap = table[table["status"] == "gap"].iloc[0]
    assert gap["km_published"] == "162–170"
    assert gap["km_computed"] == pytest.approx(154, abs=2)
    assert table["km_computed"].sum() == pytest.approx(6_756, abs=2)


def test_published_figures_stand_beside_computed_ones(choose: Callable[..., Choice]) -> None:
    figures = {(f.published.what, f.published.value): f.computed for f in page.figures(choose())}
    assert figures["Length, St Petersburg to Mumbai", "7,200 km"].startswith("6,597–7,508 km")
    east = figures["Transit time by the eastern branch", "15–18 days"]
    assert east.endswith("km a day over 7,508 km")
    by_suez = figures["Transit time by Suez, for comparison", "30–45 days"]
    assert by_suez == "would mean 315–473 km a day over 14,187 km"
    assert figures["Astara (Iran) – Rasht", "162–170 km"] == "154 km as drawn"


def test_figures_are_given_once(choose: Callable[..., Choice]) -> None:
    found = page.figures(choose(WESTERN, AMIRABAD, EASTERN))
    keys = [(f.corridor.select, f.published.what) for f in found]
    assert len(keys) == len(set(keys))


# --- strips ------------------------------------------------------------------------------------


def test_strips_are_to_one_scale(choose: Callable[..., Choice]) -> None:
    drawn, whole = page.strips(choose())
    assert whole == pytest.approx(22_576, abs=1)
    for strip in drawn:
        assert sum(s.share for s in strip.segments) == pytest.approx(100 * strip.km / whole)
    western = drawn[0]
    assert [n.text for n in western.names if n.kind == "country"] == [
        "Russia",
        "Azerbaijan",
        "Iran",
        "India",
    ]


@pytest.mark.parametrize("closed", [(), ("suez-canal",), ("suez-canal", "strait-of-hormuz")])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_name_lies_on_another(
    study: Study, choose: Callable[..., Choice], closed: tuple[str, ...], width: float
) -> None:
    at = 0 if width == WIDE else 1
    for chosen in (study.default, tuple(study.routes), (WESTERN,), (EASTERN, CAPE)):
        for strip in page.strips(choose(*chosen, closed=closed))[0]:
            boxes: list[tuple[int, float, float]] = []
            for name in strip.names:
                room = len(name.text) * 6.4
                left = name.at / 100 * width - room * name.shifts[at] / 100
                assert left >= -1, name
                assert left + room <= width + 1, name
                boxes.append((name.rows[at], left, left + room))
            for i, (row, left, right) in enumerate(boxes):
                for other, start, end in boxes[:i]:
                    assert row != other or left >= end or start >= right, strip.route.id


def test_names_give_way() -> None:
    names = [Name("Azerbaijan", "country", 50.0), Name("Turkmenistan", "country", 51.0)]
    assert [row for row, _ in page._laid_out(names, NARROW)] == [0, 1]


def test_a_way_round_moves_what_lies_behind_it(choose: Callable[..., Choice]) -> None:
    [strip], _ = page.strips(choose(SUEZ, closed=("suez-canal",)))
    assert strip.km == pytest.approx(22_368, abs=25)
    assert [segment.classes for segment in strip.segments] == ["mode-sea detour"]
    texts = [name.text for name in strip.names]
    assert "Egypt" not in texts
    assert texts[0] == "Russia"
    assert texts[-1] == "India"


def test_all_of_it_is_well_formed(study: Study, choose: Callable[..., Choice]) -> None:
    choice = choose(*study.routes, closed=tuple(study.closable))
    for html in (
        page.strips_html(choice),
        page.comparison_html(choice),
        page.figures_html(choice),
        page.legs_html(choice),
    ):
        assert Page(html).text
    text = Page(page.strips_html(choose())).text
    assert "gap Astara–Rasht: 162–170 km published, 154 km as drawn" in text


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
    choice = page.choose(atlas, study, study.default, tuple(study.closable))
    for html in (
        page.strips_html(choice),
        page.comparison_html(choice),
        page.figures_html(choice),
        page.legs_html(choice),
    ):
        found = Page(html)
        assert "img" not in found.tags
    assert HOSTILE in Page(page.figures_html(choice)).text


def test_a_dossier_without_corridors_has_no_routes(
    load_small: Callable[[], Atlas], small: Path
) -> None:
    for path in (small / "corridors").glob("*.yml"):
        path.unlink()
    study = build_study(load_small())
    assert study.routes == {}
    assert study.default == ()


def test_modes_and_statuses_all_have_a_sign() -> None:
    css = (Path(page.__file__).parent / "static" / "atlas" / "app.css").read_text()
    for mode in LegMode:
        assert mode is LegMode.RAIL or f".strip .mode-{mode.value}" in css
    for status in LegStatus:
        assert status is LegStatus.OPERATING or f".strip .status-{status.value}" in css
