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
from dashboard.atlas.layer_parts import OPPOSES, Deed, RowContext, role, symbol
from dashboard.look.glyphs import CIRCLE, Glyph

_MARKS = {
    EventType.MEETING: (
        "M8 8.2a2.2 2.2 0 1 0 .01 0zM16 8.2a2.2 2.2 0 1 0 .01 0zM4.8 16.6c.3-2.3 1.6-3.5 "
        "3.2-3.5s2.9 1.2 3.2 3.5zM12.8 16.6c.3-2.3 1.6-3.5 3.2-3.5s2.9 1.2 3.2 3.5z"
    ),
    EventType.ATTACK: (
        "M12 4.5l1.6 4.3 4.2-2-2 4.2 4.2 1.6-4.2 1.6 2 4.2-4.2-2L12 20.2l-1.6-4.2-4.2 2 2"
        "-4.2-4.2-1.6 4.2-1.6-2-4.2 4.2 2z"
    ),
    EventType.STRIKE: "M12 5v6M12 19l-3.6-5.5h7.2z",
    EventType.OFFENSIVE: "M5 10.5h8V7l6.5 5-6.5 5v-3.5H5z",
    EventType.AGREEMENT: "M7 5.5h7l3.5 3.5v9.5H7zM9 11h6v1.3H9zM9 14h6v1.3H9z",
    EventType.VOTE: "M6.5 12l3.7 3.7 7.5-7.7 1.5 1.5-9 9.2L5 13.5z",
    EventType.ACCESSION: "M10.8 5.5h2.4v5.3h5.3v2.4h-5.3v5.3h-2.4v-5.3H5.5v-2.4h5.3z",
    EventType.EXPIRY: "M7 5h10v2.5L13.3 12 17 16.5V19H7v-2.5L10.7 12 7 7.5z",
    EventType.UPHEAVAL: "M13.5 4 6.5 13.5h4.3L9.8 20l7.2-10h-4.6z",
    EventType.ANNOUNCEMENT: "M5.5 10v4h2.7l6.3 3.8V6.2L8.2 10zM16 9.5c1.5 1 1.5 4 0 5z",
}
"""On the circle of an event."""


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
        symbol(term.value, term.label, term.definition, Glyph(CIRCLE, _MARKS[term]), 0, of="event")
        for term in EventType
    )
    roles = (
        role("takes-part", "Takes part in", lambda event, actor: actor in event.by, _what),
        role("hit", "Is hit by", lambda event, actor: actor in event.against, _what),
    )

    def type_of(self, record: Event) -> EventType:
        """What sort of event it is."""
        return record.event

    def glyph(self, record: Event) -> str:
        """That of its type."""
        return record.event.value

    def sign_of(self, record: Event) -> str:
        """That of its type."""
        return f"event:{record.event.value}"

    def facts(self, record: Event, items: Items) -> list[Row]:
        """Where it is, who does it and whom it hits."""
        return [
            Row("Where", items.places(record.places)),
            Row("By", items.actors(record.by)),
            Row("Against", items.actors(record.against)),
            *items.beside(record),
        ]

    def cells(self, record: Event, given: RowContext) -> dict[str, Any]:
        """Who does it and whom it hits."""
        dossier = given.joined.dossier
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
