"""What the page compares: alliances on a day, as its address says. No Streamlit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from annotations.dates import PartialDate
from annotations.english import listed
from annotations.schema import KINDS, Alliance
from dashboard.atlas.data import Atlas

PAGE = "alliances"

BY_COUNT, BY_NAME = "count", "country"
"""Orders of the matrix beside those by an alliance."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_in_words(day: date) -> str:
    """A day for a reader: ``1 January 2024``."""
    return PartialDate(day.isoformat()).words


@dataclass(frozen=True)
class Comparison:
    """What the page shows.

    Attributes
    ----------
    alliances : tuple of str
        Ids, in the dossier's order; at least one unless the dossier has none.
    day : datetime.date
        From `first_day` to the dossier's date.
    sort : str
        `BY_COUNT`, `BY_NAME` or an alliance's id; with ``-`` in front, the other way round.
    """

    alliances: tuple[str, ...]
    day: date
    sort: str = BY_COUNT


def first_day(atlas: Atlas) -> date:
    """Where the slider begins: the earliest day on which somebody stands to some alliance.

    The dossier's date where none of its alliances says since when.
    """
    latest = atlas.dossier.head.as_of.last_day
    starts: list[date] = [start.first_day for start in atlas.joined.members["start"] if start]
    return min([latest, *starts])


def left_out(atlas: Atlas) -> tuple[str, ...]:
    """Ids of alliances that the dossier compares, but whose records cannot be shown."""
    compared = atlas.dossier.head.alliances_compared
    return tuple(alliance for alliance in compared if alliance not in atlas.dossier.records)


def left_out_in_words(atlas: Atlas) -> str:
    """What is missing in the comparison, and why; empty where all is there."""
    words = []
    for alliance in left_out(atlas):
        file = f"{KINDS['alliance']}/{alliance}.yml"
        reasons = [str(problem) for problem in atlas.problems if problem.file == file]
        words.append(f"{alliance} ({'; '.join(reasons) or f'{file} is missing'})")
    return f"Not compared, since it cannot be shown: {listed(words)}." if words else ""


def default_comparison(atlas: Atlas) -> Comparison:
    """What the page opens with: the alliances that the dossier compares, on its date."""
    options = atlas.choices.options["alliance"]
    head = atlas.dossier.head
    chosen = tuple(name for name in options if name in head.alliances_compared) or options[:3]
    return Comparison(chosen, head.as_of.last_day)


def read_comparison(parameters: Mapping[str, Sequence[str]], atlas: Atlas) -> Comparison:
    """Make out what an address asks for; what is not valid is left out.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        ``alliance``, ``date`` and ``sort`` of the query; others are passed over.
    atlas : Atlas
        Names the alliances that there are.

    Returns
    -------
    Comparison
        Never fails: nonsense gives `default_comparison`.
    """
    default = default_comparison(atlas)
    asked = set(parameters.get("alliance", ()))
    options = atlas.choices.options["alliance"]
    chosen = tuple(name for name in options if name in asked) or default.alliances
    day = _day(parameters.get("date", ()), first_day(atlas), default.day)
    sort = [*parameters.get("sort", ()), ""][0]
    known = sort.removeprefix("-") in {BY_COUNT, BY_NAME, *chosen}
    return Comparison(chosen, day, sort if known else default.sort)


def _day(values: Sequence[str], earliest: date, latest: date) -> date:
    text = values[-1] if values else ""
    if not _DAY.fullmatch(text):
        return latest
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return latest
    return day if earliest <= day <= latest else latest


def write_comparison(comparison: Comparison, atlas: Atlas) -> dict[str, list[str]]:
    """The parameters of a comparison, each an empty list where it goes without saying."""
    default = default_comparison(atlas)
    same = comparison.alliances == default.alliances
    return {
        "alliance": [] if same else list(comparison.alliances),
        "date": [] if comparison.day == default.day else [comparison.day.isoformat()],
        "sort": [] if comparison.sort == default.sort else [comparison.sort],
    }


def comparison_address(comparison: Comparison, atlas: Atlas, select: str | None = None) -> str:
    """The page's name and parameters, as a link gives them."""
    parameters = write_comparison(comparison, atlas) | ({"select": [select]} if select else {})
    query = urlencode({key: value for key, value in parameters.items() if value}, doseq=True)
    return f"{PAGE}?{query}"


def short_name(atlas: Atlas, alliance: str) -> str:
    """Short name of an alliance."""
    record = atlas.dossier.records[alliance]
    assert isinstance(record, Alliance)
    return record.short
