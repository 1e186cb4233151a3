"""Indicators: numbers that the article gives, for a reader figures. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.schema import Indicator
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import Column, RowContext, role, symbol
from dashboard.look.glyphs import PLATE, Glyph


def _value(record: Indicator) -> str:
    """The value with its unit, as it was given: ``19.6 % of GDP``."""
    return f"{record.value:.12g} {record.unit}"


class Indicators(RecordLayer[Indicator]):
    """Symbols where somebody is whom a number describes."""

    id = "indicators"
    label = "Figures"
    one = "Figure"
    kind = "indicator"
    definition = "Numbers that the article gives."
    signs = (
        symbol(
            "indicator",
            "Figure",
            "A number with its year.",
            Glyph(PLATE, "M6 12.5h2.6V17H6zM10.7 9.5h2.6V17h-2.6zM15.4 7H18v10h-2.6z"),
        ),
    )
    columns = (
        Column("value", "Figures: the number.", "float64"),
        Column("unit", "Figures: its unit."),
        Column("year", "Figures: its year.", "Int64"),
    )
    roles = (
        role(
            "figures",
            "Figures",
            lambda indicator, actor: indicator.actor == actor,
            lambda indicator, dossier: f"{_value(indicator)}, {indicator.year}",
        ),
    )

    def facts(self, record: Indicator, items: Items) -> list[Row]:
        """Whom the number describes, and the number."""
        return [
            Row("Of", [items.actor(record.actor)]),
            Row("Value", [Item(f"{_value(record)} ({record.year})")]),
            *items.beside(record),
        ]

    def search_fields(self, record: Indicator) -> Sequence[tuple[str, str, int]]:
        """What is counted."""
        return [("Unit", record.unit, 4)]

    def cells(self, record: Indicator, given: RowContext) -> dict[str, Any]:
        """Whom the number describes, and the number."""
        return {
            "by": names_in_cell(given.joined.dossier, [record.actor]),
            "value": record.value,
            "unit": record.unit,
            "year": record.year,
        }
