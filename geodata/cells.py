"""Countries as cells that share their borders: read, carved, simplified without a gap."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geodata.areas import DECIMALS, from_equal_area, to_equal_area
from geodata.coverage import (
    as_area,
    connected_groups,
    parts,
    polygons_from_rings,
    simplify,
    split_along,
)
from geodata.errors import TopologyError
from geodata.topology import Shape, shapes

# Corners that enclose less than about the square of this are smoothed away. Two values, to
# keep the whole below 300 KB gzipped: the Americas and Greenland, whose northern coasts alone
# would take a third of it, are drawn more coarsely than the rest.
DETAIL_KM = 5.0

DETAIL_AMERICAS_KM = 13.0

AMERICAS_EAST_EDGE = -30.0


def country_cells(
    un_view: Mapping[str, Any], de_facto_view: Mapping[str, Any], facts: Mapping[str, Any]
) -> tuple[dict[str, list[Polygon]], dict[str, str]]:
    """Polygons and names of every country, cut at ±180°, before any simplification.

    Parameters
    ----------
    un_view, de_facto_view : Mapping
        Topologies with a layer ``countries``; the first has alpha-3 codes in ``a3``.
    facts : Mapping
        Content of ``countries.yml``.

    Returns
    -------
    cells : dict
        Country code → polygons, which form a coverage.
    names : dict
        Country code → short English name.

    Raises
    ------
    TopologyError
        If a country has no outline in either source, or the borders do not fit together.
    """
    skip = {entry["id"] for entry in facts["left_out"]}
    names = {entry["id"]: entry["name"] for entry in facts["names"]}
    cells: dict[str, list[Polygon]] = {}
    found_names: dict[str, str] = {}
    for shape in shapes(un_view, "countries", DECIMALS):
        code = shape.properties["a3"]
        if code in skip:
            continue
        cells.setdefault(code, []).extend(polygons_from_rings(shape.polygons, DECIMALS))
        found_names[code] = names.get(code, shape.properties["name"])
    for entry in facts["outline_from_de_facto_view"]:
        cells[entry["id"]] = _outline(de_facto_view, entry["source_id"], entry["source_name"])
        _clear_space(cells, entry["id"])
    empty = sorted(code for code, polygons in cells.items() if not polygons)
    if empty:
        raise TopologyError(f"no outline for {', '.join(empty)}")
    if not shapely.coverage_is_valid([part for polygons in cells.values() for part in polygons]):
        raise TopologyError("the borders of the source do not fit together")
    return dict(sorted(cells.items())), found_names


def _outline(topology: Mapping[str, Any], source_id: str, source_name: str) -> list[Polygon]:
    for shape in shapes(topology, "countries", DECIMALS):
        if (shape.properties["id"], shape.properties["name"]) == (source_id, source_name):
            return polygons_from_rings(shape.polygons, DECIMALS)
    raise TopologyError(f"the de facto view has no {source_name}")


def _clear_space(cells: dict[str, list[Polygon]], code: str) -> None:
    """Take the area of one cell out of whichever others it lies in."""
    taken = as_area(cells[code])
    for other, polygons in cells.items():
        if other != code and any(taken.intersects(polygon) for polygon in polygons):
            cells[other] = [part for each in polygons for part in parts(each.difference(taken))]


def carve(
    cells: Mapping[str, Sequence[Polygon]],
    de_facto_view: Mapping[str, Any],
    rule: Mapping[str, Any],
) -> tuple[list[Polygon], list[Polygon]]:
    """Split a country along the border that the de facto view draws through it.

    Parameters
    ----------
    cells : Mapping
        Country code → polygons of the UN view.
    de_facto_view : Mapping
        Topology with a layer ``countries``.
    rule : Mapping
        ``of`` (country code in `cells`), ``of_source_id`` (the same country in the de facto
        view), ``given_to_source_id`` (the country the de facto view gives the area to) and
        ``containing`` ([lon, lat] inside the area).

    Returns
    -------
    area, rest : list of shapely.Polygon
        The area the two views disagree on, and what is left of the country. Together they
        are exactly the country of the UN view, so no sliver is left along the coast.

    Raises
    ------
    TopologyError
        If the two views do not disagree there.
    """
    inside = Point(rule["containing"])
    by_id: dict[str, Shape] = {
        shape.properties["id"]: shape
        for shape in shapes(de_facto_view, "countries", DECIMALS)
        if shape.properties["id"] in (rule["of_source_id"], rule["given_to_source_id"])
    }
    keeper = as_area(polygons_from_rings(by_id[rule["of_source_id"]].polygons, DECIMALS))
    given = polygons_from_rings(by_id[rule["given_to_source_id"]].polygons, DECIMALS)
    theirs = [part for part in given if part.contains(inside)]
    ours = [part for part in cells[rule["of"]] if part.contains(inside)]
    if not theirs or not ours:
        raise TopologyError(f"the two views agree on the area at {rule['containing']}")
    # Both sides come from one topology, so their common edge is exact and is the border.
    border = shapely.line_merge(shapely.intersection(theirs[0].boundary, keeper.boundary))
    if not isinstance(border, LineString):
        raise TopologyError(f"the border of the area at {rule['containing']} is not one line")
    pieces = split_along(ours[0], border)
    area = [piece for piece in pieces if piece.intersection(theirs[0]).area > piece.area / 2]
    rest = [piece for piece in pieces if piece not in area]
    rest += [part for part in cells[rule["of"]] if part is not ours[0]]
    return [_rounded(part) for part in area], [_rounded(part) for part in rest]


def _rounded(polygon: Polygon) -> Polygon:
    rounded: Polygon = shapely.transform(polygon, lambda xy: xy.round(DECIMALS) + 0.0)
    return rounded


def simplify_cells(cells: Mapping[str, Sequence[Polygon]]) -> dict[str, BaseGeometry]:
    """Simplify cells, keeping common borders common.

    Parameters
    ----------
    cells : Mapping
        Name → polygons of one coverage, EPSG:4326.

    Returns
    -------
    dict
        Name → simplified area, EPSG:4326, with coordinates rounded to `DECIMALS`.

    Raises
    ------
    TopologyError
        If two of them overlap afterwards.
    """
    by_detail: dict[float, dict[str, list[Polygon]]] = {}
    # A continent is simplified with one tolerance, so that no border gets two.
    for group in connected_groups(cells):
        east_edge = max(part.bounds[2] for _, part in group)
        west_edge = min(part.bounds[0] for _, part in group)
        americas = west_edge > -170.0 and east_edge < AMERICAS_EAST_EDGE
        detail = DETAIL_AMERICAS_KM if americas else DETAIL_KM
        for name, part in group:
            projected = shapely.transform(part, to_equal_area)
            by_detail.setdefault(detail, {}).setdefault(name, []).append(projected)
    collected: dict[str, list[Polygon]] = {name: [] for name in cells}
    for detail, members in by_detail.items():
        for name, area in simplify(members, detail).items():
            collected[name].extend(parts(shapely.transform(area, from_equal_area)))
    done: dict[str, BaseGeometry] = {}
    for name, polygons in collected.items():
        area = as_area(polygons)
        # Two parts of one country can come to overlap in a narrow strait; they become one.
        done[name] = area if area.is_valid else as_area(parts(shapely.union_all(polygons)))
    if not shapely.coverage_is_valid([part for area in done.values() for part in parts(area)]):
        raise TopologyError("simplified borders overlap; lower the tolerance")
    return done


def disputed_geometry(
    rule: Mapping[str, Any],
    countries: Mapping[str, BaseGeometry],
    carved: Mapping[str, BaseGeometry],
    area_id: str,
) -> BaseGeometry:
    """Find the area of one record of ``disputed.yml`` on the finished map.

    Parameters
    ----------
    rule : Mapping
        The record's ``geometry``: ``{whole: CODE}``, ``{parts: CODE, containing: [[lon,
        lat], …]}`` or ``{carve: …}`` (see `carve`).
    countries : Mapping
        Country code → finished area.
    carved : Mapping
        Record id → finished area of those that are carved out of a country.
    area_id : str
        The record's id.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Raises
    ------
    TopologyError
        If a point of ``containing`` meets no part of the country.
    """
    if "carve" in rule:
        return carved[area_id]
    if "whole" in rule:
        return countries[rule["whole"]]
    chosen: list[Polygon] = []
    for place in rule["containing"]:
        met = [part for part in parts(countries[rule["parts"]]) if part.contains(Point(place))]
        if not met:
            raise TopologyError(f"{area_id}: {place} is in no part of {rule['parts']}")
        chosen.extend(part for part in met if part not in chosen)
    return as_area(chosen)
