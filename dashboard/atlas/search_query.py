"""What a reader asks for: the words of a query, each with other words that will do.

Case, accents and punctuation make no difference. No Streamlit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from dashboard.atlas.filters import fold
from dashboard.atlas.kindred_words import (
    LONGEST_NAME,
    city_called,
    idle,
    same_stem,
    state_called,
    terms_for,
)

SHORTEST_PREFIX = 3
"""Letters from which on the beginning of a word is enough."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.‐‑–-][^\W_]+)*\.?")
_PART = re.compile(r"[^\W_]+")

NOTHING: Mapping[str, float] = MappingProxyType({})


class Word(NamedTuple):
    """A word as it stands in a text: folded, with its place; what is joined is also whole.

    ``Ka-26`` is ``ka``, ``26`` and ``ka26``; ``S.A.`` is ``s``, ``a`` and ``sa``.
    """

    folded: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Words of a text, and those that punctuation joins, as one word too."""
    for match in _WORD.finditer(text):
        at = match.start()
        for folded, start, end in _words_within(match.group()):
            yield Word(folded, at + start, at + end)


# A large dossier has far fewer words than it has places where they stand.
@lru_cache(maxsize=32_768)
def _words_within(joined: str) -> tuple[Word, ...]:
    """Words of what `_WORD` matches: its parts and, where they are several, all of it."""
    parts = [Word(letters(part.group()), *part.span()) for part in _PART.finditer(joined)]
    return (*parts, Word(letters(joined), 0, len(joined))) if len(parts) > 1 else tuple(parts)


def parts_of(text: str) -> list[str]:
    """Words of a text as written, without what joins them."""
    return _PART.findall(text)


def letters(text: str) -> str:
    """A text's letters and digits alone, folded."""
    return "".join(_PART.findall(fold(text)))


ANOTHER_FORM, ANOTHER_WORD = 0.75, 0.45
"""How well another form of a word will do, and another word for the same; the word itself: 1."""


class Sought(NamedTuple):
    """What is looked for: a word as `words_of` folds it, and others that will do, with how well."""

    word: str
    kin: Mapping[str, float] = NOTHING

    def quality(self, word: str) -> float:
        """How well a word of a text is what is looked for: 1 the same, 0 not."""
        if word == self.word:
            return 1.0
        best = self.kin.get(word, 0.0)
        if len(self.word) >= SHORTEST_PREFIX and word.startswith(self.word):
            best = max(best, 0.4 + 0.4 * len(self.word) / len(word))
        return best


@dataclass(frozen=True)
class Asked:
    """One word of a query, or several that together are a name.

    Attributes
    ----------
    text : str
        As it was typed.
    whole : str
        Folded, without punctuation.
    readings : tuple of tuple of Sought
        Ways to find it: everything that is looked for in one of these must be found. Where
        punctuation joins several parts, all of them together will do as well.
    """

    text: str
    whole: str
    readings: tuple[tuple[Sought, ...], ...]

    def is_in(self, vocabulary: Sequence[str]) -> bool:
        """Whether some way to read it has all that is looked for among sorted words."""

        def stands(sought: Sought) -> bool:
            at = bisect_left(vocabulary, sought.word)
            begins = at < len(vocabulary) and vocabulary[at].startswith(sought.word)
            return begins or bool(sought.kin)

        return any(all(map(stands, reading)) for reading in self.readings)


def read_query(query: str) -> list[Asked]:
    """Words that a query asks for; words such as ``who`` only where there is no other.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of Asked
        Each once, in order; empty where the query has no letter and no digit.
    """
    asked: dict[str, Asked] = {}
    for match in _WORD.finditer(query):
        parts = tuple(letters(part) for part in _PART.findall(match.group()))
        whole = "".join(parts)
        readings = [(whole,), parts] if len(parts) > 1 else [(whole,)]
        ways = tuple(tuple(map(Sought, reading)) for reading in readings)
        asked.setdefault(whole, Asked(match.group(), whole, ways))
    telling = [word for word in asked.values() if word.whole not in idle()]
    return telling or list(asked.values())


def understood(
    asked: Sequence[Asked], vocabulary: Sequence[str], states: Mapping[str, str]
) -> list[Asked]:
    """A query with what else its words may mean in a dossier.

    Parameters
    ----------
    asked : sequence of Asked
        As `read_query` gives it.
    vocabulary : sequence of str
        Words of the dossier, folded, sorted.
    states : mapping of str to str
        How the dossier calls its states, by ISO 3166-1 alpha-3 code.

    Returns
    -------
    list of Asked
        Words that name a state in another language are one, read as its name in the dossier.
    """
    result: list[Asked] = []
    at = 0
    while at < len(asked):
        # The dossier's own words need no translation.
        length = 0 if asked[at].is_in(vocabulary) else min(LONGEST_NAME, len(asked) - at)
        while length and not (name := _called(asked[at : at + length], states)):
            length -= 1
        if length:
            result.append(_named(asked[at : at + length], name))
        elif towns := _towns(asked[at], vocabulary):
            result.append(towns)
        else:
            result.append(_with_kin(asked[at], vocabulary))
        at += max(1, length)
    return result


def _called(words: Sequence[Asked], states: Mapping[str, str]) -> str:
    """How the dossier calls the state that words name together; nothing if there is none."""
    code = state_called([word.whole for word in words])
    return states.get(code, "") if code else ""


def _towns(asked: Asked, vocabulary: Sequence[str]) -> Asked | None:
    """A word that names a town in another language, read as its names in English."""
    if asked.is_in(vocabulary):
        return None
    names = sorted(city_called(asked.whole))
    readings = tuple(tuple(Sought(letters(part)) for part in _PART.findall(n)) for n in names)
    return replace(asked, readings=readings) if readings else None


def named(typed: str, *others: str) -> Asked:
    """A name, of one or several words: found as it was typed, or as it is written otherwise."""
    whole = letters(typed)
    names = (typed, *others, *sorted(city_called(whole)))
    ways = dict.fromkeys(
        [(whole,), *(tuple(letters(part) for part in _PART.findall(name)) for name in names)]
    )
    return Asked(typed, whole, tuple(tuple(map(Sought, way)) for way in ways))


def _named(words: Sequence[Asked], name: str) -> Asked:
    text = " ".join(word.text for word in words)
    parts = tuple(Sought(letters(part)) for part in _PART.findall(name))
    return Asked(text, letters(name), (parts,))


def _with_kin(asked: Asked, vocabulary: Sequence[str]) -> Asked:
    kin: dict[str, float] = {}
    for term in terms_for(asked.whole):
        kin |= dict.fromkeys(same_stem(term, vocabulary), ANOTHER_WORD)
    kin |= dict.fromkeys(same_stem(asked.whole, vocabulary), ANOTHER_FORM)
    (whole, *_), *parts = asked.readings
    return replace(asked, readings=((whole._replace(kin=kin),), *parts)) if kin else asked
