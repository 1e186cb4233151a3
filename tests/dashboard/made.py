"""Atlases of dossiers that are made in memory: no file is written or read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.schema import RECORD_TYPES, Place, Record
from dashboard.atlas.address import PILLS, build_choices
from dashboard.atlas.data import Atlas
from dashboard.atlas.draw import draw
from dashboard.atlas.filters import build_index
from dashboard.atlas.scene import build_scene
from dashboard.atlas.search import build_search
from geodata.join import join
from tests.dashboard.editing import BASE


@cache
def small_dossier() -> Dossier:
    """The small dossier, for its actors and places."""
    return load_dossier(BASE)


def place(place_id: str, /, lat: float, lon: float, **fields: Any) -> Place:
    """A city with this id; the other fields as given."""
    content = {"id": place_id, "name": place_id.title(), "type": "city", "precision": "city"}
    return Place.model_validate(content | {"lat": lat, "lon": lon} | fields)


def record(kind: str, record_id: str, /, **fields: Any) -> Record:
    """A record of a kind (``event``) with this id; what all records need is filled in."""
    folder = next(f for f, m in RECORD_TYPES.items() if m.__name__.lower() == kind)
    content = {
        "id": record_id,
        "kind": kind,
        "title": f"Record {record_id}",
        "summary": "What the article would say.",
        "themes": ["diplomacy"],
        "when": {"date": "2023"},
        "source": {"lines": [1]},
        "evidence": {"status": "reported"},
        "check": {"verdict": "unverified"},
    }
    return RECORD_TYPES[folder].model_validate(content | fields)


def dossier_of(records: Iterable[Record], places: Iterable[Place] = (), **parts: Any) -> Dossier:
    """The small dossier with these records alone, more places, and other parts changed."""
    base = small_dossier()
    return replace(
        base,
        records={r.id: r for r in sorted(records, key=lambda r: r.id)},
        places={**base.places, **{p.id: p for p in places}},
        **parts,
    )


def atlas_of(dossier: Dossier, like: Atlas) -> Atlas:
    """An atlas of a dossier, on the base map of another."""
    joined = join(dossier, like.countries)
    index = build_index(joined.dossier)
    drawn = draw(joined, like.disputed)
    return replace(
        like,
        joined=joined,
        index=index,
        choices=build_choices(joined.dossier, index, drawn.things),
        drawn=drawn,
        scene=build_scene(drawn, like.borders.short, dict.fromkeys(PILLS, ())),
        search=build_search(joined.dossier, index.totals["actor"], drawn.places),
    )
