"""Geometry as it is drawn, by browser and paper alike: WGS 84, degrees to three places.

A hundred metres: finer than the places are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Parts: TypeAlias = tuple[NDArray[np.float64], ...]
"""A line as arrays of (lon, lat) of shape (n, 2); several where it is cut at ±180°."""


def positions_of(geometries: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """All vertices of shapes, one after the other, as (lon, lat), rounded as `round` does it."""
    degrees: NDArray[np.float64] = shapely.get_coordinates(geometries)
    thousandths = degrees * 1000
    rounded = np.rint(thousandths) / 1000
    # A product is not exact: next to a half it may lie on the other side of it.
    doubtful = np.abs(np.abs(thousandths - np.trunc(thousandths)) - 0.5) < 1e-6
    rounded[doubtful] = [round(number, 3) for number in degrees[doubtful].tolist()]
    return rounded


def parts_of(geometries: Sequence[BaseGeometry]) -> list[Parts]:
    """The parts of each of several lines."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    ends = np.cumsum(shapely.get_num_coordinates(parts))
    cut: list[Parts] = [() for _ in geometries]
    for owner, part in zip(owners.tolist(), np.split(positions_of(parts), ends[:-1]), strict=False):
        cut[owner] += (part,)
    return cut
