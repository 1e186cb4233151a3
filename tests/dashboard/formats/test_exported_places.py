"""Places in every format: those that share a name stay two, and each is as its record has it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.schema import Place
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.drawing.arrangement import arrange
from dashboard.drawing.courses import in_points
from dashboard.formats import records, standalone
from dashboard.look.tables import defused, joined
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import VIEW, Brief
from tests.dashboard.made import atlas_of, dossier_of, place, record
from tests.nonempty import nonempty

AWKWARD = 'Twin Town; "Old", l\'été\n(40, 60), 北京'
NEAR = 1e-4
"""Degrees: coordinates are written with five decimals, arcs begin where they begin to a metre."""


def sheet_of(atlas: Atlas, **options: Any) -> Sheet:
    return compose(atlas, Brief(screen=Screen(), **({"extent": "world"} | options)), "http://here")


def twins(name: str) -> tuple[Place, Place]:
    return place("twin-east", 40, 60, name=name), place("twin-west", 41.25, 44.5, name=name)


def at(of: Place) -> tuple[float, float]:
    return of.lon, of.lat


def twin_atlas(like: Atlas, name: str) -> Atlas:
    """An event at both twins, a flow from one to the other, and a corridor that stops at both."""
    legs = [
        {"from": "twin-east", "to": "moscow", "mode": "rail", "status": "operating"},
        {"from": "moscow", "to": "twin-west", "mode": "rail", "status": "operating"},
    ]
    found = [
        record("event", "both", event="meeting", places=["twin-east", "twin-west"], by=["IRN"]),
        record(
            "flow", "across", goods="arms", item="It", state="agreed",
            **{"from": "IRN", "to": "RUS", "from_place": "twin-west", "to_place": "twin-east"},
        ),
        record("corridor", "way", branches=[{"id": "it", "title": "The way", "legs": legs}]),
    ]  # fmt: skip
    return atlas_of(dossier_of(found, twins(name)), like)


def cells(text: str) -> list[str]:
    """Values of a cell that holds several."""
    return next(csv.reader([text], delimiter=";", skipinitialspace=True))


def table_of(body: bytes) -> dict[str, dict[str, str]]:
    """Rows of a CSV file by id, as Python's own reader reads them."""
    text = io.StringIO(body.decode("utf-8-sig"), newline="")
    return {row["id"]: row for row in csv.DictReader(text)}


def written(name: str, of: Place) -> str:
    return f"{name} ({of.lat:g}, {of.lon:g})"


def check_csv(atlas: Atlas, sheet: Sheet, name: str) -> None:
    east, west = twins(name)
    rows = table_of(records.csv(atlas, sheet))
    for record_id, expected in {"both": (east, west), "across": (west, east)}.items():
        assert rows[record_id]["places"] == defused(joined([written(name, p) for p in expected]))
        assert cells(rows[record_id]["place_ids"]) == [p.id for p in expected]
        if not str(defused(rows[record_id]["places"])).startswith("'"):
            assert cells(rows[record_id]["places"]) == [written(name, p) for p in expected]
    assert cells(rows["way"]["place_ids"]) == ["twin-east", "moscow", "twin-west"]


def check_geojson(atlas: Atlas, sheet: Sheet, name: str) -> None:
    east, west = twins(name)
    features = json.loads(records.geojson(atlas, sheet))["features"]
    points = [f for f in features if f["properties"]["id"] == "both"]
    found = [
        (f["properties"]["part_id"], f["properties"]["place"], tuple(f["geometry"]["coordinates"]))
        for f in points
    ]
    assert found == [("twin-east", name, at(east)), ("twin-west", name, at(west))]
    (line,) = [f for f in features if f["properties"]["id"] == "across"]
    said = line["properties"]
    assert (said["from_place"], said["to_place"]) == ("twin-west", "twin-east")
    assert (said["from_name"], said["to_name"]) == (name, name)
    ends = line["geometry"]["coordinates"][0], line["geometry"]["coordinates"][-1]
    assert np.abs(np.array(ends) - [at(west), at(east)]).max() < NEAR


def check_package(atlas: Atlas, sheet: Sheet, name: str) -> None:
    east, west = twins(name)
    with TemporaryDirectory() as folder:
        path = Path(folder, "records.gpkg")
        path.write_bytes(records.geopackage(atlas, sheet))
        table = pyogrio.read_dataframe(path, layer="records").set_index("id")
        points = pyogrio.read_dataframe(path, layer="points").set_index("part_id")
        lines = pyogrio.read_dataframe(path, layer="lines")
    assert table.loc["both", "places"] == joined([written(name, east), written(name, west)])
    assert cells(table.loc["both", "places"]) == [written(name, east), written(name, west)]
    for twin in (east, west):
        assert points.loc[twin.id, "place"] == name
        assert points.loc[twin.id, "geometry"].coords[0] == at(twin)
    legs = lines[lines["id"] == "way"]
    assert list(legs["from_place"]) == ["twin-east", "moscow"]
    assert list(legs["to_place"]) == ["moscow", "twin-west"]
    assert legs["to_name"].iloc[1] == name


CHECKS: dict[str, Callable[[Atlas, Sheet, str], None]] = {
    "csv": check_csv,
    "geojson": check_geojson,
    "gpkg": check_package,
}


@pytest.mark.sweep
@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize("name", ["Twin Town", AWKWARD, '"Quoted"', " apart ", "=SUM(A1); B"])
def test_places_that_share_a_name_are_two(atlas: Atlas, kind: str, name: str) -> None:
    made = twin_atlas(atlas, name)
    assert not made.problems
    CHECKS[kind](made, sheet_of(made), name)


# Whatever a file may hold: YAML takes no other control characters.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t")
NAMES = st.text(LETTERS, min_size=2, max_size=80)


@pytest.mark.sweep
@given(NAMES)
@settings(max_examples=12, deadline=None)
def test_any_name_comes_out_as_its_record_has_it(atlas: Atlas, name: str) -> None:
    made = twin_atlas(atlas, name)
    sheet = sheet_of(made)
    for check in CHECKS.values():
        check(made, sheet, name)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1))
def test_a_cell_with_several_values_can_be_read_back(values: list[str]) -> None:
    values = [value for value in values if value and "\0" not in value]
    assert cells(joined(values)) == values if values else joined(values) == ""


def test_a_place_keeps_its_digits_and_zero_has_no_sign(atlas: Atlas) -> None:
    places = [
        place("near", 35.12345, 139.76543),
        place("nearer", 35.12, 139.7),
        place("null", -0.0, -0.000001),
        place("far", -54.8, -68.3),
    ]
    event = record("event", "there", event="meeting", places=[p.id for p in places])
    made = atlas_of(dossier_of([event], places), atlas)
    rows = table_of(records.csv(made, sheet_of(made)))
    assert cells(rows["there"]["places"]) == [
        "Near (35.12345, 139.76543)",
        "Nearer (35.12, 139.7)",
        "Null (0, 0)",
        "Far (-54.8, -68.3)",
    ]


def test_a_relation_names_where_it_meets_and_where_its_lines_end(atlas: Atlas) -> None:
    """Of two pairs one may share a seat, and be a symbol there: the other's line counts too."""
    base = dossier_of([])
    lodged = base.actors["hezbollah"].model_copy(update={"seat": "tehran", "country": None})
    link = record(
        "relation", "link", by=["IRN"], toward=["hezbollah", "RUS"], relation="backing",
        state="in-force",
    )  # fmt: skip
    dossier = dossier_of([link], actors={**base.actors, "hezbollah": lodged})
    made = atlas_of(dossier, atlas)
    assert not made.problems
    rows = table_of(records.csv(made, sheet_of(made)))
    assert cells(rows["link"]["place_ids"]) == ["tehran", "moscow"]


def ends_of(geometry: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    parts = shapely.get_parts(shapely.geometry.shape(geometry))
    return parts[0].coords[0], parts[-1].coords[-1]


@pytest.mark.parametrize("kind", ["geojson", "gpkg"])
def test_every_line_runs_from_who_acts(atlas: Atlas, tmp_path: Path, kind: str) -> None:
    """Flows from the sender, relations from who acts, legs as they are travelled."""
    path = tmp_path / f"records.{kind}"
    sheet = sheet_of(atlas)
    made = records.geojson(atlas, sheet) if kind == "geojson" else records.geopackage(atlas, sheet)
    path.write_bytes(made)
    frame = gpd.read_file(path, layer="lines") if kind == "gpkg" else gpd.read_file(path)
    lines = frame[frame["part"].isin(["flow", "relation", "leg"])]
    places = atlas.dossier.places
    for row in nonempty(lines.itertuples()):
        for end, place_id in zip(
            ends_of(row.geometry), (row.from_place, row.to_place), strict=True
        ):
            assert np.abs(np.subtract(end, at(places[place_id]))).max() < NEAR, row.title
    expected = atlas.joined.lines["type"].value_counts().to_dict()
    assert lines["part"].value_counts().to_dict() == expected
    assert min(expected.values()) > 5


def choke(name: str, lat: float, lon: float, lines: list[int], called: str) -> Place:
    return place(
        name, lat, lon, name=called, type="chokepoint", relevance="Ships pass here.", lines=lines
    )


def test_chokepoint_that_is_not_drawn_is_in_no_file(atlas: Atlas) -> None:
    """Drawn is what helps to read a line of what is shown and lies in the frame."""
    places = [
        choke("drawn", 26.5, 56.2, [3], "The Strait"),
        choke("namesake", 26.5, 56.9, [70], "The Strait"),
        choke("other", 12.6, 43.4, [70], "Another Strait"),
        choke("beyond", -54, -68, [3], "The Strait"),
    ]
    event = record("event", "meeting", event="meeting", places=["tehran"], source={"lines": [3]})
    made = atlas_of(dossier_of([event], places), atlas)
    sheet = sheet_of(made, extent=VIEW, bounds=(24, 11, 66, 43))
    assert [symbol.thing for symbol in sheet.symbols] == [None, "place:drawn"]
    features = json.loads(records.geojson(made, sheet))["features"]
    found = [f["properties"] for f in features if f["properties"]["part"] == "chokepoint"]
    assert [said["part_id"] for said in found] == ["drawn"]
    scene = standalone.scene_of(made, sheet)
    assert [point["id"] for point in scene["points"] if "id" in point] == ["place:drawn"]
    assert [name for name in scene["objects"] if name.startswith("place:")] == ["place:drawn"]


def test_a_waypoint_of_the_same_name_hides_no_stop(atlas: Atlas) -> None:
    places = [*twins("Twin Town"), place("bend", 50, 50, name="Moscow", type="waypoint")]
    stops = ["twin-east", "moscow", "twin-west", "bend"]
    legs = [
        {"from": start, "to": end, "mode": "road", "status": "operating"}
        for start, end in pairwise(stops)
    ]
    way = record("corridor", "way", branches=[{"id": "it", "title": "The way", "legs": legs}])
    made = atlas_of(dossier_of([way], places), atlas)
    sheet = sheet_of(made, extent=VIEW, bounds=(30, 35, 70, 60))
    size = (900.0, 500.0)
    arrangement = arrange(made, sheet, size)
    known = made.dossier.places
    lonlat = np.array([at(known[stop]) for stop in stops[:-1]])
    x, y = sheet.view.project(lonlat[:, 0], lonlat[:, 1])
    expected = in_points(np.column_stack([x, y]), sheet.view, size)
    assert arrangement.nodes == pytest.approx(expected, abs=0.01)
    assert {"Moscow", "Twin Town"} <= {text.text for text in arrangement.texts}
