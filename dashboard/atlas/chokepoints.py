"""Chokepoints: straits and canals that help to read a claim. They hang on no record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd

from annotations.schema import Corridor, Place
from annotations.vocabulary import PlaceType
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Card, Item, Row, Section
from dashboard.atlas.drawn import Selectable
from dashboard.atlas.layer import ThingLayer
from dashboard.atlas.layer_parts import symbol
from dashboard.look.glyphs import DIAMOND, Glyph
from geodata.corridors import passage_at
from geodata.joined import JoinedDossier


def _helps(place: Place) -> str:
    return f"helps to read {lines_in_words(place.lines)}"


class Chokepoints(ThingLayer):
    """Symbols of places that the article does not name."""

    id = "chokepoints"
    label = "Chokepoints"
    one = "Chokepoint"
    definition = "Straits and canals behind claims."
    signs = (
        symbol(
            "chokepoint",
            "Chokepoint",
            "Context: not named in the article.",
            Glyph(DIAMOND, "M6.5 8.5 12 11l5.5-2.5v7L12 13l-5.5 2.5z"),
        ),
    )

    def things(self, joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> Iterator[Selectable]:
        """Each helps to read the records of the lines that it names."""
        dossier = joined.dossier
        lines = [(record.id, set(record.source.lines)) for record in dossier.records.values()]
        for place in dossier.places.values():
            if place.type is PlaceType.CHOKEPOINT:
                yield Selectable(
                    id=f"place:{place.id}",
                    title=place.name,
                    kicker=f"{self.one} · context",
                    of=place,
                    layer=self.id,
                    said={"text": place.relevance, "lines": _helps(place)},
                    place=place,
                    helps=tuple(id_ for id_, of in lines if not of.isdisjoint(place.lines)),
                )

    def card(self, thing: Selectable, items: Items) -> Card:
        """Why it matters, and which corridors pass it."""
        place: Place = thing.of
        passing = [
            Item(record.title, record.id)
            for record in items.dossier.of_type(Corridor)
            if place.id in record.all_places
        ]
        north = f"{abs(place.lat):.2f}° {'N' if place.lat >= 0 else 'S'}"
        east = f"{abs(place.lon):.2f}° {'E' if place.lon >= 0 else 'W'}"
        close = Item("Close it", goto=f"corridors?closed={place.id}")
        rows = [
            Row("Passed by", passing),
            Row("What if", [close] if passage_at((place.lon, place.lat)) else []),
            Row("Position", [Item(f"{north}, {east}", note=place.precision.definition)]),
            Row("Article", [Item(f"not named; {_helps(place)}")]),
            Row("Note", [Item(place.note)] if place.note else []),
        ]
        return Card(
            kicker=thing.kicker,
            title=thing.title,
            sections=[
                Section("Why it is drawn", place.relevance or ""),
                Section(rows=[row for row in rows if row.items]),
            ],
        )

    def cells(self, thing: Selectable) -> dict[str, Any]:
        """Why it matters, and what it helps to read."""
        place: Place = thing.of
        return {
            "summary": place.relevance,
            "evidence": "context",
            "article_lines": ", ".join(str(line) for line in place.lines),
            "source": f"{_helps(place).capitalize()}.",
        }
