"""What can be found: every actor, place and record, with the texts by which it is. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from annotations.dossier import Dossier
from annotations.english import counted, named_beside
from annotations.schema import Actor, Place, Record
from annotations.vocabulary import PlaceType
from dashboard.atlas.filters import names_of
from dashboard.atlas.layers import RECORD_LAYERS, layer_of
from dashboard.atlas.search_query import Word, words_of
from dashboard.atlas.view_parameter import write_view

ACTORS, PLACES = "actors", "places"

GROUPS: Mapping[str, str] = {
    ACTORS: "Actors",
    PLACES: "Places",
    **{layer.id: layer.label for layer in RECORD_LAYERS},
}
"""Groups of hits and their headings; the order decides between equally good ones."""


@dataclass(frozen=True)
class Field:
    """A text by which a thing is found.

    Attributes
    ----------
    label : str
        What introduces it where it is shown as context; nothing for running text.
    text : str
    weight : int
        How much a word found here counts.
    """

    label: str
    text: str
    weight: int
    words: tuple[Word, ...]


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of(text))


def _field(label: str, text: str, weight: int) -> Field:
    return Field(label, text, weight, _words(text))


@dataclass(frozen=True)
class Thing:
    """Something that can be found.

    Attributes
    ----------
    id : str
        Unique among all things.
    group : str
        Where it is listed: ``actors``, ``places``, or the id of a record's layer.
    title, kind : str
        Name, and what it is, in words.
    fields : sequence of Field
        The title first.
    select : str
        What the map selects for it; empty where it is a place that cannot be selected.
    goto : str
        Page with parameters that shows it, where it cannot be selected.
    profile : str
        Page with parameters that tells more of it, if there is one.
    record : Record or None
        For its badges.
    names : tuple of str
        Other names by which it itself goes, whatever signs they hold.
    """

    id: str
    group: str
    title: str
    kind: str
    fields: Sequence[Field]
    select: str = ""
    goto: str = ""
    profile: str = ""
    record: Record | None = None
    names: tuple[str, ...] = ()


OTHER_NAMES, SHORT = "Also", "Short"


def _of_record(dossier: Dossier, record: Record) -> Thing:
    layer = layer_of(record)
    short = layer.short(record)
    fields = [_field("", record.title, 10), _field("", record.summary, 3)]
    if short:
        fields.append(_field(SHORT, short, 13))
    fields += [_field(*said) for said in layer.search_fields(record)]
    for name, *others in names_of(dossier, record):
        fields.append(_field("Names", f"{name} ({named_beside(others)})" if others else name, 4))
    fields.append(_field("Kind", layer.kind_in_words(record), 2))
    return Thing(
        id=record.id,
        group=layer.id,
        title=record.title,
        kind=layer.kind_in_words(record),
        fields=fields,
        select=record.id,
        record=record,
        names=(short,) if short else (),
    )


def _of_actor(actor: Actor, named: int) -> Thing:
    fields = [_field("", actor.name, 12)]
    if actor.aliases:
        fields.append(_field(OTHER_NAMES, named_beside(actor.aliases), 11))
    if actor.note:
        fields.append(_field("", actor.note, 2))
    return Thing(
        id=f"actor:{actor.id}",
        group=ACTORS,
        title=actor.name,
        kind=f"{actor.type.label} · {counted(named, 'record')}",
        fields=fields,
        select=f"actor:{actor.id}",
        profile="actors?" + urlencode({"actor": actor.id}),
        names=tuple(actor.aliases),
    )


def _of_place(dossier: Dossier, place: Place, select: str) -> Thing:
    fields = [_field("", place.name, 11)]
    if place.relevance:
        fields.append(_field("", place.relevance, 3))
    country = dossier.actors.get(place.country or "")
    view = write_view(place.lat, place.lon, 6)
    return Thing(
        id=f"place:{place.id}",
        group=PLACES,
        title=place.name,
        kind=f"{place.type.label} · {country.name}" if country else place.type.label,
        fields=fields,
        select=select,
        goto="" if select else "map?" + urlencode({"q": place.name, "view": view}, safe=","),
    )


def things_of(
    dossier: Dossier, named: Mapping[str, int], selectable: Mapping[str, str]
) -> list[Thing]:
    """List what can be found in a dossier.

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
    list of Thing
        Actors, places, records; of places those that lead somewhere.
    """
    records = dossier.records.values()
    used = {place for record in records for place in record.all_places}
    places = [
        place
        for place in dossier.places.values()
        # A waypoint only gives a route its shape; what no record names leads nowhere.
        if place.id in selectable or (place.id in used and place.type is not PlaceType.WAYPOINT)
    ]
    return [
        *(_of_actor(actor, named.get(actor.id, 0)) for actor in dossier.actors.values()),
        *(_of_place(dossier, place, selectable.get(place.id, "")) for place in places),
        *(_of_record(dossier, record) for record in records),
    ]
