"""The alliances of "russia-iran" on their page: members at the edges, published weights, changes.

They change with the dossier and with the figures; how the page works is asked in `tests/dashboard`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from annotations.vocabulary import MemberStatus
from dashboard.atlas.data import Atlas
from dashboard.views.alliances.changes import changes_in_words, changes_of
from dashboard.views.alliances.comparison import Comparison, first_day
from dashboard.views.alliances.duel import duel_html, duel_of
from dashboard.views.alliances.members import full_members, matrix_of, overlaps_of
from dashboard.views.alliances.weights import Weight, weights_of, weights_table
from geodata.figures import Figures, load_figures
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

AS_OF = date(2024, 1, 31)
EXPANSION = date(2024, 1, 1)
HOSTILE = "<b>x</b>\"'><img src=x>"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load_figures()


def members(atlas: Atlas, alliance: str, day: str) -> set[str]:
    return set(full_members(atlas, alliance, date.fromisoformat(day)))


def share(atlas: Atlas, figures: Figures, alliance: str, measure: str, day: date) -> Weight:
    [found] = [w for w in weights_of(atlas, figures, [alliance], day) if w.measure == measure]
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
    found = duel_of(atlas, figures, AS_OF)
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
    table = weights_table(atlas, figures, [union, early])
    assert table["share of world, %"].isna().all()
    assert table["total"].isna().all()
    assert "Belgium" in table["members without figures"][0]


def test_the_two_are_weighed_both_ways(atlas: Atlas, figures: Figures) -> None:
    found = duel_of(atlas, figures, AS_OF)
    assert found is not None
    assert found.verdict == (
        "BRICS outweighs G7 at purchasing power parity; G7 outweighs BRICS at market rates."
    )
    assert "Saudi Arabia" in found.unclear
    assert "37.4 %" in found.unclear
    assert "27.1 %" in found.unclear
    text = Page(duel_html(atlas, figures, found, AS_OF)).text
    for number in ("36.1 %", "29.0 %", "26.0 %", "44.3 %", "BRICS 9, G7 7"):
        assert number in text
    before = duel_of(atlas, figures, date(2001, 1, 1))
    assert before is not None
    assert before.verdict == "Not to be weighed: BRICS has no members on this day."
    assert before.unclear == ""


# Overlaps and matrix


def test_overlaps_hold_each_member_once(atlas: Atlas) -> None:
    comparison = Comparison(("brics", "g7", "sco"), AS_OF)
    found = overlaps_of(atlas, comparison)
    by = {overlap.alliances: set(overlap.actors) for overlap in found}
    assert by[("brics", "sco")] == {"CHN", "IND", "IRN", "RUS"}
    assert by[("brics",)] == {"BRA", "EGY", "ETH", "ARE", "ZAF"}
    assert len(by[("g7",)]) == 7
    assert ("brics", "g7") not in by
    sizes = [len(overlap.actors) for overlap in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(set().union(*by.values()))
    in_2010 = overlaps_of(atlas, replace(comparison, day=date(2010, 1, 1)))
    assert {o.alliances: o.actors for o in in_2010}[("brics", "g7", "sco")] == ("RUS",)


def test_matrix_gives_status_and_date(atlas: Atlas) -> None:
    rows = {r.actor: r for r in matrix_of(atlas, Comparison(("brics", "g7", "sco"), AS_OF))}
    iran = rows["IRN"].cells
    assert (iran["brics"].status, iran["brics"].since) == (MemberStatus.MEMBER, "1 January 2024")
    assert (iran["sco"].status, iran["sco"].since) == (MemberStatus.MEMBER, "4 July 2023")
    assert rows["SAU"].cells["brics"].level == "lesser"
    assert rows["SAU"].cells["sco"].since == "September 2022"
    assert rows["ARG"].cells["brics"].level == "outside"
    assert rows["RUS"].cells["g7"].level == "outside"
    assert rows["RUS"].count == 2
    before = matrix_of(atlas, Comparison(("sco",), date(2023, 7, 3)))
    [iran_before] = [r for r in before if r.actor == "IRN"]
    assert iran_before.cells["sco"].status is MemberStatus.OBSERVER


# Changes and days


def test_changes_say_who_did_what_when(atlas: Atlas) -> None:
    found = changes_of(atlas, ["brics", "sco", "g7"])
    assert [c.day for c in found] == sorted(c.day for c in found)
    assert all(first_day(atlas) <= c.day <= AS_OF for c in nonempty(found))
    day = [c for c in found if c.day == EXPANSION]
    assert {c.actor for c in day if c.sort == "joins"} == {"EGY", "ETH", "IRN", "ARE"}
    assert {c.actor for c in day if c.sort == "other"} == {"SAU"}
    words = changes_in_words(atlas, [c for c in day if c.sort == "joins"])
    assert words == ["BRICS: United Arab Emirates, Egypt, Ethiopia and Iran join"]
    suspended = [c for c in found if c.alliance == "g7" and c.day.year > 2000]
    assert [(c.actor, c.sort) for c in suspended] == [("RUS", "leaves"), ("RUS", "leaves")]
    assert changes_in_words(atlas, suspended[:1]) == ["G7: Russia is suspended"]
    assert not [c for c in nonempty(found) if c.status is None], "each span here has a successor"


def test_nobody_of_the_axis_joins(atlas: Atlas) -> None:
    """There is no act of accession: the word would be a claim."""
    found = changes_of(atlas, ["axis-of-resistance"])
    assert found
    assert not any("join" in words for words in nonempty(changes_in_words(atlas, found)))
