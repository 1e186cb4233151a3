"""Alliances side by side: membership at the edges, weights, overlaps, order, address, HTML.

On the tests' own dossier; what the shipped one says is asked in `tests/curation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from annotations.vocabulary import MemberStatus
from dashboard.atlas.cards import build_card
from dashboard.atlas.data import Atlas
from dashboard.views.alliances import charts as alliance_charts
from dashboard.views.alliances.changes import (
    changes_html,
    changes_in_words,
    changes_of,
    day_steps,
    neighbours,
)
from dashboard.views.alliances.comparison import (
    BY_COUNT,
    BY_NAME,
    PAGE,
    Comparison,
    comparison_address,
    first_day,
    read_comparison,
    write_comparison,
)
from dashboard.views.alliances.duel import duel_of
from dashboard.views.alliances.members import (
    MatrixRow,
    full_members,
    matrix_html,
    matrix_of,
    overlaps_html,
    overlaps_of,
)
from dashboard.views.alliances.weights import (
    weights_html,
    weights_of,
)
from geodata.figures import Figures, load_figures
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.dashboard.views.alliances.three_alliances import (
    AS_OF,
    CIRCLE,
    COMPARED,
    EXPANSION,
    LEAGUE,
    UNION,
)
from tests.nonempty import nonempty

HOSTILE = "<b>x</b>\"'><img src=x>"


def members(atlas: Atlas, alliance: str, day: str) -> set[str]:
    return set(full_members(atlas, alliance, date.fromisoformat(day)))


# Membership at the edges


@pytest.mark.parametrize(
    ("alliance", "day", "count", "inside", "outside"),
    [
        (UNION, "2009-06-30", 0, "", "TZA UGA"),
        (UNION, "2009-07-01", 2, "TZA UGA", "KEN"),
        (UNION, "2009-12-31", 2, "", "KEN"),
        (UNION, "2010-01-01", 3, "KEN", "RWA"),
        (UNION, "2012-02-29", 3, "", "RWA"),
        (UNION, "2012-03-01", 4, "RWA", "ZMB"),
        (UNION, "2017-12-31", 4, "", "ZMB MWI MOZ COD"),
        (UNION, "2018-01-01", 5, "ZMB", "MWI MOZ COD BWA"),
        (LEAGUE, "1994-12-31", 1, "ZAF", "AGO"),
        (LEAGUE, "2015-06-30", 3, "NAM", "KEN MOZ"),
        (LEAGUE, "2016-01-01", 2, "", "NAM"),
        (LEAGUE, "2019-09-30", 2, "ZAF AGO", "MOZ KEN"),
        (CIRCLE, "2013-12-31", 3, "ZMB COD shore-guard", "copper-bank"),
        (CIRCLE, "2014-01-01", 4, "copper-bank", "BWA"),
    ],
)
def test_membership_at_the_edges(
    atlas: Atlas, alliance: str, day: str, count: int, inside: str, outside: str
) -> None:
    found = members(atlas, alliance, day)
    assert len(found) == count
    assert set(inside.split()) <= found
    assert found.isdisjoint(outside.split())


# Overlaps and matrix


def test_overlaps_hold_each_member_once(atlas: Atlas) -> None:
    comparison = Comparison(COMPARED, AS_OF)
    found = overlaps_of(atlas, comparison)
    by = {overlap.alliances: set(overlap.actors) for overlap in found}
    assert by == {
        (UNION,): {"KEN", "RWA", "TZA", "UGA"},
        (CIRCLE,): {"COD", "copper-bank", "reed-men", "shore-guard"},
        (LEAGUE,): {"AGO", "ZAF"},
        (UNION, CIRCLE): {"ZMB"},
    }
    sizes = [len(overlap.actors) for overlap in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(set().union(*by.values()))
    in_2017 = overlaps_of(atlas, replace(comparison, day=date(2017, 12, 31)))
    assert (UNION, CIRCLE) not in {o.alliances for o in nonempty(in_2017)}


def test_matrix_gives_status_and_date(atlas: Atlas) -> None:
    rows = {r.actor: r for r in matrix_of(atlas, Comparison(COMPARED, AS_OF))}
    zambia = rows["ZMB"].cells
    assert (zambia[UNION].status, zambia[UNION].since) == (MemberStatus.MEMBER, "1 January 2018")
    assert (zambia[CIRCLE].status, zambia[CIRCLE].since) == (MemberStatus.MEMBER, "2013")
    assert rows["ZMB"].count == 2
    assert rows["MOZ"].cells[UNION].level == "lesser"
    assert rows["MOZ"].cells[UNION].since == "June 2016"
    assert rows["COD"].cells[UNION].level == "outside"
    assert rows["NAM"].cells[LEAGUE].level == "outside"
    before = matrix_of(atlas, Comparison((UNION,), date(2017, 12, 30)))
    [zambia_before] = [r for r in before if r.actor == "ZMB"]
    assert zambia_before.cells[UNION].status is MemberStatus.OBSERVER


def test_matrix_is_sorted_as_asked(atlas: Atlas) -> None:
    asked = Comparison(COMPARED, AS_OF)

    def order(sort: str) -> list[MatrixRow]:
        return matrix_of(atlas, replace(asked, sort=sort))

    names = [row.name for row in order(BY_NAME)]
    assert names == sorted(names)
    assert [row.name for row in order("-country")] == names[::-1]
    counts = [row.count for row in order(BY_COUNT)]
    assert counts == sorted(counts, reverse=True)
    assert [r.count for r in order("-count")] == sorted(counts)
    for sort in (LEAGUE, f"-{LEAGUE}"):
        inside = [LEAGUE in row.cells for row in order(sort)]
        assert inside == sorted(inside, reverse=True), "those that are not in it stand last"
    assert order(UNION)[0].cells[UNION].since == "1 July 2009"
    assert order(LEAGUE)[0].cells[LEAGUE].status is MemberStatus.MEMBER


# Changes and days


def test_changes_say_who_did_what_when(atlas: Atlas) -> None:
    found = changes_of(atlas, COMPARED)
    assert [c.day for c in found] == sorted(c.day for c in found)
    assert all(first_day(atlas) <= c.day <= AS_OF for c in nonempty(found))
    day = [c for c in found if c.day == EXPANSION]
    assert {c.actor for c in day if c.sort == "joins"} == {"ZMB"}
    assert {c.actor for c in day if c.sort == "other"} == {"BWA"}
    founders = [c for c in found if c.day == date(2009, 7, 1)]
    assert changes_in_words(atlas, founders) == [
        "Union: Tanzania and Uganda are among the first members"
    ]
    suspended = [c for c in found if c.actor == "MOZ" and c.alliance == LEAGUE]
    assert [c.sort for c in suspended] == ["leaves"]
    assert changes_in_words(atlas, suspended) == ["League: Mozambique is suspended"]


def test_partners_do_not_join(atlas: Atlas) -> None:
    """There is no act of accession: the word would be a claim."""
    found = [c for c in changes_of(atlas, [CIRCLE]) if c.actor == "copper-bank"]
    assert changes_in_words(atlas, nonempty(found)) == [
        "Circle: Copper Bank, Ltd becomes a partner"
    ]


def test_an_end_without_successor_is_a_change(load_small: Callable[[], Atlas], small: Path) -> None:
    rewrite(
        small / "alliances" / "brics.yml",
        members=[{"actor": "RUS", "status": "member", "from": "2009-06-16", "to": "2020-05-01"}],
    )
    first, last = changes_of(load_small(), ["brics"])
    assert (first.sort, last.sort) == ("joins", "leaves")
    assert (last.day, last.status) == (date(2020, 5, 1), None)


def test_steps_hold_both_sides_of_each_new_year_and_all_changes(atlas: Atlas) -> None:
    steps = day_steps(atlas, date(2018, 7, 17))
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (first_day(atlas), AS_OF)
    assert {date(2017, 12, 31), EXPANSION, date(2018, 6, 1), date(2018, 7, 17)} <= set(steps)
    every = changes_of(atlas, atlas.choices.options["alliance"])
    assert {change.day for change in every} <= set(steps)


def test_neighbours_lead_from_change_to_change(atlas: Atlas) -> None:
    found = changes_of(atlas, [LEAGUE])
    assert neighbours(found, date(2017, 1, 1)) == (date(2016, 1, 1), date(2018, 6, 1))
    assert neighbours(found, first_day(atlas))[0] is None
    assert neighbours(found, AS_OF)[1] is None


# The address


def test_default_is_what_the_dossier_compares(atlas: Atlas) -> None:
    found = read_comparison({}, atlas)
    assert set(found.alliances) == set(atlas.dossier.head.alliances_compared) == set(COMPARED)
    assert found.day == AS_OF
    assert not any(write_comparison(found, atlas).values())


@pytest.mark.parametrize(
    "query",
    [
        "alliance=nato&date=2010-13-45&sort=size",
        "alliance=&date=&sort=",
        "date=1900-01-01",
        "date=2019-10-01",
        "date=2010",
        "date=20100101",
        "date=٢٠١٠-٠١-٠١",
        "sort=nato",
        "sort=--count",
        "alliance=%00&date=%3Cscript%3E",
    ],
)
def test_nonsense_is_dropped(atlas: Atlas, query: str) -> None:
    assert read_comparison(parse_qs(query, keep_blank_values=True), atlas) == read_comparison(
        {}, atlas
    )


def test_address_leads_back(atlas: Atlas) -> None:
    asked = Comparison((LEAGUE, UNION), date(2013, 7, 1), f"-{UNION}")
    link = comparison_address(asked, atlas, "actor:ZMB")
    name, _, query = link.partition("?")
    assert name == PAGE
    assert parse_qs(query)["select"] == ["actor:ZMB"]
    assert read_comparison(parse_qs(query), atlas) == asked
    assert read_comparison(write_comparison(asked, atlas), atlas) == asked


def test_the_alliances_card_leads_here(atlas: Atlas) -> None:
    items = [i for s in build_card(atlas, UNION).sections for r in s.rows for i in r.items]
    assert f"alliances?alliance={UNION}" in [item.goto for item in items]
    elsewhere = build_card(atlas, "lake-line")
    items = [i for s in elsewhere.sections for r in s.rows for i in r.items]
    assert not [item for item in nonempty(items) if (item.goto or "").startswith("alliances")]


# What a reader sees


def test_html_is_sound_and_links_lead_somewhere(atlas: Atlas, figures: Figures) -> None:
    asked = Comparison(atlas.choices.options["alliance"], AS_OF)
    weights = weights_of(atlas, figures, asked.alliances, asked.day)
    pieces = [
        matrix_html(atlas, asked, "actor:ZMB"),
        overlaps_html(atlas, asked),
        weights_html(atlas, figures, weights),
        changes_html(atlas, changes_of(atlas, asked.alliances)),
    ]
    for piece in nonempty(pieces):
        assert set(Page(piece).links) <= atlas.choices.selectable
    matrix = Page(pieces[0])
    sorts = [value for name, value in matrix.attributes if name == "aria-sort"]
    assert sorts.count("none") == len(sorts) - 1
    targets = [value for name, value in matrix.attributes if name == "data-goto"]
    assert len(targets) == len(asked.alliances) + 2
    for target in nonempty(targets):
        assert parse_qs(target.partition("?")[2])["select"] == ["actor:ZMB"]
    table = Page(pieces[2]).text
    assert "no figures for 4 of 5 members" in table
    assert "with the unclear 37.0 %" in table


def test_heading_sorts_then_turns_round(atlas: Atlas) -> None:
    shown = atlas.choices.options["alliance"]
    asked = Comparison(shown, AS_OF, shown[-1])
    targets = [
        read_comparison(parse_qs(value.partition("?")[2]), atlas).sort
        for name, value in Page(matrix_html(atlas, asked, None)).attributes
        if name == "data-goto"
    ]
    assert targets == ["country", "count", *shown[:-1], f"-{shown[-1]}"]


def test_names_from_files_are_text(load_small: Callable[[], Atlas], small: Path) -> None:
    rewrite(small / "actors" / "RUS.yml", name=HOSTILE)
    rewrite(small / "alliances" / "brics.yml", short=HOSTILE[:24])
    atlas = load_small()
    asked = read_comparison({"alliance": ["brics"]}, atlas)
    for piece in (
        matrix_html(atlas, asked, None),
        overlaps_html(atlas, asked),
        changes_html(atlas, changes_of(atlas, asked.alliances)),
    ):
        assert "img" not in Page(piece).tags
        assert HOSTILE[:8] in Page(piece).text


def test_charts_hold_what_the_tables_say(atlas: Atlas, figures: Figures) -> None:
    asked = Comparison((UNION, CIRCLE), AS_OF)
    weights = weights_of(atlas, figures, asked.alliances, asked.day)
    for dark in (False, True):
        spec = alliance_charts.weights_chart(atlas, figures, weights, dark).to_dict()
        labels = [row.get("label") for rows in spec["datasets"].values() for row in rows]
        assert "35.0 % (37.0 %)" in labels
        assert labels.count("no figures for 4 of 5 members") == len(figures.measures)
        steps = day_steps(atlas, asked.day)
        strip = alliance_charts.strip_chart(atlas, asked, steps, dark).to_dict()
        rows = [row for rows in strip["datasets"].values() for row in rows if "who" in row]
        assert {row["step"] for row in rows} <= set(range(len(steps)))
        assert any("Zambia" in row["who"] for row in rows)


def test_no_alliance_compared_is_no_fault(load_small: Callable[[], Atlas]) -> None:
    atlas = load_small()
    assert duel_of(atlas, load_figures(), AS_OF) is None
    assert read_comparison({}, atlas).alliances == atlas.choices.options["alliance"][:3]


def test_membership_never_moves_between_changes(atlas: Atlas) -> None:
    """Moving the date within two changes changes nothing."""
    every = atlas.choices.options["alliance"]
    days = sorted({change.day for change in changes_of(atlas, every)})
    for before, after in nonempty(pairwise(days)):
        eve = after - timedelta(days=1)
        for alliance in nonempty(every):
            assert full_members(atlas, alliance, before) == full_members(atlas, alliance, eve), (
                alliance,
                before,
                eve,
            )
