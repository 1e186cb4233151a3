"""Standings that follow one another: one a party on any day, on every page and in every file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from annotations.dates import PartialDate
from annotations.schema import Alliance
from dashboard.atlas.address import Screen
from dashboard.atlas.cards import build_card
from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import Extra
from dashboard.atlas.standings import spans_at
from dashboard.formats import records
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from dashboard.views.actors.standings import standings_of
from dashboard.views.alliances import charts as alliance_charts
from dashboard.views.alliances.changes import changes_in_words, changes_of, day_steps
from dashboard.views.alliances.comparison import (
    default_comparison,
    first_day,
    left_out,
    left_out_in_words,
    read_comparison,
)
from dashboard.views.alliances.duel import duel_of
from dashboard.views.alliances.members import full_members
from geodata.figures import load_figures
from tests.dashboard.made import atlas_of, dossier_of, record
from tests.sweeps import first_of

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


@pytest.mark.parametrize(("until", "start", "turn"), first_of(HANDOVERS, 2))
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
        assert full_members(made, "pact", day) == full
        assert exported(made, day).count("Iran (") == 1
        assert f"Iran ({status} since" in exported(made, day)


@pytest.mark.parametrize(("until", "start", "turn"), HANDOVERS)
def test_a_turn_is_one_change(atlas: Atlas, until: str, start: str, turn: date) -> None:
    made = atlas_with(atlas, until, start)
    found = [c for c in changes_of(made, ["pact"]) if c.actor == "IRN"]
    assert [(c.day, c.verbs[0]) for c in found] == [
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
    drawn = standings_of(made.dossier, "IRN")
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
    assert full_members(made, "pact", date(2005, 12, 30)) == ["IRN"]
    assert full_members(made, "pact", date(2005, 12, 31)) == []
    left = changes_of(made, ["pact"])[-1]
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


# From when on


def of_1995(like: Atlas) -> Atlas:
    pact = record(
        "alliance", "pact", short="Pact",
        members=[
            {"actor": "RUS", "status": "observer", "from": "1949-04"},
            {"actor": "UKR", "status": "member", "from": "1952"},
            {"actor": "IRN", "status": "invited"},
        ],
    )  # fmt: skip
    head = dossier_of([]).head.model_copy(update={"as_of": PartialDate("1995-06-30")})
    return atlas_of(dossier_of([pact], head=head), like)


def test_a_dossier_of_1995_opens_in_1995_and_begins_with_its_first_standing(atlas: Atlas) -> None:
    made = of_1995(atlas)
    opens, begins = date(1995, 6, 30), date(1949, 4, 1)
    assert default_comparison(made).day == opens
    assert first_day(made) == begins
    steps = day_steps(made, opens)
    assert (steps[0], steps[-1]) == (begins, opens)
    assert date(1951, 12, 31) in steps
    for text, day in (
        ("1949-04-01", begins),
        ("1949-03-31", opens),
        ("1995-06-30", opens),
        ("1995-07-01", opens),
        ("1960-02-29", date(1960, 2, 29)),
    ):
        assert read_comparison({"date": [text]}, made).day == day
    labels = [d for n, d in enumerate(steps) if alliance_charts._starts_year(steps, n)]
    assert labels[0] == begins
    assert 4 <= len(labels) <= alliance_charts.MOST_YEARS + 1


def test_where_nobody_says_since_when_there_is_one_day(atlas: Atlas) -> None:
    pact = record("alliance", "pact", short="Pact", members=[{"actor": "IRN", "status": "member"}])
    made = atlas_of(dossier_of([pact]), atlas)
    latest = made.dossier.head.as_of.last_day
    assert first_day(made) == latest
    assert day_steps(made, latest) == [latest]


# An alliance that cannot be shown


def test_a_compared_alliance_that_is_left_out_is_told_and_the_rest_is_there(
    atlas: Atlas,
) -> None:
    base = dossier_of([])
    homeless = base.actors["hezbollah"].model_copy(update={"country": None, "seat": None})
    member = {"actor": "hezbollah", "status": "member"}
    found = [
        record("alliance", "axis", short="Axis", members=[member]),
        record("alliance", "pact", short="Pact", members=[{"actor": "IRN", "status": "member"}]),
    ]
    head = base.head.model_copy(update={"alliances_compared": ["axis", "pact", "gone"]})
    dossier = dossier_of(found, head=head, actors={**base.actors, "hezbollah": homeless})
    made = atlas_of(dossier, atlas)
    assert default_comparison(made).alliances == ("pact",)
    assert duel_of(made, load_figures(), made.dossier.head.as_of.last_day) is None
    assert left_out(made) == ("axis", "gone")
    words = left_out_in_words(made)
    assert "axis (alliances/axis.yml: country: actor 'hezbollah' has no country" in words
    assert "gone (alliances/gone.yml is missing)" in words
    assert left_out_in_words(atlas) == ""


def test_who_is_in_from_the_first_day_has_joined_nothing(atlas: Atlas) -> None:
    pact = record(
        "alliance", "pact", short="Pact",
        members=[
            {"actor": "RUS", "status": "member", "from": "1949"},
            {"actor": "UKR", "status": "member", "from": "1949"},
            {"actor": "IRN", "status": "member", "from": "1952"},
        ],
    )  # fmt: skip
    made = atlas_of(dossier_of([pact]), atlas)
    found = changes_of(made, ["pact"])
    assert changes_in_words(made, found) == [
        "Pact: Russia and Ukraine are among the first members",
        "Pact: Iran joins",
    ]
