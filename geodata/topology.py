"""Read TopoJSON: turn shared arcs into rings and lines.

The rings keep the exact vertices of the arcs, so two neighbours decoded from one topology
share every vertex of their border. That is what later lets a whole map be simplified
without a gap between countries.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geodata.errors import TopologyError

Position = tuple[float, float]
Ring = list[Position]


@dataclass(frozen=True)
class Shape:
    """One object of a topology, decoded but not yet checked for validity.

    Attributes
    ----------
    properties : dict
        The properties the source gives it, with the source's ``id`` under ``"id"``.
    polygons : list of list of list of (float, float)
        Polygons, each a list of rings (shell first), degrees, EPSG:4326.
    lines : list of list of (float, float)
        Lines, degrees, EPSG:4326.
    """

    properties: dict[str, Any]
    polygons: list[list[Ring]] = field(default_factory=list)
    lines: list[Ring] = field(default_factory=list)


def decode_arcs(topology: Mapping[str, Any], decimals: int) -> list[Ring]:
    """Decode the arcs of a topology to rounded coordinates.

    Rounding happens here, on the arcs, and not on finished polygons: a vertex that two
    countries share is then rounded once and stays shared.

    Parameters
    ----------
    topology : Mapping
        A parsed TopoJSON file, quantised or not.
    decimals : int
        Decimal places of a degree to keep.

    Returns
    -------
    list of list of (float, float)
        Each arc as (longitude, latitude) pairs in degrees, without repeated vertices.

    Raises
    ------
    TopologyError
        If the file has no arcs.
    """
    if not isinstance(topology.get("arcs"), list):
        raise TopologyError("not a TopoJSON topology: it has no list of arcs")
    transform = topology.get("transform")
    arcs: list[Ring] = []
    for raw in topology["arcs"]:
        arc: Ring = []
        east = north = 0.0
        for step in raw:
            if transform:
                # A quantised arc stores integer steps from the previous vertex.
                east, north = east + step[0], north + step[1]
                lon = east * transform["scale"][0] + transform["translate"][0]
                lat = north * transform["scale"][1] + transform["translate"][1]
            else:
                lon, lat = float(step[0]), float(step[1])
            # Adding 0.0 turns -0.0 into 0.0, so that the same place is always written the same.
            vertex = (round(lon, decimals) + 0.0, round(lat, decimals) + 0.0)
            if not arc or arc[-1] != vertex:
                arc.append(vertex)
        arcs.append(arc)
    return arcs


def _join(arcs: Sequence[Ring], references: Sequence[int]) -> Ring:
    line: Ring = []
    for reference in references:
        # TopoJSON writes "arc i, backwards" as the bitwise complement of i.
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        line.extend(arc[1:] if line and line[-1] == arc[0] else arc)
    return line


def shapes(topology: Mapping[str, Any], layer: str, decimals: int = 3) -> Iterator[Shape]:
    """Yield the objects of one layer of a topology.

    Parameters
    ----------
    topology : Mapping
        A parsed TopoJSON file.
    layer : str
        Name of the object collection, e.g. ``"countries"``.
    decimals : int, default 3
        Decimal places of a degree to keep (3 is about 100 m).

    Yields
    ------
    Shape
        Rings and lines as the source has them; rings that rounding has worn down to
        nothing are still there, for the caller to judge.

    Raises
    ------
    TopologyError
        If the layer is missing or holds a geometry type other than (multi)polygon and
        (multi)line.
    """
    try:
        members = topology["objects"][layer]["geometries"]
    except (KeyError, TypeError) as error:
        raise TopologyError(f"the topology has no layer {layer!r}") from error
    arcs = decode_arcs(topology, decimals)
    for member in members:
        properties = dict(member.get("properties") or {})
        properties["id"] = member.get("id")
        kind, references = member["type"], member.get("arcs")
        if kind == "Polygon":
            rings = [[_join(arcs, ring) for ring in references]]
            yield Shape(properties, polygons=rings)
        elif kind == "MultiPolygon":
            many = [[_join(arcs, ring) for ring in polygon] for polygon in references]
            yield Shape(properties, polygons=many)
        elif kind == "LineString":
            yield Shape(properties, lines=[_join(arcs, references)])
        elif kind == "MultiLineString":
            yield Shape(properties, lines=[_join(arcs, line) for line in references])
        else:
            raise TopologyError(f"layer {layer!r} holds a {kind}, which the build does not expect")
