"""Filters as pure functions: a dossier and what is asked for → ids and counts. No Streamlit.

Within one filter any of the chosen values will do; between filters all must hold. An empty filter
asks for nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from annotations.dates import PartialDate
from annotations.dossier import Dossier
from annotations.schema import Record
from dashboard.atlas.layers import layer_of


@dataclass(frozen=True)
class Filters:
    """What is asked for. Empty means: everything.

    Attributes
    ----------
    actor, theme, layer, status, verdict : tuple of str
        Ids; any of them will do. `status` is the evidence status.
    from_, to : PartialDate or None
        The span that a record's own span must touch.
    q : str
        Words that must all occur in title, summary, actors' names and aliases, or places.
    """

    actor: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    from_: PartialDate | None = None
    to: PartialDate | None = None
    q: str = ""


FACETS: tuple[str, ...] = ("actor", "theme", "layer", "status", "verdict")
"""Filters that offer a set of values to choose from."""

ANSWERED_AT_ONCE: tuple[str, ...] = ("theme", "layer", "status", "verdict")
"""Facets of whose values a record shows its own to the browser: a click on one is answered there,
by the rule above, before Python has confirmed it. See ``static/atlas/forecast.js``."""

_ALPHABETS_END = 0x3000
"""What lies beyond is not kept folded: queries hold any text, and must not fill the memory."""


class _Folded(dict[int, str]):
    """Code point → its letter in lower case without accents, worked out where it first occurs.

    One character's decomposition and lower case never depend on its neighbours; only the order of
    accents does, and they all go. So a text can be folded character by character.
    """

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))
        folded = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        if code < _ALPHABETS_END:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower-case text without accents, for comparison: ``Côte`` → ``cote``."""
    return text.casefold() if text.isascii() else text.translate(_FOLDED)


@dataclass(frozen=True)
class _Entry:
    """One record, ready to be filtered."""

    values: Mapping[str, frozenset[str]]
    first: date
    last: date
    text: str


@dataclass(frozen=True)
class FilterIndex:
    """A dossier, ready to be filtered many times.

    Attributes
    ----------
    entries : mapping of str
        By record id, in the dossier's order.
    totals : mapping of str to Counter
        For each facet, how many records of the dossier have each value.
    """

    entries: Mapping[str, _Entry]
    totals: Mapping[str, Counter[str]] = field(default_factory=dict)

    def visible(self, filters: Filters) -> list[str]:
        """Ids of the records that pass, in the dossier's order."""
        words = fold(filters.q).split()
        wanted = {facet: chosen for facet in FACETS if (chosen := getattr(filters, facet))}
        start = filters.from_.first_day if filters.from_ else date.min
        end = filters.to.last_day if filters.to else date.max
        return [
            record_id
            for record_id, entry in self.entries.items()
            if entry.first <= end
            and entry.last >= start
            and all(not entry.values[facet].isdisjoint(chosen) for facet, chosen in wanted.items())
            and all(word in entry.text for word in words)
        ]

    def reachable(self, filters: Filters) -> list[str]:
        """Ids of the records that pass all but the facets that the browser answers itself."""
        none: dict[str, Any] = dict.fromkeys(ANSWERED_AT_ONCE, ())
        return self.visible(replace(filters, **none))

    def counts(self, ids: Iterable[str], facet: str) -> Counter[str]:
        """How many of the records `ids` have each value of a facet."""
        return Counter(
            value for record_id in ids for value in self.entries[record_id].values[facet]
        )


def names_of(dossier: Dossier, record: Record) -> list[tuple[str, ...]]:
    """Names by which a record is found: one tuple an actor (name, then aliases) and a place."""
    actors = [dossier.actors[actor] for actor in layer_of(record).actors(record)]
    places = [dossier.places[place] for place in record.all_places]
    return [*((a.name, *a.aliases) for a in actors), *((place.name,) for place in places)]


def _entry(dossier: Dossier, record: Record) -> _Entry:
    layer = layer_of(record)
    names = [name for names in names_of(dossier, record) for name in names]
    end = record.when.end
    return _Entry(
        values={
            "actor": frozenset(layer.actors(record)),
            "theme": frozenset(record.themes),
            "layer": frozenset({layer.id}),
            "status": frozenset({record.evidence.status.value}),
            "verdict": frozenset({record.check.verdict.value}),
        },
        first=record.when.start.first_day,
        # A start alone says no more than that day; what is open lasts.
        last=date.max if record.when.open else (end or record.when.start).last_day,
        text=fold(" ".join([record.title, record.summary, *names])),
    )


def build_index(dossier: Dossier) -> FilterIndex:
    """Prepare a dossier for filtering.

    Parameters
    ----------
    dossier : Dossier
        As joined: every reference resolves.

    Returns
    -------
    FilterIndex
    """
    entries = {record.id: _entry(dossier, record) for record in dossier.records.values()}
    index = FilterIndex(entries)
    totals = {facet: index.counts(entries, facet) for facet in FACETS}
    return FilterIndex(entries, totals)
