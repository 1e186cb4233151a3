"""Standings that follow one another: one a party on any day, on every page and in every file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from annotations.schema import Alliance
from dashboard import actors, alliances
from dashboard.address import Screen
from dashboard.brief import records
from dashboard.brief.sheet import compose
from dashboard.brief.spec import Brief
from dashboard.data import Atlas
from dashboard.panels import build_card
from dashboard.scene import spans_at
from dashboard.shown import Extra
from tests.dashboard.made import atlas_of, dossier_of, record

HANDOVERS = [
    ("2005-07-05", "2005-07-05", date(2005, 7, 5)),
    ("2005-07", "2005-07", date(2005, 7, 1)),
    ("2005", "2005", date(2005, 1, 1)),
    ("2005", "2005-07-05", date(2005, 7, 5)),
    ("2005-07-05", "2005", date(2005, 7, 5)),
    ("2005-12-31", "2005-12-31", date(2005, 12, 31)),
    ("2006-01-01", "2006-01-01", date(2006, 1, 1)),
    ("2005-12", "2005-12", date(2005, 12, 1)),
]
"""Until when Iran observes, from when it is a member, and the day on which it is one."""


def atlas_with(like: Atlas, until: str, start: str) -> Atlas:
    pact = record(
        "alliance",
        "pact",
        short="Pact",
        when={"from": "2001", "open": True},
        members=[
            {"actor": "RUS", "status": "member", "from": "2001"},
            {"actor": "IRN", "status": "observer", "from": "2002", "to": until},
            {"actor": "IRN", "status": "member", "from": start},
        ],
    )
    made = atlas_of(dossier_of([pact]), like)
    assert not made.problems
    return made


def exported(atlas: Atlas, day: date) -> str:
    brief = Brief(screen=Screen(alliance=("pact",)), extent="world", extra=Extra(day=day))
    body = records.csv(atlas, compose(atlas, brief, "http://here"))
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return row["members"]


@pytest.mark.parametrize(("until", "start", "turn"), HANDOVERS)
def test_a_party_has_one_standing_on_either_side_of_the_turn(
    atlas: Atlas, until: str, start: str, turn: date
) -> None:
    made = atlas_with(atlas, until, start)
    pact = made.dossier.records["pact"]
    assert isinstance(pact, Alliance)
    for day, status in ((turn - timedelta(days=1), "observer"), (turn, "member")):
        rows = spans_at(made.joined.members, "pact", day)
        assert [(row.actor, row.status) for row in rows] == [("RUS", "member"), ("IRN", status)]
        assert [m.status.value for m in pact.standings_on(day)] == ["member", status]
        full = ["RUS", "IRN"] if status == "member" else ["RUS"]
        assert alliances.full_members(made, "pact", day) == full
        assert exported(made, day).count("Iran (") == 1
        assert f"Iran ({status} since" in exported(made, day)


@pytest.mark.parametrize(("until", "start", "turn"), HANDOVERS)
def test_a_turn_is_one_change(atlas: Atlas, until: str, start: str, turn: date) -> None:
    made = atlas_with(atlas, until, start)
    found = [c for c in alliances.changes(made, ["pact"]) if c.actor == "IRN"]
    assert [(c.day, c.verb) for c in found] == [
        (date(2002, 1, 1), "becomes an observer"),
        (turn, "joins"),
    ]
    # Told by whichever of both dates says it more precisely.
    assert found[1].when == max(until, start, key=len)


@pytest.mark.parametrize(("until", "start", "turn"), HANDOVERS)
def test_a_profile_draws_one_standing_after_the_other(
    atlas: Atlas, until: str, start: str, turn: date
) -> None:
    made = atlas_with(atlas, until, start)
    drawn = actors.standings_of(made.dossier, "IRN")
    assert list(drawn[["status", "start", "end"]].itertuples(index=False, name=None)) == [
        ("Observer", date(2002, 1, 1), turn),
        ("Member", turn, date(2024, 1, 31)),
    ]


def test_who_left_in_a_year_is_in_until_its_last_day_and_then_no_longer(atlas: Atlas) -> None:
    """Nobody follows: nothing says that it left before."""
    pact = record(
        "alliance", "pact", short="Pact",
        members=[{"actor": "IRN", "status": "member", "from": "2002", "to": "2005"}],
    )  # fmt: skip
    made = atlas_of(dossier_of([pact]), atlas)
    assert alliances.full_members(made, "pact", date(2005, 12, 30)) == ["IRN"]
    assert alliances.full_members(made, "pact", date(2005, 12, 31)) == []
    left = alliances.changes(made, ["pact"])[-1]
    assert (left.day, left.when, left.status) == (date(2005, 12, 31), "2005", None)


def test_a_standing_whose_start_nobody_knows_says_until_when(atlas: Atlas) -> None:
    pact = record(
        "alliance", "pact", short="Pact",
        members=[{"actor": "IRN", "status": "member", "to": "2005-07"}],
    )  # fmt: skip
    made = atlas_of(dossier_of([pact]), atlas)
    (row,) = (
        row
        for section in build_card(made, "pact").sections
        for row in section.rows
        if row.label == "Iran"
    )
    assert [item.text for item in row.items] == ["member until July 2005"]
