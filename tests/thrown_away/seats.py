"""Seats: capitals of the states shown. They hang on no record. A layer to be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd

from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Card, Row, Section
from dashboard.atlas.drawn import Selectable
from dashboard.atlas.layer import ThingLayer
from dashboard.atlas.layer_parts import symbol
from dashboard.look.glyphs import CIRCLE, Glyph
from geodata.joined import JoinedDossier


class Seats(ThingLayer):
    id = "seats"
    label = "Seats"
    one = "Seat"
    definition = "Capitals of the states shown."
    signs = (symbol("seat", "Seat of an actor", "Context.", Glyph(CIRCLE, "M9 9h6v6H9z")),)

    def things(self, joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> Iterator[Selectable]:
        dossier = joined.dossier
        for actor in dossier.actors.values():
            if actor.seat and actor.country == actor.id:
                place = dossier.places[actor.seat]
                yield Selectable(
                    id=f"seat:{actor.id}",
                    title=f"Seat of {actor.name}",
                    kicker=self.one,
                    of=actor,
                    layer=self.id,
                    said={"text": f"In {place.name}."},
                    place=place,
                    helps=tuple(
                        id_ for id_, one in dossier.records.items() if actor.id in one.all_actors
                    ),
                )

    def card(self, thing: Selectable, items: Items) -> Card:
        rows = [Row("Of", [items.actor(thing.of.id)])]
        return Card(kicker=thing.kicker, title=thing.title, sections=[Section(rows=rows)])

    def cells(self, thing: Selectable) -> dict[str, Any]:
        return {"evidence": "context", "source": "A seat."}
