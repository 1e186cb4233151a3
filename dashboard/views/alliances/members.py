"""Who is in which of the alliances compared, and who is in several. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from annotations.english import listed
from annotations.vocabulary import MemberStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.standings import FULL, OUTSIDE, spans_at
from dashboard.look.markup import templates
from dashboard.look.tables import joined
from dashboard.views.alliances.comparison import (
    BY_COUNT,
    BY_NAME,
    Comparison,
    comparison_address,
    day_in_words,
    short_name,
)

_ORDER = {status: number for number, status in enumerate(MemberStatus)}


@dataclass(frozen=True)
class MemberCell:
    """One party's standing in one alliance on the day.

    Attributes
    ----------
    status : MemberStatus
    since : str
        For a reader; empty where no date is known.
    note : str
        The record's note on it.
    """

    status: MemberStatus
    since: str
    order: date
    note: str

    @property
    def level(self) -> str:
        """``full``, ``lesser`` or ``outside``: how it is filled."""
        if self.status in FULL:
            return "full"
        return "outside" if self.status in OUTSIDE else "lesser"


@dataclass(frozen=True)
class MatrixRow:
    """One party and all its standings.

    Attributes
    ----------
    actor, name : str
    cells : mapping of str to MemberCell
        By alliance; those it has nothing to do with are missing.
    """

    actor: str
    name: str
    cells: Mapping[str, MemberCell]

    @property
    def count(self) -> int:
        """In how many of the alliances it is a full member."""
        return sum(cell.level == "full" for cell in self.cells.values())


def matrix_of(atlas: Atlas, comparison: Comparison) -> list[MatrixRow]:
    """Parties by alliances on the day, in the order asked for.

    Parameters
    ----------
    atlas : Atlas
    comparison : Comparison

    Returns
    -------
    list of MatrixRow
        Everybody that has or had a standing by that day, those that left or refused too.
    """
    cells: dict[str, dict[str, MemberCell]] = {}
    for alliance in comparison.alliances:
        for row in spans_at(atlas.joined.members, alliance, comparison.day):
            cells.setdefault(row.actor, {})[alliance] = MemberCell(
                MemberStatus(row.status),
                row.start.words if row.start else "",
                row.start.first_day if row.start else date.min,
                row.note or "",
            )
    actors = atlas.dossier.actors
    rows = [MatrixRow(actor, actors[actor].name, found) for actor, found in cells.items()]
    return _sorted(rows, comparison.sort)


def _sorted(rows: Iterable[MatrixRow], sort: str) -> list[MatrixRow]:
    key, back = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(rows, key=lambda row: row.name)
    if key == BY_NAME:
        return by_name[::-1] if back else by_name
    if key == BY_COUNT:
        # The most memberships first; among equals, the most standings of any sort.
        return sorted(by_name, key=lambda row: (row.count, len(row.cells)), reverse=not back)
    inside = [row for row in by_name if key in row.cells]
    inside.sort(key=lambda row: (_ORDER[row.cells[key].status], row.cells[key].order), reverse=back)
    # Those that have nothing to do with it stand last, whichever way round.
    return inside + [row for row in by_name if key not in row.cells]


def full_members(atlas: Atlas, alliance: str, day: date) -> list[str]:
    """Ids of an alliance's full members on a day, in the record's order."""
    return [
        row.actor for row in spans_at(atlas.joined.members, alliance, day) if row.status in FULL
    ]


def unclear_members(atlas: Atlas, alliance: str, day: date) -> list[str]:
    """Ids of those of which accounts differ whether they are members."""
    rows = spans_at(atlas.joined.members, alliance, day)
    return [row.actor for row in rows if row.status == MemberStatus.UNCLEAR]


@dataclass(frozen=True)
class Overlap:
    """Full members of exactly these alliances, of those chosen.

    Attributes
    ----------
    alliances, actors : tuple of str
        Ids; actors by name.
    """

    alliances: tuple[str, ...]
    actors: tuple[str, ...]


def overlaps_of(atlas: Atlas, comparison: Comparison) -> list[Overlap]:
    """Exclusive intersections that are not empty, largest first.

    Every full member of any alliance chosen is in exactly one of them.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in matrix_of(atlas, replace(comparison, sort=BY_NAME)):
        among = tuple(
            a for a in comparison.alliances if a in row.cells and row.cells[a].level == "full"
        )
        if among:
            groups.setdefault(among, []).append(row.actor)
    found = [Overlap(alliances, tuple(actors)) for alliances, actors in groups.items()]
    return sorted(found, key=lambda o: (-len(o.actors), -len(o.alliances), o.alliances))


def matrix_table(atlas: Atlas, comparison: Comparison) -> pd.DataFrame:
    """The matrix, one row a party and alliance, for a download."""
    rows = [
        {
            "date": comparison.day.isoformat(),
            "code": row.actor,
            "party": row.name,
            "alliance": short_name(atlas, alliance),
            "status": cell.status.label,
            "since": cell.since,
            "note": cell.note,
        }
        for row in matrix_of(atlas, comparison)
        for alliance, cell in row.cells.items()
    ]
    columns = ["date", "code", "party", "alliance", "status", "since", "note"]
    return pd.DataFrame(rows, columns=columns)


def overlaps_table(atlas: Atlas, comparison: Comparison) -> pd.DataFrame:
    """The overlaps, one row each, for a download."""
    rows = [
        {
            "date": comparison.day.isoformat(),
            "member of exactly": " + ".join(short_name(atlas, a) for a in overlap.alliances),
            "count": len(overlap.actors),
            "members": joined([atlas.dossier.actors[a].name for a in overlap.actors]),
        }
        for overlap in overlaps_of(atlas, comparison)
    ]
    return pd.DataFrame(rows, columns=["date", "member of exactly", "count", "members"])


def overlaps_html(atlas: Atlas, comparison: Comparison) -> str:
    """Overlap counts with dots that say of which alliances, as HTML."""
    found = overlaps_of(atlas, comparison)
    actors = atlas.dossier.actors
    return templates.get_template("views/alliances/overlaps.html").render(
        alliances=[(a, short_name(atlas, a)) for a in comparison.alliances],
        rows=[
            (
                overlap.alliances,
                listed([short_name(atlas, a) for a in overlap.alliances]),
                [(actor, actors[actor].name) for actor in overlap.actors],
            )
            for overlap in found
        ],
        most=max((len(overlap.actors) for overlap in found), default=1),
        day=day_in_words(comparison.day),
    )


def matrix_html(atlas: Atlas, comparison: Comparison, select: str | None) -> str:
    """The matrix of parties and alliances, as HTML. A link in a heading sorts."""
    key, back = comparison.sort.removeprefix("-"), comparison.sort.startswith("-")

    def heading(sort: str, label: str) -> dict[str, str]:
        # The count begins with the most: its plain order descends.
        down = (sort == BY_COUNT) != back
        asked = f"-{sort}" if sort == key and not back else sort
        return {
            "id": sort,
            "label": label,
            "goto": comparison_address(replace(comparison, sort=asked), atlas, select),
            "sorted": ("descending" if down else "ascending") if sort == key else "none",
        }

    return templates.get_template("views/alliances/matrix.html").render(
        rows=matrix_of(atlas, comparison),
        alliances=comparison.alliances,
        party=heading(BY_NAME, "Party"),
        count=heading(BY_COUNT, "Full in"),
        headings=[heading(a, short_name(atlas, a)) for a in comparison.alliances],
        day=day_in_words(comparison.day),
        select=select,
    )
