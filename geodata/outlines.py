"""Outlines of areas for the browser, packed: a border that two countries share is sent once.

The packed form is a header and a stream of numbers. The header, JSON in UTF-8 after its own length
as four bytes, names for each feature its properties and of which arcs its rings are made; arc
``~n`` is arc ``n`` backwards. The stream has each arc as steps of longitude and latitude from
point to point, in thousandths of a degree: integers as zigzag varints, as in Protocol Buffers.
``static/atlas/outlines.js`` of the dashboard unpacks it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

PER_DEGREE = 1000
"""Steps in a degree: the outlines are rounded to thousandths."""

_Point = tuple[int, int]


def _rings(geometry: Mapping[str, Any]) -> list[list[list[_Point]]]:
    """Polygons of a geometry as lists of rings, in steps, without the closing point."""
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [
        [[(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in ring[:-1]] for ring in rings]
        for rings in polygons
    ]


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


def _varint(number: int) -> bytes:
    left = number << 1 if number >= 0 else (-number << 1) - 1
    packed = bytearray()
    while left >= 0x80:
        packed.append(left & 0x7F | 0x80)
        left >>= 7
    packed.append(left)
    return bytes(packed)


def pack(collection: Mapping[str, Any]) -> bytes:
    """Pack the areas of a GeoJSON feature collection.

    Parameters
    ----------
    collection : mapping
        Features of Polygon or MultiPolygon geometry, EPSG:4326, rounded to thousandths of a degree.

    Returns
    -------
    bytes
        See this module's text.
    """
    shapes = [_rings(feature["geometry"]) for feature in collection["features"]]
    junctions = _junctions(ring for polygons in shapes for ring in chain(*polygons))
    arcs = _Arcs()
    features = [
        {
            "properties": feature["properties"],
            "polygons": [[arcs.of_ring(ring, junctions) for ring in rings] for rings in polygons],
        }
        for feature, polygons in zip(collection["features"], shapes, strict=True)
    ]
    header = {"arcs": [len(arc) for arc in arcs.numbers], "features": features}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    stream = bytearray()
    for arc in arcs.numbers:
        for before, point in pairwise([(0, 0), *arc]):
            stream += _varint(point[0] - before[0]) + _varint(point[1] - before[1])
    return len(text).to_bytes(4, "little") + text + bytes(stream)
