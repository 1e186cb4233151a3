"""Geometry as the browser takes it: paths of rounded latitudes and longitudes (WGS 84, degrees)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def rounded_pair(pair: tuple[float, float]) -> list[float]:
    """[lat, lon] to a hundred metres: finer than the places are known."""
    lon, lat = pair
    return [round(lat, 3), round(lon, 3)]


def _rounded(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """As `round` does it with three places, for many numbers at once."""
    thousandths = degrees * 1000
    rounded = np.rint(thousandths) / 1000
    # A product is not exact: next to a half it may lie on the other side of it.
    doubtful = np.abs(np.abs(thousandths - np.trunc(thousandths)) - 0.5) < 1e-6
    rounded[doubtful] = [round(number, 3) for number in degrees[doubtful].tolist()]
    return rounded


_VERTICES_AT_ONCE = 20_000
"""As `_AT_ONCE`, for numbers."""


def pairs_of(geometries: Sequence[BaseGeometry]) -> list[list[float]]:
    """All vertices of shapes, one after the other, as `rounded_pair` gives each."""
    rounded = _rounded(shapely.get_coordinates(geometries)[:, ::-1])
    pairs: list[list[float]] = []
    for first in range(0, len(rounded), _VERTICES_AT_ONCE):
        pairs += rounded[first : first + _VERTICES_AT_ONCE].tolist()
    return pairs


def paths_of(geometries: Sequence[BaseGeometry]) -> list[list[Any]]:
    """Lines as [lat, lon] pairs for Leaflet; several lists for one that is cut at ±180°."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    pairs = iter(pairs_of(parts))
    cut: list[list[Any]] = [[] for _ in geometries]
    lengths = shapely.get_num_coordinates(parts).tolist()
    for owner, length in zip(owners.tolist(), lengths, strict=True):
        cut[owner].append(list(islice(pairs, length)))
    return [lists[0] if len(lists) == 1 else lists for lists in cut]
