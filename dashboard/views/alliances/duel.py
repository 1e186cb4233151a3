"""Two alliances weighed against each other. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annotations.english import listed
from annotations.schema import Indicator
from dashboard.atlas.data import Atlas
from dashboard.look.markup import templates
from dashboard.views.alliances.comparison import day_in_words, short_name
from dashboard.views.alliances.weights import (
    MARKET,
    PPP,
    Weight,
    hazard_in_words,
    percent,
    weights_of,
    years_in_words,
)
from geodata.figures import Figures


@dataclass(frozen=True)
class Duel:
    """Two alliances weighed against each other, by both measures.

    Attributes
    ----------
    left, right : str
        Ids of the alliances.
    rounds : tuple of (Weight, Weight)
        At purchasing power parity, and at market rates.
    verdict : str
        What comes of it, as a sentence.
    unclear : str
        The same with those counted whose membership is unclear; empty where there is nobody.
    claims : tuple of Indicator
        Records of what the article says of it; none where it weighs others.
    """

    left: str
    right: str
    rounds: tuple[tuple[Weight, Weight], ...]
    verdict: str
    unclear: str
    claims: tuple[Indicator, ...]


def duel_of(
    atlas: Atlas, figures: Figures, day: date, chosen: Sequence[str] | None = None
) -> Duel | None:
    """Weigh two alliances against each other.

    Parameters
    ----------
    atlas : Atlas
    figures : Figures
    day : date
    chosen : sequence of str, optional
        Ids of which the first two are weighed; the two that the dossier compares first, if both are
        among them. Without any, those two.

    Returns
    -------
    Duel or None
        None where there are no two, or one of them is not there.
    """
    theirs = atlas.dossier.head.alliances_compared[:2]
    pair = theirs if chosen is None or set(theirs) <= set(chosen) else list(chosen[:2])
    if len(pair) < 2 or not atlas.dossier.records.keys() >= set(pair):
        return None
    found = weights_of(atlas, figures, pair, day)
    rounds = tuple(
        (left, right)
        for measure in (PPP, MARKET)
        for left in found
        for right in found
        if (left.alliance, right.alliance) == tuple(pair)
        and left.measure == right.measure == measure
    )
    claims = tuple(
        i
        for i in (atlas.dossier.of_type(Indicator) if pair == theirs else ())
        if i.measure == "share-of-world-gdp"
    )
    return Duel(
        pair[0],
        pair[1],
        rounds,
        _verdict(atlas, rounds),
        _with_unclear(atlas, rounds),
        claims,
    )


_BY = {PPP: "at purchasing power parity", MARKET: "at market rates"}


def _verdict(atlas: Atlas, rounds: Sequence[tuple[Weight, Weight]]) -> str:
    """Who outweighs whom by each measure; one clause where it is the same by both."""
    clauses = []
    for left, right in rounds:
        for weight in (left, right):
            if weight.gap:
                return f"Not to be weighed: {short_name(atlas, weight.alliance)} has {weight.gap}."
        ahead, behind = sorted((left, right), key=lambda w: w.total.share, reverse=True)
        names = short_name(atlas, ahead.alliance), short_name(atlas, behind.alliance)
        clauses.append((f"{names[0]} outweighs {names[1]}", _BY[left.measure]))
    if len({who for who, _ in clauses}) == 1:
        return f"{clauses[0][0]} by both measures."
    return "; ".join(f"{who} {by}" for who, by in clauses) + "."


def _with_unclear(atlas: Atlas, rounds: Sequence[tuple[Weight, Weight]]) -> str:
    parts = []
    for weight in rounds[0] if rounds else ():
        if weight.unclear:
            names = listed([atlas.dossier.actors[actor].name for actor in weight.unclear])
            shares = [
                f"{percent(w.share_with_unclear)} {_BY[w.measure]}"
                for pair in rounds
                for w in pair
                if w.alliance == weight.alliance and w.share_with_unclear is not None
            ]
            words = f"Not counted: {names}, whose membership is unclear."
            if shares:
                words += f" With it, {short_name(atlas, weight.alliance)} has {listed(shares)}."
            parts.append(words)
    return " ".join(parts)


# HTML


def duel_html(atlas: Atlas, figures: Figures, found: Duel, day: date) -> str:
    """The two alliances against each other, as HTML."""
    sides = [
        {
            "by": _BY[left.measure],
            "years": years_in_words([left, right]),
            "bars": [
                (w.alliance, short_name(atlas, w.alliance), percent(w.share), w.share or 0.0, w.gap)
                for w in (left, right)
            ],
        }
        for left, right in found.rounds
    ]
    claim = next((c for c in found.claims if c.evidence.status.value != "context"), None)
    return templates.get_template("views/alliances/duel.html").render(
        found=found,
        names=[short_name(atlas, found.left), short_name(atlas, found.right)],
        day=day_in_words(day),
        counts=[(short_name(atlas, w.alliance), len(w.members)) for w in found.rounds[0]],
        sides=sides,
        claim=claim,
        hazard=hazard_in_words([w for pair in found.rounds for w in pair], day),
        most=max(w.total.share for pair in found.rounds for w in pair) or 1.0,
    )
