"""The corridors of "russia-iran" on their page: lengths, borders, gauges, threats, ways round.

They change with the dossier; how the page works is asked in `tests/dashboard`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.atlas.data import Atlas
from dashboard.views.corridors.choice import Choice, choose_routes, detours_drawn
from dashboard.views.corridors.comparison import comparison_rows, comparison_table
from dashboard.views.corridors.legs import legs_table
from dashboard.views.corridors.published import published_figures
from dashboard.views.corridors.route import Route, Study
from dashboard.views.corridors.strips import strips_of
from dashboard.views.corridors.study import build_study
from geodata.routes import line_km
from tests.nonempty import nonempty

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
        return choose_routes(atlas, study, routes or study.default, closed)

    return make


def cells(choice: Choice, label: str) -> list[str]:
    """Text of a measure's cells."""
    [row] = [row for row in comparison_rows(choice) if row.label == label]
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


def test_arms_are_never_added_together(study: Study) -> None:
    for route in nonempty(study.routes.values()):
        places = [stretch.leg.from_ for stretch in route.stretches]
        assert len(places) == len(set(places)), route.id
        assert route.km == pytest.approx(sum(line_km(s.line) for s in route.stretches))
    central = [r.km for r in study.routes.values() if r.branch.id == "central"]
    assert max(central) < 7_100


@pytest.mark.parametrize(("route", "km"), [(SUEZ, 14_187), (CAPE, 22_576)])
def test_sea_routes_are_as_long_as_the_dossier_draws_them(
    study: Study, route: str, km: float
) -> None:
    assert study.routes[route].km == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(("route", "km"), [(SUEZ, 14_119), (CAPE, 22_393)])
def test_sea_routes_are_about_as_long_as_the_lanes(study: Study, route: str, km: float) -> None:
    assert study.routes[route].km == pytest.approx(km, rel=0.01)


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


# --- closing chokepoints -----------------------------------------------------------------------


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


def test_a_closed_strait_that_nobody_passes_changes_nothing(choose: Callable[..., Choice]) -> None:
    choice = choose(closed=("bosporus",))
    assert cells(choice, "With Bosporus closed") == ["not affected"] * 3


def test_detours_for_the_map(choose: Callable[..., Choice]) -> None:
    [detour] = detours_drawn(choose(closed=("suez-canal", "bab-el-mandeb")))
    [path] = detour.parts
    assert path[0] == pytest.approx([30.31, 59.94])
    assert path[:, 1].min() == pytest.approx(-35, abs=1)
    assert "+8,182 km" in detour.tip


# --- tables ------------------------------------------------------------------------------------


def test_comparison(choose: Callable[..., Choice]) -> None:
    choice = choose()
    assert cells(choice, "Length") == ["6,756 km", "14,187 km", "22,576 km"]
    assert cells(choice, "Operates")[0] == "97.7 %; gap 154 km, published 162–170 km"
    assert cells(choice, "Operates")[2] == "100 %"
    assert cells(choice, "Threatened by")[2] == "nothing in the dossier"
    table = comparison_table(choice)
    assert list(table.columns[1:4]) == [route.label for route in choice.routes]


def test_legs_table(choose: Callable[..., Choice]) -> None:
    table = legs_table(choose(WESTERN))
    gap = table[table["status"] == "gap"].iloc[0]
    assert gap["km_published"] == "162–170"
    assert gap["km_computed"] == pytest.approx(154, abs=2)
    assert table["km_computed"].sum() == pytest.approx(6_756, abs=2)


def test_published_figures_stand_beside_computed_ones(choose: Callable[..., Choice]) -> None:
    figures = {
        (f.published.what, f.published.value): f.computed for f in published_figures(choose())
    }
    assert figures["Length, St Petersburg to Mumbai", "7,200 km"].startswith("6,597–7,508 km")
    east = figures["Transit time by the eastern branch", "15–18 days"]
    assert east.endswith("km a day over 7,508 km")
    by_suez = figures["Transit time by Suez, for comparison", "30–45 days"]
    assert by_suez == "would mean 315–473 km a day over 14,187 km"
    assert figures["Astara (Iran) – Rasht", "162–170 km"] == "154 km as drawn"


def test_a_way_round_moves_what_lies_behind_it(choose: Callable[..., Choice]) -> None:
    [strip], _ = strips_of(choose(SUEZ, closed=("suez-canal",)))
    assert strip.km == pytest.approx(22_368, abs=25)
    assert [segment.classes for segment in strip.segments] == ["mode-sea detour"]
    texts = [name.text for name in strip.names]
    assert "Egypt" not in texts
    assert texts[0] == "Russia"
    assert texts[-1] == "India"
