"""What has all that a question was understood to ask for, best first. No Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from annotations.dossier import Dossier
from dashboard.atlas.address import Parameters
from dashboard.atlas.kindred_words import idle
from dashboard.atlas.question import Question
from dashboard.atlas.question_parts import DatePart, EndPart, KindPart, Part, SaidPart, WordPart
from dashboard.atlas.question_tables import Kind, tables
from dashboard.atlas.search_hits import Hit, hit_of
from dashboard.atlas.search_query import Asked, named, read_query
from dashboard.atlas.search_things import Thing

CHANGES = ("without", "with")
"""Parameters of the address that say what a reader changed of what was understood."""

KIND, DATE, OTHER, EXPECTED = 40, 15, 10, 60
"""How much it counts that a record is of the kind that is meant first, lies within the dates, has
the best of a part's other values; that it had not happened yet. A word in a title counts 10."""

Understand = Callable[[Sequence[Asked]], list[Asked]]


@dataclass(frozen=True)
class Revision:
    """What a reader changed of what was understood, as the address has it.

    Attributes
    ----------
    without : tuple of str
        Ids of parts that are off; `ALL` for the words alone.
    instead : tuple of str
        Ids of parts that came in their place.
    """

    without: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    ALL = "all"

    def off(self, id_: str) -> Revision:
        """With a part taken away."""
        if id_ in self.instead:
            return replace(self, instead=tuple(one for one in self.instead if one != id_))
        return replace(self, without=(*self.without, id_))

    def to(self, id_: str, other: str) -> Revision:
        """With another part in the place of one."""
        taken = self.off(id_)
        if other in taken.without:
            return taken.back(other)
        return replace(taken, instead=(*taken.instead, other))

    def back(self, id_: str) -> Revision:
        """With a part that was taken away."""
        return replace(self, without=tuple(one for one in self.without if one != id_))

    @property
    def words_alone(self) -> bool:
        """Whether nothing but words is to be read."""
        return self.ALL in self.without

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.without or self.instead)


NO_CHANGE = Revision()

MOST_CHANGES = 12
"""Parts in the address that are read: no question has more."""


def change_in(parameters: Parameters) -> Revision:
    """What an address says that a reader changed."""
    without, instead = (
        tuple(dict.fromkeys(parameters.get(key, ())))[:MOST_CHANGES] for key in CHANGES
    )
    return Revision(without, instead)


def change_parameters(change: Revision) -> dict[str, list[str]]:
    """The same, as parameters of an address."""
    values = zip(CHANGES, (change.without, change.instead), strict=True)
    return {key: list(ids) for key, ids in values if ids}


def address_of(query: str, change: Revision, **more: str) -> str:
    """Address of the search page."""
    return "search?" + urlencode({"ask": query, **change_parameters(change), **more}, doseq=True)


@dataclass(frozen=True)
class Demand:
    """A question as it is asked of the things: its parts, and words that only tell the order."""

    parts: tuple[Part, ...]
    said: tuple[Asked, ...]
    past: bool

    @property
    def understood(self) -> bool:
        """Whether there is more than words."""
        return any(not isinstance(part, WordPart) for part in self.parts)

    @property
    def words(self) -> list[Asked]:
        """Words that must be found."""
        return [part.asked for part in self.parts if isinstance(part, WordPart)]

    def hits(self, things: Iterable[Thing]) -> list[Hit]:
        """Those of the things that have all parts, scored."""
        words = self.words
        others = [part for part in self.parts if not isinstance(part, WordPart)]
        found = [hit for thing in things if (hit := self._hit(thing, others, words))]
        forecast = any(isinstance(p, SaidPart) and p.said.field == "status" for p in others)
        if self.past and not forecast:
            happened = [h for h in found if not (h.thing.record and h.thing.record.when.expected)]
            return happened or found
        return found

    def _hit(self, thing: Thing, parts: Sequence[Part], words: Sequence[Asked]) -> Hit | None:
        score = 0.0
        for part in parts:
            quality = part.holds(thing)
            if not quality:
                return None
            weight = {KindPart: KIND, DatePart: DATE}.get(type(part), OTHER)
            score += weight * quality
        if not hit_of(thing, words, by_name=False):
            return None
        beside = [word for word in self.said if hit_of(thing, [word], by_name=False)]
        hit = hit_of(thing, [*words, *beside], by_name=False)
        if hit is None:
            return None
        if thing.record and thing.record.when.expected:
            score -= EXPECTED
        return replace(hit, score=hit.score + score)


def _words(texts: Iterable[str], understand: Understand) -> list[Asked]:
    """Words to be found; none where they are only such as ``who``."""
    silent = idle() | tables().lists["silent"]
    asked = read_query(" ".join(texts))
    return understand([word for word in asked if word.whole not in silent])


def _word_part(asked: Asked) -> WordPart:
    return WordPart(f"word:{asked.whole}", f"“{asked.text}”", asked)


def reading(
    question: Question, understand: Understand, guesses: bool = True, kind: bool = True
) -> Demand:
    """What a question asks for.

    Parameters
    ----------
    question : Question
    understand : callable
        Gives words with what else they may mean.
    guesses : bool
        Without, names are words where only their place in the sentence says which end they are.
    kind : bool
        Without, the kind that is asked for is a word.
    """
    dropped = {} if guesses else dict(question.guessed)
    if not kind:
        dropped |= {p.id: () for p in question.parts if isinstance(p, KindPart)}
    parts = [part for part in question.parts if part.id not in dropped]
    called = [named(*names) for names in (*question.called, *filter(None, dropped.values()))]
    texts = question.words if kind else (*question.kind_words, *question.words)
    words = [*called, *_words(texts, understand)]
    return Demand(
        parts=(*parts, *map(_word_part, words)),
        said=tuple(_words(question.said, understand)),
        past=question.past,
    )


def _kind_of(read: Demand) -> Kind | None:
    return next((part.kind for part in read.parts if isinstance(part, KindPart)), None)


def changed(read: Demand, change: Revision, dossier: Dossier) -> Demand:
    """The same with what a reader changed."""
    parts = [part for part in read.parts if part.id not in change.without]
    kind = _kind_of(read)
    for id_ in change.instead:
        part = _part_called(id_, kind, dossier)
        if part and part.id not in {one.id for one in parts}:
            at = next((i for i, one in enumerate(parts) if isinstance(one, WordPart)), len(parts))
            parts.insert(at, part)
    # A word of what is off would still decide the order.
    return replace(read, parts=tuple(parts), said=() if change.without else read.said)


def _part_called(id_: str, kind: Kind | None, dossier: Dossier) -> Part | None:
    """A part by its id in the address; None where there is none such."""
    key, _, value = id_.partition(":")
    if key in ("by", "to") and value in dossier.actors:
        name = dossier.actors[value].name
        say = kind.end_in_words(key, name) if kind else f"{key} {name}"
        return EndPart(id_, say, key, value)
    said = tables().terms.get(value)
    if said and said.field == key:
        return SaidPart(id_, said.say, said)
    of = tables().kinds.get(value)
    return KindPart(id_, of.say, of) if of and key == "kind" else None


def _other_ways(part: Part, kind: Kind | None, dossier: Dossier) -> list[Part]:
    """What may stand in a part's place: the other end, the other verdicts."""
    if isinstance(part, EndPart) and kind and len(set(kind.who)) > 1:
        other = _part_called(f"{'to' if part.end == 'by' else 'by'}:{part.actor}", kind, dossier)
        return [other] if other else []
    if isinstance(part, SaidPart) and part.said.field == "verdict":
        terms = [said for said in tables().terms.values() if said.field == "verdict"]
        return [SaidPart(f"verdict:{t.id}", t.say, t) for t in terms if t.id != part.said.id]
    return []


class ShownPart(NamedTuple):
    """A part as a page shows it.

    Attributes
    ----------
    say : str
    off : str
        Address of the same question without it.
    others : sequence of (str, str)
        What may stand in its place, each with its address.
    """

    say: str
    off: str
    others: Sequence[tuple[str, str]]


def shown_parts(
    read: Demand | None, query: str, change: Revision, dossier: Dossier | None
) -> list[ShownPart]:
    """What was understood, each with the addresses that change it."""
    if read is None or dossier is None:
        return []
    kind = _kind_of(read)
    return [
        ShownPart(
            part.say,
            address_of(query, change.off(part.id)),
            [
                (other.say, address_of(query, change.to(part.id, other.id)))
                for other in _other_ways(part, kind, dossier)
            ],
        )
        for part in read.parts
    ]
