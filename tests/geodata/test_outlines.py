"""Outlines packed for the browser: half the bytes, and not a point lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import boundaries
from geodata.outlines import PER_DEGREE, _varint, pack

COUNTRIES = Path(boundaries.__file__).parent / "countries.geojson"


def numbers(stream: bytes) -> Iterator[int]:
    left, shift = 0, 0
    for byte in stream:
        left |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield -(left + 1) // 2 if left & 1 else left // 2
            left, shift = 0, 0


def unpack(packed: bytes) -> list[dict[str, Any]]:
    """As the browser does it."""
    size = int.from_bytes(packed[:4], "little")
    header = json.loads(packed[4 : 4 + size])
    left = numbers(packed[4 + size :])
    arcs = []
    for length in header["arcs"]:
        x = y = 0
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

    return [
        {**feature, "polygons": [[ring(names) for names in rings] for rings in polygons]}
        for feature in header["features"]
        for polygons in [feature["polygons"]]
    ]


def as_set_of_edges(ring: list[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
    return {frozenset(edge) for edge in pairwise([*ring, ring[0]])}


@pytest.fixture(scope="module")
def countries() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(COUNTRIES.read_text(encoding="utf-8"))
    return content


def test_every_outline_comes_back(countries: dict[str, Any]) -> None:
    found = unpack(pack(countries))
    assert len(found) == len(countries["features"])
    for feature, back in zip(countries["features"], found, strict=True):
        assert back["properties"] == feature["properties"]
        geometry = feature["geometry"]
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
        for rings, others in zip(polygons, back["polygons"], strict=True):
            for ring, other in zip(rings, others, strict=True):
                steps = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in ring[:-1]]
                assert len(other) == len(steps)
                assert as_set_of_edges(other) == as_set_of_edges(steps)


def test_it_is_half_as_large(countries: dict[str, Any]) -> None:
    plain = gzip.compress(COUNTRIES.read_bytes(), 9)
    assert len(gzip.compress(pack(countries), 9)) < 0.5 * len(plain)


@given(st.lists(st.integers(-(2**40), 2**40), max_size=30))
def test_numbers_of_any_size_come_back(several: list[int]) -> None:
    assert list(numbers(b"".join(map(_varint, several)))) == several


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
