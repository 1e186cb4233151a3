"""Which records belong to an actor, and in which role.

The card on the map and the actors page both show it. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.dossier import Dossier
from annotations.schema import (
    Alliance,
    Event,
    Flow,
    Indicator,
    Member,
    Presence,
    Record,
    Relation,
    Statement,
)
from dashboard.atlas.layers import type_in_words
from dashboard.look.tables import named_beside


@dataclass(frozen=True)
class Entry:
    """A record in an actor's profile.

    Attributes
    ----------
    record : Record
    text : str
        What it is called here.
    note : str
        What it says of the actor: with whom, in which state, since when.
    """

    record: Record
    text: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The records in which an actor has one role.

    Attributes
    ----------
    id : str
        Stable name of the role.
    label : str
        The role as a reader sees it.
    entries : sequence of Entry
        Never empty.
    """

    id: str
    label: str
    entries: Sequence[Entry]


def standing_in_words(member: Member) -> str:
    """Dates of a standing: ``since 1 January 2024``, ``1997 – 27 March 2014``, or nothing."""
    start = member.from_.words if member.from_ else ""
    if member.to:
        return f"{start} – {member.to.words}" if start else f"until {member.to.words}"
    return f"since {start}" if start else ""


def value_in_words(record: Indicator) -> str:
    """An indicator's value with its unit, as it was given: ``19.6 % of GDP``."""
    return f"{record.value:.12g} {record.unit}"


def profile_of(dossier: Dossier, actor_id: str) -> list[Group]:
    """Every record that names an actor, by the role it has there.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str
        Id of an actor of the dossier.

    Returns
    -------
    list of Group
        In a fixed order; roles that the actor does not have are left out. A record stands in
        several groups where it gives the actor several roles.
    """

    def name(*ids: str) -> str:
        return named_beside([dossier.actors[i].name for i in ids])

    def found(records: Iterable[Record], note: Callable[[Any], str]) -> list[Entry]:
        return [Entry(record, record.title, note(record)) for record in records]

    of = dossier.of_type
    groups = [
        Group(
            "sends",
            "Sends",
            found(
                (flow for flow in of(Flow) if flow.from_ == actor_id),
                lambda flow: f"to {name(flow.to)}, {flow.state.label.lower()}",
            ),
        ),
        Group(
            "receives",
            "Receives",
            found(
                (flow for flow in of(Flow) if flow.to == actor_id),
                lambda flow: f"from {name(flow.from_)}, {flow.state.label.lower()}",
            ),
        ),
        Group(
            "joins",
            "Joins",
            [
                Entry(
                    alliance,
                    f"{alliance.short}: {member.status.label.lower()}",
                    standing_in_words(member),
                )
                for alliance in of(Alliance)
                for member in alliance.members
                if member.actor == actor_id
            ],
        ),
        Group(
            "acts",
            "Acts toward",
            found((r for r in of(Relation) if actor_id in r.by), type_in_words),
        ),
        Group(
            "met",
            "Is met by",
            found(
                (r for r in of(Relation) if actor_id in r.toward),
                lambda r: f"{type_in_words(r)} by {name(*r.by)}",
            ),
        ),
        Group(
            "takes-part",
            "Takes part in",
            found((e for e in of(Event) if actor_id in e.by), type_in_words),
        ),
        Group(
            "hit",
            "Is hit by",
            found((e for e in of(Event) if actor_id in e.against), type_in_words),
        ),
        Group(
            "present",
            "Is present in",
            found((p for p in of(Presence) if p.actor == actor_id), type_in_words),
        ),
        Group(
            "states",
            "States",
            found((s for s in of(Statement) if s.affiliation == actor_id), lambda s: s.speaker),
        ),
        Group(
            "spoken-of",
            "Is spoken of",
            found((s for s in of(Statement) if actor_id in s.about), lambda s: s.speaker),
        ),
        Group(
            "figures",
            "Figures",
            found(
                (i for i in of(Indicator) if i.actor == actor_id),
                lambda i: f"{value_in_words(i)}, {i.year}",
            ),
        ),
        Group(
            "named",
            "Is named in",
            found((r for r in dossier.records.values() if actor_id in r.actors), type_in_words),
        ),
    ]
    return [group for group in groups if group.entries]
