"""A GeoPackage put together in memory is the one that GDAL would have written to a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely.geometry import LineString, Point

from dashboard.formats.layers_in_memory import layer, together

ROWS = pd.DataFrame({"id": ["a", "b"], "km": [1.5, None]})
POINTS = gpd.GeoDataFrame(
    {"id": [f"p{n}" for n in range(300)]}, geometry=[Point(n / 10, n / 5) for n in range(300)],
    crs="EPSG:4326",
)  # fmt: skip
LINES = gpd.GeoDataFrame(
    {'a "name"': ["x"]}, geometry=[LineString([(0, 0), (5, 5)])], crs="EPSG:4326"
)
LAYERS = {"rows": ROWS, "points": POINTS, 'lines "here"': LINES}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.gpkg"
    layers = [layer(name, table) for name, table in LAYERS.items()]
    path.write_bytes(together(layers, {"rows": "Its 'words'."}))
    return path


@pytest.fixture(scope="module")
def by_gdal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("by-gdal") / "made.gpkg"
    for name, table in LAYERS.items():
        pyogrio.write_dataframe(table, path, layer=name)
    return path


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return sorted(file.execute(question).fetchall())


def test_it_holds_what_gdal_writes(made: Path, by_gdal: Path) -> None:
    everything = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    assert asked(made, everything) == asked(by_gdal, everything)
    for about in (
        "SELECT table_name, data_type, identifier, min_x, max_y, srs_id FROM gpkg_contents",
        "SELECT * FROM gpkg_geometry_columns",
        "SELECT * FROM gpkg_extensions",
        "SELECT * FROM gpkg_ogr_contents",
        "SELECT * FROM gpkg_spatial_ref_sys",
        "SELECT id, minx, maxy FROM rtree_points_geom",
        "SELECT name, seq FROM sqlite_sequence",
        "PRAGMA application_id",
        "PRAGMA user_version",
    ):
        assert asked(made, about) == asked(by_gdal, about), about


def test_it_is_sound(made: Path) -> None:
    assert asked(made, "PRAGMA integrity_check") == [("ok",)]
    assert asked(made, "PRAGMA foreign_key_check") == []
    assert asked(made, "SELECT rtreecheck('rtree_points_geom')") == [("ok",)]


def test_its_layers_are_read_and_found_by_place(made: Path, by_gdal: Path) -> None:
    assert pyogrio.list_layers(made).tolist() == pyogrio.list_layers(by_gdal).tolist()
    assert len(gpd.read_file(made, layer="points", bbox=(0, 0, 1, 2))) == 11
    assert list(gpd.read_file(made, layer='lines "here"').columns) == ['a "name"', "geometry"]
    assert list(pyogrio.read_dataframe(made, layer="rows")["id"]) == ["a", "b"]


def test_descriptions_go_where_they_belong(made: Path) -> None:
    described = "SELECT table_name, description FROM gpkg_contents WHERE description != ''"
    assert asked(made, described) == [("rows", "Its 'words'.")]
