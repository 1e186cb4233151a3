"""Other words that mean what a reader asks for: other forms, other terms, other languages.

Three ways, none of which knows a dossier: words of one stem, groups of terms in
``search_words.yml``, and names of states in the languages of the Unicode CLDR. No Streamlit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dashboard.atlas.filters import fold

WORDS_FILE = Path(__file__).with_name("search_words.yml")

STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "ru": "russian",
}
"""By language, where words are written with endings."""

NAMES_IN = (
    *("ar", "de", "en", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "pl", "pt", "ru"),
    *("sv", "tr", "uk", "zh", "zh_Hant"),
)
"""Languages in which a state may be asked for by its name."""

LONGEST_NAME = 4
"""Words of the longest name of a state that is looked for."""

SHORTEST_STEM = 3
"""Letters of the shortest word that is looked for by its stem: a shorter one is an abbreviation."""


def letters(word: str) -> str:
    """A word or a name as it is compared: folded, without spaces and punctuation."""
    return "".join(sign for sign in fold(word) if sign.isalnum())


@lru_cache(maxsize=4096)
def stem(word: str, language: str) -> str:
    """The stem that forms of a word share; the word itself where the language has no endings.

    Parameters
    ----------
    word : str
        Folded.
    language : str
        Two letters (ISO 639-1).
    """
    name = STEMMERS.get(language)
    if name is None or len(word) < SHORTEST_STEM:
        return word
    import snowballstemmer  # here: it brings a module for each language, and is seldom needed

    stemmed: str = snowballstemmer.stemmer(name).stemWord(word)
    return stemmed


def same_stem(word: str, vocabulary: Sequence[str]) -> Iterator[str]:
    """Words of a vocabulary that are English forms of one word, the word itself among them.

    Parameters
    ----------
    word : str
        Folded.
    vocabulary : sequence of str
        Folded, sorted.
    """
    root = stem(word, "en")
    # A stem may end in another letter than the word does: supply and supplies give suppli.
    beginning = root[:-1] if len(root) > SHORTEST_STEM else root
    at = bisect_left(vocabulary, beginning)
    while at < len(vocabulary) and vocabulary[at].startswith(beginning):
        if stem(vocabulary[at], "en") == root:
            yield vocabulary[at]
        at += 1


@lru_cache(maxsize=1)
def words_file() -> Mapping[str, Any]:
    """Content of ``search_words.yml``: ``idle`` words by language, and ``groups`` of terms."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: Mapping[str, Any] = yaml.load(WORDS_FILE.read_bytes(), Loader=loader)
    return content


@lru_cache(maxsize=1)
def idle() -> frozenset[str]:
    """Words of a question that say nothing of what is asked for, folded, of all languages."""
    return frozenset(letters(word) for words in words_file()["idle"].values() for word in words)


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, frozenset[str]]:
    """By each word of the groups and by its stem: the English words of its groups."""
    found: dict[str, set[str]] = {}
    for group in words_file()["groups"]:
        english = {letters(word) for word in group["en"]}
        for language, words in group.items():
            for word in map(letters, words):
                for key in {word, stem(word, language)}:
                    found.setdefault(key, set()).update(english)
    return {key: frozenset(words) for key, words in found.items()}


def terms_for(word: str) -> frozenset[str]:
    """English terms for what a word means, in whatever language it is asked.

    Parameters
    ----------
    word : str
        Folded.

    Returns
    -------
    frozenset of str
        Folded; empty where no group has the word.
    """
    known = _terms()
    return frozenset().union(*(known.get(key, frozenset()) for key in _forms(word)))


def _forms(word: str) -> set[str]:
    """A word and its stems, in each language that writes with its letters."""
    script = _script(word)
    return {word, *(stem(word, language) for language, of in _SCRIPT_OF.items() if of == script)}


_SCRIPT_OF = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic"} | dict.fromkeys(
    ("de", "en", "es", "fr"), "latin"
)


def _script(word: str) -> str:
    first = ord(word[0]) if word else 0
    if 0x0400 <= first < 0x0530:
        return "cyrillic"
    return "arabic" if 0x0600 <= first < 0x0780 else "latin"


@lru_cache(maxsize=1)
def alpha_3_codes() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 codes of states by their alpha-2 codes."""
    from babel.core import get_global

    found: dict[str, list[str]] = {}
    for code, codes in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and len(codes) == 1:
            found.setdefault(codes[0], []).append(code)
    # Codes of states that are no more stand there, too: those in use begin as the short ones do.
    return {
        short: max(codes, key=lambda code: (code.startswith(short), code[0] == short[0], code))
        for short, codes in found.items()
    }


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    """Alpha-3 codes of states by their names in many languages, and by stems of such names."""
    from babel import Locale

    alpha_3 = alpha_3_codes()
    found: dict[str, str] = {}
    stems: dict[str, str] = {}
    for tag in NAMES_IN:
        locale = Locale.parse(tag)
        for territory, name in locale.territories.items():
            if territory in alpha_3:
                found.setdefault(letters(name), alpha_3[territory])
                if _script(letters(name)) != "latin":
                    stems.setdefault(stem(letters(name), locale.language), alpha_3[territory])
    # A name itself comes before another that only shares its stem.
    return {**stems, **found}


def state_called(words: Sequence[str]) -> str | None:
    """The state that words together name in one of many languages.

    Parameters
    ----------
    words : sequence of str
        Folded.

    Returns
    -------
    str or None
        Its ISO 3166-1 alpha-3 code.
    """
    if not 0 < len(words) <= LONGEST_NAME:
        return None
    states = _states()
    name = "".join(words)
    # In Latin letters a stem is too little: a mistyped name would pass for a foreign one.
    inflected = len(words) == 1 and _script(name) != "latin"
    forms = sorted(_forms(name)) if inflected else []
    return next((states[form] for form in (name, *forms) if form in states), None)


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, frozenset[str]]:
    """English names of towns by names in other languages: those that time zones are called by."""
    from babel import Locale

    english = {
        zone: {zone.rpartition("/")[2].replace("_", " "), names.get("city", "")} - {""}
        for zone, names in Locale.parse("en").time_zones.items()
    }
    found: dict[str, frozenset[str]] = {}
    for tag in NAMES_IN:
        for zone, names in Locale.parse(tag).time_zones.items():
            if "city" in names:
                own = english.get(zone, {zone.rpartition("/")[2].replace("_", " ")})
                found.setdefault(letters(names["city"]), frozenset(own))
    return found


def city_called(word: str) -> frozenset[str]:
    """English names of the town that a word names in another language; none where it names none.

    Parameters
    ----------
    word : str
        Folded.
    """
    return next((_cities()[f] for f in sorted(_forms(word)) if f in _cities()), frozenset())
