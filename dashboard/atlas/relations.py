"""Relations: what some actors are to others over time. No Streamlit."""

from __future__ import annotations

from typing import Any

from annotations.dossier import Dossier
from annotations.schema import Relation
from annotations.vocabulary import RelationState, RelationType
from dashboard.atlas.actor_names import names_in_cell, names_in_line
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import RELATIONS, Deed, Drawn, line, role
from dashboard.look.heads import head_of
from dashboard.look.strokes import line_stroke

_SOME = 3
"""Relations of the bundle that the legend shows."""


def _what(record: Relation, dossier: Dossier) -> str:
    return record.relation.label.lower()


def _by_whom(record: Relation, dossier: Dossier) -> str:
    return f"{record.relation.label.lower()} by {names_in_line(dossier, record.by)}"


class Relations(RecordLayer[Relation]):
    """Arcs between those related; all of one stance between two points are one line."""

    id = "relations"
    label = "Relations"
    one = "Relation"
    kind = "relation"
    definition = "Who backs, sanctions or fights whom."
    signs = (
        line(
            "relation:supports",
            RELATIONS,
            ("Supports", "Backs, cooperates with, or settles trade with."),
            "relation stance-supports",
            line_stroke("relation", stance="supports", count=_SOME),
            head_of("relation", "supports"),
        ),
        line(
            "relation:opposes",
            RELATIONS,
            ("Opposes", "Sanctions, shuts out, condemns or fights."),
            "relation stance-opposes",
            line_stroke("relation", stance="opposes", count=_SOME),
            head_of("relation", "opposes"),
        ),
    )
    roles = (
        role("acts", "Acts toward", lambda r, actor: actor in r.by, _what, "Acts toward others"),
        role("met", "Is met by", lambda r, a: a in r.toward, _by_whom, "Is met by others"),
    )

    def type_of(self, record: Relation) -> RelationType:
        """What one is to the other."""
        return record.relation

    def facts(self, record: Relation, items: Items) -> list[Row]:
        """Who is what to whom, and how far that has come."""
        return [
            Row("Between" if record.mutual else "By", items.actors(record.by)),
            Row("and" if record.mutual else "Toward", items.actors(record.toward)),
            Row("State", [Item(record.state.label)]),
            *items.beside(record),
        ]

    def cells(self, record: Relation, drawn: Drawn) -> dict[str, Any]:
        """Who is related to whom, and whether both ways."""
        dossier = drawn.joined.dossier
        return {
            "by": names_in_cell(dossier, record.by),
            "toward": names_in_cell(dossier, record.toward),
            "mutual": record.mutual,
            "state": record.state.value,
        }

    def deed(self, record: Relation, expected: bool) -> Deed:
        """Its type has a sign; both ways where it is mutual."""
        in_force = record.state is RelationState.IN_FORCE
        what = record.relation.label.lower()
        if not in_force:
            what += f", {record.state.label.lower()}"
        pairs = [(a, b) for a in record.by for b in record.toward]
        if record.mutual:
            pairs += [(b, a) for a, b in pairs]
        return Deed(record.relation.stance, what, in_force and not expected, pairs)
