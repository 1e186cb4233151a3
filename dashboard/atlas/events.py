"""Events: what happened, or is expected, at a place. No Streamlit."""

from __future__ import annotations

from typing import Any

from annotations.dossier import Dossier
from annotations.schema import Event
from annotations.vocabulary import EventType
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import OPPOSES, SYMBOLS, Deed, Drawn, Sign, role


def _what(record: Event, dossier: Dossier) -> str:
    return record.event.label.lower()


class Events(RecordLayer[Event]):
    """Symbols at places, one for each type of event."""

    id = "events"
    label = "Events"
    one = "Event"
    kind = "event"
    definition = "What happened, or is expected, at a place."
    signs = tuple(
        Sign(f"event:{term.value}", SYMBOLS, term.label, term.definition, {"glyph": term.value}, 0)
        for term in EventType
    )
    roles = (
        role("takes-part", "Takes part in", lambda event, actor: actor in event.by, _what),
        role("hit", "Is hit by", lambda event, actor: actor in event.against, _what),
    )

    def type_of(self, record: Event) -> EventType:
        """What sort of event it is."""
        return record.event

    def facts(self, record: Event, items: Items) -> list[Row]:
        """Where it is, who does it and whom it hits."""
        return [
            Row("Where", items.places(record.places)),
            Row("By", items.actors(record.by)),
            Row("Against", items.actors(record.against)),
            *items.beside(record),
        ]

    def cells(self, record: Event, drawn: Drawn) -> dict[str, Any]:
        """Who does it and whom it hits."""
        dossier = drawn.joined.dossier
        return {
            "by": names_in_cell(dossier, record.by),
            "toward": names_in_cell(dossier, record.against),
        }

    def deed(self, record: Event, expected: bool) -> Deed | None:
        """Who takes part opposes whom it is against."""
        if not record.against:
            return None
        pairs = [(a, b) for a in record.by for b in record.against]
        what = record.event.label.lower() + (", expected" if expected else "")
        return Deed(OPPOSES, what, not expected, pairs)
