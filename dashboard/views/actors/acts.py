"""Who does what to whom: what counts as supporting or opposing somebody. No Streamlit."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import pandas as pd

from annotations.dossier import Dossier
from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.layers import layer_of


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
        if shown is not None and record.id not in shown:
            continue
        expected = record.when.expected or record.evidence.status is EvidenceStatus.FORECAST
        if deed := layer_of(record).deed(record, expected):
            sign, what, firm, pairs = deed
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
