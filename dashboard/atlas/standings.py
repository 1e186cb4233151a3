"""Who belongs to an alliance on a day, and with which standing. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from annotations.spans import holding
from annotations.vocabulary import ActorType, MemberStatus
from geodata.joined import JoinedDossier

OUTSIDE = frozenset({MemberStatus.DECLINED, MemberStatus.FORMER})
"""Standings that are not drawn: the party is not in."""

FULL = frozenset({MemberStatus.MEMBER, MemberStatus.PARTNER})
"""Standings that are filled plainly; all other are striped."""


def spans_at(members: pd.DataFrame, alliance: str, day: date) -> list[Any]:
    """Rows of an alliance that hold on a day, with those of parties that refused or have left.

    Parameters
    ----------
    members : pandas.DataFrame
        As in `JoinedDossier.members`.
    alliance : str
        Id of the alliance.
    day : datetime.date
        The day asked for.

    Returns
    -------
    list of namedtuple
        With the columns of `members` as attributes; at most one a party.
    """
    parties: dict[str, list[Any]] = {}
    for row in members[members["alliance"] == alliance].itertuples():
        parties.setdefault(row.actor, []).append(row)
    held = [
        rows[position]
        for rows in parties.values()
        if (position := holding([(row.start, row.end) for row in rows], day)) is not None
    ]
    return sorted(held, key=lambda row: row.Index)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a party stands to an alliance: `country` is that of the party, or where it is."""

    actor: str
    country: str
    status: MemberStatus


@dataclass(frozen=True, slots=True)
class Fill(Standing):
    """A country that is filled for a party; striped unless it is `full`."""

    full: bool


def standing_at(members: pd.DataFrame, alliance: str, day: date) -> list[Standing]:
    """Who stands how to an alliance on a day.

    Parameters
    ----------
    members : pandas.DataFrame
        As in `JoinedDossier.members`.
    alliance : str
        Id of the alliance.
    day : datetime.date
        The day asked for.

    Returns
    -------
    list of Standing
        Of each party that is in, or near, on that day.
    """
    return [
        Standing(row.actor, row.country, status)
        for row in spans_at(members, alliance, day)
        if (status := MemberStatus(row.status)) not in OUTSIDE
    ]


def fills_at(joined: JoinedDossier, alliance: str, day: date) -> list[Fill]:
    """Countries to fill for an alliance on a day.

    A movement's country is not itself a party: it is filled as less than a member. A body of
    several states has no country to fill.

    Parameters
    ----------
    joined : JoinedDossier
    alliance : str
        Id of the alliance.
    day : datetime.date

    Returns
    -------
    list of Fill
    """
    fills = []
    for one in standing_at(joined.members, alliance, day):
        sort = joined.dossier.actors[one.actor].type
        if sort in (ActorType.STATE, ActorType.ARMED_GROUP):
            full = sort is ActorType.STATE and one.status in FULL
            fills.append(Fill(one.actor, one.country, one.status, full))
    # A state that is a party itself outweighs the movements in it.
    states = {fill.country for fill in fills if fill.country == fill.actor}
    return [f for f in fills if f.country == f.actor or f.country not in states]
