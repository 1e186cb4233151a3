"""Clean, cut and simplify areas that share borders, so that they go on sharing them."""

import itertools
import math
from collections.abc import Mapping, Sequence

import antimeridian
import networkx as nx
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata.topology import Ring


def crosses_antimeridian(ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a ring steps over ±180°.

    Parameters
    ----------
    ring : sequence of (float, float)
        Longitude and latitude in degrees.

    Returns
    -------
    bool
        True if two neighbouring vertices are more than half a turn apart.
    """
    return any(abs(a[0] - b[0]) > 180 for a, b in itertools.pairwise(ring))


def parts(geometry: BaseGeometry) -> list[Polygon]:
    """Polygons of a geometry, largest first (by bounding box corner where equal).

    Parameters
    ----------
    geometry : shapely geometry
        Any geometry; what is not an area is left out.

    Returns
    -------
    list of shapely.Polygon
        The parts, in an order that does not depend on how they were stored.
    """
    flat = shapely.get_parts(shapely.get_parts([geometry])).tolist()
    found = [part for part in flat if isinstance(part, Polygon) and not part.is_empty]
    return sorted(found, key=lambda part: (-part.area, part.bounds))


def polygons_from_rings(polygons: Sequence[Sequence[Ring]], decimals: int = 3) -> list[Polygon]:
    """Build valid polygons from decoded rings, cut at ±180° where they cross it.

    Parameters
    ----------
    polygons : sequence of sequence of rings
        Each polygon is a list of rings, shell first, degrees, EPSG:4326.
    decimals : int
        Decimal places to which a cut is rounded.

    Returns
    -------
    list of shapely.Polygon
        Valid polygons. Rings that rounding reduced to fewer than three places are dropped.
    """
    built: list[Polygon] = []
    for rings in polygons:
        if len(set(rings[0])) < 3:
            continue
        holes = [hole for hole in rings[1:] if len(set(hole)) >= 3]
        polygon = Polygon(rings[0], holes)
        if crosses_antimeridian(rings[0]):
            # The source winds shells clockwise, which antimeridian would take for a hole in the
            # world. Planar, because borders run straight between vertices on this map.
            cut = antimeridian.fix_polygon(polygon, fix_winding=True, great_circle=False)
            # The cut is the one place where vertices are computed, so it is rounded again.
            rounded = shapely.transform(cut, lambda xy: xy.round(decimals) + 0.0)
            built.extend(parts(shapely.make_valid(rounded)))
        elif polygon.is_valid:
            built.append(polygon)
        else:
            built.extend(parts(shapely.make_valid(polygon)))
    return built


def split_along(area: Polygon, border: LineString, reach: float = 0.05) -> list[Polygon]:
    """Cut an area in two along a border taken from another dataset.

    The two datasets draw the coast a little differently, so the border is lengthened at both
    ends until it surely leaves the area.

    Parameters
    ----------
    area : shapely.Polygon
        What is cut, EPSG:4326.
    border : shapely.LineString
        The border, EPSG:4326.
    reach : float
        By how many degrees each end is lengthened.

    Returns
    -------
    list of shapely.Polygon
        The pieces; the vertices of `area` are kept.
    """
    line = list(border.coords)

    def beyond(end: tuple[float, float], before: tuple[float, float]) -> tuple[float, float]:
        length = math.dist(end, before)
        return (
            end[0] + (end[0] - before[0]) / length * reach,
            end[1] + (end[1] - before[1]) / length * reach,
        )

    longer = LineString([beyond(line[0], line[1]), *line, beyond(line[-1], line[-2])])
    mesh = shapely.union_all([area.boundary, longer])
    pieces = parts(shapely.polygonize([mesh]))
    return [piece for piece in pieces if area.contains(piece.representative_point())]


def simplify(
    cells: Mapping[str, Sequence[Polygon]], tolerance: float, islet_vertices: int = 13
) -> dict[str, BaseGeometry]:
    """Simplify a map as one coverage: a shared border is simplified once, for both sides.

    Parameters
    ----------
    cells : Mapping
        Name → polygons. No two cells overlap; neighbours share the vertices of their border.
    tolerance : float
        Degrees; corners that cut off less than about ``tolerance²`` are removed.
    islet_vertices : int
        Parts that touch nothing and have no more vertices than this stay as they are, so
        that small islands keep their shape.

    Returns
    -------
    dict
        Name → Polygon or MultiPolygon, in the order of `cells`.
    """
    names = [name for name, polygons in cells.items() for _ in polygons]
    flat = [polygon for polygons in cells.values() for polygon in polygons]
    tree = shapely.STRtree(flat)
    left, right = tree.query(flat, predicate="intersects")
    neighbours = {int(a) for a, b in zip(left, right, strict=True) if a != b}
    thin = [
        index
        for index, polygon in enumerate(flat)
        if index in neighbours or shapely.get_num_coordinates(polygon) > islet_vertices
    ]
    if thin:
        simplified = shapely.coverage_simplify([flat[index] for index in thin], tolerance)
        for index, polygon in zip(thin, simplified, strict=True):
            flat[index] = polygon
    collected: dict[str, list[Polygon]] = {name: [] for name in cells}
    for name, polygon in zip(names, flat, strict=True):
        collected[name].extend(parts(polygon))
    return {name: as_area(polygons) for name, polygons in collected.items()}


def connected_groups(
    cells: Mapping[str, Sequence[Polygon]],
) -> list[list[tuple[str, Polygon]]]:
    """Group polygons that hang together: a continent is one group, an island another.

    Parameters
    ----------
    cells : Mapping
        Name → polygons.

    Returns
    -------
    list of list of (str, shapely.Polygon)
        Groups of named polygons, in the order of their first member.
    """
    named = [(name, polygon) for name, polygons in cells.items() for polygon in polygons]
    flat = [polygon for _, polygon in named]
    touching = nx.Graph()
    touching.add_nodes_from(range(len(named)))
    touching.add_edges_from(shapely.STRtree(flat).query(flat, predicate="intersects").T.tolist())
    return [[named[i] for i in sorted(group)] for group in nx.connected_components(touching)]


def as_area(polygons: Sequence[Polygon]) -> BaseGeometry:
    """Collect polygons into one area in a repeatable order.

    Parameters
    ----------
    polygons : sequence of shapely.Polygon
        At least one part.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon
        Largest part first, each ring starting at its least vertex, shells anticlockwise
        (as GeoJSON asks).
    """
    ordered = parts(shapely.normalize(MultiPolygon(list(polygons))))
    wound = shapely.orient_polygons(ordered).tolist()
    return wound[0] if len(wound) == 1 else MultiPolygon(wound)
