"""Lines between places: great circles, bowed arcs, sea routes and land legs, with their lengths.

Coordinates are (longitude, latitude) in degrees, EPSG:4326; lengths are geodesic kilometres on
the WGS 84 ellipsoid. A line that crosses ±180° comes back as a MultiLineString cut there, so that
no map draws it across the whole world.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

import antimeridian
import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString

from geodata.coordinates import LonLat, check_coordinate, check_path
from geodata.errors import CoordinateError

WGS84 = Geod(ellps="WGS84")

Line: TypeAlias = LineString | MultiLineString


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


def distinct_ends(start: Sequence[float], end: Sequence[float]) -> tuple[LonLat, LonLat]:
    """Both ends as (longitude, latitude) in degrees; `CoordinateError` where they are the same."""
    first, last = check_coordinate(start), check_coordinate(end)
    if first == last:
        raise CoordinateError(f"start and end are the same place: {first}")
    return first, last


def great_circle_path(start: LonLat, end: LonLat, points: int) -> list[LonLat]:
    """Points of the shortest way, both ends among them: (longitude, latitude) in degrees."""
    if points < 2:
        raise CoordinateError(f"a line needs at least 2 points, not {points}")
    between = WGS84.npts(*start, *end, points - 2) if points > 2 else []
    return [start, *((float(lon), float(lat)) for lon, lat in between), end]


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
    stops = stops_of(coordinates)
    path = [stops[0]]
    for here, there in pairwise(stops):
        path.extend(great_circle_path(here, there, 16)[1:])
    return cut_at_antimeridian(path)


def stops_of(coordinates: Iterable[Sequence[float]]) -> list[LonLat]:
    """A path without the same point twice in a row: at least two (longitude, latitude), degrees."""
    path = check_path(coordinates)
    stops = [path[0], *(after for before, after in pairwise(path) if before != after)]
    return check_path(stops)
