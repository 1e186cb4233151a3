"""Dossiers of random records, so that no test hangs on what the shipped one happens to hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from annotations.vocabulary import (
    EventType,
    EvidenceStatus,
    FlowGoods,
    FlowState,
    LegMode,
    LegStatus,
    MemberStatus,
    PresenceType,
    RelationState,
    RelationType,
    Stance,
    Verdict,
)
from dashboard.atlas import data
from dashboard.atlas.data import Atlas

THEMES = ("alpha", "beta", "gamma", "delta", "epsilon")
STATES = ("BRA", "CHN", "FRA", "IRN", "JPN", "NZL", "RUS", "UKR", "USA")
GROUPS = ("eagles", "falcons")
SEEDS = (7, 1995)

LINES = 150

_WORDS = (
    "Ärger",
    "arms",
    "Bridge",
    "bridge",
    "Çeşme",
    "corn",
    "Éclair",
    "eel",
    "Łódź",
    "Zebra",
    "zu",
)


class _Writer:
    """One dossier's files, all out of one seed."""

    def __init__(self, seed: int, records: int) -> None:
        self.random = Random(seed)
        self.files: dict[str, dict[str, Any]] = {}
        self.places = [f"place-{number}" for number in range(12)]
        self._frame()
        kinds = (
            *("event", "presence", "statement", "indicator"),
            *("flow", "flow", "relation", "relation", "corridor", "alliance"),
        )
        for number in range(records):
            kind = self.random.choice(kinds)
            own = getattr(self, f"_{kind}")()
            folder = f"{kind}s"
            self.files[f"{folder}/record-{number}.yml"] = self._common(number, kind) | own

    def of(self, term: type[Enum]) -> str:
        return str(self.random.choice(list(term)).value)

    def some(self, values: Sequence[Any], most: int) -> list[Any]:
        return self.random.sample(values, self.random.randint(1, most))

    def date(self) -> str:
        year = self.random.choice([1991, 2022, 2023])
        month = self.random.choice([1, 9, 10])
        return self.random.choice([f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-07"])

    def _frame(self) -> None:
        self.files["dossier.yml"] = {
            "title": "Random records",
            "subtitle": "Out of a seed",
            "version": "1.0.0",
            "as_of": "2024-01-31",
            "article": {"description": "None.", "published": "2024-01", "lines": LINES},
            "themes": [
                {"id": theme, "label": theme.title(), "definition": f"About {theme}."}
                for theme in THEMES
            ],
            "view": {"lat": 10.0, "lon": 150.0, "zoom": 2},
        }
        for number, place in enumerate(self.places):
            more: dict[str, Any] = {"type": "city", "precision": "city"}
            if number % 3 == 0:
                more["type"] = "chokepoint"
                more |= {"relevance": "A strait.", "lines": sorted(self.some(range(1, LINES), 2))}
            self.files[f"places/{place}.yml"] = {
                "id": place,
                "name": f"Place {number}",
                "lat": round(self.random.uniform(-50, 70), 3),
                "lon": round(self.random.uniform(-179, 179), 3),
            } | more
        for state in STATES:
            self.files[f"actors/{state}.yml"] = {
                "id": state,
                "name": f"State {state}",
                "type": "state",
                "country": state,
                "seat": self.random.choice(self.places),
            }
        for group in GROUPS:
            self.files[f"actors/{group}.yml"] = {
                "id": group,
                "name": group.title(),
                "type": "armed-group",
                "country": self.random.choice(STATES),
                "seat": self.random.choice(self.places),
            }

    def _common(self, number: int, kind: str) -> dict[str, Any]:
        when: dict[str, Any] = {"date": self.date()}
        return {
            "id": f"record-{number}",
            "kind": kind,
            "title": " ".join(self.some(_WORDS, 2)).ljust(4, "."),
            "summary": " ".join(self.some(_WORDS, 4)),
            "themes": self.some(THEMES, 3),
            "when": when,
            "source": {"lines": sorted(self.some(range(1, LINES), 3))},
            "evidence": {"status": self.of(EvidenceStatus), "attributed_to": "Somebody"},
            "check": {"verdict": self.of(Verdict), "note": "A note.", "reference": "A reference."},
        }

    def _event(self) -> dict[str, Any]:
        return {"event": self.of(EventType), "places": self.some(self.places, 2)}

    def _presence(self) -> dict[str, Any]:
        actor = self.random.choice(STATES)
        places = self.some(self.places, 2)
        return {"presence": self.of(PresenceType), "actor": actor, "places": places}

    def _statement(self) -> dict[str, Any]:
        speaker, about = self.random.sample(STATES, 2)
        return {
            "speaker": "A spokesman",
            "role": "Spokesman",
            "affiliation": speaker,
            "stance": self.of(Stance),
            "about": [about],
            "place": self.random.choice(self.places),
        }

    def _indicator(self) -> dict[str, Any]:
        return {"actor": self.random.choice(STATES), "value": 1.5, "unit": "tonnes", "year": 2023}

    def _flow(self) -> dict[str, Any]:
        sender, receiver = self.random.sample(STATES, 2)
        start, end = self.random.sample(self.places, 2)
        return {
            "from": sender,
            "to": receiver,
            "from_place": start,
            "to_place": end,
            "goods": self.of(FlowGoods),
            "item": "Crates",
            "state": self.of(FlowState),
        }

    def _relation(self) -> dict[str, Any]:
        # Few parties: several relations then share a line.
        by, toward = self.random.sample((*STATES[:4], *GROUPS), 2)
        return {
            "relation": self.of(RelationType),
            "by": [by],
            "toward": [toward],
            "mutual": self.random.random() < 0.3,
            "state": self.of(RelationState),
        }

    def _corridor(self) -> dict[str, Any]:
        stops = self.random.sample(self.places, 4)
        legs = []
        for start, end in pairwise(stops):
            mode = self.of(LegMode)
            leg = {"from": start, "to": end, "mode": mode, "status": self.of(LegStatus)}
            legs.append(leg | ({"direct": True} if mode == LegMode.SEA else {}))
        return {"branches": [{"id": "main", "title": "Main branch", "legs": legs}]}

    def _alliance(self) -> dict[str, Any]:
        members = [
            {"actor": actor, "status": self.of(MemberStatus), "from": "2000"}
            for actor in self.some((*STATES, *GROUPS), 6)
        ]
        return {"short": f"A{self.random.randint(10, 99)}", "members": members}


def write(folder: Path, seed: int, records: int = 70) -> None:
    """Write a dossier's files into an empty folder: the same for the same seed."""
    for name, content in _Writer(seed, records).files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")  # which is YAML, too


@cache
def random_atlas(seed: int) -> Atlas:
    """A dossier of random records, joined and indexed as the app does it. Never changed."""
    with TemporaryDirectory() as folder:
        write(Path(folder), seed)
        atlas = data.load(Path(folder))
    assert not atlas.problems, atlas.problems
    return atlas
