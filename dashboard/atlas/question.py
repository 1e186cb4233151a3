"""A question read: what its words ask for beyond being found. Rules and tables, no model.

Each word is a name, an entry of the tables, a date, a word that says nothing, or one that must be
found. Which end of a record a name is, the words before it say, or its place in the sentence.
No Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from annotations.dossier import Dossier
from dashboard.atlas.kindred_words import city_called, idle, letters
from dashboard.atlas.question_dates import date_in
from dashboard.atlas.question_names import Named, Names, names_of_dossier
from dashboard.atlas.question_parts import DatePart, EndPart, KindPart, Part, SaidPart
from dashboard.atlas.question_tables import LONGEST_PHRASE, Entry, Kind, Said, tables
from dashboard.atlas.search_query import read_query, understood

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ.‐‑–-][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_JOINT = re.compile(r"[‐‑–-]")


@dataclass(frozen=True)
class Token:
    """A word of a question.

    Attributes
    ----------
    text, word : str
        As typed; folded.
    owns : bool
        Whether it ended in an apostrophe and an s.
    """

    text: str
    word: str
    owns: bool = False


def tokens_of(query: str) -> list[Token]:
    """Words of a question; those that a hyphen joins are two where both are words."""
    found = []
    for match in _TOKEN.finditer(query):
        text = match.group()
        owns = bool(_POSSESSIVE.search(text))
        text = _POSSESSIVE.sub("", text)
        pieces = _JOINT.split(text)
        apart = all(len(piece) > 2 and piece.isalpha() for piece in pieces)
        for piece in pieces if apart else [text]:
            if word := letters(piece):
                found.append(Token(piece, word, owns))
    return found


@dataclass(frozen=True)
class Marked:
    """What words of a question are: a name, or entries of the tables."""

    at: int
    length: int
    name: Named | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def end(self) -> int:
        """The word after."""
        return self.at + self.length


@dataclass(frozen=True)
class Question:
    """What was understood.

    Attributes
    ----------
    parts : tuple of Part
        What each record must have.
    words : tuple of str
        Words that must be found, too, as typed.
    called : tuple of tuple of str
        Names that must be found, too: as typed, then how the dossier has it.
    said : tuple of str
        Words that the parts stand for: what has them, too, comes first.
    guessed : tuple of (str, tuple of str)
        Parts that only the order of the words says: by id, the names for them as in `called`.
    kind_words : tuple of str
        Words that say which kind of record is asked for.
    past : bool
        Whether it asks for what has happened.
    """

    parts: tuple[Part, ...]
    words: tuple[str, ...]
    called: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]
    guessed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind_words: tuple[str, ...] = ()
    past: bool = False


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Words that tell how others are read."""
    return frozenset().union(*tables().lists.values(), *tables().before.values())


@dataclass(frozen=True)
class Reader:
    """Reads questions about a dossier; knows nothing of who asks it, so that it goes with it.

    Attributes
    ----------
    dossier : Dossier
    vocabulary : sequence of str
        Every word of every thing, folded, sorted.
    states : mapping of str to str
        Names of the dossier's states, by ISO 3166-1 alpha-3 code.
    """

    dossier: Dossier
    vocabulary: Sequence[str]
    states: Mapping[str, str]

    @cached_property
    def names(self) -> Names:
        """Names of the dossier."""
        return names_of_dossier(self.dossier)

    def _stands(self, word: str) -> bool:
        """Whether some thing has a word, or another for it."""
        asked = understood(read_query(word), self.vocabulary, self.states)
        return any(one.is_in(self.vocabulary) for one in asked)

    def is_word(self, word: str) -> bool:
        """Whether a folded word says something to the reader, or stands in the dossier."""
        silent = tables().lists["silent"]
        if word in idle() or word in silent or word.isdecimal() or self._stands(word):
            return True
        found = self.names.at([word], [word.upper()]) or city_called(word)
        return bool(found or tables().entries([word]) or word in _function_words())

    def read(self, query: str) -> Question | None:
        """Read a question; None where nothing is understood beyond its words."""
        tokens = tokens_of(query)
        return _Reading(self, tokens).question() if tokens else None


class _Reading:
    """One question on its way."""

    def __init__(self, reader: Reader, tokens: Sequence[Token]) -> None:
        self.names = reader.names
        self.actors = reader.dossier.actors
        self.tokens = tokens
        self.words = [token.word for token in tokens]
        self.date = date_in(self.words)
        self.marks = self._marked()
        self.used: set[int] = set()
        self.kind, self.kind_mark = self._kind()

    def _marked(self) -> list[Marked]:
        marks, at = [], 0
        typed = [token.text for token in self.tokens]
        while at < len(self.words):
            if self.date and self.date.start <= at < self.date.end:
                at = self.date.end
                continue
            mark = self._mark(at, typed)
            if mark:
                marks.append(mark)
            at = mark.end if mark else at + 1
        return marks

    def _mark(self, at: int, typed: Sequence[str]) -> Marked | None:
        limit = self.date.start if self.date and self.date.start > at else len(self.words)
        name = self.names.at(self.words[at:limit], typed[at:limit])
        entry = None
        for length in range(min(LONGEST_PHRASE, limit - at), 0, -1):
            if entries := tables().entries(self.words[at : at + length]):
                entry = Marked(at, length, entries=entries)
                break
        if name and not (entry and (name.adjective or entry.length > name.length)):
            return Marked(at, name.length, name=name)
        if entry and self._says_nothing(entry):
            return None
        return entry

    def _says_nothing(self, mark: Marked) -> bool:
        """Whether it is a helping word here: "what does it say" has one, and "have" is another."""
        return mark.length == 1 and self.words[mark.at] in tables().lists["helping"]

    def _kind(self) -> tuple[Kind | None, Marked | None]:
        """The kind that is asked for: the first that is no general one, else the first."""
        found = [(e, m) for m in self.marks for e in m.entries[:1] if isinstance(e, Kind)]
        found.sort(key=lambda pair: pair[0].general)
        if found:
            return found[0]
        sent = tables().lists["sent"]
        said = [m for m in self.marks if any(isinstance(e, Said) and e.within for e in m.entries)]
        goods = said or any(word in sent or word.removesuffix("s") in sent for word in self.words)
        sides = any(self._introduced(m) for m in self.marks if m.name and m.name.actor)
        asked = (goods and sides) or len(said) > 1
        return (tables().kinds["flows"], None) if asked else (None, None)

    def question(self) -> Question | None:
        """The parts, and the words that are left."""
        ends: list[EndPart] = []
        guessed: list[tuple[str, tuple[str, ...]]] = []
        for mark in self.marks:
            end, guess = self._end(mark, ends)
            if end:
                self._use(mark)
                ends.append(end)
                guessed += [(end.id, self._called(mark))] if guess else []
        said = [part for mark in self.marks if (part := self._said(mark))]
        parts: list[Part] = []
        if self.kind:
            parts.append(KindPart(f"kind:{self.kind.id}", self.kind.say, self.kind))
        parts += [*ends, *said]
        if self.date and (parts or not self.date.plain):
            parts.append(DatePart(f"when:{self.date.first}", self.date.say, self.date))
            self.used |= set(range(self.date.start, self.date.end))
        if not parts:
            return None
        for mark in self.marks:
            if self._goes_with_kind(mark):
                self._use(mark)
        return Question(
            parts=tuple({part.id: part for part in parts}.values()),
            words=tuple(self._left()),
            called=tuple(self._called(m) for m in self.marks if m.name and m.at not in self.used),
            said=tuple(self.tokens[at].text for at in sorted(self.used)),
            guessed=tuple(guessed),
            kind_words=tuple(t.text for t in self.tokens[self.kind_mark.at : self.kind_mark.end])
            if self.kind_mark
            else (),
            past=self._past(),
        )

    def _use(self, mark: Marked) -> None:
        self.used |= set(range(mark.at, mark.end))

    def _called(self, mark: Marked) -> tuple[str, ...]:
        """A name as it was typed, and as the dossier has it."""
        typed = " ".join(token.text for token in self.tokens[mark.at : mark.end])
        name = mark.name
        if not name:
            return (typed,)
        actor = name.actor if not name.town else ""
        return (typed, *([self.actors[actor].name] if actor else ()), *name.also)

    def _left(self) -> list[str]:
        """Words that must be found: those that nothing was read from, and that say something."""
        lists = tables().lists
        silent = idle() | lists["silent"] | lists["helping"] | lists["being"] | lists["where"]
        silent |= lists["what_inverted"] | lists["who"] | lists["articles"]
        silent |= frozenset().union(*tables().before.values())
        named = {at for m in self.marks if m.name for at in range(m.at, m.end)}
        return [
            token.text
            for at, token in enumerate(self.tokens)
            if at not in self.used and at not in named and token.word not in silent
        ]

    def _goes_with_kind(self, mark: Marked) -> bool:
        """Whether it says the kind that is asked for, or the same in other words."""
        if mark == self.kind_mark:
            return True
        if not self.kind:
            return False
        layers = {target.layer for target in self.kind.of}
        kinds = [entry for entry in mark.entries if isinstance(entry, Kind)]
        return self.kind in kinds or any(
            {target.layer for target in kind.of} <= layers and kind.general for kind in kinds
        )

    def _said(self, mark: Marked) -> SaidPart | None:
        """What an entry says of a record, where it is not the kind itself."""
        if mark == self.kind_mark:
            return None
        layers = {target.layer for target in self.kind.of} if self.kind else set()
        for entry in mark.entries:
            if isinstance(entry, Said) and (not entry.within or entry.within in layers):
                self._use(mark)
                return SaidPart(f"{entry.field}:{entry.id}", entry.say, entry)
        return None

    # Which end of a record a name is

    def _end(self, mark: Marked, before: Sequence[EndPart]) -> tuple[EndPart | None, bool]:
        """The part that a name is, and whether only its place in the sentence says so."""
        kind, name = self.kind, mark.name
        if not kind or not kind.who or not name or not name.actor or self._beyond(mark):
            return None, False
        if self._before(mark) in tables().lists["where"] or (name.town and kind.at_places):
            return None, False
        way, guess = self._introduced(mark), False
        if not way:
            way, guess = self._by_place(mark, kind, before), True
        if self._before(mark) == "by" and kind.who[0] == "to":
            way = "to"
        if way not in kind.who:
            return None, False
        say = kind.end_in_words(way, self.actors[name.actor].name)
        return EndPart(f"{way}:{name.actor}", say, way, name.actor), guess

    def _beyond(self, mark: Marked) -> bool:
        """Whether another kind lies between: in "who condemned the strikes on", it is of those."""
        start = self.kind_mark.end if self.kind_mark else 0
        return any(
            isinstance(entry, Kind) and entry != self.kind and not entry.general
            for other in self.marks
            if start <= other.at < mark.at
            for entry in other.entries[:1]
            if self.kind_mark
        )

    def _before(self, mark: Marked) -> str:
        """The word before a name, but for an article."""
        at = mark.at - 1
        if at >= 0 and self.words[at] in tables().lists["articles"] and not self._leads(at, mark):
            at -= 1
        return self.words[at] if at >= 0 else ""

    def _leads(self, at: int, mark: Marked) -> bool:
        """Whether what may be an article leads to a name: `an` before no vowel is German."""
        introduces = any(self.words[at] in words for words in tables().before.values())
        adjective = mark.name is not None and mark.name.adjective
        return introduces and self.words[at] != "the" and not adjective

    def _introduced(self, mark: Marked) -> str:
        """The end that the word before a name says."""
        word = self._before(mark)
        ways = tables().before
        return next((way for way in ("by", "to") if word and word in ways[way]), "")

    def _by_place(self, mark: Marked, kind: Kind, before: Sequence[EndPart]) -> str:
        """The end that a name's place in the sentence says."""
        subject, *rest = kind.who
        other = rest[0] if rest else ""
        word = self._before(mark)
        if word in tables().before["of"]:
            return kind.named_of or subject
        name = mark.name
        if name and (name.adjective or self.tokens[mark.end - 1].owns):
            return "by"
        if word in ("and", "und", "et", "y", "и", "or") and before:
            return before[-1].end
        if self.kind_mark is None:
            return ""
        if mark.at < self.kind_mark.at:
            return other if self._passive() else subject
        lists = tables().lists
        inverted = self.words[0] in lists["what_inverted"] and self.words[0] not in lists["who"]
        return subject if inverted else other

    def _passive(self) -> bool:
        """Whether the verb says what is done to its subject."""
        if self.kind_mark is None:
            return False
        verb = self.words[self.kind_mark.end - 1]
        form = verb.endswith("ed") or verb in tables().lists["participles"]
        before = self.words[: self.kind_mark.at]
        return form and any(word in tables().lists["being"] for word in before)

    def _past(self) -> bool:
        past = tables().lists["past"]
        verb = self.words[self.kind_mark.end - 1] if self.kind_mark else ""
        return verb.endswith("ed") or any(word in past for word in self.words)
