"""Search: words → records, actors and places, best first, with where they were found.

All words must be found in a thing, each as it is, at the beginning of one of its words, in another
form, or by another word for the same. A word of one or two letters must be a whole word. Where
nothing has all of them, what has most is offered. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log
from urllib.parse import urlencode

from annotations.dossier import Dossier
from annotations.schema import Alliance
from annotations.vocabulary import ActorType
from dashboard.atlas.question import Question, Reader, tokens_of
from dashboard.atlas.question_answer import (
    NO_CHANGE,
    Demand,
    Revision,
    address_of,
    changed,
    reading,
    shown_parts,
)
from dashboard.atlas.question_parts import Part, WordPart
from dashboard.atlas.question_tables import tables
from dashboard.atlas.search_hits import Hit, HitGroup, by_group, grouped, hit_of
from dashboard.atlas.search_near import nearest
from dashboard.atlas.search_query import (
    SHORTEST_PREFIX,
    Asked,
    letters,
    parts_of,
    read_query,
    understood,
)
from dashboard.atlas.search_sieve import Sieve, sieve_of
from dashboard.atlas.search_things import PLACES, Thing, things_of
from dashboard.look.markup import templates

GROUP_LENGTH = 6
"""Hits of a group that are shown before the reader asks for all."""

MOST_OF_IT = 0.5
"""Share of what was asked for, by how rare each word is, that a thing must have to be near it."""


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
    read : Demand or None
        What was understood, if more than words.
    off : sequence of Part
        What the reader took away of that.
    words : str
        The question as it was understood where it was mistyped; else empty.
    """

    groups: Sequence[HitGroup] = ()
    suggestions: Sequence[str] = ()
    alone: Sequence[tuple[str, int]] = ()
    partly: bool = False
    plainly: bool = False
    read: Demand | None = None
    off: Sequence[Part] = ()
    words: str = ""

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
    dossier : Dossier or None
        What questions are read about; without it, by their words alone.
    """

    things: Sequence[Thing]
    names: Mapping[str, str]
    vocabulary: Sequence[str]
    examples: Sequence[str] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    dossier: Dossier | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, Thing]:
        return {thing.id: thing for thing in self.things}

    @cached_property
    def _sieve(self) -> Sieve:
        return sieve_of(self.things)

    @cached_property
    def _titles(self) -> frozenset[str]:
        """Titles and names, letters alone: who types one asks for that thing, not a question."""
        return frozenset(letters(n) for thing in self.things for n in (thing.title, *thing.names))

    @cached_property
    def _reader(self) -> Reader | None:
        return Reader(self.dossier, self.vocabulary, self.states) if self.dossier else None

    def answer(self, query: str, change: Revision = NO_CHANGE) -> Answer:
        """Find what a query asks for.

        Parameters
        ----------
        query : str
            As typed; any text.
        change : Revision
            What a reader changed of what was understood.

        Returns
        -------
        Answer
        """
        meant, question = self._question(query, change)
        if question:
            answer = self._by_question(question, change)
            if answer.total or change:
                return replace(answer, words=meant)
        by_words = self._by_words(query)
        if not by_words.partly:
            return by_words
        if question and (hits := self._by_most(question)):
            return replace(by_words, groups=grouped(hits), words=meant)
        if not by_words.groups and by_words.suggestions:
            meant = by_words.suggestions[0]
            return replace(by_words, groups=self._by_words(meant).groups, words=meant)
        return by_words

    def _question(self, query: str, change: Revision) -> tuple[str, Question | None]:
        """What is understood of a query, with the query as it was meant where it is mistyped."""
        if not self._reader or change.words_alone or letters(query) in self._titles:
            return "", None
        meant = " ".join(
            token.text if self._reader.is_word(token.word) else self._meant(token.word, token.text)
            for token in tokens_of(query)
        )
        same = meant == " ".join(token.text for token in tokens_of(query))
        return "" if same else meant, self._reader.read(query if same else meant)

    def _meant(self, word: str, text: str) -> str:
        """The word that a mistyped one comes nearest to; the same where none is near."""
        if len(word) <= SHORTEST_PREFIX + 1:
            return text
        near = nearest(tables().latin(word), self._spellings)
        return self._spellings[near[0]] if near else text

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        """What a mistyped word may have meant: a name, or a word that says what is asked for."""
        return {**self.names, **tables().written}

    def _understand(self, asked: Sequence[Asked]) -> list[Asked]:
        return understood(asked, self.vocabulary, self.states)

    def _by_question(self, question: Question, change: Revision) -> Answer:
        """What has all that a question asks for; names are words where that finds more."""
        first = reading(question, self._understand)
        if change and self.dossier:
            off = [part for part in first.parts if part.id in change.without]
            first = changed(first, change, self.dossier)
            found = self._of(first) if first.parts else Answer(partly=True, read=first)
            return replace(found, off=off)
        words = reading(question, self._understand, guesses=False)
        alone = reading(question, self._understand, guesses=False, kind=False)
        beside = reading(replace(question, kind_words=()), self._understand, False, False)
        tries = [first, words, *([alone, beside] if alone.understood else [])]
        return next((found for read in tries if (found := self._of(read)).total), Answer())

    def _of(self, read: Demand) -> Answer:
        found = by_group(self._hits(read))
        return Answer(grouped(found), partly=not found, read=read)

    def _hits(self, read: Demand) -> list[Hit]:
        return read.hits(self._sieve.with_all(read.words))

    def _by_most(self, question: Question) -> dict[str, list[Hit]]:
        """What has all but those words of a question that nothing of its kind has."""
        read = reading(question, self._understand, guesses=False)
        parts = [part for part in read.parts if not isinstance(part, WordPart)]
        words = [part for part in read.parts if isinstance(part, WordPart)]
        kept = [w for w in words if self._hits(replace(read, parts=(*parts, w)))]
        return (
            by_group(self._hits(replace(read, parts=(*parts, *kept)))) if kept or parts[1:] else {}
        )

    def _by_words(self, query: str) -> Answer:
        """What has the words of a query, or most of them."""
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
        return all(hit_of(self._by_id[id_], words) for id_ in found)

    def _nearest(self, asked: Sequence[Asked], counts: Sequence[int]) -> list[HitGroup]:
        """Things that have most of what was asked for: two words at least, and the rarer ones."""
        weights = [log((len(self.things) + 1) / (n + 0.5)) if n else 0.0 for n in counts]
        found: dict[str, list[Hit]] = {}
        for thing in self._sieve.with_two(asked):
            had = [
                (w, weight)
                for w, weight in zip(asked, weights, strict=True)
                if weight and hit_of(thing, [w])
            ]
            weight = sum(weight for _, weight in had)
            hit = hit_of(thing, [word for word, _ in had]) if len(had) > 1 else None
            if hit and weight >= MOST_OF_IT * sum(weights):
                found.setdefault(thing.group, []).append(replace(hit, score=weight))
        return grouped(found)

    def _count(self, word: Asked) -> int:
        if not word.is_in(self.vocabulary):
            return 0
        return sum(hit_of(thing, [word]) is not None for thing in self._sieve.with_all([word]))

    def _groups(self, asked: Sequence[Asked]) -> list[HitGroup]:
        known = all(word.is_in(self.vocabulary) for word in asked)
        hits = (hit_of(thing, asked) for thing in (self._sieve.with_all(asked) if known else ()))
        return grouped(by_group(hit for hit in hits if hit))

    def _suggestions(self, asked: Sequence[Asked], counts: Sequence[int]) -> list[str]:
        """The query with its unknown words replaced by the names that come nearest."""
        whole = "".join(word.whole for word in asked)
        candidates = [self.names[name] for name in nearest(whole, self.names)]
        replaced = [
            word.text
            if count
            else next(
                (self.names[name] for name in nearest(tables().latin(word.whole), self.names)), ""
            )
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

    def _called_like(self, word: str) -> str:
        """The name that a word comes nearest to; nothing where none is near."""
        return next((self.names[name] for name in nearest(tables().latin(word), self.names)), "")

    def _finds(self, asked: Sequence[Asked]) -> bool:
        return any(hit_of(thing, asked) for thing in self._sieve.with_all(asked))


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
        dossier=dossier,
        states={
            actor.country: actor.name
            for actor in dossier.actors.values()
            if actor.type is ActorType.STATE and actor.country
        },
    )


def answer_html(
    index: SearchIndex,
    query: str,
    group: str = "",
    change: Revision = NO_CHANGE,
    on_map: Callable[[Answer], str] | None = None,
) -> str:
    """What a query found as HTML; everything in it is escaped.

    Parameters
    ----------
    index : SearchIndex
    query : str
    group : str
        Id of the only group to show, then in full; empty for the best of each.
    change : Revision
        What the reader changed of what was understood.
    on_map : callable or None
        Gives the address of the map that shows the same; empty where none can.

    Returns
    -------
    str
    """
    answer = index.answer(query, change)
    groups = [g for g in answer.groups if g.id == group] or answer.groups
    plain = "map?" + urlencode({"q": query}) if answer.plainly else ""
    return templates.get_template("atlas/search.html").render(
        query=query,
        asked=bool(read_query(query)),
        answer=answer,
        groups=groups,
        alone=len(groups) == 1,
        length=GROUP_LENGTH,
        examples=[text for text in index.examples if index.answer(text).groups],
        address=lambda **parameters: "search?" + urlencode(parameters),
        kept=lambda **parameters: address_of(query, change, **parameters),
        words_alone="search?" + urlencode({"ask": query, "without": Revision.ALL}),
        parts=shown_parts(answer.read, query, change, index.dossier),
        off=[(part.say, address_of(query, change.back(part.id))) for part in answer.off],
        on_map=on_map(answer) if on_map and answer.read and answer.total else plain,
    )
