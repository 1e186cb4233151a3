"""Columns of the tables and features that records are written as.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.atlas import layers

DECIMALS = 5
"""Of coordinates in degrees: a metre, finer than any place is known."""

COLUMNS: Mapping[str, str] = {
    "id": "The record's id.",
    "kind": "Kind of record, or what else is drawn.",
    "type": "What sort of its kind.",
    "title": "Title.",
    "summary": "What the article claims, in the dossier's words.",
    "themes": "Subjects.",
    "theme_ids": "Their ids.",
    "actors": "Everybody whom it names.",
    "actor_ids": "Their ids.",
    "by": "Who acts, sends, is there, speaks, or is described.",
    "toward": "Whom it is done to, sent to, or said about.",
    "mutual": "Relations: whether it holds both ways.",
    "when": "When, for a reader.",
    "start": "Start as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD.",
    "end": "End; empty while it lasts.",
    "expected": "Whether it had not happened yet on the dossier's date.",
    "places": "Where it is drawn, with latitude and longitude.",
    "place_ids": "Ids of these places; a country that stands for an actor has none.",
    "evidence": "How firmly the article puts it.",
    "attributed_to": "Who says so; empty where the article speaks in its own voice.",
    "verdict": "Whether it stands as of the dossier's date.",
    "check": "What is right.",
    "reference": "On what ground.",
    "article_lines": "Lines of the article.",
    "reading": "What to know about how the lines were read.",
    "state": "State of a flow or relation.",
    **{column.name: column.definition for column in layers.COLUMNS},
    "source": "The article, and the dossier's version.",
}
"""Columns that every table has, each with what it holds."""

PART_COLUMNS: Mapping[str, str] = {
    "part": "What of the record this is: place, flow, relation, leg, member, chokepoint, detour.",
    "part_id": "Which one.",
    "place": "Name of the place.",
    "precision": "How far the coordinates can be trusted.",
    "from_name": "Where the line starts.",
    "from_place": "Id of that place; empty where a country stands for an actor.",
    "to_name": "Where it ends.",
    "to_place": "Id of that place.",
    "mode": "Legs: by what.",
    "status": "Legs: whether it operates. Members: standing.",
    "part_km": "Geodesic length of the way, in kilometres.",
    "actor": "Members: who.",
    "country": "Members: alpha-3 code of the country drawn.",
    "since": "Members: from when.",
    "until": "Members: to when.",
    "note": "What to know about it.",
}
"""Columns of what is drawn, beside `COLUMNS`."""
