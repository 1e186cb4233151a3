"""Who does what to whom: what counts as supporting or opposing somebody. No Streamlit."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import pandas as pd

from annotations.dossier import Dossier
from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.vocabulary import EvidenceStatus, FlowState, RelationState, Stance

SUPPORTS, OPPOSES = "supports", "opposes"
"""The two signs of an act, as in `annotations.vocabulary.RelationType.stance`."""


@dataclass(frozen=True)
class Act:
    """One actor does something to another, by one record.

    Attributes
    ----------
    by, toward : str
        Ids of the actors.
    record : Record
    sign : str
        `SUPPORTS` or `OPPOSES`.
    what : str
        What is done, and how far it has come: ``arms, delivered``.
    firm : bool
        Whether it is so, or was done: not only expected, under talks, stalled or over.
    """

    by: str
    toward: str
    record: Record
    sign: str
    what: str
    firm: bool


_FIRM_FLOWS = frozenset({FlowState.DELIVERED, FlowState.PARTLY_DELIVERED})

_SIDES = {Stance.SUPPORTS: SUPPORTS, Stance.OPPOSES: OPPOSES}


def _act_parts(record: Record) -> tuple[str, str, bool, list[tuple[str, str]]] | None:
    """Sign, what, firmness and pairs of a record; None where nobody acts on anybody."""
    expected = record.when.expected or record.evidence.status is EvidenceStatus.FORECAST
    match record:
        case Flow():
            what = f"{record.goods.label.lower()}, {record.state.label.lower()}"
            firm = record.state in _FIRM_FLOWS
            return SUPPORTS, what, firm and not expected, [(record.from_, record.to)]
        case Relation():
            in_force = record.state is RelationState.IN_FORCE
            what = record.relation.label.lower()
            if not in_force:
                what += f", {record.state.label.lower()}"
            pairs = [(a, b) for a in record.by for b in record.toward]
            if record.mutual:
                pairs += [(b, a) for a, b in pairs]
            return record.relation.stance, what, in_force and not expected, pairs
        case Event() if record.against:
            pairs = [(a, b) for a in record.by for b in record.against]
            what = record.event.label.lower() + (", expected" if expected else "")
            return OPPOSES, what, not expected, pairs
        # Who warns or describes speaks of many, for and against none.
        case Statement() if record.stance in _SIDES:
            pairs = [(record.affiliation, b) for b in record.about]
            return _SIDES[record.stance], f"{record.speaker} speaks", True, pairs
        case Alliance() | Corridor() | Event() | Indicator() | Presence() | Statement():
            return None
    return None


def acts_of(dossier: Dossier, shown: Container[str] | None = None) -> list[Act]:
    """What actors do to one another, by all records that say so.

    A flow supports its receiver; a relation has the sign of its type, both ways where it is
    mutual; an event opposes whom it is against; a statement counts where it speaks for or against
    somebody, not where it warns or describes.

    Parameters
    ----------
    dossier : Dossier
    shown : container of str, optional
        Ids of the records to look at; all if not given.

    Returns
    -------
    list of Act
        In the dossier's order.
    """
    acts = []
    for record in dossier.records.values():
        parts = _act_parts(record) if shown is None or record.id in shown else None
        if parts:
            sign, what, firm, pairs = parts
            acts += [Act(a, b, record, sign, what, firm) for a, b in pairs if a != b]
    return acts


_ACT_COLUMNS = [
    *("by", "toward", "sign", "what", "in_force"),
    *("title", "when", "evidence", "verdict", "record"),
]


def acts_table(dossier: Dossier, acts: Sequence[Act]) -> pd.DataFrame:
    """Acts as a table, one row each.

    Parameters
    ----------
    dossier : Dossier
    acts : sequence of Act

    Returns
    -------
    pandas.DataFrame
        Text columns: by, toward, sign, what, in_force, title, when, evidence, verdict, record.
    """
    names = dossier.actors
    rows = [
        {
            "by": names[act.by].name,
            "toward": names[act.toward].name,
            "sign": act.sign,
            "what": act.what,
            "in_force": "yes" if act.firm else "no",
            "title": act.record.title,
            "when": act.record.when.words,
            "evidence": act.record.evidence.status.label,
            "verdict": act.record.check.verdict.label,
            "record": act.record.id,
        }
        for act in acts
    ]
    return pd.DataFrame(rows, columns=_ACT_COLUMNS)
