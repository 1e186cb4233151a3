"""A hit: how well a thing has the words asked for, and where they stand in it. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.atlas.kindred_words import idle
from dashboard.atlas.search_query import Asked, Sought, letters
from dashboard.atlas.search_things import GROUPS, Field, Thing

CONTEXT_LENGTH = 150
"""Characters of the line that shows where a word was found, about."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `hit` where the query matched it."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with where.

    Attributes
    ----------
    thing : Thing
    score : float
    asked : sequence of Asked
        What is marked in it.
    shown : int
        Field that is its context; 0, the title's, where it needs none.
    """

    thing: Thing
    score: float
    asked: Sequence[Asked]
    shown: int

    # Of thousands that are found a page shows a few.
    @cached_property
    def title(self) -> Sequence[Piece]:
        """Its title."""
        return _marked(self.thing.fields[0], self.asked)

    @property
    def label(self) -> str:
        """What introduces its context."""
        return self.thing.fields[self.shown].label if self.shown else ""

    @cached_property
    def context(self) -> Sequence[Piece]:
        """A stretch of the field that shows best why it was found."""
        field = self.thing.fields[self.shown]
        return _excerpt(_marked(field, self.asked)) if self.shown else ()


@dataclass(frozen=True)
class HitGroup:
    """Hits of one kind, best first."""

    id: str
    label: str
    hits: Sequence[Hit]


def _best(field: Field, reading: Sequence[Sought]) -> float:
    """How well a field holds everything of a reading."""
    return min(max((s.quality(w.folded) for w in field.words), default=0.0) for s in reading)


def hit_of(thing: Thing, asked: Sequence[Asked], by_name: bool = True) -> Hit | None:
    """A thing with its score, if every word that was asked for is found in it.

    Parameters
    ----------
    thing : Thing
    asked : sequence of Asked
        Without any, every thing is a hit.
    by_name : bool
        Whether it counts more that the words are its very name, or begin it.
    """
    score = 0.0
    in_title = 0
    counts = [0] * len(thing.fields)
    for word in asked:
        values = [
            max(_best(field, reading) for reading in word.readings) * field.weight
            for field in thing.fields
        ]
        best = max(values)
        if not best:
            return None
        score += best
        in_title += bool(values[0])
        for position, value in enumerate(values):
            # What the title does not say is what the context is to show.
            counts[position] += bool(value) * (1 if values[0] else len(asked) + 1)
    whole = "".join(word.whole for word in asked)
    if not by_name:
        pass
    elif any(letters(name) == whole for name in (thing.title, *thing.names)):
        score += 100
    elif letters(thing.title).startswith(whole):
        score += 5
    shown = max(range(1, len(counts)), key=lambda i: counts[i], default=0)
    if in_title == len(asked) or not counts[shown]:
        shown = min(1, len(counts) - 1)
    return Hit(thing, score, asked, shown)


def _marked(field: Field, asked: Sequence[Asked]) -> list[Piece]:
    """A field's text in pieces, the words that were asked for marked."""
    readings = [sought for word in asked for reading in word.readings for sought in reading]
    found = sorted(
        (word.start, word.end)
        for word in field.words
        # A name may have them in it, "as a group": alone they show nothing of why this was found.
        if word.folded not in idle() and any(sought.quality(word.folded) for sought in readings)
    )
    # A joined word stands beside its parts: where several are found, they are one mark.
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(field.text[at:start]), Piece(field.text[start:end], hit=True)]
        at = end
    return [piece for piece in [*pieces, Piece(field.text[at:])] if piece.text]


def _excerpt(pieces: Sequence[Piece]) -> list[Piece]:
    """A stretch of a text about as long as one line, with the first hit in it."""
    text = "".join(piece.text for piece in pieces)
    if len(text) <= CONTEXT_LENGTH * 1.2:
        return list(pieces)
    at = next((i for i, piece in enumerate(pieces) if piece.hit), 0)
    first = sum(len(piece.text) for piece in pieces[:at])
    start = max(0, min(first - CONTEXT_LENGTH // 3, len(text) - CONTEXT_LENGTH))
    end = start + CONTEXT_LENGTH
    # Whole words only.
    start = text.rfind(" ", 0, start) + 1 if start else 0
    space = text.find(" ", end)
    end = len(text) if space < 0 else space
    kept, position = [], 0
    for piece in pieces:
        here = piece.text[max(0, start - position) : max(0, end - position)]
        if here:
            kept.append(Piece(here, piece.hit))
        position += len(piece.text)
    if start:
        kept.insert(0, Piece("… "))
    if end < len(text):
        kept.append(Piece(" …"))
    return kept


def by_group(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by the group where they are listed."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.thing.group, []).append(hit)
    return found


def grouped(found: Mapping[str, list[Hit]]) -> list[HitGroup]:
    """Hits by group, the best of each first, and the group with the best first."""
    for hits in found.values():
        hits.sort(key=lambda hit: (-hit.score, hit.thing.title))
    order = list(GROUPS)
    best = sorted(found, key=lambda group: (-found[group][0].score, order.index(group)))
    return [HitGroup(group, GROUPS[group], found[group]) for group in best]
