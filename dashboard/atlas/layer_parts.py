"""What a layer is made of: signs, columns, roles, deeds.

Some lists have an order of their own, other than the layers': the legend, the columns of a table,
the roles of an actor. What stands there before others, or after them, says so by its `rank`.
No Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from annotations.dossier import Dossier
from annotations.schema import Record
from dashboard.look.glyphs import Glyph
from dashboard.look.strokes import Stroke
from geodata.joined import JoinedDossier

GROUPS = ("Flows (head at receiver)", "Relations", "Corridors", "Symbols", "Firmness", "Areas")
"""Headings of the legend, in its order."""

FLOWS, RELATIONS, CORRIDORS, SYMBOLS, FIRMNESS, AREAS = GROUPS


@dataclass(frozen=True)
class Sign:
    """One entry of the legend.

    Attributes
    ----------
    key : str
        What a drawn object refers to.
    group : str
        Heading in the legend, one of `GROUPS`.
    label, definition : str
        Text of the entry and its explanation.
    sample : dict of str
        How to show it: ``{"glyph": name}``, ``{"line": class names}`` or ``{"fill": class}``.
    rank : int
        Place among those of its group: lower stands earlier, equal ones as their layers.
    glyph : Glyph or None
        What a symbol looks like.
    stroke : Stroke or None
        What a line looks like; `head` is what it ends in, if in anything.
    """

    key: str
    group: str
    label: str
    definition: str
    sample: dict[str, str]
    rank: int = 1
    glyph: Glyph | None = None
    stroke: Stroke | None = None
    head: str | None = None

    @property
    def explained(self) -> dict[str, Any]:
        """What the browser's legend is made of."""
        said = ("key", "group", "label", "definition", "sample")
        return {name: getattr(self, name) for name in said}


def line(
    key: str,
    group: str,
    words: tuple[str, str],
    classes: str,
    stroke: Stroke,
    head: str | None = None,
) -> Sign:
    """The sign of what is drawn as a line.

    Parameters
    ----------
    key, group, stroke, head
        As in `Sign`.
    words : tuple of str
        Label and definition.
    classes : str
        Class names of the line in the browser.
    """
    return Sign(key, group, *words, {"line": f"line {classes}"}, stroke=stroke, head=head)


def symbol(
    name: str, label: str, definition: str, glyph: Glyph, rank: int = 1, of: str = ""
) -> Sign:
    """The sign of what is drawn as a symbol.

    Parameters
    ----------
    name : str
        Of the symbol: ``statement``, ``attack``.
    label, definition, glyph, rank
        As in `Sign`.
    of : str
        What comes before the name in the key, where names are of one vocabulary: ``event``.
    """
    key = f"{of}:{name}" if of else name
    return Sign(key, SYMBOLS, label, definition, {"glyph": name}, rank, glyph)


@dataclass(frozen=True)
class Column:
    """A column of the exported tables that the records of one layer fill.

    Attributes
    ----------
    name : str
    definition : str
        What it holds.
    dtype : str
        Of pandas; empty for text.
    rank : int
        Place among those of all layers: lower stands earlier, equal ones as their layers.
    """

    name: str
    definition: str
    dtype: str = ""
    rank: int = 1


class RowContext(NamedTuple):
    """What a record's row is written from beside the record itself.

    Attributes
    ----------
    joined : JoinedDossier
    day : datetime.date
        On which standings are asked for.
    lines : sequence of rows
        Of `JoinedDossier.lines`: those of the record that are drawn.
    """

    joined: JoinedDossier
    day: date
    lines: Sequence[Any]


@dataclass(frozen=True)
class Entry:
    """A record in an actor's profile.

    Attributes
    ----------
    record : Record
    text : str
        What it is called here.
    note : str
        What it says of the actor: with whom, in which state, since when.
    """

    record: Record
    text: str
    note: str = ""


@dataclass(frozen=True)
class Role:
    """What an actor can be in the records of one layer: a group of its profile.

    Attributes
    ----------
    id : str
        Stable name of the role.
    label : str
        The role as a reader sees it; `heading` where it stands over a list of its own.
    entries : callable
        A record, an actor's id and the dossier give the record's entries in that actor's profile.
    rank : int
        Place among those of all layers: lower stands earlier, equal ones as their layers.
    """

    id: str
    label: str
    entries: Callable[[Any, str, Dossier], Sequence[Entry]]
    heading: str = ""
    rank: int = 1


def role(
    id: str,
    label: str,
    holds: Callable[[Any, str], bool],
    note: Callable[[Any, Dossier], str],
    heading: str = "",
    rank: int = 1,
) -> Role:
    """A role that a record gives an actor once, or not at all.

    Parameters
    ----------
    id, label, heading, rank
        As in `Role`.
    holds : callable
        Whether a record gives it an actor, by id.
    note : callable
        What stands beside the record's title.
    """

    def entries(record: Any, actor: str, dossier: Dossier) -> Sequence[Entry]:
        return [Entry(record, record.title, note(record, dossier))] if holds(record, actor) else []

    return Role(id, label, entries, heading or label, rank)


SUPPORTS, OPPOSES = "supports", "opposes"
"""The two signs of a deed, as in `annotations.vocabulary.RelationType.stance`."""


class Deed(NamedTuple):
    """What some actors do to others, by one record.

    Attributes
    ----------
    sign : str
        `SUPPORTS` or `OPPOSES`.
    what : str
        What is done, and how far it has come: ``arms, delivered``.
    firm : bool
        Whether it is so, or was done: not only expected, under talks, stalled or over.
    pairs : list of (str, str)
        Ids of who does it and whom it is done to.
    """

    sign: str
    what: str
    firm: bool
    pairs: list[tuple[str, str]]
