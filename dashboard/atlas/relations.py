"""Relations: what some actors are to others over time. No Streamlit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from annotations.dossier import Dossier
from annotations.schema import Relation
from annotations.vocabulary import RelationState, RelationType
from dashboard.atlas.actor_names import names_in_cell, names_in_line
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Item, Row
from dashboard.atlas.drawn import DrawnLine, Ends, line_rows
from dashboard.atlas.layer import RecordLayer
from dashboard.atlas.layer_parts import RELATIONS, Deed, RowContext, Sign, line, role
from dashboard.atlas.positions import Parts
from dashboard.look.heads import head_of
from dashboard.look.strokes import line_stroke
from geodata.joined import JoinedDossier


def _what(record: Relation, dossier: Dossier) -> str:
    return record.relation.label.lower()


def _by_whom(record: Relation, dossier: Dossier) -> str:
    return f"{record.relation.label.lower()} by {names_in_line(dossier, record.by)}"


_SOME = 3
"""Relations of the bundle that the legend shows."""


def _sign(stance: str, label: str, definition: str) -> Sign:
    stroke = line_stroke("relation", stance=stance, count=_SOME)
    classes = f"relation stance-{stance}"
    said = label, definition
    return line(f"relation:{stance}", RELATIONS, said, classes, stroke, head_of("relation", stance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(DrawnLine):
    """All relations of one stance between the same two points.

    Attributes
    ----------
    stance : str
        As `RelationType.stance` has it.
    concerned : mapping of str to Ends
        For each record, the ends at those whom it concerns.
    """

    stance: str
    concerned: Mapping[str, Ends]

    def of(self, records: Collection[str]) -> Bundle | None:
        """See `DrawnLine`."""
        kept = {record: ends for record, ends in self.concerned.items() if record in records}
        return _bundle(self.parts, self.km, self.stance, kept) if kept else None


def _bundle(parts: Parts, km: int, stance: str, concerned: Mapping[str, Ends]) -> Bundle:
    return Bundle(
        parts=parts,
        records=tuple(concerned),
        km=km,
        type="relation",
        stroke=line_stroke("relation", stance=stance, count=len(concerned)),
        legend=(f"relation:{stance}",),
        head=head_of("relation", stance),
        ends=reduce(or_, concerned.values()),
        said={"ends": list(concerned.values()), "stance": stance},
        stance=stance,
        concerned=concerned,
    )


class Relations(RecordLayer[Relation]):
    """Arcs between those related; all of one stance between two points are one line."""

    id = "relations"
    label = "Relations"
    one = "Relation"
    kind = "relation"
    definition = "Who backs, sanctions or fights whom."
    signs = (
        _sign("supports", "Supports", "Backs, cooperates with, or settles trade with."),
        _sign("opposes", "Opposes", "Sanctions, shuts out, condemns or fights."),
    )
    roles = (
        role("acts", "Acts toward", lambda r, actor: actor in r.by, _what, "Acts toward others"),
        role("met", "Is met by", lambda r, a: a in r.toward, _by_whom, "Is met by others"),
    )

    def type_of(self, record: Relation) -> RelationType:
        """What one is to the other."""
        return record.relation

    def sign_of(self, record: Relation) -> str:
        """That of its stance."""
        return f"relation:{record.relation.stance}"

    def lines(self, joined: JoinedDossier) -> Iterator[Bundle]:
        """One for all relations of one stance between the same two points."""
        firsts: dict[int, tuple[Any, Parts]] = {}
        ends: dict[int, dict[str, Ends]] = {}
        for row, parts in line_rows(joined, "relation"):
            firsts.setdefault(row.bundle, (row, parts))
            there = Ends.BOTH if row.mutual else Ends.LAST if row.forward else Ends.FIRST
            # Several parties with one seat give one line.
            theirs = ends.setdefault(row.bundle, {})
            theirs[row.record] = theirs.get(row.record, Ends.NEITHER) | there
        for number, (row, parts) in firsts.items():
            record = joined.dossier.records[row.record]
            assert isinstance(record, Relation)
            yield _bundle(parts, round(row.km), record.relation.stance, ends[number])

    def facts(self, record: Relation, items: Items) -> list[Row]:
        """Who is what to whom, and how far that has come."""
        return [
            Row("Between" if record.mutual else "By", items.actors(record.by)),
            Row("and" if record.mutual else "Toward", items.actors(record.toward)),
            Row("State", [Item(record.state.label)]),
            *items.beside(record),
        ]

    def cells(self, record: Relation, given: RowContext) -> dict[str, Any]:
        """Who is related to whom, and whether both ways."""
        dossier = given.joined.dossier
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
