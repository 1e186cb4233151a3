"""Legs over sea, along the lanes that ships take, offline."""

import threading
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import searoute
from searoute.classes.passages import Passage

from geodata.coordinates import LonLat
from geodata.errors import SeaRouteError
from geodata.routes import Line, cut_at_antimeridian, geodesic_km, stops_of

# Chokepoints a sea route can be kept out of, by the names the sea-lane network uses.
PASSAGES: frozenset[str] = frozenset(name for name, value in vars(Passage).items() if name == value)


# Nobody ships freight through the Northwest Passage; open, it would shorten routes on paper.
_NEVER_USED = ("northwest",)


# A place further from the nearest sea lane than this is not a port; a route to it would begin
# with a long straight line over land.
FARTHEST_FROM_LANE_KM = 150.0


# The network keeps the closed chokepoints as state of one shared graph, so two threads must not
# ask it at the same time.
_network_lock = threading.Lock()


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
    stops = stops_of(coordinates)
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
