"""Arcs between places: great circles that bow out, so that several of the same two lie apart."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.coordinates import LonLat, check_coordinate
from geodata.errors import CoordinateError
from geodata.routes import WGS84, Line, cut_at_antimeridian, distinct_ends, great_circle_path

# How far an arc bows, as a share of its length: a short one by nearly this, a long one by less.
_BOW_SHARE = 0.09

_BOW_HALVED_AT_KM = 3000.0


# Each further lane bows by this much of the first lane's bow more.
_LANE_STEP = 0.5


def arc(start: Sequence[float], end: Sequence[float], lane: int, points: int = 48) -> Line:
    """A great circle bowed to the right of the direction of travel.

    Flows between the same two places get lanes 0, 1, 2, …: each bows further than the one before,
    so none coincide. The way back bows to its own right, which is the other side.

    Parameters
    ----------
    start, end : (float, float)
        Longitude and latitude in degrees, EPSG:4326.
    lane : int
        0 or more.
    points : int, default 48
        Vertices, both ends included.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326; begins and ends exactly at the given places.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range, both are the same, `lane` is negative, or `points` is
        below 3 (two points cannot bow).
    """
    bow = Bow(check_coordinate(start), check_coordinate(end), lane)
    return arcs([bow], points)[bow]


class Bow(NamedTuple):
    """What makes an arc: its ends, longitude and latitude in degrees, EPSG:4326, and its lane."""

    start: LonLat
    end: LonLat
    lane: int


def arcs(bows: Iterable[Bow], points: int = 48) -> dict[Bow, Line]:
    """Many arcs, each as `arc` draws it, at a fraction of the cost.

    Parameters
    ----------
    bows : iterable of Bow
        What is drawn; one that comes twice is drawn once.
    points : int, default 48
        Vertices of each, both ends included.

    Returns
    -------
    dict of Bow to shapely.LineString or shapely.MultiLineString
        EPSG:4326.

    Raises
    ------
    CoordinateError
        As `arc` does, if any of them cannot be drawn.
    """
    wanted = list(dict.fromkeys(bows))
    drawn: dict[Bow, Line] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        drawn |= _arcs(wanted[first : first + _AT_ONCE], points)
    return drawn


_AT_ONCE = 500
"""Arcs that are drawn together: while all of a large dossier are, no other thread could run."""


def _arcs(wanted: list[Bow], points: int) -> dict[Bow, Line]:
    for start, end, lane in wanted:
        distinct_ends(start, end)
        if lane < 0:
            raise CoordinateError(f"lane {lane} is negative")
    if points < 3:
        raise CoordinateError(f"an arc needs at least 3 points, not {points}")
    # What the library is asked, it is asked for all at once: a call of its costs as much as some
    # fifty points do.
    paths = np.array([great_circle_path(bow.start, bow.end, points) for bow in wanted])
    inner = paths[:, 1:-1]
    lon, lat = inner[..., 0].ravel(), inner[..., 1].ravel()
    first, last = paths[:, 0], paths[:, -1]
    goal_lon, goal_lat = np.repeat(last, points - 2, axis=0).T
    heading, _, _ = WGS84.inv(lon, lat, goal_lon, goal_lat)
    _, _, metres = WGS84.inv(first[:, 0], first[:, 1], last[:, 0], last[:, 1])
    length = metres / 1000
    lanes = np.array([bow.lane for bow in wanted])
    bow_km = length * _BOW_SHARE / (1 + length / _BOW_HALVED_AT_KM) * (1 + _LANE_STEP * lanes)
    shares = np.arange(1, points - 1) / (points - 1)
    offsets = bow_km[:, None] * np.sin(math.pi * shares) * 1000
    lon, lat, _ = WGS84.fwd(lon, lat, heading + 90, offsets.ravel())
    inner[..., 0], inner[..., 1] = lon.reshape(offsets.shape), lat.reshape(offsets.shape)
    return dict(zip(wanted, _cut_all(paths), strict=True))


def _cut_all(paths: NDArray[np.float64]) -> list[Line]:
    """`cut_at_antimeridian` for many paths of as many points each: an array of path, point, 2."""
    # Few cross the meridian; only these have to be looked at one by one.
    crossing = (np.abs(np.diff(paths[..., 0], axis=1)) > 180).any(axis=1)
    lines: list[Line] = shapely.linestrings(paths).tolist()
    for index in np.flatnonzero(crossing).tolist():
        lines[index] = cut_at_antimeridian(paths[index].tolist())
    return lines
