"""Questions a transport corridor asks of the map: countries crossed, straits passed, ways round.

Coordinates are (longitude, latitude) in degrees, EPSG:4326; lengths are geodesic kilometres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

import geopandas as gpd
import numpy as np
import shapely

from geodata.coordinates import LonLat, check_coordinate
from geodata.errors import CoordinateError, SeaRouteError
from geodata.routes import WGS84, Line, geodesic_km
from geodata.sea_legs import sea_leg

STEP_KM = 2.0
"""How finely a leg over land is probed for the country it lies in."""

SHORTEST_CROSSING_KM = 10.0
"""A country between two stops counts from here on: a leg is drawn straight from stop to stop and
borders are those of a 1:50m map, so a shorter corner is as likely drawn as real."""

PASSED_WITHIN_KM = 50.0
"""A chokepoint this close to a line is passed by it. Lanes are schematic, and a strait is a point
here: the Øresund and the Great Belt, say, are one."""

_PROBE_DEGREES = 0.05

PASSAGE_POINTS: Mapping[str, LonLat] = {
    "babalmandab": (43.4, 12.6),
    "bosporus": (29.06, 41.12),
    "gibraltar": (-5.5, 35.95),
    "malacca": (100.2, 3.6),
    "ormuz": (56.5, 26.5),
    "panama": (-79.7, 9.1),
    "suez": (32.4, 30.4),
    "sunda": (105.8, -5.9),
}
"""Where the network's chokepoints lie that can be closed in earnest. Left out are open seas: what
the network calls ``south_africa`` lies far south of the Cape, and nobody can close that."""

_SAME_PASSAGE_KM = 60.0

Stop = tuple[LonLat, str | None]
"""A place on a leg: longitude and latitude, and its country (none at sea)."""


@dataclass(frozen=True)
class Span:
    """A stretch within one country.

    Attributes
    ----------
    country : str
        Code, as in the country data.
    km : float
        Geodesic length.
    """

    country: str
    km: float


@dataclass(frozen=True)
class Near:
    """A place that a line comes close to.

    Attributes
    ----------
    id : str
        The place.
    km : float
        Its distance from the line.
    at_km : float
        How far along the line it is nearest.
    """

    id: str
    km: float
    at_km: float


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Make one span of neighbours in the same country."""
    return tuple(
        Span(country, sum(span.km for span in group))
        for country, group in groupby(spans, key=lambda span: span.country)
    )


def _countries_at(points: np.ndarray, countries: gpd.GeoDataFrame) -> list[str | None]:
    found: list[str | None] = [None] * len(points)
    at, inside = countries.sindex.query(shapely.points(points), predicate="intersects")
    for point, country in zip(at.tolist(), inside.tolist(), strict=True):
        found[point] = str(countries.index[country])
    return found


def _along_geodesic(first: LonLat, last: LonLat, count: int) -> np.ndarray:
    """Middles of so many equal steps along the shortest way, also where it crosses ±180°."""
    azimuth, _, metres = WGS84.inv(*first, *last)
    along = (np.arange(count) + 0.5) / count * metres
    start = np.broadcast_to(first, (count, 2))
    lon, lat, _ = WGS84.fwd(start[:, 0], start[:, 1], np.full(count, azimuth), along)
    return np.column_stack([lon, lat])


def _without_corners(spans: list[Span]) -> list[Span]:
    """Take out what is too short to be believed; the first and last are known from their stops."""
    while len(spans) > 2:
        shortest = min(range(1, len(spans) - 1), key=lambda i: spans[i].km)
        if spans[shortest].km >= SHORTEST_CROSSING_KM:
            break
        before, corner = spans[shortest - 1], spans[shortest]
        spans[shortest - 1 : shortest + 1] = [Span(before.country, before.km + corner.km)]
        spans = list(join_spans(spans))
    return spans


def land_spans(stops: Sequence[Stop], countries: gpd.GeoDataFrame) -> tuple[Span, ...]:
    """Countries that a leg over land, or through a canal, crosses.

    Parameters
    ----------
    stops : sequence of ((float, float), str or None)
        At least two, in the order of travel; the leg is the shortest from one to the next. Where a
        stop's country is given, it holds, whatever side of a generalised border it lies on.
    countries : geopandas.GeoDataFrame
        From `geodata.boundaries.load_countries`.

    Returns
    -------
    tuple of Span
        In the order of travel. Water beyond a coast belongs to the country before it.

    Raises
    ------
    CoordinateError
        If a coordinate is out of range or there are fewer than two stops.
    """
    if len(stops) < 2:
        raise CoordinateError(f"{len(stops)} stop(s), at least 2 needed")
    spans: list[Span] = []
    for (start, start_in), (end, end_in) in pairwise(stops):
        first, last = check_coordinate(start), check_coordinate(end)
        length = geodesic_km([first, last])
        count = max(2, math.ceil(length / STEP_KM))
        found = _countries_at(_along_geodesic(first, last, count), countries)
        found[0], found[-1] = start_in or found[0], end_in or found[-1]
        known = spans[-1].country if spans else next((code for code in found if code), None)
        piece: list[Span] = []
        for code in found:
            known = code or known
            if known:
                piece.append(Span(known, length / count))
        spans += _without_corners(list(join_spans(piece)))
    return join_spans(spans)


def _probed(line: Line) -> tuple[np.ndarray, np.ndarray]:
    """Points along a line, near enough to one another, and the kilometres to each."""
    parts = shapely.get_parts(shapely.segmentize(line, _PROBE_DEGREES))
    points = np.vstack([shapely.get_coordinates(part) for part in parts])
    _, _, metres = WGS84.inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    return points, np.concatenate([[0.0], np.cumsum(metres) / 1000])


def passed(
    line: Line, places: Mapping[str, LonLat], within_km: float = PASSED_WITHIN_KM
) -> tuple[Near, ...]:
    """Places that a line comes close to.

    Parameters
    ----------
    line : shapely.LineString or shapely.MultiLineString
        EPSG:4326.
    places : mapping of str to (float, float)
        Longitude and latitude, by id.
    within_km : float
        What counts as close.

    Returns
    -------
    tuple of Near
        In the order of travel; distances are right to about a kilometre.
    """
    points, along = _probed(line)
    near = []
    for place, (lon, lat) in places.items():
        # Only what is within a band of latitude is measured: cheap, and misses nothing.
        close = np.flatnonzero(np.abs(points[:, 1] - lat) <= within_km / 110 + _PROBE_DEGREES)
        if not close.size:
            continue
        here = np.broadcast_to([lon, lat], (close.size, 2))
        _, _, metres = WGS84.inv(here[:, 0], here[:, 1], points[close, 0], points[close, 1])
        nearest = int(np.argmin(metres))
        if metres[nearest] / 1000 <= within_km:
            km, at_km = float(metres[nearest]) / 1000, float(along[close[nearest]])
            near.append(Near(place, km, at_km))
    return tuple(sorted(near, key=lambda one: one.at_km))


def passage_at(position: Sequence[float]) -> str | None:
    """Name of the chokepoint that can be closed at a position.

    Parameters
    ----------
    position : (float, float)
        Longitude and latitude in degrees, EPSG:4326.

    Returns
    -------
    str or None
        A key of `PASSAGE_POINTS`, for the `restrictions` of `geodata.routes.sea_leg`.

    Raises
    ------
    CoordinateError
        If the coordinate is out of range.
    """
    here = check_coordinate(position)
    for name, there in PASSAGE_POINTS.items():
        if here == there or geodesic_km([here, there]) <= _SAME_PASSAGE_KM:
            return name
    return None


@lru_cache(maxsize=256)
def way_round(start: LonLat, end: LonLat, closed: frozenset[str]) -> Line | None:
    """The shortest way by sea with chokepoints closed; kept, so that asking again costs nothing.

    Parameters
    ----------
    start, end : (float, float)
        Ports; longitude and latitude in degrees, EPSG:4326.
    closed : frozenset of str
        Keys of `PASSAGE_POINTS`.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString or None
        EPSG:4326; None where no way remains.

    Raises
    ------
    SeaRouteError
        If a port is far from every lane, or a chokepoint is unknown.
    """
    try:
        return sea_leg([start, end], closed)
    except SeaRouteError:
        sea_leg([start, end])  # with nothing closed there is a way, or the ports are at fault
        if unknown := closed - PASSAGE_POINTS.keys():
            raise SeaRouteError(f"unknown chokepoint {', '.join(sorted(unknown))}") from None
        return None
