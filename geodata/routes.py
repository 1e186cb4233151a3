"""Lines between places: great circles, bowed arcs, sea routes and land legs, with their lengths.

Coordinates are (longitude, latitude) in degrees, EPSG:4326; lengths are geodesic kilometres on
the WGS 84 ellipsoid. A line that crosses ±180° comes back as a MultiLineString cut there, so that
no map draws it across the whole world.
"""

import math
import threading
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import antimeridian
import numpy as np
import searoute
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from searoute.classes.passages import Passage
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geodata.coordinates import LonLat, check_coordinate, check_path
from geodata.errors import CoordinateError, SeaRouteError

WGS84 = Geod(ellps="WGS84")

Line: TypeAlias = LineString | MultiLineString

# Chokepoints a sea route can be kept out of, by the names the sea-lane network uses.
PASSAGES: frozenset[str] = frozenset(name for name, value in vars(Passage).items() if name == value)

# Nobody ships freight through the Northwest Passage; open, it would shorten routes on paper.
_NEVER_USED = ("northwest",)

# A place further from the nearest sea lane than this is not a port; a route to it would begin
# with a long straight line over land.
FARTHEST_FROM_LANE_KM = 150.0

# How far an arc bows, as a share of its length: a short one by nearly this, a long one by less.
_BOW_SHARE = 0.09
_BOW_HALVED_AT_KM = 3000.0
# Each further lane bows by this much of the first lane's bow more.
_LANE_STEP = 0.5

# The network keeps the closed chokepoints as state of one shared graph, so two threads must not
# ask it at the same time.
_network_lock = threading.Lock()


def geodesic_km(coordinates: Iterable[Sequence[float]]) -> float:
    """Length of a path on the WGS 84 ellipsoid.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        At least two (longitude, latitude) pairs, degrees, EPSG:4326; neighbours are joined by
        the shortest way, over ±180° if that is shorter.

    Returns
    -------
    float
        Kilometres.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two.
    """
    path = check_path(coordinates)
    lon, lat = zip(*path, strict=True)
    return float(WGS84.line_length(lon, lat)) / 1000


def cut_at_antimeridian(coordinates: Iterable[Sequence[float]]) -> Line:
    """Make a line of a path, cut where it crosses ±180°.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        At least two (longitude, latitude) pairs, degrees, EPSG:4326. A step of more than 180° of
        longitude is taken to go the other way round.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        In the order of travel. An end on the meridian may change the sign of its 180.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two.
    """
    path = check_path(coordinates)
    if not any(abs(a[0] - b[0]) > 180 for a, b in pairwise(path)):
        return LineString(path)
    # The step that crosses is short, so straight on the map is as good as on the sphere, and it
    # keeps a path along a parallel on it.
    cut = antimeridian.fix_line_string(LineString(path), great_circle=False)
    # A path that begins or ends on the meridian leaves a part without length there.
    kept = [part for part in shapely.get_parts(cut).tolist() if part.length > 0]
    return kept[0] if len(kept) == 1 else MultiLineString(kept)


def line_km(line: Line) -> float:
    """Length of a line that this module made.

    Parameters
    ----------
    line : shapely.LineString or shapely.MultiLineString
        EPSG:4326; the parts of one cut at ±180° are added up.

    Returns
    -------
    float
        Geodesic kilometres.
    """
    return float(WGS84.geometry_length(line)) / 1000


def _distinct(start: Sequence[float], end: Sequence[float]) -> tuple[LonLat, LonLat]:
    first, last = check_coordinate(start), check_coordinate(end)
    if first == last:
        raise CoordinateError(f"start and end are the same place: {first}")
    return first, last


def _great_circle_path(start: LonLat, end: LonLat, points: int) -> list[LonLat]:
    if points < 2:
        raise CoordinateError(f"a line needs at least 2 points, not {points}")
    between = WGS84.npts(*start, *end, points - 2) if points > 2 else []
    return [start, *((float(lon), float(lat)) for lon, lat in between), end]


def great_circle(start: Sequence[float], end: Sequence[float], points: int = 64) -> Line:
    """The shortest line between two places.

    Parameters
    ----------
    start, end : (float, float)
        Longitude and latitude in degrees, EPSG:4326.
    points : int, default 64
        Vertices, both ends included.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326; begins and ends exactly at the given places.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range, both are the same, or `points` is below 2.
    """
    first, last = _distinct(start, end)
    return cut_at_antimeridian(_great_circle_path(first, last, points))


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
        _distinct(start, end)
        if lane < 0:
            raise CoordinateError(f"lane {lane} is negative")
    if points < 3:
        raise CoordinateError(f"an arc needs at least 3 points, not {points}")
    # What the library is asked, it is asked for all at once: a call of its costs as much as some
    # fifty points do.
    paths = np.array([_great_circle_path(bow.start, bow.end, points) for bow in wanted])
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


def land_leg(coordinates: Iterable[Sequence[float]]) -> Line:
    """A leg over land, from waypoint to waypoint.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        At least two (longitude, latitude) pairs, degrees, EPSG:4326, in the order of travel.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326, straight from waypoint to waypoint. A road or railway between them is longer
        than the line.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two.
    """
    return cut_at_antimeridian(coordinates)


def open_water_leg(coordinates: Iterable[Sequence[float]]) -> Line:
    """A leg by sea where no lane is charted: great circles from waypoint to waypoint.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        At least two (longitude, latitude) pairs, degrees, EPSG:4326, in the order of travel.
        Whether there is land between them is for whoever gives them to see.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326; passes every waypoint.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two different ones.
    """
    stops = _stops(coordinates)
    path = [stops[0]]
    for here, there in pairwise(stops):
        path.extend(_great_circle_path(here, there, 16)[1:])
    return cut_at_antimeridian(path)


def sea_route(
    start: Sequence[float], end: Sequence[float], restrictions: Iterable[str] = ()
) -> Line:
    """The shortest way by sea between two ports, along the usual lanes.

    Parameters
    ----------
    start, end : (float, float)
        Longitude and latitude in degrees, EPSG:4326.
    restrictions : iterable of str
        Chokepoints that are closed, see `sea_leg`.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326; begins and ends exactly at the given places. `line_km` gives its length.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range, or both are the same.
    SeaRouteError
        As `sea_leg` does.
    """
    return sea_leg(_distinct(start, end), restrictions)


def sea_leg(coordinates: Iterable[Sequence[float]], restrictions: Iterable[str] = ()) -> Line:
    """A leg by sea along the usual lanes, by way of waypoints.

    Parameters
    ----------
    coordinates : iterable of (float, float)
        At least two (longitude, latitude) pairs, degrees, EPSG:4326, in the order of travel. The
        places between the ends decide which way the leg goes: it passes the lane nearest to each.
    restrictions : iterable of str
        Chokepoints that are closed, from `PASSAGES` (``"suez"``, ``"babalmandab"``, ``"ormuz"``,
        ``"bosporus"``, …). The Northwest Passage always is.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        EPSG:4326; begins and ends exactly at the given places. `line_km` gives its length.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two different ones.
    SeaRouteError
        If a chokepoint is unknown, a place is more than `FARTHEST_FROM_LANE_KM` from any lane, or
        no way is open.

    Notes
    -----
    Source of the lanes: the network of the ``searoute`` package (no network access). It also
    has the Volga–Don canal, so the Caspian is joined to the Black Sea.
    """
    stops = _stops(coordinates)
    closed = set(restrictions)
    unknown = sorted(closed - PASSAGES)
    if unknown:
        raise SeaRouteError(
            f"unknown chokepoint {', '.join(unknown)}; known are {', '.join(sorted(PASSAGES))}"
        )
    path = [stops[0]]
    for here, there in pairwise(stops):
        lane = _lane(here, there, frozenset(closed))
        for place, joins in ((here, lane[0]), (there, lane[-1])):
            gap = _gap_km(place, joins)
            if gap > FARTHEST_FROM_LANE_KM:
                raise SeaRouteError(
                    f"{place} is {gap:.0f} km from the nearest sea lane; give a port on one, or "
                    "draw the leg straight over open water"
                )
        path.extend(lane)
    return cut_at_antimeridian(_without_spurs([*path, stops[-1]]))


def _stops(coordinates: Iterable[Sequence[float]]) -> list[LonLat]:
    path = check_path(coordinates)
    stops = [path[0], *(after for before, after in pairwise(path) if before != after)]
    return check_path(stops)


def _gap_km(place: LonLat, other: LonLat) -> float:
    return 0.0 if place == other else geodesic_km([place, other])


def _without_spurs(path: Sequence[LonLat]) -> list[LonLat]:
    """Take out every stretch that goes to a waypoint beside the lane and straight back."""
    kept: list[LonLat] = []
    for place in path:
        if kept and kept[-1] == place:
            continue
        if len(kept) > 1 and kept[-2] == place:
            kept.pop()
        else:
            kept.append(place)
    return kept


# Corridors share stretches, and most of them are as they were when a dossier is loaded anew.
@lru_cache(maxsize=1024)
def _lane(start: LonLat, end: LonLat, closed: frozenset[str]) -> tuple[LonLat, ...]:
    with _network_lock, warnings.catch_warnings():
        # It warns where no way is open, which is an error here.
        warnings.simplefilter("ignore")
        found = searoute.searoute(
            list(start), list(end), restrictions=sorted({*closed, *_NEVER_USED})
        )
    raw: list[list[float]] = found["geometry"]["coordinates"]
    if len(raw) < 2:
        shut = f" with {', '.join(sorted(closed))} closed" if closed else ""
        raise SeaRouteError(f"no sea route from {start} to {end}{shut}")
    # Across the Pacific the network counts longitude on beyond 180°.
    return tuple(((lon + 180) % 360 - 180, lat) for lon, lat in raw)


def km_within(line: BaseGeometry, area: BaseGeometry) -> float:
    """How much of a line lies in an area: with all land, how far a sea leg is from the sea.

    Parameters
    ----------
    line : shapely.LineString or shapely.MultiLineString
        EPSG:4326.
    area : shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Returns
    -------
    float
        Kilometres. Canals and rivers count as land, and coasts are those of a 1:50m map, so a
        leg into a river port or through Suez is never quite 0.
    """
    inside = shapely.get_parts(shapely.intersection(line, area)).tolist()
    metres = sum(WGS84.geometry_length(part) for part in inside if part.length > 0)
    return float(metres) / 1000
