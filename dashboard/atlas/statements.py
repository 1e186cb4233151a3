"""Statements: what somebody said. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.schema import Statement
from annotations.vocabulary import Stance
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import (
    OPPOSES,
    SUPPORTS,
    Column,
    Deed,
    RowContext,
    role,
    symbol,
)
from dashboard.look.glyphs import BUBBLE, Glyph

_SIDES = {Stance.SUPPORTS: SUPPORTS, Stance.OPPOSES: OPPOSES}


class Statements(RecordLayer[Statement]):
    """Symbols where something was said, or where who said it has its seat."""

    id = "statements"
    label = "Statements"
    one = "Statement"
    kind = "statement"
    definition = "Who said what about whom."
    signs = (
        symbol(
            "statement",
            "Statement",
            "Somebody is cited.",
            Glyph(BUBBLE, "M6 7h12v1.6H6zM6 11h8.5v1.6H6z"),
            rank=0,
        ),
    )
    columns = (
        Column("speaker", "Statements: who speaks, and as what."),
        Column("stance", "Statements: how the speaker stands to it."),
    )
    roles = (
        role(
            "states",
            "States",
            lambda statement, actor: statement.affiliation == actor,
            lambda statement, dossier: statement.speaker,
            "Statements on its behalf",
        ),
        role(
            "spoken-of",
            "Is spoken of",
            lambda statement, actor: actor in statement.about,
            lambda statement, dossier: statement.speaker,
            "Statements about it",
        ),
    )

    def facts(self, record: Statement, items: Items) -> list[Row]:
        """Who speaks, for whom, how and about whom."""
        return [
            Row("Speaker", [Item(f"{record.speaker}, {record.role}")]),
            Row("For", [items.actor(record.affiliation)]),
            Row("Stance", [Item(record.stance.label)]),
            Row("About", items.actors(record.about)),
            *items.beside(record),
        ]

    def search_fields(self, record: Statement) -> Sequence[tuple[str, str, int]]:
        """Who speaks."""
        return [("Speaker", f"{record.speaker}, {record.role}", 6)]

    def cells(self, record: Statement, given: RowContext) -> dict[str, Any]:
        """Who speaks for whom about whom, and how."""
        dossier = given.joined.dossier
        return {
            "by": names_in_cell(dossier, [record.affiliation]),
            "toward": names_in_cell(dossier, record.about),
            "speaker": f"{record.speaker}, {record.role}",
            "stance": record.stance.value,
        }

    def deed(self, record: Statement, expected: bool) -> Deed | None:
        """Who warns or describes speaks of many, for and against none."""
        if record.stance not in _SIDES:
            return None
        pairs = [(record.affiliation, b) for b in record.about]
        return Deed(_SIDES[record.stance], f"{record.speaker} speaks", True, pairs)
