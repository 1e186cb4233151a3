"""Flows: something that one actor sends, or means to send, to another. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotations.dossier import Dossier
from annotations.schema import Flow
from annotations.vocabulary import FlowGoods, FlowState
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.drawn import DrawnLine, Ends, line_rows
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import FLOWS, SUPPORTS, Column, Deed, RowContext, line, role
from dashboard.look.heads import head_of
from dashboard.look.strokes import line_stroke
from geodata.joined import JoinedDossier

_ARRIVING = frozenset({FlowState.DELIVERED, FlowState.PARTLY_DELIVERED})


def _to(flow: Flow, dossier: Dossier) -> str:
    return f"to {dossier.actors[flow.to].name}, {flow.state.label.lower()}"


def _from(flow: Flow, dossier: Dossier) -> str:
    return f"from {dossier.actors[flow.from_].name}, {flow.state.label.lower()}"


class Flows(RecordLayer[Flow]):
    """Arcs from sender to receiver."""

    id = "flows"
    label = "Flows"
    one = "Flow"
    kind = "flow"
    definition = "Arms, aid, money and goods from sender to receiver."
    signs = tuple(
        line(
            f"flow:{state.value}",
            FLOWS,
            (state.label, state.definition),
            f"flow state-{state.value}",
            line_stroke("flow", state=state),
            head_of("flow"),
        )
        for state in FlowState
    )
    columns = (
        Column("item", "Flows: what exactly.", rank=0),
        Column("quantity", "Flows: how much.", rank=0),
    )
    depth = 1
    roles = (
        role("sends", "Sends", lambda flow, actor: flow.from_ == actor, _to, rank=0),
        role("receives", "Receives", lambda flow, actor: flow.to == actor, _from, rank=0),
    )

    def type_of(self, record: Flow) -> FlowGoods:
        """What moves."""
        return record.goods

    def sign_of(self, record: Flow) -> str:
        """That of its state."""
        return f"flow:{record.state.value}"

    def lines(self, joined: JoinedDossier) -> Iterator[DrawnLine]:
        """An arc each, with its head at the receiver."""
        for row, parts in line_rows(joined, "flow"):
            state = FlowState(row.state)
            yield DrawnLine(
                parts=parts,
                records=(row.record,),
                km=round(row.km),
                type="flow",
                stroke=line_stroke("flow", state=state),
                legend=(f"flow:{state.value}",),
                tip=f"{row.from_name} → {row.to_name} · {state.label.lower()}",
                head=head_of("flow"),
                ends=Ends.LAST,
                said={"state": state.value},
            )

    def facts(self, record: Flow, items: Items) -> list[Row]:
        """Who sends what to whom, how much of it, and how far it has come."""
        places = [p for p in (record.from_place, record.to_place) if p]
        return [
            Row("From", [items.actor(record.from_)]),
            Row("To", [items.actor(record.to)]),
            Row("What", [Item(record.item)]),
            Row("How much", [Item(record.quantity)] if record.quantity else []),
            Row("State", [Item(record.state.label)]),
            Row("Drawn", items.places(places)),
            *items.beside(record),
        ]

    def search_fields(self, record: Flow) -> Sequence[tuple[str, str, int]]:
        """What exactly is sent."""
        return [("What", record.item, 6)]

    def cells(self, record: Flow, given: RowContext) -> dict[str, Any]:
        """Who sends what to whom."""
        dossier = given.joined.dossier
        return {
            "by": names_in_cell(dossier, [record.from_]),
            "toward": names_in_cell(dossier, [record.to]),
            "state": record.state.value,
            "item": record.item,
            "quantity": record.quantity,
        }

    def deed(self, record: Flow, expected: bool) -> Deed:
        """Who sends, supports."""
        what = f"{record.goods.label.lower()}, {record.state.label.lower()}"
        firm = record.state in _ARRIVING and not expected
        return Deed(SUPPORTS, what, firm, [(record.from_, record.to)])
