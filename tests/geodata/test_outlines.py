"""Outlines packed for the browser: half the bytes, and not a point lost."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import boundaries, outlines
from geodata.outlines import PER_DEGREE, pack
from tests.js.node import BEYOND_JSON, call
from tests.nonempty import nonempty


def path_of(name: str) -> Path:
    return Path(boundaries.__file__).parent / f"{name}.geojson"


def header_of(packed: bytes) -> dict[str, Any]:
    size = int.from_bytes(packed[:4], "little")
    header: dict[str, Any] = json.loads(packed[4 : 4 + size])
    # All numbers are some arc's: two a point, three bytes each.
    assert len(packed) - 4 - size == 6 * sum(header["arcs"])
    return header


def unpack(packed: bytes) -> dict[str, Any]:
    """The collection that the browser makes of it."""
    header_of(packed)
    collection: dict[str, Any] = call(BEYOND_JSON, "outlines", b64encode(packed).decode())
    return collection


def rings_of(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [[in_steps(ring) for ring in rings] for rings in polygons]


def in_steps(points: list[list[float]]) -> list[list[float]]:
    """The same points, as fine as they are sent."""
    return [[round(x * PER_DEGREE) / PER_DEGREE for x in point] for point in points]


def edges_of(ring: list[list[float]]) -> set[frozenset[tuple[float, ...]]]:
    return {frozenset((tuple(one), tuple(other))) for one, other in pairwise(ring)}


@pytest.fixture(scope="module", params=["countries", "disputed", "water"])
def collection(request: pytest.FixtureRequest) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path_of(request.param).read_text(encoding="utf-8"))
    return content


def test_every_outline_comes_back(collection: dict[str, Any]) -> None:
    found = unpack(pack(collection))["features"]
    for feature, back in nonempty(zip(collection["features"], found, strict=True)):
        assert back["properties"] == feature["properties"]
        geometry = feature["geometry"]
        if geometry["type"] == "LineString":
            assert back["geometry"]["coordinates"] == in_steps(geometry["coordinates"])
            continue
        polygons, others = rings_of(geometry), rings_of(back["geometry"])
        assert [len(rings) for rings in others] == [len(rings) for rings in polygons]
        for ring, other in nonempty(zip(chain(*polygons), chain(*others), strict=True)):
            assert len(other) == len(ring)
            assert other[0] == other[-1]
            assert edges_of(other) == edges_of(ring)


@pytest.mark.parametrize("name", ["countries", "water"])
def test_it_is_half_as_large(name: str) -> None:
    plain = path_of(name).read_bytes()
    packed = pack(json.loads(plain))
    assert len(gzip.compress(packed, 9)) < 0.5 * len(gzip.compress(plain, 9))


@given(st.lists(st.tuples(*[st.integers(-180_000, 180_000)] * 2), min_size=1, max_size=30))
def test_points_anywhere_on_earth_come_back(points: list[tuple[int, int]]) -> None:
    coordinates = [[x / PER_DEGREE, y / PER_DEGREE] for x, y in points]
    geometry = {"type": "LineString", "coordinates": coordinates}
    [back] = unpack(pack({"features": [{"properties": {}, "geometry": geometry}]}))["features"]
    assert back["geometry"] == geometry


@pytest.mark.parametrize("per_degree", [100, 1000, 20_000])
def test_how_fine_it_is_stands_in_one_place(
    per_degree: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlines, "PER_DEGREE", per_degree)
    geometry = {"type": "LineString", "coordinates": [[1.01, -2.5], [3.25, 4.75]]}
    [back] = unpack(pack({"features": [{"properties": {}, "geometry": geometry}]}))["features"]
    assert back["geometry"] == geometry


def test_the_zoom_for_which_it_does_is_passed_on() -> None:
    assert unpack(pack({"features": [], "zoom": 3.5}))["zoom"] == 3.5


def test_a_hole_shares_the_outline_of_what_fills_it() -> None:
    square = [[0, 0], [0, 3], [3, 3], [3, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    features = [
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [square, hole]}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [hole[::-1]]}},
    ]
    packed = pack({"features": features})
    assert len(header_of(packed)["arcs"]) == 2
    found = unpack(packed)["features"]
    assert edges_of(found[0]["geometry"]["coordinates"][0][1]) == edges_of(hole)
    assert edges_of(found[1]["geometry"]["coordinates"][0][0]) == edges_of(hole)
