"""Who joined, left or changed their standing, and when. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from annotations.dates import PartialDate
from annotations.english import listed
from annotations.spans import turns
from annotations.vocabulary import MemberStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.standings import FULL, OUTSIDE
from dashboard.look.markup import templates
from dashboard.views.alliances.comparison import first_day, short_name

_VERBS = {
    MemberStatus.MEMBER: ("joins", "join"),
    MemberStatus.OBSERVER: ("becomes an observer", "become observers"),
    MemberStatus.DIALOGUE_PARTNER: ("becomes a dialogue partner", "become dialogue partners"),
    MemberStatus.PARTICIPANT: ("takes part", "take part"),
    MemberStatus.PARTNER: ("becomes a partner", "become partners"),
    MemberStatus.INVITED: ("is invited", "are invited"),
    MemberStatus.UNCLEAR: ("is in or not: accounts differ", "are in or not: accounts differ"),
    MemberStatus.DECLINED: ("declines", "decline"),
    MemberStatus.SUSPENDED: ("is suspended", "are suspended"),
    MemberStatus.FORMER: ("is out", "are out"),
}
"""What one party does that comes to stand so, and what several do."""

_FIRST = "is among the first members", "are among the first members"
_ENDED = "is no longer counted", "are no longer counted"


@dataclass(frozen=True)
class Change:
    """A party's standing becomes another.

    Attributes
    ----------
    day : datetime.date
        The first day on which it holds.
    when : PartialDate
        The same as precisely as it is known.
    alliance, actor : str
        Ids.
    status : MemberStatus or None
        The new standing; None where it merely ends.
    first : bool
        Whether it is of the alliance's first day: who is in then has joined nothing.
    """

    day: date
    when: PartialDate
    alliance: str
    actor: str
    status: MemberStatus | None
    first: bool = False

    @property
    def sort(self) -> str:
        """``joins``, ``leaves`` or ``other``."""
        if self.status in FULL:
            return "joins"
        ended = self.status is None or self.status in OUTSIDE
        return "leaves" if ended or self.status is MemberStatus.SUSPENDED else "other"

    @property
    def verbs(self) -> tuple[str, str]:
        """What the party does, and what several such parties do."""
        if self.first and self.status is MemberStatus.MEMBER:
            return _FIRST
        return _ENDED if self.status is None else _VERBS[self.status]


def changes_of(atlas: Atlas, alliances: Iterable[str]) -> list[Change]:
    """Changes of standing up to the dossier's date, in order of time.

    Parameters
    ----------
    atlas : Atlas
    alliances : iterable of str
        Ids of the alliances asked about.
    """
    latest = atlas.dossier.head.as_of.last_day
    wanted = set(alliances)
    parties: dict[tuple[str, str], list[Any]] = {}
    for row in atlas.joined.members.itertuples():
        if row.alliance in wanted:
            parties.setdefault((row.alliance, row.actor), []).append(row)
    found = [change for party, rows in parties.items() for change in _changes_in(*party, rows)]
    began: dict[str, date] = {}
    for change in found:
        began[change.alliance] = min(change.day, began.get(change.alliance, change.day))
    found = [replace(change, first=change.day == began[change.alliance]) for change in found]
    return sorted(
        (change for change in found if change.day <= latest),
        key=lambda change: (change.day, change.alliance, change.actor),
    )


def _changes_in(alliance: str, actor: str, rows: Sequence[Any]) -> Iterator[Change]:
    """Changes of one party's standing in one alliance, from its rows of the join's members."""
    before = None
    for day, position in turns([(row.start, row.end) for row in rows]):
        now = None if position is None else rows[position]
        # What begins says when, unless what it follows says so more precisely.
        dates = [now.start if now else None, before.end if before else None]
        known = (when for when in dates if when and day in (when.first_day, when.last_day))
        when = next(known, PartialDate(day.isoformat()))
        yield Change(day, when, alliance, actor, MemberStatus(now.status) if now else None)
        before = now


def day_steps(atlas: Atlas, asked: date) -> list[date]:
    """Steps of the slider: days of change in any alliance, ends of years, and the day asked for.

    The same whichever alliances are chosen, so that a choice does not move the slider.
    """
    earliest, latest = first_day(atlas), atlas.dossier.head.as_of.last_day
    days = {earliest, latest, asked}
    days |= {date(year, 12, 31) for year in range(earliest.year, latest.year)}
    days |= {change.day for change in changes_of(atlas, atlas.choices.options["alliance"])}
    return sorted(days)


def neighbours(found: Sequence[Change], day: date) -> tuple[date | None, date | None]:
    """The last day of change before `day` and the first after it; None where there is none."""
    before = [change.day for change in found if change.day < day]
    after = [change.day for change in found if change.day > day]
    return (max(before) if before else None, min(after) if after else None)


def changes_in_words(atlas: Atlas, found: Sequence[Change]) -> list[str]:
    """Changes of one day or several as sentences: those who do the same are named together."""
    groups: dict[tuple[str, tuple[str, str]], list[str]] = {}
    for change in found:
        name = atlas.dossier.actors[change.actor].name
        groups.setdefault((short_name(atlas, change.alliance), change.verbs), []).append(name)
    return [
        f"{alliance}: {listed(names)} {verbs[len(names) > 1]}"
        for (alliance, verbs), names in groups.items()
    ]


def changes_table(atlas: Atlas, found: Sequence[Change]) -> pd.DataFrame:
    """Who changed standing when, one row each, for a download."""
    rows = [
        {
            "when": str(change.when),
            "alliance": short_name(atlas, change.alliance),
            "party": atlas.dossier.actors[change.actor].name,
            "change": change.verbs[0],
        }
        for change in found
    ]
    return pd.DataFrame(rows, columns=["when", "alliance", "party", "change"])


def changes_html(atlas: Atlas, found: Sequence[Change]) -> str:
    """Who changed standing when, as HTML: the strip in text."""
    days: dict[str, list[Change]] = {}
    for change in found:
        days.setdefault(change.when.words, []).append(change)
    return templates.get_template("views/alliances/changes.html").render(
        rows=[(when, changes_in_words(atlas, group)) for when, group in days.items()]
    )
