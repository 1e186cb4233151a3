"""The registry of map layers: each is a module beside this one, entered here.

Filters, legend, list, cards, search, profiles and tables go through it; none of them names a layer
or asks of which kind a record is. No Streamlit.
"""

from __future__ import annotations

from typing import Any

from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.alliances import Alliances
from dashboard.atlas.chokepoints import Chokepoints
from dashboard.atlas.corridors import Corridors
from dashboard.atlas.disputed import Disputed
from dashboard.atlas.events import Events
from dashboard.atlas.flows import Flows
from dashboard.atlas.indicators import Indicators
from dashboard.atlas.layer import Layer, RecordLayer, ThingLayer
from dashboard.atlas.layer_parts import FIRMNESS, GROUPS, Column, Role, Sign
from dashboard.atlas.presences import Presences
from dashboard.atlas.relations import Relations
from dashboard.atlas.statements import Statements
from dashboard.look.glyphs import DOT, Glyph

LAYERS: tuple[Layer, ...] = (
    Alliances(),
    Corridors(),
    Flows(),
    Relations(),
    Events(),
    Presences(),
    Statements(),
    Indicators(),
    Chokepoints(),
    Disputed(),
)
"""In the order of the filter's buttons and of the list."""

RECORD_LAYERS: tuple[RecordLayer[Any], ...] = tuple(
    layer for layer in LAYERS if isinstance(layer, RecordLayer)
)

THING_LAYERS: dict[str, ThingLayer] = {
    layer.id: layer for layer in LAYERS if isinstance(layer, ThingLayer)
}
"""Those that hold no records, by id."""

BY_ID: dict[str, Layer] = {layer.id: layer for layer in LAYERS}
BY_KIND: dict[str, RecordLayer[Any]] = {layer.kind: layer for layer in RECORD_LAYERS}


def layer_of(record: Record) -> RecordLayer[Any]:
    """The layer that draws a record."""
    return BY_KIND[record.kind]


FIRM = frozenset({EvidenceStatus.REPORTED, EvidenceStatus.OFFICIAL_CLAIM, EvidenceStatus.CONTEXT})
"""Evidence that is drawn at full strength; all other is drawn lighter."""

_LIGHTER = Sign(
    "light",
    FIRMNESS,
    "Allegation, forecast or opinion: lighter",
    "The article does not state it as fact.",
    {"fill": "outline"},
)

SIGNS: tuple[Sign, ...] = tuple(
    sorted(
        [_LIGHTER, *(sign for layer in LAYERS for sign in layer.signs)],
        key=lambda sign: (GROUPS.index(sign.group), sign.rank),
    )
)
"""The legend, in order; themes and alliances are added from the dossier."""

GLYPHS: dict[str, Glyph] = {
    "dot": DOT,
    **{sign.sample["glyph"]: sign.glyph for sign in SIGNS if sign.glyph},
}
"""Symbols, by name."""

COLUMNS: tuple[Column, ...] = tuple(
    sorted(
        (column for layer in RECORD_LAYERS for column in layer.columns),
        key=lambda column: column.rank,
    )
)
"""Columns of exported tables that the records of one layer fill."""

ROLES: tuple[tuple[RecordLayer[Any], Role], ...] = tuple(
    sorted(
        ((layer, role) for layer in RECORD_LAYERS for role in layer.roles),
        key=lambda one: one[1].rank,
    )
)
"""What an actor can be in a record, each with the layer of such records."""
