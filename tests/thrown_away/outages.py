"""Outages: power that fails somewhere. The layer of a kind of record that is to be thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.schema import Outage
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import Column, RowContext, role, symbol
from dashboard.look.glyphs import CIRCLE, Glyph


class Outages(RecordLayer[Outage]):
    id = "outages"
    label = "Outages"
    one = "Outage"
    kind = "outage"
    definition = "Where power failed."
    signs = (symbol("outage", "Outage", "Power failed.", Glyph(CIRCLE, "M9 9h6v6H9z")),)
    columns = (Column("cause", "Outages: why."),)
    roles = (
        role(
            "suffers",
            "Suffers",
            lambda outage, actor: outage.actor == actor,
            lambda outage, dossier: outage.cause,
        ),
    )

    def facts(self, record: Outage, items: Items) -> list[Row]:
        return [Row("Whose", [items.actor(record.actor)]), Row("Cause", [Item(record.cause)])]

    def search_fields(self, record: Outage) -> Sequence[tuple[str, str, int]]:
        return [("Cause", record.cause, 6)]

    def cells(self, record: Outage, given: RowContext) -> dict[str, Any]:
        return {"cause": record.cause}
