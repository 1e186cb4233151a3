"""What words say of the records that are asked for, as ``question_*.yml`` has it. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dashboard.atlas.kindred_words import SHORTEST_STEM, STEMMERS, alpha_3_codes, letters, stem

LONGEST_PHRASE = 3
"""Words of the longest entry."""


@dataclass(frozen=True)
class Target:
    """Records of one layer; of some types, or with members of some standings, where they say so."""

    layer: str
    types: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of record that words ask for.

    Attributes
    ----------
    id : str
    say : str
        What a reader is told.
    of : tuple of Target
        What is meant first, first.
    who : tuple of str
        Which end of a record, ``by`` or ``to``, the subject of a sentence is, and its object.
    named_of : str
        The end that is named after "of"; the first of `who` without it.
    ends : tuple of (str, str)
        How a reader is told of each end, where that is not its name.
    general : bool
        Whether it gives way to another kind that is asked for as well.
    at_places : bool
        Whether a name that is a town's, too, means the town.
    """

    id: str
    say: str
    of: tuple[Target, ...]
    who: tuple[str, ...] = ()
    named_of: str = ""
    ends: tuple[tuple[str, str], ...] = ()
    general: bool = False
    at_places: bool = False

    def end_in_words(self, end: str, name: str) -> str:
        """What a reader is told of an actor at one end."""
        return f"{dict(self.ends).get(end, end)} {name}"


@dataclass(frozen=True)
class Said:
    """What words say of a record beyond its kind.

    Attributes
    ----------
    id, say : str
        As in `Kind`.
    field : str
        ``verdict``, ``status``, ``state`` or ``type``.
    values : tuple of str
        What will do there, best first.
    within : str
        The layer whose records alone can have it; empty for all.
    """

    id: str
    say: str
    field: str
    values: tuple[str, ...]
    within: str = ""


Entry = Kind | Said
Words = tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """All tables.

    Attributes
    ----------
    kinds, terms : mapping of str
        By id.
    english, foreign : mapping of tuple of str to tuple of Entry
        What words say, by their stems, English before other languages.
    written : mapping of str to str
        English words of the entries, folded, as they may have been meant by a mistyped one.
    before : mapping of str to frozenset of str
        Words that stand before a name, by what they make of it.
    lists : mapping of str to frozenset of str
        The plain lists of words.
    adjectives : mapping of str to str
        State's code by an adjective made otherwise than by an ending.
    endings : tuple of str
        Of adjectives, longest first.
    transliteration : mapping of int to str
        For `str.translate`.
    """

    kinds: Mapping[str, Kind]
    terms: Mapping[str, Said]
    english: Mapping[Words, tuple[Entry, ...]]
    foreign: Mapping[Words, tuple[Entry, ...]]
    written: Mapping[str, str]
    before: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]]
    adjectives: Mapping[str, str]
    endings: tuple[str, ...]
    transliteration: Mapping[int, str]

    def entries(self, words: Sequence[str]) -> tuple[Entry, ...]:
        """What words together say; nothing where no entry has them."""
        found = self.english.get(tuple(stem(word, "en") for word in words), ())
        if found or len(words) > 1:
            return found or self.foreign.get(tuple(words), ())
        return next((self.foreign[(f,)] for f in _stems(words[0]) if (f,) in self.foreign), ())

    def latin(self, word: str) -> str:
        """A folded word in Latin letters, where its own can be written so."""
        return word.translate(dict(self.transliteration))


LISTS = ("sent", "articles", "who", "what_inverted", "helping", "being", "past", "participles")


def _stems(word: str) -> list[str]:
    return [word, *(stem(word, language) for language in STEMMERS if language != "en")]


def _split(text: str) -> Words:
    return tuple(letters(word) for word in text.split())


def _read(name: str) -> Mapping[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: Mapping[str, Any] = yaml.load(
        Path(__file__).with_name(name).read_bytes(), Loader=loader
    )
    return content


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(letters(str(word)) for word in words)


def _kind(row: Mapping[str, Any]) -> Kind:
    of = tuple(
        Target(one["layer"], tuple(one.get("types", ())), tuple(one.get("standings", ())))
        for one in row["of"]
    )
    flags = {key: row[key] for key in ("named_of", "general", "at_places") if key in row}
    ends = tuple(row.get("ends", {}).items())
    return Kind(row["id"], row["say"], of, tuple(row["who"]), ends=ends, **flags)


def _said(row: Mapping[str, Any]) -> Said:
    values = tuple(row["values"])
    return Said(row["id"], row["say"], row["field"], values, row.get("within", ""))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the tables, once."""
    words = _read("question_words.yml")
    kinds = {row["id"]: (_kind(row), row) for row in _read("question_kinds.yml")["kinds"]}
    terms = {row["id"]: (_said(row), row) for row in words["terms"]}
    english: dict[Words, tuple[Entry, ...]] = {}
    foreign: dict[Words, tuple[Entry, ...]] = {}
    written: dict[str, str] = {}
    rows: list[tuple[Entry, Mapping[str, Any]]] = [*kinds.values(), *terms.values()]
    for entry, row in rows:
        for language in (code for code in row if code in STEMMERS):
            for text in row[language]:
                said = _split(text)
                if language == "en":
                    key = tuple(stem(word, "en") for word in said)
                    english[key] = (*english.get(key, ()), entry)
                    written |= {word: word for word in said if len(word) > SHORTEST_STEM}
                    continue
                keys = {said, (stem(said[0], language),)} if len(said) == 1 else {said}
                for key in keys:
                    foreign[key] = (*foreign.get(key, ()), entry)
    by_language: Mapping[str, Mapping[str, Sequence[str]]] = words["before"]
    return Tables(
        kinds={key: kind for key, (kind, _) in kinds.items()},
        terms={key: term for key, (term, _) in terms.items()},
        english=english,
        foreign=foreign,
        written=written | {letters(word): word for word in words["sent"]},
        before={
            way: _folded([word for one in of.values() for word in one])
            for way, of in by_language.items()
        },
        lists={name: _folded(words[name]) for name in (*LISTS, "where", "silent")}
        | {name: _folded(said) for name, said in words["dates"].items()},
        adjectives={
            letters(word): alpha_3_codes()[code.upper()]
            for code, all_ in words["adjectives"].items()
            for word in all_
        },
        endings=tuple(sorted(words["adjective_endings"], key=len, reverse=True)),
        transliteration=str.maketrans(words["transliteration"]),
    )
