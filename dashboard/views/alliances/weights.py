"""What alliances weigh: people, product, arms, and of which years. No Streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from annotations.english import listed, sum_in_words
from annotations.vocabulary import ActorType
from dashboard.atlas.data import Atlas
from dashboard.look.markup import templates
from dashboard.look.tables import joined
from dashboard.views.alliances.comparison import day_in_words, short_name
from dashboard.views.alliances.members import full_members, unclear_members
from geodata.figures import Figures, Total

PPP, MARKET = "gdp_ppp", "gdp_market"
"""The two measures by which economies are weighed against each other."""


@dataclass(frozen=True)
class Weight:
    """One alliance by one measure on the day.

    Attributes
    ----------
    alliance, measure : str
        Ids.
    members : tuple of str
        Full members on the day.
    total : Total
        Of the full members.
    unclear : tuple of str
        Those of which accounts differ.
    with_unclear : Total or None
        Of both; None where nobody's membership is unclear.
    """

    alliance: str
    measure: str
    members: tuple[str, ...]
    total: Total
    unclear: tuple[str, ...] = ()
    with_unclear: Total | None = None

    @property
    def share(self) -> float | None:
        """In per cent of the world; None where a member has no figure, or there is no member."""
        return None if self.total.missing or not self.members else self.total.share

    @property
    def share_with_unclear(self) -> float | None:
        """The same with the unclear ones; None where there is none, or a figure is missing."""
        both = self.with_unclear
        return None if both is None or both.missing else both.share

    @property
    def gap(self) -> str:
        """Why there is no share; empty where there is one."""
        if not self.members:
            return "no members on this day"
        if self.total.missing:
            return f"no figures for {len(self.total.missing)} of {len(self.members)} members"
        return ""


def weights_of(atlas: Atlas, figures: Figures, alliances: Sequence[str], day: date) -> list[Weight]:
    """Each alliance by each measure: today's figures applied to the membership of a day.

    Parameters
    ----------
    atlas : Atlas
    figures : Figures
        From `geodata.figures.load_figures`.
    alliances : sequence of str
    day : datetime.date

    Returns
    -------
    list of Weight
        By measure, then alliance. A movement or a body has no figures: it is missing, and the
        country that it is based in is not counted for it.
    """
    parties = {
        alliance: (
            tuple(full_members(atlas, alliance, day)),
            tuple(unclear_members(atlas, alliance, day)),
        )
        for alliance in alliances
    }
    found = []
    for measure in figures.measures:
        for alliance, (members, unclear) in parties.items():
            both = figures.total([*members, *unclear], measure.id) if unclear else None
            total = figures.total(members, measure.id)
            found.append(Weight(alliance, measure.id, members, total, unclear, both))
    return found


def hazard_in_words(found: Sequence[Weight], day: date) -> str:
    """What must stand beside shares of an early day; empty where the figures are of its time.

    Without it, a share would read as what the alliance weighed then.
    """
    years = [year for weight in found for year in weight.total.years]
    if not years or day.year >= min(years):
        return ""
    return (
        f"The figures are those of {min(years)}–{max(years)}: this is what the members of "
        f"{day_in_words(day)} weigh by them, not what they weighed then."
    )


def percent(share: float | None) -> str:
    """A share for a reader: ``36.1 %``."""
    return "–" if share is None else f"{share:.1f} %"


# Tables, which are also what `alliance_charts` says in text


def weights_table(atlas: Atlas, figures: Figures, found: Sequence[Weight]) -> pd.DataFrame:
    """All weights, one row each, for a download: nothing that the chart leaves out."""
    labels = {measure.id: measure for measure in figures.measures}
    names = atlas.dossier.actors
    rows = [
        {
            "measure": labels[w.measure].long,
            "alliance": short_name(atlas, w.alliance),
            "members": len(w.members),
            "share of world, %": None if w.share is None else round(w.share, 2),
            "unclear members": joined([names[a].name for a in w.unclear]),
            "share with unclear members, %": (
                None if w.share_with_unclear is None else round(w.share_with_unclear, 2)
            ),
            "total": w.total.value if not w.gap else None,
            "unit": labels[w.measure].unit,
            "years of figures": ", ".join(map(str, w.total.years)),
            "members without figures": joined([names[a].name for a in w.total.missing]),
            "notes": joined([f"{names[a].name}: {note}" for a, note in w.total.notes]),
            "source": figures.source,
        }
        for w in found
    ]
    return pd.DataFrame(rows)


def weights_html(atlas: Atlas, figures: Figures, found: Sequence[Weight]) -> str:
    """The weights as a table, and what to beware of, as HTML."""
    actors = atlas.dossier.actors
    alliances = list(dict.fromkeys(weight.alliance for weight in found))
    by = {(weight.measure, weight.alliance): weight for weight in found}
    missing = {
        short_name(atlas, w.alliance): [actors[a].name for a in w.total.missing]
        for w in found
        if w.total.missing
    }
    return templates.get_template("views/alliances/weights.html").render(
        alliances=[(a, short_name(atlas, a), by[figures.measures[0].id, a]) for a in alliances],
        rows=[
            (m, [by[m.id, a] for a in alliances], years_in_words(by[m.id, a] for a in alliances))
            for m in figures.measures
        ],
        amount=sum_in_words,
        percent=percent,
        missing=missing,
        movements=any(
            actors[a].type is not ActorType.STATE for w in found for a in w.total.missing
        ),
        unclear={
            short_name(atlas, w.alliance): listed([actors[a].name for a in w.unclear])
            for w in found
            if w.unclear
        },
        years=_odd_years(atlas, figures, found),
        notes=sorted({(actors[a].name, n) for w in found for a, n in w.total.notes}),
        source=figures.source,
    )


def _odd_years(
    atlas: Atlas, figures: Figures, found: Iterable[Weight]
) -> list[tuple[str, int, list[str]]]:
    """By measure: its label, the year of most figures, and who has one of another year."""
    years: dict[str, dict[str, int]] = {}
    for weight in found:
        for actor in (weight.with_unclear or weight.total).counted:
            year = figures.countries[actor].by_measure[weight.measure].year
            if year is not None:
                years.setdefault(weight.measure, {})[actor] = year
    told = []
    for measure in figures.measures:
        if by_actor := years.get(measure.id):
            [(usual, _)] = Counter(by_actor.values()).most_common(1)
            odd = sorted(
                f"{atlas.dossier.actors[actor].name} {year}"
                for actor, year in by_actor.items()
                if year != usual
            )
            told.append((measure.label, usual, odd))
    return told


def years_in_words(found: Iterable[Weight]) -> str:
    """Years that figures are of: ``2022``, or ``2021–2023``."""
    years = sorted({year for weight in found for year in weight.total.years})
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
