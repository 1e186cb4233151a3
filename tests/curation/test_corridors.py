"""The corridors of "russia-iran" on their page: lengths, borders, gauges, threats, ways round.

They change with the dossier; how the page works is asked in `tests/dashboard`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.atlas.data import Atlas
from dashboard.views.corridors.choice import Choice, choose_routes
from dashboard.views.corridors.comparison import comparison_rows
from dashboard.views.corridors.published import published_figures
from dashboard.views.corridors.route import Route, Study
from dashboard.views.corridors.study import build_study

WESTERN, EASTERN = "instc.western", "instc.eastern"
SUEZ, CAPE = "suez-route.suez", "cape-route.cape"
AMIRABAD = "instc.central.olya.amirabad"


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


# --- tables ------------------------------------------------------------------------------------


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
