"""The records behind a sheet as data, read back by the programs that others read them with."""

from __future__ import annotations

import json
import math
import re
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import shape

from annotations.schema import Alliance, Corridor, Relation
from annotations.vocabulary import MemberStatus
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import drawn_detour
from dashboard.atlas.filters import Filters
from dashboard.atlas.shown import Extra
from dashboard.formats import records
from dashboard.formats.record_columns import COLUMNS
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief
from tests.nonempty import nonempty


def sheet_of(atlas: Atlas, *themes: str, extra: Extra | None = None, **options: Any) -> Sheet:
    screen = Screen(filters=Filters(theme=themes), alliance=("lake-union",))
    return compose(atlas, Brief(screen=screen, extra=extra or Extra(), **options), "http://here")


@pytest.fixture(scope="module")
def sheet(atlas: Atlas) -> Sheet:
    return sheet_of(atlas, extent="fit")


@pytest.fixture(scope="module")
def collection(atlas: Atlas, sheet: Sheet) -> dict[str, Any]:
    return json.loads(records.geojson(atlas, sheet))


@pytest.fixture(scope="module")
def package(atlas: Atlas, sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.gpkg"
    path.write_bytes(records.geopackage(atlas, sheet))
    return path


def read_csv(body: bytes) -> pd.DataFrame:
    return pd.read_csv(BytesIO(body), keep_default_na=False, dtype=str)


def positions(geometry: Any) -> Iterator[tuple[float, float]]:
    """Every position of a GeoJSON geometry."""
    if isinstance(geometry[0], int | float):
        yield geometry[0], geometry[1]
    else:
        for part in geometry:
            yield from positions(part)


def test_table_has_a_row_for_each_record(atlas: Atlas, sheet: Sheet) -> None:
    table = read_csv(records.csv(atlas, sheet))
    assert list(table.columns) == list(COLUMNS)
    assert list(table["id"]) == [record.id for record in sheet.records]
    assert list(table["title"]) == [record.title for record in sheet.records]
    assert (table["source"].str.contains(r"Article lines? \d")).all()
    assert (table["verdict"] != "").all()


def test_table_says_who_does_what_to_whom(atlas: Atlas, sheet: Sheet) -> None:
    table = read_csv(records.csv(atlas, sheet)).set_index("id")
    sold = table.loc["cartridges"]
    assert (sold["by"], sold["toward"], sold["state"]) == ("South Africa", "Uganda", "delivered")
    assert "Zambia (member since 1 January 2018)" in table.loc["lake-union", "members"]
    places = [
        places
        for kind, places in zip(table["kind"], table["places"], strict=True)
        if kind != "alliance"
    ]
    at = re.compile(r" \((-?[\d.]+), (-?[\d.]+)\)(?:; |$)")
    assert all(at.search(text) for text in nonempty(places))
    assert all(
        abs(float(lat)) <= 90 for text in nonempty(places) for lat, _ in nonempty(at.findall(text))
    )


def test_no_cell_is_a_formula(atlas: Atlas, sheet: Sheet) -> None:
    hostile = ("=1+1", "+1", "-1", '@SUM(A1)"\n', "\t=1", "=cmd|'/c calc'!A1")
    changed = tuple(
        record.model_copy(update={"title": text, "summary": text})
        for record, text in zip(sheet.records, hostile, strict=False)
    )
    body = records.csv(atlas, replace(sheet, records=changed))
    table = read_csv(body)
    assert list(table["title"]) == [f"'{text}" for text in hostile]
    cells = table.to_numpy().ravel()
    assert not [
        cell for cell in nonempty(cells) if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


def drawn(collection: dict[str, Any]) -> list[dict[str, Any]]:
    """Geometries of a collection; a record without a place has none."""
    return [each["geometry"] for each in collection["features"] if each["geometry"]]


def test_a_file_says_what_it_is_and_whose(collection: dict[str, Any], sheet: Sheet) -> None:
    beside = {name: value for name, value in collection.items() if name != "features"}
    assert beside == {
        "type": "FeatureCollection",
        "title": sheet.title,
        "description": sheet.subtitle,
        "filters": sheet.filters,
        "as_of": "As of 30 September 2019",
        "source": sheet.sources,
        "borders": sheet.borders,
        "version": "2.3.1",
        "licence": "CC-BY-4.0",
        "credit": "Dossier Atlas contributors, dossier “lakes”",
        "link": sheet.link,
    }


def test_features_are_numbered_and_say_at_least_what_they_are(collection: dict[str, Any]) -> None:
    features = collection["features"]
    assert [feature["id"] for feature in features] == list(range(1, len(features) + 1))
    for feature in nonempty(features):
        assert feature["type"] == "Feature"
        said = feature["properties"]
        assert {"id", "kind", "title", "part"} <= set(said)
        idle = [name for name, value in said.items() if value is None]
        assert set(idle) <= {"id", "kind", "title", "part"}


def test_geojson_is_in_degrees_to_a_metre(collection: dict[str, Any]) -> None:
    for geometry in nonempty(drawn(collection)):
        for lon, lat in nonempty(positions(geometry["coordinates"])):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert (lon, lat) == (round(lon, 5), round(lat, 5))


def test_rings_turn_as_the_standard_says(collection: dict[str, Any]) -> None:
    areas = [shape(each) for each in drawn(collection) if each["type"].endswith("Polygon")]
    polygons = [polygon for area in areas for polygon in getattr(area, "geoms", [area])]
    assert all(polygon.exterior.is_ccw for polygon in nonempty(polygons))
    holes = [hole for polygon in polygons for hole in polygon.interiors]
    assert not any(hole.is_ccw for hole in nonempty(holes))


def test_nothing_of_the_sheet_is_lost_and_nothing_added(
    atlas: Atlas, collection: dict[str, Any], sheet: Sheet
) -> None:
    found = [feature["properties"]["id"] for feature in collection["features"]]
    ids = {record.id for record in sheet.records}
    assert ids <= set(found)
    beside = {name for name in found if name not in ids}
    assert beside
    assert all(name.startswith("place:") for name in nonempty(beside))
    joined = atlas.joined
    for record in nonempty(r for r in sheet.records if not isinstance(r, Alliance)):
        parts = (joined.points["record"] == record.id).sum()
        parts += (joined.lines["record"] == record.id).sum()
        assert found.count(record.id) == parts, record.id


def test_geojson_is_read_by_geopandas(collection: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "records.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = gpd.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(collection["features"])
    types = set(frame.geometry[frame.geometry.notna()].geom_type)
    assert {"Point", "LineString", "MultiPolygon"} <= types
    members = frame[frame["part"] == "member"]
    assert len(members) == 9
    assert members["status"].isin([status.value for status in MemberStatus]).all()


def test_line_runs_from_who_acts(atlas: Atlas, collection: dict[str, Any]) -> None:
    seats = {place.name: (place.lon, place.lat) for place in atlas.dossier.places.values()}
    backward = set(atlas.joined.lines.loc[atlas.joined.lines["forward"] == 0, "record"])
    relations = [f for f in collection["features"] if f["properties"]["part"] == "relation"]
    seated = [f for f in relations if f["properties"]["from_name"] in seats]
    for feature in nonempty(seated):
        said, first = feature["properties"], feature["geometry"]["coordinates"][0]
        assert math.dist(first, seats[said["from_name"]]) < 1e-4, said["title"]
    assert backward & {feature["properties"]["id"] for feature in seated}


def test_alliance_that_is_filled_is_there_although_filtered_out(atlas: Atlas) -> None:
    sheet = sheet_of(atlas, "lake-railways", extent="southern-africa")
    assert "lake-union" not in {record.id for record in sheet.records}
    features = json.loads(records.geojson(atlas, sheet))["features"]
    members = [f for f in features if f["properties"]["id"] == "lake-union"]
    drawn = {f["properties"]["country"] for f in members if f["geometry"]}
    assert drawn == set(sheet.fills)
    assert "lake-union" not in set(read_csv(records.csv(atlas, sheet))["id"])


def test_members_are_those_of_the_day(atlas: Atlas) -> None:
    sheet = sheet_of(atlas, extra=Extra(day=date(2017, 12, 30)), extent="world")
    features = json.loads(records.geojson(atlas, sheet))["features"]
    members = {f["properties"]["actor"] for f in features if f["properties"]["id"] == "lake-union"}
    assert members == {
        "Tanzania", "Uganda", "Kenya", "Rwanda", "Zambia", "Malawi", "Mozambique", "DR Congo",
    }  # fmt: skip


def test_only_the_legs_of_the_page_are_given(atlas: Atlas) -> None:
    lines = atlas.joined.lines
    legs = lines[(lines["record"] == "lake-line") & (lines["type"] == "leg")]
    kept = list(legs["leg"])[:3]
    sheet = sheet_of(
        atlas, extra=Extra(legs=kept), records=("lake-line", "cartridges"), extent="world"
    )
    features = json.loads(records.geojson(atlas, sheet))["features"]
    found = [f["properties"]["part_id"] for f in features if f["properties"]["part"] == "leg"]
    assert [f"lake-line.{part}" for part in found] == [str(leg) for leg in kept]
    row = read_csv(records.csv(atlas, sheet)).set_index("id").loc["lake-line"]
    assert float(row["km"]) == pytest.approx(legs["km"].iloc[:3].sum(), abs=0.1)


def test_detour_beyond_180_degrees_is_of_several_parts(atlas: Atlas) -> None:
    parts = np.array([[170.0, 10.0], [180.0, 20.0]]), np.array([[-180.0, 20.0], [-170.0, 30.0]])
    detour = drawn_detour(parts, 3000, "Round about")
    extra = Extra(detours=[detour])
    sheet = sheet_of(atlas, "lake-railways", extra=extra, extent="world")
    features = json.loads(records.geojson(atlas, sheet))["features"]
    (found,) = [f for f in features if f["properties"]["part"] == "detour"]
    said = found["properties"]
    assert (said["id"], said["kind"], said["title"]) == (None, "detour", "Round about")
    assert found["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[170, 10], [180, 20]], [[-180, 20], [-170, 30]]],
    }


def test_package_is_read_by_geopandas(package: Path, sheet: Sheet, atlas: Atlas) -> None:
    assert set(gpd.list_layers(package)["name"]) == set(records.LAYERS)
    table = gpd.read_file(package, layer="records")
    assert list(table["id"]) == [record.id for record in sheet.records]
    assert "geometry" not in table.columns
    types = {"points": {"Point"}, "lines": {"MultiLineString"}, "areas": {"MultiPolygon"}}
    for layer, expected in nonempty(types.items()):
        frame = gpd.read_file(package, layer=layer)
        assert frame.crs.to_epsg() == 4326
        assert set(frame.geometry[frame.geometry.notna()].geom_type) == expected
    shown = [record.id for record in sheet.records]
    lines = gpd.read_file(package, layer="lines")
    assert len(lines) == atlas.joined.lines["record"].isin(shown).sum()
    kinds = {type(record) for record in sheet.records}
    assert {Alliance, Corridor, Relation} <= kinds


def test_package_says_whose_it_is_and_is_the_same_each_time(
    package: Path, atlas: Atlas, sheet: Sheet
) -> None:
    with closing(sqlite3.connect(package)) as file:
        described = dict(file.execute("SELECT table_name, description FROM gpkg_contents"))
    assert set(described) == set(records.LAYERS)
    words = [
        f"title: {sheet.title}",
        f"description: {sheet.subtitle}",
        f"filters: {sheet.filters}",
        f"as_of: {sheet.as_of}",
        f"source: {sheet.sources}",
        f"borders: {sheet.borders}",
        f"version: {sheet.version}",
        "licence: CC-BY-4.0",
        "credit: Dossier Atlas contributors, dossier “lakes”",
        f"link: {sheet.link}",
    ]
    for text in nonempty(described.values()):
        what, empty, *about = text.split("\n")
        assert re.fullmatch(r"[A-Z].*\.", what)
        assert (empty, about) == ("", words)
    assert records.geopackage(atlas, sheet) == package.read_bytes()
