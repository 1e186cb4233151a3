"""Which records belong to an actor, and in which role.

The card on the map and the actors page both show it. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.dossier import Dossier
from dashboard.atlas.layer_parts import Entry
from dashboard.atlas.layers import ROLES, layer_of


@dataclass(frozen=True)
class Group:
    """The records in which an actor has one role.

    Attributes
    ----------
    id : str
        Stable name of the role.
    label : str
        The role as a reader sees it.
    heading : str
        The same over a list of its own.
    entries : sequence of Entry
        Never empty.
    """

    id: str
    label: str
    heading: str
    entries: Sequence[Entry]


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
    records = dossier.records.values()
    groups = [
        Group(
            role.id,
            role.label,
            role.heading,
            [
                entry
                for record in records
                if layer_of(record) is layer
                for entry in role.entries(record, actor_id, dossier)
            ],
        )
        for layer, role in ROLES
    ]
    named = [
        Entry(record, record.title, layer_of(record).type_in_words(record))
        for record in records
        if actor_id in record.actors
    ]
    groups.append(Group("named", "Is named in", "Named beside others", named))
    return [group for group in groups if group.entries]
