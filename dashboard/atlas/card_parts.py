"""What a card is made of: items, rows, sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """A piece of text; a link where it can be selected."""

    text: str
    select: str | None = None
    note: str = ""
    goto: str | None = None


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it."""

    label: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Section:
    """A part of a card."""

    heading: str = ""
    text: str = ""
    reference: str = ""
    rows: Sequence[Row] = ()
    strips: Sequence[tuple[str, float]] = ()


@dataclass(frozen=True)
class Card:
    """All that is said about one selected thing."""

    kicker: str
    title: str
    themes: Sequence[tuple[str, str]] = ()
    evidence: tuple[str, str, str] | None = None
    verdict: tuple[str, str, str] | None = None
    sections: Sequence[Section] = field(default_factory=tuple)
