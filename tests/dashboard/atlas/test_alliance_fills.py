"""Who is in an alliance on a day, and which countries are filled for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from annotations.schema import Alliance
from dashboard.atlas.data import Atlas
from dashboard.atlas.standings import fills_at, standing_at
from geodata.boundaries import load_countries
from tests.nonempty import nonempty

Parsed = dict[str, Any]


# Members


def standing(atlas: Atlas, alliance: str, day: str) -> dict[str, set[str]]:
    """Who stands how on a day: status to actors."""
    found: dict[str, set[str]] = {}
    for one in standing_at(atlas.joined.members, alliance, date.fromisoformat(day)):
        found.setdefault(one.status, set()).add(one.actor)
    return found


FOUNDERS = {"TZA", "UGA"}
FOUR = FOUNDERS | {"KEN", "RWA"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-06-30", {}),
        ("2009-07-01", {"member": FOUNDERS}),
        ("2012-03-01", {"member": FOUR}),
        (
            "2017-12-30",
            {
                "member": FOUR,
                "observer": {"ZMB", "MWI"},
                "dialogue-partner": {"MOZ"},
                "invited": {"COD"},
            },
        ),
        (
            "2018-01-01",
            {
                "member": FOUR | {"ZMB"},
                "observer": {"MWI"},
                "dialogue-partner": {"MOZ"},
                "unclear": {"BWA"},
            },
        ),
    ],
)
def test_who_is_what_in_the_union(atlas: Atlas, day: str, expected: dict[str, set[str]]) -> None:
    assert standing(atlas, "lake-union", day) == expected


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1994-12-31", None),
        ("1995-01-01", "member"),
        ("2015-06-30", "member"),
        ("2016-01-01", None),
        ("2019-09-30", None),
    ],
)
def test_namibia_in_the_league(atlas: Atlas, day: str, status: str | None) -> None:
    found = standing(atlas, "coast-league", day)
    assert [s for s, actors in found.items() if "NAM" in actors] == ([status] if status else [])


def test_somebody_without_dates_is_in_on_any_day(atlas: Atlas) -> None:
    for day in ("1900-01-01", "2100-01-01"):
        assert standing(atlas, "copper-circle", day)["unclear"] == {"BWA"}


def test_nobody_stands_twice(atlas: Atlas) -> None:
    """On the dossier's date, on each first and each last day."""
    days = {day for row in atlas.joined.members.itertuples() for day in (row.start, row.end) if day}
    for alliance in nonempty(atlas.dossier.of_type(Alliance)):
        for day in nonempty({one.first_day for one in days} | {one.last_day for one in days}):
            actors = [m.actor for m in standing_at(atlas.joined.members, alliance.id, day)]
            assert len(actors) == len(set(actors)), (alliance.id, day)


# Fills


def fills(scene: Parsed, alliance: str) -> dict[str, dict[str, Any]]:
    [found] = [one for one in scene["alliances"] if one["id"] == alliance]
    return {member["actor"]: member for member in found["members"]}


def test_fills_are_of_the_dossiers_date(scene: Parsed) -> None:
    union = fills(scene, "lake-union")
    assert {actor for actor, one in union.items() if one["full"]} == FOUR | {"ZMB"}
    assert {actor for actor, one in union.items() if not one["full"]} == {"MWI", "MOZ", "BWA"}


def test_who_has_left_is_not_filled(scene: Parsed) -> None:
    """Nor who declined; who is suspended is."""
    assert set(fills(scene, "coast-league")) == {"ZAF", "AGO", "KEN", "MOZ"}
    assert "COD" not in fills(scene, "lake-union")


def test_an_organisation_fills_no_country(scene: Parsed) -> None:
    league = fills(scene, "coast-league")
    assert "lake-office" not in league
    assert {one["country"] for one in league.values()} == {"ZAF", "AGO", "KEN", "MOZ"}


def test_a_movement_is_no_full_member_of_its_country(atlas: Atlas, scene: Parsed) -> None:
    circle = fills(scene, "copper-circle")
    movements = {a for a in circle if atlas.dossier.actors[a].type.value == "armed-group"}
    assert movements == {"reed-men"}
    assert {actor for actor, one in circle.items() if one["full"]} == {"ZMB", "COD"}


def test_a_state_that_is_a_party_outweighs_the_movements_in_it(scene: Parsed) -> None:
    circle = fills(scene, "copper-circle")
    assert [one["actor"] for one in circle.values() if one["country"] == "COD"] == ["COD"]


def test_fills_of_an_earlier_day(atlas: Atlas) -> None:
    def full(alliance: str, day: date) -> dict[str, bool]:
        return {one.actor: one.full for one in fills_at(atlas.joined, alliance, day)}

    union = full("lake-union", date(2017, 12, 30))
    assert (union["TZA"], union["ZMB"]) == (True, False)
    league = full("coast-league", date(2015, 6, 30))
    assert league["NAM"]
    assert "lake-office" not in league


def test_only_countries_that_can_be_drawn_are_filled(scene: Parsed) -> None:
    filled = {m["country"] for alliance in scene["alliances"] for m in alliance["members"]}
    assert filled <= set(load_countries().index)
