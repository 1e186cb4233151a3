"""What was understood of a question: parts, each of which a record has or has not. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.schema import Record
from dashboard.atlas.layers import BY_ID, layer_of
from dashboard.atlas.question_dates import DateSaid
from dashboard.atlas.question_tables import Kind, Said, Target
from dashboard.atlas.search_query import Asked
from dashboard.atlas.search_things import PLACES, Thing


@dataclass(frozen=True)
class Part:
    """One thing that was understood.

    Attributes
    ----------
    id : str
        In the address.
    say : str
        What a reader is told: ``to Tanzania``.
    """

    id: str
    say: str

    def holds(self, thing: Thing) -> float:
        """How well a thing has it, from 0, not at all, to 1."""
        raise NotImplementedError


def _value(record: Record, field: str) -> str:
    """What stands in one of the fields that a question may name."""
    if field == "verdict":
        return record.check.verdict.value
    if field == "status":
        return record.evidence.status.value
    if field == "type":
        term = layer_of(record).type_of(record) or getattr(record, "stance", None)
        return term.value if term else ""
    return str(getattr(record, field, ""))


@dataclass(frozen=True)
class KindPart(Part):
    """A kind of record."""

    kind: Kind

    def holds(self, thing: Thing) -> float:
        """Better for what is meant first."""
        for at, target in enumerate(self.kind.of):
            if quality := _hits(target, thing):
                return quality / (at + 1)
        return 0.0


def _hits(target: Target, thing: Thing) -> float:
    record = thing.record
    if record is None:
        # What can be selected of places are those of a layer that draws no records.
        return float(thing.group == PLACES and bool(thing.select) and not BY_ID[target.layer].kind)
    if thing.group != target.layer:
        return 0.0
    if target.standings:
        return float(any(m.status in target.standings for m in getattr(record, "members", ())))
    if not target.types:
        return 1.0
    type_ = _value(record, "type")
    return 1.0 - 0.1 * target.types.index(type_) if type_ in target.types else 0.0


@dataclass(frozen=True)
class EndPart(Part):
    """An actor at one end of a record: ``by`` does it, ``to`` is whom it is done to."""

    end: str
    actor: str

    def holds(self, thing: Thing) -> float:
        """Both ends where it holds both ways; of a grouping, its members."""
        record = thing.record
        if record is None:
            return 0.0
        members: Any = getattr(record, "members", ())
        if members:
            return float(self.end == "by" and any(m.actor == self.actor for m in members))
        fields = record.role_fields
        if not getattr(record, "mutual", False):
            fields = fields[:1] if self.end == "by" else fields[1:]
        return float(self.actor in record.named(fields))


@dataclass(frozen=True)
class SaidPart(Part):
    """What is said of a record beyond its kind."""

    said: Said

    def holds(self, thing: Thing) -> float:
        """Better for the first of the values."""
        value = _value(thing.record, self.said.field) if thing.record else ""
        values = self.said.values
        return 1.0 - 0.1 * values.index(value) if value in values else 0.0


@dataclass(frozen=True)
class DatePart(Part):
    """When."""

    said: DateSaid

    def holds(self, thing: Thing) -> float:
        """Better for what lies within."""
        return self.said.holds(thing.record) if thing.record else 0.0


@dataclass(frozen=True)
class WordPart(Part):
    """A word that must be found in it."""

    asked: Asked
