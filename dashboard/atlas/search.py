"""Search: words → records, actors and places, best first, with where they were found.

All words must be found in a thing, each as it is, at the beginning of one of its words, in another
form, or by another word for the same. A word of one or two letters must be a whole word. Where
nothing has all of them, what has most is offered. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from math import log
from urllib.parse import urlencode

from annotations.dossier import Dossier
from annotations.schema import Alliance
from annotations.vocabulary import ActorType
from dashboard.atlas.search_query import Asked, Sought, letters, parts_of, read_query, understood
from dashboard.atlas.search_things import GROUPS, PLACES, Field, Thing, things_of
from dashboard.look.markup import templates

CONTEXT_LENGTH = 150
"""Characters of the line that shows where a word was found, about."""

GROUP_LENGTH = 6
"""Hits of a group that are shown before the reader asks for all."""

MOST_OF_IT = 0.5
"""Share of what was asked for, by how rare each word is, that a thing must have to be near it."""

NEAR = 0.72
"""How alike a mistyped word and a name must be, from 0 to 1."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `hit` where the query matched it."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with where."""

    thing: Thing
    score: float
    title: Sequence[Piece]
    label: str
    context: Sequence[Piece]


@dataclass(frozen=True)
class HitGroup:
    """Hits of one kind, best first."""

    id: str
    label: str
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Answer:
    """What a query found.

    Attributes
    ----------
    groups : sequence of HitGroup
        The one with the best hit first.
    suggestions : sequence of str
        Queries that would find something, where this one finds nothing.
    alone : sequence of (str, int)
        Where several words find nothing together: each with how many things have it.
    partly : bool
        Whether what is in the groups has only some of the words.
    plainly : bool
        Whether all records in them have the very words, so that the map's filter finds them, too.
    """

    groups: Sequence[HitGroup] = ()
    suggestions: Sequence[str] = ()
    alone: Sequence[tuple[str, int]] = ()
    partly: bool = False
    plainly: bool = False

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(len(group.hits) for group in self.groups)


@dataclass(frozen=True)
class SearchIndex:
    """A dossier, ready to be searched many times.

    Attributes
    ----------
    things : sequence of Thing
    names : mapping of str to str
        Names that a mistyped word may have meant: folded → as written.
    vocabulary : sequence of str
        Every word of every thing, folded, sorted: what is not in it need not be looked for.
    examples : sequence of str
        What may be asked, as the dossier has it; an empty search offers what finds something.
    states : mapping of str to str
        Names of the dossier's states, by ISO 3166-1 alpha-3 code.
    """

    things: Sequence[Thing]
    names: Mapping[str, str]
    vocabulary: Sequence[str]
    examples: Sequence[str] = ()
    states: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> Mapping[str, Thing]:
        return {thing.id: thing for thing in self.things}

    def answer(self, query: str) -> Answer:
        """Find what a query asks for.

        Parameters
        ----------
        query : str
            As typed; any text.

        Returns
        -------
        Answer
        """
        asked = self._read(query)
        if not asked:
            return Answer()
        groups = self._groups(asked)
        if groups:
            return Answer(groups, plainly=self._plainly(query, groups))
        counts = [self._count(word) for word in asked]
        return Answer(
            self._nearest(asked, counts),
            suggestions=self._suggestions(asked, counts),
            alone=[(w.text, n) for w, n in zip(asked, counts, strict=True)] if asked[1:] else [],
            partly=True,
        )

    def _read(self, query: str) -> list[Asked]:
        return understood(read_query(query), self.vocabulary, self.states)

    def _plainly(self, query: str, groups: Sequence[HitGroup]) -> bool:
        """Whether the records that were found have the very words of a query."""
        found = {hit.thing.id for group in groups for hit in group.hits if hit.thing.record}
        words = read_query(query)
        return all(_hit(self._by_id[id_], words) for id_ in found)

    def _nearest(self, asked: Sequence[Asked], counts: Sequence[int]) -> list[HitGroup]:
        """Things that have most of what was asked for: two words at least, and the rarer ones."""
        weights = [log((len(self.things) + 1) / (n + 0.5)) if n else 0.0 for n in counts]
        found: dict[str, list[Hit]] = {}
        for thing in self.things:
            had = [
                (w, weight)
                for w, weight in zip(asked, weights, strict=True)
                if weight and _hit(thing, [w])
            ]
            weight = sum(weight for _, weight in had)
            hit = _hit(thing, [word for word, _ in had]) if len(had) > 1 else None
            if hit and weight >= MOST_OF_IT * sum(weights):
                found.setdefault(thing.group, []).append(replace(hit, score=weight))
        return _grouped(found)

    def _count(self, word: Asked) -> int:
        if not word.is_in(self.vocabulary):
            return 0
        return sum(_hit(thing, [word]) is not None for thing in self.things)

    def _groups(self, asked: Sequence[Asked]) -> list[HitGroup]:
        found: dict[str, list[Hit]] = {}
        known = all(word.is_in(self.vocabulary) for word in asked)
        for thing in self.things if known else ():
            if hit := _hit(thing, asked):
                found.setdefault(thing.group, []).append(hit)
        return _grouped(found)

    def _suggestions(self, asked: Sequence[Asked], counts: Sequence[int]) -> list[str]:
        """The query with its unknown words replaced by the names that come nearest."""
        whole = "".join(word.whole for word in asked)
        candidates = [self.names[name] for name in _nearest(whole, self.names)]
        replaced = [
            word.text
            if count
            else next((self.names[name] for name in _nearest(word.whole, self.names)), "")
            for word, count in zip(asked, counts, strict=True)
        ]
        if all(replaced):
            candidates.insert(0, " ".join(replaced))
        # One spelling each: the name itself before the same with a capital less.
        spelled: dict[str, str] = {}
        for candidate in candidates:
            spelled[letters(candidate)] = candidate
        spelled.pop(whole, None)
        return [text for text in spelled.values() if self._finds(self._read(text))][:3]

    def _finds(self, asked: Sequence[Asked]) -> bool:
        return any(_hit(thing, asked) for thing in self.things)


def _nearest(word: str, names: Iterable[str]) -> list[str]:
    """Names most like a word, the nearest first; a name that the word begins is near."""
    near = []
    for name in names:
        if len(word) > 1 and name.startswith(word):
            near.append((1.0, name))
            continue
        matcher = SequenceMatcher(None, word, name)
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
            ratio = matcher.ratio()
            if ratio >= NEAR:
                near.append((ratio, name))
    near.sort(key=lambda pair: (-pair[0], pair[1]))
    # What is much less like it than the nearest is no help.
    return [name for ratio, name in near[:3] if ratio > near[0][0] - 0.12]


def _grouped(found: Mapping[str, list[Hit]]) -> list[HitGroup]:
    """Hits by group, the best of each first, and the group with the best first."""
    for hits in found.values():
        hits.sort(key=lambda hit: (-hit.score, hit.thing.title))
    order = list(GROUPS)
    best = sorted(found, key=lambda group: (-found[group][0].score, order.index(group)))
    return [HitGroup(group, GROUPS[group], found[group]) for group in best]


def _best(field: Field, reading: Sequence[Sought]) -> float:
    """How well a field holds everything of a reading."""
    return min(max((s.quality(w.folded) for w in field.words), default=0.0) for s in reading)


def _hit(thing: Thing, asked: Sequence[Asked]) -> Hit | None:
    """A thing with its score, if every word that was asked for is found in it."""
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
    if any(letters(name) == whole for name in (thing.title, *thing.names)):
        score += 100
    elif letters(thing.title).startswith(whole):
        score += 5
    shown = max(range(1, len(counts)), key=lambda i: counts[i], default=0)
    if in_title == len(asked) or not counts[shown]:
        shown = min(1, len(counts) - 1)
    field = thing.fields[shown]
    return Hit(
        thing,
        score,
        _marked(thing.fields[0], asked),
        field.label if shown else "",
        _excerpt(_marked(field, asked)) if shown else (),
    )


def _marked(field: Field, asked: Sequence[Asked]) -> list[Piece]:
    """A field's text in pieces, the words that were asked for marked."""
    readings = [sought for word in asked for reading in word.readings for sought in reading]
    found = sorted(
        (word.start, word.end)
        for word in field.words
        if any(sought.quality(word.folded) for sought in readings)
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


def build_search(
    dossier: Dossier, named: Mapping[str, int], selectable: Mapping[str, str]
) -> SearchIndex:
    """Prepare a dossier for searching.

    Parameters
    ----------
    dossier : Dossier
        As joined: every reference resolves.
    named : mapping of str to int
        How many records name each actor.
    selectable : mapping of str to str
        What the map selects for a place, by the place's id.

    Returns
    -------
    SearchIndex
    """
    things = things_of(dossier, named, selectable)
    names = [
        *(name for actor in dossier.actors.values() for name in (actor.name, *actor.aliases)),
        *(thing.title for thing in things if thing.group == PLACES),
        *(alliance.short for alliance in dossier.of_type(Alliance)),
    ]
    known = {letters(name): name for name in names}
    for text in [*names, *(record.title for record in dossier.records.values())]:
        for part in parts_of(text):
            if len(part) >= 4:
                known.setdefault(letters(part), part)
    return SearchIndex(
        things=things,
        names={folded: name for folded, name in known.items() if folded},
        vocabulary=sorted({w.folded for thing in things for f in thing.fields for w in f.words}),
        examples=tuple(dossier.head.examples),
        states={
            actor.country: actor.name
            for actor in dossier.actors.values()
            if actor.type is ActorType.STATE and actor.country
        },
    )


def answer_html(index: SearchIndex, query: str, group: str = "") -> str:
    """What a query found as HTML; everything in it is escaped.

    Parameters
    ----------
    index : SearchIndex
    query : str
    group : str
        Id of the only group to show, then in full; empty for the best of each.

    Returns
    -------
    str
    """
    answer = index.answer(query)
    groups = [g for g in answer.groups if g.id == group] or answer.groups
    return templates.get_template("atlas/search.html").render(
        query=query,
        asked=bool(read_query(query)),
        answer=answer,
        groups=groups,
        alone=len(groups) == 1,
        length=GROUP_LENGTH,
        examples=[text for text in index.examples if index.answer(text).groups],
        address=lambda **parameters: "search?" + urlencode(parameters),
        on_map="map?" + urlencode({"q": query}),
    )
