"""Outlines packed for the browser: half the bytes, and not a point lost."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import boundaries
from geodata.outlines import PER_DEGREE, pack
from tests.nonempty import nonempty


def path_of(name: str) -> Path:
    return Path(boundaries.__file__).parent / f"{name}.geojson"


def numbers(stream: bytes) -> list[int]:
    count, left = divmod(len(stream), 3)
    assert left == 0
    low, middle, high = stream[:count], stream[count : 2 * count], stream[2 * count :]
    zigzag = [a | b << 8 | c << 16 for a, b, c in zip(low, middle, high, strict=True)]
    return [-(number + 1) // 2 if number & 1 else number // 2 for number in zigzag]


def unpack(packed: bytes) -> list[dict[str, Any]]:
    """As the browser does it."""
    size = int.from_bytes(packed[:4], "little")
    header = json.loads(packed[4 : 4 + size])
    left = iter(numbers(packed[4 + size :]))
    x = y = 0
    arcs = []
    for length in header["arcs"]:
        arc = []
        for _ in range(length):
            x, y = x + next(left), y + next(left)
            arc.append((x, y))
        arcs.append(arc)
    assert next(left, None) is None, "numbers are left over"

    def ring(names: list[int]) -> list[tuple[int, int]]:
        parts = [arcs[~name][::-1] if name < 0 else arcs[name] for name in names]
        assert all(one[-1] == other[0] for one, other in pairwise([*parts, parts[0]]))
        return [point for part in parts for point in part[1:]]

    def shapes(feature: dict[str, Any]) -> dict[str, Any]:
        if "line" in feature:
            number = feature["line"]
            return {"line": arcs[~number][::-1] if number < 0 else arcs[number]}
        return {"polygons": [[ring(names) for names in rings] for rings in feature["polygons"]]}

    return [{**feature, **shapes(feature)} for feature in header["features"]]


def in_steps(coordinates: list[list[float]]) -> list[tuple[int, int]]:
    return [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in coordinates]


def as_set_of_edges(ring: list[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
    return {frozenset(edge) for edge in pairwise([*ring, ring[0]])}


@pytest.fixture(scope="module", params=["countries", "disputed", "water"])
def collection(request: pytest.FixtureRequest) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path_of(request.param).read_text(encoding="utf-8"))
    return content


def test_every_outline_comes_back(collection: dict[str, Any]) -> None:
    found = unpack(pack(collection))
    for feature, back in nonempty(zip(collection["features"], found, strict=True)):
        assert back["properties"] == feature["properties"]
        geometry = feature["geometry"]
        if geometry["type"] == "LineString":
            assert back["line"] == in_steps(geometry["coordinates"])
            continue
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
        for rings, others in nonempty(zip(polygons, back["polygons"], strict=True)):
            for ring, other in nonempty(zip(rings, others, strict=True)):
                steps = in_steps(ring[:-1])
                assert len(other) == len(steps)
                assert as_set_of_edges(other) == as_set_of_edges(steps)


@pytest.mark.parametrize("name", ["countries", "water"])
def test_it_is_half_as_large(name: str) -> None:
    plain = path_of(name).read_bytes()
    packed = pack(json.loads(plain))
    assert len(gzip.compress(packed, 9)) < 0.5 * len(gzip.compress(plain, 9))


@given(st.lists(st.tuples(*[st.integers(-180_000, 180_000)] * 2), min_size=1, max_size=30))
def test_points_anywhere_on_earth_come_back(points: list[tuple[int, int]]) -> None:
    coordinates = [[x / PER_DEGREE, y / PER_DEGREE] for x, y in points]
    geometry = {"type": "LineString", "coordinates": coordinates}
    [back] = unpack(pack({"features": [{"properties": {}, "geometry": geometry}]}))
    assert back["line"] == points


def test_the_zoom_for_which_it_does_is_passed_on() -> None:
    packed = pack({"features": [], "zoom": 3.5})
    assert json.loads(packed[4:])["zoom"] == 3.5


def test_a_hole_shares_the_outline_of_what_fills_it() -> None:
    square = [[0, 0], [0, 3], [3, 3], [3, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    features = [
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [square, hole]}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [hole[::-1]]}},
    ]
    packed = pack({"features": features})
    size = int.from_bytes(packed[:4], "little")
    assert len(json.loads(packed[4 : 4 + size])["arcs"]) == 2
    assert len(unpack(packed)) == 2
