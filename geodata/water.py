"""Choose the lakes and rivers that are drawn, and follow each river to its mouth."""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geodata.coverage import as_area, parts, polygons_from_rings
from geodata.errors import TopologyError
from geodata.topology import Position, Ring, shapes

Projection = Callable[[NDArray[np.float64]], NDArray[np.float64]]

# The source has its water on a grid of 0.036° by 0.018°: pieces of one river can end a grid step
# apart, and corners finer than that are the grid's and not the shore's.
GRID = 0.045
LAKE_DETAIL_KM = 5.0
RIVER_DETAIL_KM = 3.0
DECIMALS = 3
# A place named in water.yml is meant for a river no further away than this, in degrees.
REACH = 0.6


def network_of(lines: Iterable[Ring]) -> nx.Graph:
    """The network of rivers, its edges as long as they are in degrees.

    Parameters
    ----------
    lines : iterable of lines
        Lines that meet share a vertex, or end within one step of the source's grid of one another.
        Degrees, EPSG:4326.

    Returns
    -------
    networkx.Graph
        Of vertices, (longitude, latitude).
    """
    network = nx.Graph()
    ends: set[Position] = set()
    for line in lines:
        ends.update((line[0], line[-1]))
        network.add_weighted_edges_from(
            (a, b, math.dist(a, b)) for a, b in itertools.pairwise(line)
        )
    vertices = sorted(network)
    tree = shapely.STRtree([Point(vertex) for vertex in vertices])
    for end in sorted(ends):
        for index in tree.query(Point(end), predicate="dwithin", distance=GRID).tolist():
            other = vertices[index]
            if other != end and not network.has_edge(end, other):
                network.add_edge(end, other, weight=math.dist(end, other))
    return network


def follow(network: nx.Graph, places: Sequence[Sequence[float]], name: str) -> Ring:
    """Follow a river from place to place by the shortest way.

    The source cuts a river at every reservoir and confluence, and names none of the pieces;
    walking the network puts a course back together without naming pieces one by one.

    Parameters
    ----------
    network : networkx.Graph
        As `network_of` makes it.
    places : sequence of [lon, lat]
        At least two places near the river, in order.
    name : str
        For the error message.

    Returns
    -------
    list of (float, float)
        The course.

    Raises
    ------
    TopologyError
        If no river is near a place, or the network does not join two of them.
    """
    # Sorted, so that a tie between two vertices is decided the same way everywhere.
    vertices = sorted(network)
    course: Ring = []
    stops: list[Position] = []
    for place in places:
        nearest = min(vertices, key=lambda vertex: math.dist(vertex, place))
        if math.dist(nearest, place) > REACH:
            raise TopologyError(f"{name}: no river within {REACH}° of {list(place)}")
        stops.append(nearest)
    for start, end in itertools.pairwise(stops):
        try:
            stretch = nx.dijkstra_path(network, start, end)
        except nx.NetworkXNoPath:
            raise TopologyError(f"{name}: the rivers do not join {start} to {end}") from None
        course.extend(stretch[1:] if course else stretch)
    return course


def gap_in_land(countries: Mapping[str, BaseGeometry], place: Sequence[float]) -> Polygon:
    """The water that land encloses around a place.

    Parameters
    ----------
    countries : Mapping
        Country code → area, EPSG:4326.
    place : [lon, lat]
        A place in that water.

    Returns
    -------
    shapely.Polygon
        The gap, islands in it left out, sharing every vertex of its shore with the land.

    Raises
    ------
    TopologyError
        If the place is on land or in the open sea.
    """
    here = Point(place)
    land = parts(shapely.union_all(list(countries.values())))
    for part in land:
        for ring in part.interiors:
            basin = Polygon(ring)
            if basin.contains(here):
                islands = [other for other in land if other is not part and basin.contains(other)]
                water = parts(basin.difference(shapely.union_all(islands)))
                for piece in water:
                    if piece.contains(here):
                        return piece
    raise TopologyError(f"no enclosed water at {list(place)}")


def water_features(
    topology: Mapping[str, Any],
    countries: Mapping[str, BaseGeometry],
    facts: Mapping[str, Any],
    projection: tuple[Projection, Projection],
) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Lakes, largest first, then rivers in the order of ``water.yml``.

    Parameters
    ----------
    topology : Mapping
        Topology with the layers ``lakes`` and ``rivers``.
    countries : Mapping
        Country code → finished area, EPSG:4326.
    facts : Mapping
        Content of ``water.yml``.
    projection : (callable, callable)
        To and from equal-area kilometres.

    Yields
    ------
    properties : dict
        ``kind`` (``"lake"`` or ``"river"``) and, where known, ``name``.
    geometry : shapely geometry
        Polygon or LineString, EPSG:4326.

    Raises
    ------
    TopologyError
        If a named lake or river is not where ``water.yml`` puts it.
    """
    to_km, to_degrees = projection
    rules = facts["lakes"]
    for entry in rules["inside_land"]:
        inland = gap_in_land(countries, entry["at"])
        yield {"kind": "lake", "name": entry["name"]}, as_area([inland])

    flat = [
        shapely.transform(polygon, to_km)
        for shape in shapes(topology, "lakes", DECIMALS)
        for polygon in polygons_from_rings(shape.polygons, DECIMALS)
    ]
    names = {entry["name"]: Point(entry["at"]) for entry in rules["names"]}
    lakes: list[tuple[float, str, BaseGeometry]] = []
    for lake in flat:
        outline = shapely.transform(lake, to_degrees)
        name = next((name for name, at in names.items() if outline.intersects(at)), "")
        # A lake that has a name is drawn whatever its size.
        if name or lake.area >= rules["smallest_km2"]:
            smooth = shapely.coverage_simplify([lake], LAKE_DETAIL_KM)[0]
            lakes.append((-lake.area, name, shapely.transform(smooth, to_degrees)))
    missing = set(names) - {name for _, name, _ in lakes}
    if missing:
        raise TopologyError(f"no lake where these should be: {', '.join(sorted(missing))}")
    for _, name, outline in sorted(lakes, key=lambda entry: (entry[0], entry[1])):
        properties = {"kind": "lake", "name": name} if name else {"kind": "lake"}
        yield properties, as_area(parts(outline))

    network = network_of(
        line for shape in shapes(topology, "rivers", DECIMALS) for line in shape.lines
    )
    for entry in facts["rivers"]:
        course = LineString(follow(network, entry["along"], entry["name"]))
        thin = shapely.simplify(shapely.transform(course, to_km), RIVER_DETAIL_KM)
        yield {"kind": "river", "name": entry["name"]}, shapely.transform(thin, to_degrees)
