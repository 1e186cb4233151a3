"""What each kind of record says in the tables, field by field, and what the columns are called."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from annotations.schema import Record
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import records
from dashboard.formats.record_columns import COLUMNS, PART_COLUMNS
from dashboard.formats.record_rows import Records
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief
from tests.dashboard.made import atlas_of, dossier_of, place, record
from tests.nonempty import nonempty

# Scripts and projects of others name these columns: who renames one breaks them.
NAMES = [
    "id", "kind", "type", "title", "summary", "themes", "theme_ids", "actors", "actor_ids", "by",
    "toward", "mutual", "when", "start", "end", "expected", "places", "place_ids", "evidence",
    "attributed_to", "verdict", "check", "reference", "article_lines", "reading", "state", "item",
    "quantity", "speaker", "stance", "value", "unit", "year", "members", "km", "source",
]  # fmt: skip
PART_NAMES = [
    "part", "part_id", "place", "precision", "from_name", "from_place", "to_name", "to_place",
    "mode", "status", "part_km", "actor", "country", "since", "until", "note",
]  # fmt: skip


def test_columns_keep_their_names_and_each_says_what_it_holds() -> None:
    assert list(COLUMNS) == NAMES
    assert list(PART_COLUMNS) == PART_NAMES
    for words in nonempty([*COLUMNS.values(), *PART_COLUMNS.values()]):
        assert re.fullmatch(r"[A-Z].*\.", words)


COMMON = {
    "kind": "",
    "summary": "What the article would say.",
    "themes": "Diplomacy; Arms transfers",
    "theme_ids": "diplomacy; arms-transfers",
    "when": "since February 2022",
    "start": "2022-02",
    "expected": False,
    "evidence": "allegation",
    "attributed_to": "A neighbour",
    "verdict": "wrong",
    "check": "It was not so.",
    "reference": "A book.",
    "article_lines": "4, 5, 9",
    "reading": "Line 9 is garbled.",
    "source": (
        "No article; only its length matters here. Dossier Atlas, dossier “base” version 1.0.0, as "
        "of 31 January 2024. Article lines 4–5, 9."
    ),
}
"""What is the same of all that `said` makes."""

TEHRAN, MOSCOW, KYIV = "Tehran (35.69, 51.39)", "Moscow (55.75, 37.62)", "Kyiv (50.45, 30.52)"


def said(kind: str, **fields: Any) -> Record:
    """A record of which every field that all kinds have is filled in."""
    common = {
        "themes": ["diplomacy", "arms-transfers"],
        "when": {"from": "2022-02", "open": True},
        "source": {"lines": [4, 5, 9], "note": "Line 9 is garbled."},
        "evidence": {"status": "allegation", "attributed_to": "A neighbour"},
        "check": {"verdict": "wrong", "note": "It was not so.", "reference": "A book."},
    }
    return record(kind, "it", **(common | fields))


EACH: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "flow": (
        {"from": "IRN", "to": "RUS", "goods": "arms", "item": "Drones", "quantity": "A dozen",
         "state": "agreed"},
        {"type": "arms", "actors": "Iran; Russia", "actor_ids": "IRN; RUS", "by": "Iran",
         "toward": "Russia", "item": "Drones", "quantity": "A dozen", "state": "agreed",
         "places": f"{TEHRAN}; {MOSCOW}", "place_ids": "tehran; moscow"},
    ),
    "event": (
        {"event": "strike", "places": ["kyiv"], "by": ["RUS"], "against": ["UKR"]},
        {"type": "strike", "actors": "Russia; Ukraine", "actor_ids": "RUS; UKR", "by": "Russia",
         "toward": "Ukraine", "places": KYIV, "place_ids": "kyiv"},
    ),
    "relation": (
        {"relation": "backing", "by": ["IRN"], "toward": ["RUS"], "mutual": True,
         "state": "pending"},
        {"type": "backing", "actors": "Iran; Russia", "actor_ids": "IRN; RUS", "by": "Iran",
         "toward": "Russia", "mutual": True, "state": "pending",
         "places": f"{TEHRAN}; {MOSCOW}", "place_ids": "tehran; moscow"},
    ),
    "presence": (
        {"presence": "advisers", "actor": "IRN", "places": ["moscow"]},
        {"type": "advisers", "actors": "Iran", "actor_ids": "IRN", "by": "Iran",
         "places": MOSCOW, "place_ids": "moscow"},
    ),
    "statement": (
        {"speaker": "Jane Roe", "role": "spokeswoman", "affiliation": "UKR", "about": ["IRN"],
         "stance": "warns", "place": "kyiv"},
        {"type": "statement", "actors": "Ukraine; Iran", "actor_ids": "UKR; IRN", "by": "Ukraine",
         "toward": "Iran", "speaker": "Jane Roe, spokeswoman", "stance": "warns",
         "places": KYIV, "place_ids": "kyiv"},
    ),
    "indicator": (
        {"actor": "IRN", "value": 45.8, "unit": "per cent", "year": 2023},
        {"type": "figure", "actors": "Iran", "actor_ids": "IRN", "by": "Iran", "value": 45.8,
         "unit": "per cent", "year": 2023, "places": TEHRAN, "place_ids": "tehran"},
    ),
    "alliance": (
        {"short": "It", "members": [{"actor": "RUS", "status": "member", "from": "2009-06"},
                                    {"actor": "IRN", "status": "observer"}]},
        {"type": "alliance", "members": "Russia (member since June 2009); Iran (observer)"},
    ),
    "corridor": (
        {"branches": [{"id": "way", "title": "A way", "legs": [
            {"from": "moscow", "to": "kyiv", "mode": "rail", "status": "operating"}]}]},
        {"type": "corridor", "km": 756.9, "places": f"{MOSCOW}; {KYIV}",
         "place_ids": "moscow; kyiv"},
    ),
}  # fmt: skip


def sheet_of(atlas: Atlas, **options: Any) -> Sheet:
    return compose(atlas, Brief(**({"extent": "world"} | options)), "http://here")


@pytest.mark.parametrize("kind", EACH)
def test_a_row_says_all_that_its_record_says(little: Atlas, kind: str) -> None:
    fields, own = EACH[kind]
    made = atlas_of(dossier_of([said(kind, **fields)]), little)
    assert not made.problems
    screen = Screen(alliance=("it",) if kind == "alliance" else ())
    row = Records(made, sheet_of(made, screen=screen)).rows["it"]
    assert list(row) == NAMES
    found = {name: value for name, value in row.items() if value is not None}
    assert found == {**COMMON, "id": "it", "title": "Record it", **own, "kind": kind}


def test_what_has_an_end_and_is_expected_says_so(little: Atlas) -> None:
    when = {"from": "2023", "to": "2024-06-30", "expected": True}
    event = record("event", "it", event="meeting", places=["tehran"], when=when)
    made = atlas_of(dossier_of([event]), little)
    row = Records(made, sheet_of(made)).rows["it"]
    assert (row["start"], row["end"], row["expected"]) == ("2023", "2024-06-30", True)
    assert (row["actors"], row["by"], row["toward"]) == (None, None, None)


def features_of(atlas: Atlas, **options: Any) -> list[dict[str, Any]]:
    made = json.loads(records.geojson(atlas, sheet_of(atlas, **options)))
    found: list[dict[str, Any]] = made["features"]
    return found


def test_a_chokepoint_is_told_as_context(little: Atlas) -> None:
    choke = place(
        "narrows", 26.5, 56.25, name="The Narrows", type="chokepoint", relevance="Ships pass here.",
        lines=[3, 4], precision="approximate", note="Its middle.",
    )  # fmt: skip
    event = record("event", "it", event="meeting", places=["tehran"], source={"lines": [3]})
    made = atlas_of(dossier_of([event], [choke]), little)
    [feature] = [f for f in features_of(made) if f["properties"]["part"] == "chokepoint"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [56.25, 26.5]}
    assert feature["properties"] == {
        "id": "place:narrows",
        "kind": "chokepoint",
        "title": "The Narrows",
        "summary": "Ships pass here.",
        "evidence": "context",
        "article_lines": "3, 4",
        "source": (
            "Helps to read lines 3–4. No article; only its length matters here. Dossier Atlas, "
            "dossier “base” version 1.0.0, as of 31 January 2024."
        ),
        "part": "chokepoint",
        "part_id": "narrows",
        "place": "The Narrows",
        "precision": "approximate",
        "note": "Its middle.",
    }


def parts_of(feature: dict[str, Any]) -> dict[str, Any]:
    """What a feature says beyond its record."""
    return {k: v for k, v in feature["properties"].items() if k in PART_NAMES}


def test_each_thing_drawn_says_which_part_it_is(little: Atlas) -> None:
    """Place, flow, relation and leg; members stand in a test of their own."""
    found = {
        (f["properties"]["id"], f["properties"]["part_id"]): parts_of(f)
        for f in features_of(little)
        if f["properties"]["part"] != "member"
    }
    assert found["tehran-meeting", "tehran"] == {
        "part": "place", "part_id": "tehran", "place": "Tehran", "precision": "city",
    }  # fmt: skip
    [flow] = [part for part in found.values() if part["part"] == "flow"]
    assert {k: v for k, v in flow.items() if k not in ("part_id", "part_km")} == {
        "part": "flow", "from_name": "Tehran", "from_place": "tehran", "to_name": "Moscow",
        "to_place": "moscow",
    }  # fmt: skip
    assert flow["part_km"] == pytest.approx(2465, abs=5)
    legs = [part for part in found.values() if part["part"] == "leg"]
    assert [(leg["mode"], leg["status"]) for leg in legs] == [
        ("rail", "operating"), ("sea", "operating"),
    ]  # fmt: skip
    assert {part["part"] for part in found.values()} == {"place", "flow", "relation", "leg"}


def test_a_member_is_drawn_where_it_is_filled(little: Atlas) -> None:
    members = [
        {"actor": "RUS", "status": "member", "from": "2009-06", "note": "A founder."},
        {"actor": "BRA", "status": "member", "from": "2009-06", "to": "2030"},
        {"actor": "IRN", "status": "declined", "from": "2024-01"},
    ]
    alliance = record("alliance", "it", short="It", members=members)
    made = atlas_of(dossier_of([alliance]), little)
    shown = features_of(made, screen=Screen(alliance=("it",)))
    found = {f["properties"]["actor"]: f for f in shown}
    assert list(found) == ["Russia", "Brazil", "Iran"]
    assert {name: bool(f["geometry"]) for name, f in found.items()} == {
        "Russia": True, "Brazil": True, "Iran": False,
    }  # fmt: skip
    assert parts_of(found["Russia"]) == {
        "part": "member", "part_id": "RUS", "status": "member", "actor": "Russia",
        "country": "RUS", "since": "2009-06", "note": "A founder.",
    }  # fmt: skip
    assert parts_of(found["Brazil"])["until"] == "2030"


def test_zero_has_no_sign_in_a_geometry(little: Atlas) -> None:
    places = [place("null", -0.000001, -0.0), place("far", -54.8, -68.3)]
    event = record("event", "it", event="meeting", places=[p.id for p in places])
    made = atlas_of(dossier_of([event], places), little)
    body = records.geojson(made, sheet_of(made)).decode()
    assert re.findall(r'"coordinates":\[[^]]*\]', body) == [
        '"coordinates":[0.0,0.0]', '"coordinates":[-68.3,-54.8]',
    ]  # fmt: skip


def test_answers_and_numbers_are_no_texts_in_a_package(little: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "records.gpkg"
    path.write_bytes(records.geopackage(little, sheet_of(little)))
    about = pyogrio.read_info(path, layer="records")
    kinds = dict(zip(about["fields"], about["dtypes"], strict=True))
    assert {kinds[name] for name in ("mutual", "expected")} == {"bool"}
    assert (kinds["value"], kinds["km"]) == ("float64", "float64")
    assert kinds["year"] in ("int32", "int64")
    assert {kinds[name] for name in ("id", "title", "article_lines")} == {"object"}
    about = pyogrio.read_info(path, layer="lines")
    assert dict(zip(about["fields"], about["dtypes"], strict=True))["part_km"] == "float64"


def test_a_table_writes_answers_and_numbers_plainly(little: Atlas) -> None:
    text = records.csv(little, sheet_of(little)).decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["rus-ukr-conflict"]["mutual"], rows["drones"]["mutual"]) == ("False", "")
    assert (rows["iran-inflation"]["value"], rows["iran-inflation"]["year"]) == ("45.8", "2023")
