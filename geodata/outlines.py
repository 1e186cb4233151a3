"""Outlines for the browser, packed: a border that two countries share is sent once.

The packed form is a header and a run of numbers. The header, JSON in UTF-8 after its own length as
four bytes, says how many steps make a degree and how long each arc is, and names for each feature
its properties and of which arcs its rings or lines are made; arc ``~n`` is arc ``n`` backwards. The
numbers lead from each point to the next, through all arcs: steps of longitude, then of latitude,
zigzag as in Protocol Buffers, three bytes each. All low bytes come first, then the middle ones,
then the high ones: alike stands beside alike, which gzip packs to two thirds.
``static/atlas/outlines.js`` of the dashboard unpacks it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np

PER_DEGREE = 1000
"""Steps in a degree: the outlines are rounded to thousandths."""

_Point = tuple[int, int]


def _steps(coordinates: Iterable[Sequence[float]]) -> list[_Point]:
    return [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in coordinates]


def _rings(geometry: Mapping[str, Any]) -> list[list[list[_Point]]]:
    """Polygons of a geometry as lists of rings, in steps, without the closing point."""
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [[_steps(ring[:-1]) for ring in rings] for rings in polygons]


def _junctions(rings: Iterable[Sequence[_Point]]) -> set[_Point]:
    """Points at which borders part: their neighbours differ from ring to ring."""
    neighbours: dict[_Point, frozenset[_Point]] = {}
    junctions = set()
    for ring in rings:
        for before, point, after in zip(
            [ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True
        ):
            beside = frozenset((before, after))
            if neighbours.setdefault(point, beside) != beside:
                junctions.add(point)
    return junctions


class _Arcs:
    """Arcs, each kept once, whichever way it is run through."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[_Point, ...], int] = {}

    def number(self, points: Sequence[_Point]) -> int:
        arc = tuple(points)
        if (backwards := self.numbers.get(arc[::-1])) is not None:
            return ~backwards
        return self.numbers.setdefault(arc, len(self.numbers))

    def of_ring(self, ring: Sequence[_Point], junctions: set[_Point]) -> list[int]:
        """Numbers of the arcs that a ring is made of."""
        ends = [index for index, point in enumerate(ring) if point in junctions]
        # A ring that meets no other begins at its least point: so does the hole that it fills.
        first = ends[0] if ends else ring.index(min(ring))
        turned = [*ring[first:], *ring[:first], ring[first]]
        cuts = [0, *(i for i, p in enumerate(turned) if i and p in junctions)]
        if not ends:
            cuts = [0, len(turned) - 1]
        return [self.number(turned[start : end + 1]) for start, end in pairwise(cuts)]


def _bytes_apart(points: Sequence[_Point]) -> bytes:
    """Steps from point to point as numbers of three bytes: all low ones, middle ones, high ones."""
    steps = np.diff(np.array(points, dtype=np.int32).reshape(-1, 2), axis=0, prepend=[[0, 0]])
    zigzag = np.where(steps < 0, -2 * steps - 1, 2 * steps).ravel()
    # Nothing on Earth is 8,000 degrees from anything.
    return b"".join((zigzag >> shift & 0xFF).astype(np.uint8).tobytes() for shift in (0, 8, 16))


def pack(collection: Mapping[str, Any]) -> bytes:
    """Pack a GeoJSON feature collection.

    Parameters
    ----------
    collection : mapping
        Features of Polygon, MultiPolygon or LineString geometry, EPSG:4326, rounded to thousandths
        of a degree. A member ``zoom`` is passed on.

    Returns
    -------
    bytes
        See this module's text.
    """
    geometries = [feature["geometry"] for feature in collection["features"]]
    shapes = [[] if of["type"] == "LineString" else _rings(of) for of in geometries]
    junctions = _junctions(ring for polygons in shapes for ring in chain(*polygons))
    arcs = _Arcs()
    features = []
    for feature, polygons in zip(collection["features"], shapes, strict=True):
        packed: dict[str, Any] = {"properties": feature["properties"]}
        if polygons:
            packed["polygons"] = [
                [arcs.of_ring(ring, junctions) for ring in rings] for rings in polygons
            ]
        else:
            packed["line"] = arcs.number(_steps(feature["geometry"]["coordinates"]))
        features.append(packed)
    header: dict[str, Any] = {
        "per_degree": PER_DEGREE,
        "arcs": [len(arc) for arc in arcs.numbers],
        "features": features,
    }
    if "zoom" in collection:
        header["zoom"] = collection["zoom"]
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return len(text).to_bytes(4, "little") + text + _bytes_apart(list(chain(*arcs.numbers)))
