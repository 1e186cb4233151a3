"""Alliances side by side: membership at the edges, weights, overlaps, order, address, HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from annotations.vocabulary import MemberStatus
from dashboard import alliances as page
from dashboard.alliances import Comparison
from dashboard.data import Atlas
from dashboard.panels import build_card
from dashboard.scene import fills_at
from geodata.figures import Figures, load_figures
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

AS_OF = date(2024, 1, 31)
EXPANSION = date(2024, 1, 1)
HOSTILE = "<b>x</b>\"'><img src=x>"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load_figures()


def members(atlas: Atlas, alliance: str, day: str) -> set[str]:
    return set(page.full_members(atlas, alliance, date.fromisoformat(day)))


def share(atlas: Atlas, figures: Figures, alliance: str, measure: str, day: date) -> page.Weight:
    [found] = [w for w in page.weights(atlas, figures, [alliance], day) if w.measure == measure]
    return found


# Membership at the edges


@pytest.mark.parametrize(
    ("alliance", "day", "count", "inside", "outside"),
    [
        ("brics", "2009-06-15", 0, "", "BRA RUS IND CHN"),
        ("brics", "2009-06-16", 4, "BRA RUS IND CHN", "ZAF"),
        ("brics", "2010-12-24", 5, "ZAF", "IRN"),
        ("brics", "2023-12-31", 5, "ZAF", "IRN EGY ETH ARE SAU ARG"),
        ("brics", "2024-01-01", 9, "IRN EGY ETH ARE", "SAU ARG"),
        ("brics", "2024-01-31", 9, "IRN", "SAU"),
        ("sco", "2001-06-14", 0, "", "CHN"),
        ("sco", "2001-06-15", 6, "CHN RUS KAZ KGZ TJK UZB", "IND"),
        ("sco", "2017-06-08", 6, "", "IND PAK"),
        ("sco", "2017-06-09", 8, "IND PAK", "IRN"),
        ("sco", "2023-07-03", 8, "", "IRN"),
        ("sco", "2023-07-04", 9, "IRN", "BLR"),
        ("g7", "2010-01-01", 8, "RUS USA", "eu"),
        ("g7", "2014-03-23", 8, "RUS", ""),
        ("g7", "2014-03-24", 7, "USA", "RUS"),
        ("g7", "2024-01-31", 7, "CAN", "RUS eu"),
        ("eu-27", "2020-01-30", 28, "GBR", ""),
        ("eu-27", "2020-01-31", 27, "", "GBR"),
        ("un-permanent-five", "2010-01-01", 5, "RUS", "soviet-union"),
    ],
)
def test_membership_at_the_edges(
    atlas: Atlas, alliance: str, day: str, count: int, inside: str, outside: str
) -> None:
    found = members(atlas, alliance, day)
    assert len(found) == count
    assert set(inside.split()) <= found
    assert found.isdisjoint(outside.split())


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2023, 12, 31), EXPANSION, AS_OF])
def test_map_matrix_and_weights_tell_the_same_members(
    atlas: Atlas, figures: Figures, day: date
) -> None:
    chosen = atlas.choices.options["alliance"]
    rows = page.matrix(atlas, Comparison(chosen, day))
    for alliance in nonempty(chosen):
        in_matrix = {
            r.actor for r in rows if alliance in r.cells and r.cells[alliance].level == "full"
        }
        weighed = share(atlas, figures, alliance, "area", day)
        assert in_matrix == set(weighed.members)
        filled = {f["actor"] for f in fills_at(atlas.joined, alliance, day) if f["full"]}
        states = {a for a in in_matrix if atlas.dossier.actors[a].type.value == "state"}
        assert filled == states


# Weights, as published


@pytest.mark.parametrize(
    ("alliance", "day", "ppp", "market", "population"),
    [
        ("brics", date(2023, 12, 31), 33.5, 24.6, 40.3),
        ("brics", AS_OF, 36.1, 26.0, 44.5),
        ("g7", AS_OF, 29.0, 44.3, 9.7),
        ("sco", AS_OF, 32.9, None, None),
    ],
)
def test_weights_agree_with_the_published_shares(
    atlas: Atlas,
    figures: Figures,
    alliance: str,
    day: date,
    ppp: float,
    market: float | None,
    population: float | None,
) -> None:
    published = {"gdp_ppp": ppp, "gdp_market": market, "population": population}
    for measure, expected in nonempty((m, s) for m, s in published.items() if s is not None):
        found = share(atlas, figures, alliance, measure, day).share
        assert found == pytest.approx(expected, abs=0.1), measure


def test_weights_with_saudi_arabia(atlas: Atlas, figures: Figures) -> None:
    for measure, expected in (("gdp_ppp", 37.4), ("gdp_market", 27.1), ("population", 44.9)):
        weight = share(atlas, figures, "brics", measure, AS_OF)
        assert weight.unclear == ("SAU",)
        assert "SAU" not in weight.members
        assert weight.share_with_unclear == pytest.approx(expected, abs=0.1), measure
    assert share(atlas, figures, "brics", "area", date(2023, 12, 31)).with_unclear is None


def test_totals_in_dollars(atlas: Atlas, figures: Figures) -> None:
    assert share(atlas, figures, "brics", "gdp_ppp", AS_OF).total.value / 1e12 == pytest.approx(
        60.5, abs=0.05
    )
    assert share(atlas, figures, "g7", "gdp_ppp", AS_OF).total.value / 1e12 == pytest.approx(
        48.6, abs=0.05
    )


def test_records_of_the_claim_have_the_computed_shares(atlas: Atlas, figures: Figures) -> None:
    """The dossier's own indicators and this page cannot disagree."""
    found = page.duel(atlas, figures, AS_OF)
    assert found is not None
    assert {claim.id for claim in found.claims} == {
        f"{who}-share-of-world-gdp-{by}" for who in ("brics", "g7") for by in ("ppp", "market")
    }
    for claim in nonempty(found.claims):
        alliance = claim.id.split("-")[0]
        measure = "gdp_ppp" if claim.id.endswith("ppp") else "gdp_market"
        weight = share(atlas, figures, alliance, measure, AS_OF)
        assert weight.share == pytest.approx(claim.value, abs=0.1)


def test_missing_figures_are_said_and_no_share_is_given(atlas: Atlas, figures: Figures) -> None:
    union = share(atlas, figures, "eu-27", "gdp_ppp", AS_OF)
    assert (union.share, union.gap) == (None, "no figures for 24 of 27 members")
    corridor = share(atlas, figures, "instc-parties", "population", AS_OF)
    assert corridor.share is None
    assert set(corridor.total.missing) == {"BLR", "OMN"}
    # Movements: the countries that they are based in are not counted for them.
    axis = share(atlas, figures, "axis-of-resistance", "area", AS_OF)
    assert axis.share is None
    assert set(axis.total.counted) == {"IRN", "SYR"}
    early = share(atlas, figures, "brics", "gdp_ppp", date(2005, 1, 1))
    assert (early.share, early.gap) == (None, "no members on this day")
    table = page.weights_table(atlas, figures, [union, early])
    assert table["share of world, %"].isna().all()
    assert table["total"].isna().all()
    assert "Belgium" in table["members without figures"][0]


def test_the_two_are_weighed_both_ways(atlas: Atlas, figures: Figures) -> None:
    found = page.duel(atlas, figures, AS_OF)
    assert found is not None
    assert found.verdict == (
        "BRICS outweighs G7 at purchasing power parity; G7 outweighs BRICS at market rates."
    )
    assert "Saudi Arabia" in found.unclear
    assert "37.4 %" in found.unclear
    assert "27.1 %" in found.unclear
    text = Page(page.duel_html(atlas, figures, found, AS_OF)).text
    for number in ("36.1 %", "29.0 %", "26.0 %", "44.3 %", "BRICS 9, G7 7"):
        assert number in text
    before = page.duel(atlas, figures, date(2001, 1, 1))
    assert before is not None
    assert before.verdict == "Not to be weighed: BRICS has no members on this day."
    assert before.unclear == ""


def test_early_days_say_that_the_figures_are_of_today(atlas: Atlas, figures: Figures) -> None:
    weights = page.weights(atlas, figures, ["brics", "g7"], date(2010, 12, 31))
    words = page.hazard(weights, date(2010, 12, 31))
    assert "2023–2025" in words
    assert "not what they weighed then" in words
    assert page.hazard(page.weights(atlas, figures, ["brics"], AS_OF), AS_OF) == ""
    found = page.duel(atlas, figures, date(2010, 12, 31))
    assert found is not None
    told = Page(page.duel_html(atlas, figures, found, date(2010, 12, 31))).text
    assert "not what they weighed then" in told


# Overlaps and matrix


def test_overlaps_hold_each_member_once(atlas: Atlas) -> None:
    comparison = Comparison(("brics", "g7", "sco"), AS_OF)
    found = page.overlaps(atlas, comparison)
    by = {overlap.alliances: set(overlap.actors) for overlap in found}
    assert by[("brics", "sco")] == {"CHN", "IND", "IRN", "RUS"}
    assert by[("brics",)] == {"BRA", "EGY", "ETH", "ARE", "ZAF"}
    assert len(by[("g7",)]) == 7
    assert ("brics", "g7") not in by
    sizes = [len(overlap.actors) for overlap in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(set().union(*by.values()))
    in_2010 = page.overlaps(atlas, replace(comparison, day=date(2010, 1, 1)))
    assert {o.alliances: o.actors for o in in_2010}[("brics", "g7", "sco")] == ("RUS",)


def test_matrix_gives_status_and_date(atlas: Atlas) -> None:
    rows = {r.actor: r for r in page.matrix(atlas, Comparison(("brics", "g7", "sco"), AS_OF))}
    iran = rows["IRN"].cells
    assert (iran["brics"].status, iran["brics"].since) == (MemberStatus.MEMBER, "1 January 2024")
    assert (iran["sco"].status, iran["sco"].since) == (MemberStatus.MEMBER, "4 July 2023")
    assert rows["SAU"].cells["brics"].level == "lesser"
    assert rows["SAU"].cells["sco"].since == "September 2022"
    assert rows["ARG"].cells["brics"].level == "outside"
    assert rows["RUS"].cells["g7"].level == "outside"
    assert rows["RUS"].count == 2
    before = page.matrix(atlas, Comparison(("sco",), date(2023, 7, 3)))
    [iran_before] = [r for r in before if r.actor == "IRN"]
    assert iran_before.cells["sco"].status is MemberStatus.OBSERVER


def test_matrix_is_sorted_as_asked(atlas: Atlas) -> None:
    asked = Comparison(("brics", "g7", "sco"), AS_OF)

    def order(sort: str) -> list[page.MatrixRow]:
        return page.matrix(atlas, replace(asked, sort=sort))

    names = [row.name for row in order(page.BY_NAME)]
    assert names == sorted(names)
    assert [row.name for row in order("-country")] == names[::-1]
    counts = [row.count for row in order(page.BY_COUNT)]
    assert counts == sorted(counts, reverse=True)
    assert [r.count for r in order("-count")] == sorted(counts)
    for sort in ("sco", "-sco"):
        inside = ["sco" in row.cells for row in order(sort)]
        assert inside == sorted(inside, reverse=True), "those that are not in it stand last"
    assert order("sco")[0].cells["sco"].since == "15 June 2001"
    assert order("brics")[0].cells["brics"].status is MemberStatus.MEMBER


# Changes and days


def test_changes_say_who_did_what_when(atlas: Atlas) -> None:
    found = page.changes(atlas, ["brics", "sco", "g7"])
    assert [c.day for c in found] == sorted(c.day for c in found)
    assert all(page.FIRST_DAY <= c.day <= AS_OF for c in nonempty(found))
    day = [c for c in found if c.day == EXPANSION]
    assert {c.actor for c in day if c.sort == "joins"} == {"EGY", "ETH", "IRN", "ARE"}
    assert {c.actor for c in day if c.sort == "other"} == {"SAU"}
    words = page.changes_in_words(atlas, [c for c in day if c.sort == "joins"])
    assert words == ["BRICS: United Arab Emirates, Egypt, Ethiopia and Iran join"]
    suspended = [c for c in found if c.alliance == "g7"]
    assert [(c.actor, c.sort) for c in suspended] == [("RUS", "leaves"), ("RUS", "leaves")]
    assert page.changes_in_words(atlas, suspended[:1]) == ["G7: Russia is suspended"]
    assert not [c for c in nonempty(found) if c.status is None], "each span here has a successor"


def test_nobody_of_the_axis_joins(atlas: Atlas) -> None:
    """There is no act of accession: the word would be a claim."""
    found = page.changes(atlas, ["axis-of-resistance"])
    assert found
    assert not any("join" in words for words in nonempty(page.changes_in_words(atlas, found)))


def test_an_end_without_successor_is_a_change(load_small: Callable[[], Atlas], small: Path) -> None:
    rewrite(
        small / "alliances" / "brics.yml",
        members=[{"actor": "RUS", "status": "member", "from": "2009-06-16", "to": "2020-05-01"}],
    )
    first, last = page.changes(load_small(), ["brics"])
    assert (first.sort, last.sort) == ("joins", "leaves")
    assert (last.day, last.status) == (date(2020, 5, 1), None)


def test_steps_hold_both_sides_of_each_new_year_and_all_changes(atlas: Atlas) -> None:
    steps = page.day_steps(atlas, date(2019, 7, 17))
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (page.FIRST_DAY, AS_OF)
    assert {date(2023, 12, 31), EXPANSION, date(2023, 7, 4), date(2019, 7, 17)} <= set(steps)
    every = page.changes(atlas, atlas.choices.options["alliance"])
    assert {change.day for change in every} <= set(steps)


def test_neighbours_lead_from_change_to_change(atlas: Atlas) -> None:
    found = page.changes(atlas, ["sco"])
    assert page.neighbours(found, date(2020, 1, 1)) == (date(2017, 6, 9), date(2022, 9, 1))
    assert page.neighbours(found, page.FIRST_DAY)[0] is None
    assert page.neighbours(found, AS_OF)[1] is None


# The address


def test_default_is_what_the_dossier_compares(atlas: Atlas) -> None:
    found = page.read({}, atlas)
    assert found == Comparison(("brics", "g7", "sco"), AS_OF)
    assert not any(page.write(found, atlas).values())


@pytest.mark.parametrize(
    "query",
    [
        "alliance=nato&date=2010-13-45&sort=size",
        "alliance=&date=&sort=",
        "date=1995-01-01",
        "date=2024-02-01",
        "date=2010",
        "date=20100101",
        "date=٢٠١٠-٠١-٠١",
        "sort=eu-27",
        "sort=--count",
        "alliance=%00&date=%3Cscript%3E",
    ],
)
def test_nonsense_is_dropped(atlas: Atlas, query: str) -> None:
    assert page.read(parse_qs(query, keep_blank_values=True), atlas) == page.read({}, atlas)


def test_address_leads_back(atlas: Atlas) -> None:
    asked = Comparison(("brics", "eu-27"), date(2013, 7, 1), "-eu-27")
    link = page.address(asked, atlas, "actor:IRN")
    name, _, query = link.partition("?")
    assert name == page.PAGE
    assert parse_qs(query)["select"] == ["actor:IRN"]
    assert page.read(parse_qs(query), atlas) == asked
    assert page.read(page.write(asked, atlas), atlas) == asked


def test_the_alliances_card_leads_here(atlas: Atlas) -> None:
    items = [i for s in build_card(atlas, "sco").sections for r in s.rows for i in r.items]
    assert "alliances?alliance=sco" in [item.goto for item in items]
    elsewhere = build_card(atlas, "instc")
    items = [i for s in elsewhere.sections for r in s.rows for i in r.items]
    assert not [item for item in nonempty(items) if (item.goto or "").startswith("alliances")]


# What a reader sees


def test_html_is_sound_and_links_lead_somewhere(atlas: Atlas, figures: Figures) -> None:
    asked = Comparison(atlas.choices.options["alliance"], AS_OF)
    weights = page.weights(atlas, figures, asked.alliances, asked.day)
    pieces = [
        page.matrix_html(atlas, asked, "actor:IRN"),
        page.overlaps_html(atlas, asked),
        page.weights_html(atlas, figures, weights),
        page.changes_html(atlas, page.changes(atlas, asked.alliances)),
    ]
    for piece in nonempty(pieces):
        assert set(Page(piece).links) <= atlas.choices.selectable
    matrix = Page(pieces[0])
    sorts = [value for name, value in matrix.attributes if name == "aria-sort"]
    assert sorts.count("none") == len(sorts) - 1
    targets = [value for name, value in matrix.attributes if name == "data-goto"]
    assert len(targets) == len(asked.alliances) + 2
    for target in nonempty(targets):
        assert parse_qs(target.partition("?")[2])["select"] == ["actor:IRN"]
    table = Page(pieces[2]).text
    assert "Ethiopia 2022" in table
    assert "no figures for 24 of 27 members" in table
    assert "with the unclear 37.4 %" in table


def test_heading_sorts_then_turns_round(atlas: Atlas) -> None:
    asked = Comparison(("brics", "g7", "sco"), AS_OF, "sco")
    targets = [
        page.read(parse_qs(value.partition("?")[2]), atlas).sort
        for name, value in Page(page.matrix_html(atlas, asked, None)).attributes
        if name == "data-goto"
    ]
    assert targets == ["country", "count", "brics", "g7", "-sco"]


def test_names_from_files_are_text(load_small: Callable[[], Atlas], small: Path) -> None:
    rewrite(small / "actors" / "RUS.yml", name=HOSTILE)
    rewrite(small / "alliances" / "brics.yml", short=HOSTILE[:24])
    atlas = load_small()
    asked = page.read({"alliance": ["brics"]}, atlas)
    for piece in (
        page.matrix_html(atlas, asked, None),
        page.overlaps_html(atlas, asked),
        page.changes_html(atlas, page.changes(atlas, asked.alliances)),
    ):
        assert "img" not in Page(piece).tags
        assert HOSTILE[:8] in Page(piece).text


def test_charts_hold_what_the_tables_say(atlas: Atlas, figures: Figures) -> None:
    asked = Comparison(("brics", "eu-27"), AS_OF)
    weights = page.weights(atlas, figures, asked.alliances, asked.day)
    for dark in (False, True):
        spec = page.weights_chart(atlas, figures, weights, dark).to_dict()
        labels = [row.get("label") for rows in spec["datasets"].values() for row in rows]
        assert "36.1 % (37.4 %)" in labels
        assert labels.count("no figures for 24 of 27 members") == len(figures.measures)
        steps = page.day_steps(atlas, asked.day)
        strip = page.strip_chart(atlas, asked, steps, dark).to_dict()
        rows = [row for rows in strip["datasets"].values() for row in rows if "who" in row]
        assert {row["step"] for row in rows} <= set(range(len(steps)))
        assert any("Iran" in row["who"] for row in rows)


def test_no_alliance_compared_is_no_fault(load_small: Callable[[], Atlas]) -> None:
    atlas = load_small()
    assert page.duel(atlas, load_figures(), AS_OF) is None
    assert page.read({}, atlas).alliances == atlas.choices.options["alliance"][:3]


def test_membership_never_moves_between_changes(atlas: Atlas) -> None:
    """Moving the date within two changes changes nothing."""
    every = atlas.choices.options["alliance"]
    days = sorted({change.day for change in page.changes(atlas, every)})
    for before, after in nonempty(pairwise(days)):
        eve = after - timedelta(days=1)
        for alliance in nonempty(every):
            assert page.full_members(atlas, alliance, before) == page.full_members(
                atlas, alliance, eve
            ), (alliance, before, eve)
