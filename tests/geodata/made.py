"""Records that are made in memory, for the small dossier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotations.dossier import Dossier
from annotations.schema import RECORD_TYPES, Record


def record(kind: str, name: str, **fields: Any) -> Record:
    content = {
        "id": name,
        "kind": kind.removesuffix("s"),
        "title": f"Record {name}",
        "summary": "What the article would say.",
        "themes": ["diplomacy"],
        "when": {"date": "2023"},
        "source": {"lines": [1]},
        "evidence": {"status": "reported"},
        "check": {"verdict": "unverified"},
    }
    return RECORD_TYPES[kind].model_validate(content | fields)


def flow(name: str, sender: str, receiver: str, **fields: Any) -> Record:
    content = {"from": sender, "to": receiver, "goods": "arms", "item": "It", "state": "agreed"}
    return record("flows", name, **(content | fields))


def relation(name: str, by: str, toward: str, what: str = "backing", **fields: Any) -> Record:
    content = {"by": [by], "toward": [toward], "relation": what, "state": "in-force"}
    return record("relations", name, **(content | fields))


def with_records(base: Dossier, *records: Record, **actors: dict[str, Any]) -> Dossier:
    """The small dossier with these records alone, and these fields of actors changed."""
    changed = {name: base.actors[name].model_copy(update=new) for name, new in actors.items()}
    return replace(base, records={r.id: r for r in records}, actors={**base.actors, **changed})
