"""The smallest box around shapes, which may lie on both sides of ±180°.

Coordinates are degrees, EPSG:4326.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from geodata.errors import CoordinateError

BoundingBox = tuple[float, float, float, float]
"""West, south, east, north. West exceeds east where the box lies on both sides of ±180°."""


def bounding_box(parts: Iterable[NDArray[np.float64]]) -> BoundingBox:
    """The box around shapes that leaves out the widest stretch of longitudes without any of them.

    Parameters
    ----------
    parts : iterable of arrays of shape (n, 2)
        (lon, lat) of points, or of the vertices of a line; none crosses ±180°, a line that does is
        cut there. All longitudes between the vertices of one part count as taken.

    Returns
    -------
    tuple of float
        West, south, east, north.

    Raises
    ------
    CoordinateError
        If there is no part.
    """
    arrays = [np.asarray(part, dtype=float) for part in parts]
    if not arrays:
        raise CoordinateError("a box around nothing")
    lows = np.array([part.min(axis=0) for part in arrays])
    highs = np.array([part.max(axis=0) for part in arrays])
    west, east = _longitudes(lows[:, 0], highs[:, 0])
    return west, float(lows[:, 1].min()), east, float(highs[:, 1].max())


def _longitudes(lows: NDArray[np.float64], highs: NDArray[np.float64]) -> tuple[float, float]:
    """West and east of the shortest arc with all stretches of longitude in it."""
    order = np.argsort(lows)
    starts, reached = lows[order], np.maximum.accumulate(highs[order])
    gaps = starts[1:] - reached[:-1]
    across = starts[0] + 360 - reached[-1]
    if not gaps.size or across >= gaps.max():
        return float(starts[0]), float(reached[-1])
    widest = int(np.argmax(gaps))
    return float(starts[widest + 1]), float(reached[widest])


def padded(box: BoundingBox, width: float, height: float) -> BoundingBox:
    """A box, widened on both sides where it is narrower or lower than it should be.

    Parameters
    ----------
    box : tuple of float
        West, south, east, north.
    width, height : float
        Least size in degrees.

    Returns
    -------
    tuple of float
        With the same middle, unless a pole is nearer; it may come to lie on both sides of ±180°.
    """
    west, south, east, north = box
    more_x = max(0.0, (width - (east - west) % 360) / 2) if east - west < 360 else 0.0
    more_y = max(0.0, (height - (north - south)) / 2)
    return (
        wrapped(west - more_x),
        max(-90.0, south - more_y),
        wrapped(east + more_x),
        min(90.0, north + more_y),
    )


def wrapped(lon: float) -> float:
    """A longitude within ±180°."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
