"""Where an actor stands in alliances, and since when. No Streamlit."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

import pandas as pd

from annotations.dossier import Dossier
from annotations.schema import Alliance
from annotations.spans import turns
from dashboard.atlas.alliances import standing_in_words
from dashboard.atlas.standings import FULL
from dashboard.look.markup import templates
from dashboard.views.actors.profile import _shown_groups


def standings_of(dossier: Dossier, actor_id: str) -> pd.DataFrame:
    """An actor's standings in alliances over time.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str

    Returns
    -------
    pandas.DataFrame
        Columns: alliance (short name), status (label), full (bool: member), start, end (dates; a
        span that lasts ends on the dossier's date), dates (text), record (id). A standing without
        a start is left out: it cannot be drawn, the profile's text has it.
    """
    today = dossier.head.as_of.last_day
    rows = []
    for alliance in dossier.of_type(Alliance):
        spans = [member for member in alliance.members if member.actor == actor_id]
        changes = [*turns([member.span for member in spans]), (today, None)]
        for (start, position), (end, _) in pairwise(changes):
            if position is None or spans[position].from_ is None or start > today:
                continue
            member = spans[position]
            rows.append(
                {
                    "alliance": alliance.short,
                    "status": member.status.label,
                    "full": member.status in FULL,
                    "start": start,
                    "end": min(end, today),
                    "dates": standing_in_words(member),
                    "record": alliance.id,
                }
            )
    columns = ["alliance", "status", "full", "start", "end", "dates", "record"]
    return pd.DataFrame(rows, columns=columns)


def standings_html(dossier: Dossier, actor_id: str, ids: Container[str]) -> str:
    """An actor's standings in alliances with their dates as HTML: the chart in words."""
    groups = _shown_groups(dossier, actor_id, ids)
    return templates.get_template("views/actors/standings.html").render(
        entries=next((group.entries for group in groups if group.id == "joins"), ()),
    )
