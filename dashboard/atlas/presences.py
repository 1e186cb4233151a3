"""Presences: forces, a militia or a network in a place. No Streamlit."""

from __future__ import annotations

from typing import Any

from annotations.schema import Presence
from annotations.vocabulary import PresenceType
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import RowContext, role, symbol
from dashboard.look.glyphs import SHIELD, Glyph


class Presences(RecordLayer[Presence]):
    """Symbols where somebody is."""

    id = "presences"
    label = "Presences"
    one = "Presence"
    kind = "presence"
    definition = "Forces, militias and networks."
    signs = (
        symbol(
            "presence",
            "Presence",
            "Forces or a network.",
            Glyph(SHIELD, "M12 6l1.5 3.6 3.9.3-3 2.5 1 3.8-3.4-2.1-3.4 2.1 1-3.8-3-2.5 3.9-.3z"),
        ),
    )
    roles = (
        role(
            "present",
            "Is present in",
            lambda presence, actor: presence.actor == actor,
            lambda presence, dossier: presence.presence.label.lower(),
            "Presence",
        ),
    )

    def type_of(self, record: Presence) -> PresenceType:
        """What is there."""
        return record.presence

    def facts(self, record: Presence, items: Items) -> list[Row]:
        """Who is there, and where."""
        return [
            Row("Who", [items.actor(record.actor)]),
            Row("Where", items.places(record.places)),
            *items.beside(record),
        ]

    def cells(self, record: Presence, given: RowContext) -> dict[str, Any]:
        """Who is there."""
        return {"by": names_in_cell(given.joined.dossier, [record.actor])}
