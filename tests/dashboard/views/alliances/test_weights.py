"""What alliances weigh: sums of their members, what is unclear or missing, two at once."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.atlas.data import ENVIRONMENT, Atlas
from dashboard.atlas.standings import fills_at
from dashboard.views.alliances.comparison import (
    Comparison,
)
from dashboard.views.alliances.duel import duel_html, duel_of
from dashboard.views.alliances.members import (
    matrix_of,
)
from dashboard.views.alliances.weights import (
    Weight,
    hazard_in_words,
    weights_of,
    weights_table,
)
from geodata.figures import Figures
from tests.dashboard.opening import open_page
from tests.dashboard.reading import Page
from tests.dashboard.views.alliances.three_alliances import AS_OF, CIRCLE, EXPANSION, LEAGUE, UNION
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty


def share(atlas: Atlas, figures: Figures, alliance: str, measure: str, day: date) -> Weight:
    [found] = [w for w in weights_of(atlas, figures, [alliance], day) if w.measure == measure]
    return found


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2017, 12, 31), EXPANSION, AS_OF])
def test_map_matrix_and_weights_tell_the_same_members(
    atlas: Atlas, figures: Figures, day: date
) -> None:
    chosen = atlas.choices.options["alliance"]
    rows = matrix_of(atlas, Comparison(chosen, day))
    for alliance in nonempty(chosen):
        in_matrix = {
            r.actor for r in rows if alliance in r.cells and r.cells[alliance].level == "full"
        }
        weighed = share(atlas, figures, alliance, "area", day)
        assert in_matrix == set(weighed.members)
        filled = {f.actor for f in fills_at(atlas.joined, alliance, day) if f.full}
        states = {a for a in in_matrix if atlas.dossier.actors[a].type.value == "state"}
        assert filled == states


@pytest.mark.parametrize(
    ("alliance", "day", "ppp", "market", "population"),
    [
        (UNION, date(2017, 12, 31), 27.5, 5.5, 16.2),
        (UNION, AS_OF, 35.0, 7.0, 18.0),
        (LEAGUE, AS_OF, 30.0, 30.0, 9.0),
    ],
)
def test_a_weight_is_the_sum_of_its_members(
    atlas: Atlas,
    figures: Figures,
    alliance: str,
    day: date,
    ppp: float,
    market: float,
    population: float,
) -> None:
    for measure, expected in (("gdp_ppp", ppp), ("gdp_market", market), ("population", population)):
        found = share(atlas, figures, alliance, measure, day).share
        assert found == pytest.approx(expected), measure


def test_the_unclear_are_weighed_apart(atlas: Atlas, figures: Figures) -> None:
    for measure, expected in (("gdp_ppp", 37.0), ("gdp_market", 8.0), ("population", 18.2)):
        weight = share(atlas, figures, UNION, measure, AS_OF)
        assert weight.unclear == ("BWA",)
        assert "BWA" not in weight.members
        assert weight.share_with_unclear == pytest.approx(expected), measure
    assert share(atlas, figures, UNION, "area", date(2017, 12, 31)).with_unclear is None


def test_totals(atlas: Atlas, figures: Figures) -> None:
    assert share(atlas, figures, UNION, "gdp_ppp", AS_OF).total.value == 350
    assert share(atlas, figures, LEAGUE, "gdp_market", AS_OF).total.value == 300


def test_records_of_the_claim_stand_beside_the_weights(atlas: Atlas, figures: Figures) -> None:
    found = duel_of(atlas, figures, AS_OF)
    assert found is not None
    assert [claim.id for claim in found.claims] == ["union-share-of-gdp"]
    told = Page(duel_html(atlas, figures, found, AS_OF))
    assert ("data-goto", "map?select=union-share-of-gdp") in told.attributes
    assert "a fiftieth of the world's wealth" in told.text


def test_missing_figures_are_said_and_no_share_is_given(atlas: Atlas, figures: Figures) -> None:
    circle = share(atlas, figures, CIRCLE, "gdp_ppp", AS_OF)
    # Movements and banks: the countries that they are based in are not counted for them.
    assert (circle.share, circle.gap) == (None, "no figures for 4 of 5 members")
    assert set(circle.total.missing) == {"COD", "shore-guard", "copper-bank", "reed-men"}
    assert set(circle.total.counted) == {"ZMB"}
    early = share(atlas, figures, UNION, "gdp_ppp", date(2005, 1, 1))
    assert (early.share, early.gap) == (None, "no members on this day")
    table = weights_table(atlas, figures, [circle, early])
    assert table["share of world, %"].isna().all()
    assert table["total"].isna().all()
    assert "DR Congo" in table["members without figures"][0]


def test_the_two_are_weighed_both_ways(atlas: Atlas, figures: Figures) -> None:
    found = duel_of(atlas, figures, AS_OF)
    assert found is not None
    assert found.verdict == (
        "Union outweighs League at purchasing power parity; League outweighs Union at market rates."
    )
    for words in ("Botswana", "37.0 %", "8.0 %"):
        assert words in found.unclear
    text = Page(duel_html(atlas, figures, found, AS_OF)).text
    for number in ("35.0 %", "30.0 %", "7.0 %", "Union 5, League 2"):
        assert number in text
    before = duel_of(atlas, figures, date(2001, 1, 1))
    assert before is not None
    assert before.verdict == "Not to be weighed: Union has no members on this day."
    assert before.unclear == ""


def test_what_is_pressed_is_weighed(atlas: Atlas, figures: Figures) -> None:
    """The dossier's own two if both are pressed, else the first two that are."""

    def names(*chosen: str) -> list[str]:
        found = duel_of(atlas, figures, AS_OF, chosen)
        return [found.left, found.right] if found else []

    assert names(UNION, LEAGUE) == names(CIRCLE, UNION, LEAGUE) == [UNION, LEAGUE]
    assert names(LEAGUE, CIRCLE) == [LEAGUE, CIRCLE]
    assert names(UNION) == []
    other = duel_of(atlas, figures, AS_OF, (LEAGUE, CIRCLE))
    assert other is not None
    assert other.claims == (), "the article's claim is of others"
    told = Page(duel_html(atlas, figures, other, AS_OF)).text
    assert told.startswith("League against Circle, share of world GDP")
    assert "Not to be weighed: Circle has no figures for 4 of 5 members." in told
    gap = duel_of(atlas, figures, AS_OF, (CIRCLE, LEAGUE))
    assert gap is not None
    assert "–" not in gap.unclear, "no dash stands for a share that nobody knows"


def test_the_page_weighs_what_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(LAKES))
    app = open_page("alliances", alliance=[LEAGUE, CIRCLE])
    told = [Page(element.proto.body).text for element in app.get("html")]
    assert [words[:21] for words in told if " against " in words] == ["League against Circle"]


def test_early_days_say_that_the_figures_are_of_today(atlas: Atlas, figures: Figures) -> None:
    early = date(2010, 12, 31)
    words = hazard_in_words(weights_of(atlas, figures, [UNION, LEAGUE], early), early)
    assert "2017" in words
    assert "not what they weighed then" in words
    assert hazard_in_words(weights_of(atlas, figures, [UNION], AS_OF), AS_OF) == ""
    found = duel_of(atlas, figures, early)
    assert found is not None
    told = Page(duel_html(atlas, figures, found, early)).text
    assert "not what they weighed then" in told
