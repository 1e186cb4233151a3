"""Disputed areas: what the base map hatches. They hang on no record."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd

from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Card, Row, Section
from dashboard.atlas.drawn import Selectable
from dashboard.atlas.layer import ThingLayer
from dashboard.atlas.layer_parts import AREAS, Sign
from geodata.joined import JoinedDossier


class Disputed(ThingLayer):
    """Hatched areas of the base map."""

    id = "disputed"
    label = "Disputed areas"
    one = "Disputed area"
    definition = "Areas of disputed status."
    signs = (
        Sign("disputed", AREAS, "Disputed area", "See the note on borders.", {"fill": "disputed"}),
    )

    def things(self, joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> Iterator[Selectable]:
        """They are always in play."""
        for area in disputed.itertuples():
            yield Selectable(
                id=f"area:{area.Index}",
                title=area.name,
                kicker=self.one,
                of=area,
                layer=self.id,
                said={"text": area.note},
                area=area.geometry,
            )

    def card(self, thing: Selectable, items: Items) -> Card:
        """How it is drawn, and who claims it."""
        area = thing.of
        rows = [Row("Claimed by", [items.known_actor(code) for code in area.claimants])]
        if area.drawn_in:
            rows.append(Row("Drawn in", [items.known_actor(area.drawn_in)]))
        return Card(
            kicker=thing.kicker,
            title=thing.title,
            sections=[
                Section("How it is drawn", area.note),
                Section(rows=rows),
                Section("Borders on this map", items.borders),
            ],
        )
