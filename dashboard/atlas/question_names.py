"""Names in a question: of actors, in other languages too and as adjectives. No Streamlit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotations.dossier import Dossier
from annotations.vocabulary import PlaceType
from dashboard.atlas.kindred_words import LONGEST_NAME, letters, state_called, stem
from dashboard.atlas.layers import layer_of
from dashboard.atlas.question_tables import tables
from dashboard.atlas.search_query import parts_of

SHORTEST_BASE = 3
"""Letters of a name that must be left before an adjective's ending."""

_CYRILLIC_ADJECTIVE = re.compile(r"(?:и?с?ск)(?:ии|ая|ое|ие|ого|ои|ому|ую|им|ом|их|ими|)$")
_BESIDE = re.compile(r"\(.*?\)")
_VOWELS = "aeiouy"

Words = tuple[str, ...]


class Named(NamedTuple):
    """A name that was found.

    Attributes
    ----------
    length : int
        Words that it takes.
    actor : str
        Id of the actor; empty where it is another thing's name.
    adjective : bool
    town : bool
        Whether it is a town's name, too.
    also : tuple of str
        Other names of the same.
    """

    length: int
    actor: str
    adjective: bool = False
    town: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """Names of a dossier, ready to be looked up.

    Attributes
    ----------
    actors, bases : mapping of tuple of str to str
        Actor by the words of its names, folded; by the same without the last vowels of states'.
    others : mapping of tuple of str to tuple of str
        Names of groupings, corridors and places: what is in them is no word of a question. With
        other names of the same.
    towns : frozenset of tuple of str
    states : frozenset of str
        Codes of the dossier's states.
    """

    actors: Mapping[Words, str]
    bases: Mapping[Words, str]
    others: Mapping[Words, tuple[str, ...]]
    towns: frozenset[Words]
    states: frozenset[str]

    def at(self, words: Sequence[str], typed: Sequence[str]) -> Named | None:
        """The longest name that words begin with.

        Parameters
        ----------
        words : sequence of str
            Folded.
        typed : sequence of str
            The same as they were typed: two letters are a name only as capitals.
        """
        for length in range(min(6, len(words)), 0, -1):
            key = tuple(words[:length])
            if length == 1 and len(key[0]) < 3 and not typed[0][:2].isupper():
                return None
            if actor := self.actors.get(key):
                return Named(length, actor, town=key in self.towns, also=self.others.get(key, ()))
            if key in self.others:
                return Named(length, "", also=self.others[key])
            if actor := self._adjective(key) or self._abroad(key):
                adjective = not self._abroad(key)
                return Named(length, actor, adjective)
        return None

    def _adjective(self, key: Words) -> str:
        *before, word = key
        code = tables().adjectives.get(word, "")
        if not before and code in self.states:
            return code
        if not before and (base := _CYRILLIC_ADJECTIVE.sub("", word)) != word:
            code = state_called([base]) or state_called([base + "я"]) or ""
            return code if code in self.states else ""
        for ending in tables().endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_BASE:
                base_key = (*before, word[: -len(ending)])
                if actor := self.bases.get(base_key):
                    return actor
        return ""

    def _abroad(self, key: Words) -> str:
        """A state by its name in another language, an actor by another form of its name."""
        if len(key) <= LONGEST_NAME:
            code = state_called(key)
            if code in self.states:
                return code or ""
        return self.actors.get((*key[:-1], stem(key[-1], "en")), "")


def folded(text: str) -> Words:
    """Words of a name, folded."""
    return tuple(letters(part) for part in parts_of(_BESIDE.sub("", text)))


def names_of_dossier(dossier: Dossier) -> Names:
    """Prepare the names of a dossier."""
    actors: dict[Words, str] = {}
    bases: dict[Words, str] = {}
    for actor in dossier.actors.values():
        for name in (actor.name, *actor.aliases):
            key = folded(name)
            if not key:
                continue
            actors.setdefault(key, actor.id)
            # What has points between its letters is typed as one word.
            actors.setdefault(("".join(key),), actor.id)
            actors.setdefault((*key[:-1], stem(key[-1], "en")), actor.id)
            if actor.country == actor.id and len(base := key[-1].rstrip(_VOWELS)) >= SHORTEST_BASE:
                bases.setdefault((*key[:-1], base), actor.id)
    towns = {folded(p.name) for p in dossier.places.values() if p.type is not PlaceType.AREA}
    # A place of one word is found as any word is.
    all_ = [folded(place.name) for place in dossier.places.values()]
    places: dict[Words, tuple[str, ...]] = dict.fromkeys((n for n in all_ if len(n) > 1), ())
    return Names(
        actors=actors,
        bases=bases,
        others=places | _of_groupings(dossier),
        towns=frozenset(towns),
        states=frozenset(a.id for a in dossier.actors.values() if a.country == a.id),
    )


def _of_groupings(dossier: Dossier) -> dict[Words, tuple[str, ...]]:
    """Names of what has a short one, such as groupings, each with the other one."""
    found: dict[Words, tuple[str, ...]] = {}
    for record in dossier.records.values():
        if short := layer_of(record).short(record):
            title = _BESIDE.sub("", record.title.partition(":")[0]).strip()
            found.setdefault(folded(short), (title,))
            found.setdefault(folded(title), (short,))
    return found
