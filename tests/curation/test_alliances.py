"""The alliances of "russia-iran" on their page: members at the edges, published weights, changes.

They change with the dossier and with the figures; how the page works is asked in `tests/dashboard`.
"""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.atlas.data import Atlas
from dashboard.views.alliances.changes import changes_in_words, changes_of
from dashboard.views.alliances.duel import duel_of
from dashboard.views.alliances.members import full_members
from dashboard.views.alliances.weights import Weight, weights_of
from geodata.figures import Figures, load_figures
from tests.nonempty import nonempty

AS_OF = date(2024, 1, 31)


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


# Changes


def test_nobody_of_the_axis_joins(atlas: Atlas) -> None:
    """There is no act of accession: the word would be a claim."""
    found = changes_of(atlas, ["axis-of-resistance"])
    assert found
    assert not any("join" in words for words in nonempty(changes_in_words(atlas, found)))
