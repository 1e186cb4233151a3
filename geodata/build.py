"""Regenerate the derived map files from the pinned source packages.

Run ``python -m geodata.build``. The same packages give byte-identical files: nothing depends
on the clock, on the order of a set or on the folder it runs in.
"""

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from geodata.coverage import (
    as_area,
    connected_groups,
    parts,
    polygons_from_rings,
    simplify,
    split_along,
)
from geodata.errors import GeodataError, TopologyError
from geodata.packages import topologies
from geodata.topology import Shape, shapes
from geodata.water import water_features

HERE = Path(__file__).parent
FILES = ("countries.geojson", "disputed.geojson", "water.geojson")
CHECKSUMS = "checksums.txt"

WGS84 = Geod(ellps="WGS84")

# Three decimals of a degree are about 100 m, a tenth of a pixel at web-map zoom 7.
DECIMALS = 3
# Corners that enclose less than about the square of this are smoothed away. Two values, to
# keep the whole below 300 KB gzipped: the Americas and Greenland, whose northern coasts alone
# would take a third of it, are drawn more coarsely than the rest.
DETAIL_KM = 5.0
DETAIL_AMERICAS_KM = 13.0
AMERICAS_EAST_EDGE = -30.0

_EARTH_RADIUS_KM = 6371.0088


def read_facts(folder: Path = HERE) -> dict[str, dict[str, Any]]:
    """Read what the build is told about countries, disputed areas and water.

    Parameters
    ----------
    folder : Path
        Where ``countries.yml``, ``disputed.yml`` and ``water.yml`` are.

    Returns
    -------
    dict
        ``countries``, ``disputed`` and ``water`` → content of the file.
    """
    return {
        name: yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
        for name in ("countries", "disputed", "water")
    }


def _to_equal_area(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    # Lambert's cylindrical equal-area projection on a sphere: simplifying in kilometres
    # rather than degrees spends no detail on the far north, where a degree is short.
    angle = np.radians(lonlat)
    return np.column_stack([angle[:, 0], np.sin(angle[:, 1])]) * _EARTH_RADIUS_KM


def _from_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    unit = xy / _EARTH_RADIUS_KM
    lonlat = np.degrees(np.column_stack([unit[:, 0], np.arcsin(np.clip(unit[:, 1], -1, 1))]))
    # Simplifying only removes vertices, so rounding restores exactly those that went in.
    rounded: NDArray[np.float64] = lonlat.round(DECIMALS) + 0.0
    return rounded


def area_km2(geometry: BaseGeometry) -> int | float:
    """Area on the WGS 84 ellipsoid.

    Parameters
    ----------
    geometry : shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Returns
    -------
    int or float
        Square kilometres; whole numbers from 10 km² upwards, one decimal below.
    """
    square_metres = sum(abs(WGS84.geometry_area_perimeter(part)[0]) for part in parts(geometry))
    area = square_metres / 1e6
    return round(area) if area >= 10 else round(area, 1)


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Place for a label: the middle of the largest circle inside the largest part.

    Parameters
    ----------
    geometry : shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Returns
    -------
    (float, float)
        Longitude and latitude in degrees, inside the geometry.
    """
    largest = max(parts(geometry), key=lambda part: (area_km2(part), part.area))
    # East-west degrees are shortened to their true length there, or the circle is an ellipse.
    shrink = math.cos(math.radians(largest.centroid.y))
    local = shapely.transform(largest, lambda xy: xy * [shrink, 1.0])
    width = max(local.bounds[2] - local.bounds[0], local.bounds[3] - local.bounds[1])
    circle = shapely.maximum_inscribed_circle(local, tolerance=width / 200)
    x, y = circle.coords[0]
    lon, lat = round(x / shrink, DECIMALS), round(y, DECIMALS)
    if not largest.contains(Point(lon, lat)):
        # Rounding can leave a very small island.
        lon, lat = largest.representative_point().coords[0]
    return lon, lat


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
            projected = shapely.transform(part, _to_equal_area)
            by_detail.setdefault(detail, {}).setdefault(name, []).append(projected)
    collected: dict[str, list[Polygon]] = {name: [] for name in cells}
    for detail, members in by_detail.items():
        for name, area in simplify(members, detail).items():
            collected[name].extend(parts(shapely.transform(area, _from_equal_area)))
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


def feature(properties: Mapping[str, Any], geometry: BaseGeometry) -> dict[str, Any]:
    """One GeoJSON feature.

    Parameters
    ----------
    properties : Mapping
        Written in the order given; ``id``, if there, is also the feature's own id.
    geometry : shapely geometry
        EPSG:4326.

    Returns
    -------
    dict
        The feature.
    """
    result: dict[str, Any] = {"type": "Feature"}
    if "id" in properties:
        result["id"] = properties["id"]
    result["properties"] = dict(properties)
    result["geometry"] = mapping(geometry)
    return result


def geojson(features: Iterable[Mapping[str, Any]]) -> str:
    """A feature collection as text, one feature a line so that a change shows as a line.

    Parameters
    ----------
    features : iterable of Mapping
        GeoJSON features.

    Returns
    -------
    str
        GeoJSON without spaces, ending in a newline.
    """
    lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def derive(
    sources: Mapping[str, Mapping[str, Any]], facts: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Derive every file from the source topologies.

    Parameters
    ----------
    sources : Mapping
        ``un_view``, ``de_facto_view`` and ``water``, as `geodata.packages.topologies` gives
        them.
    facts : Mapping
        As `read_facts` gives them.

    Returns
    -------
    dict
        File name → content, the checksum file last.

    Raises
    ------
    TopologyError
        If a source is not what the build expects.
    """
    told, disputes = facts["countries"], facts["disputed"]
    cells, names = country_cells(sources["un_view"], sources["de_facto_view"], told)
    areas = {code: area_km2(as_area(polygons)) for code, polygons in cells.items()}

    # A carved area is its own cell while the map is simplified, so that its outline and the
    # coast of its country stay one line.
    carved_from: dict[str, str] = {}
    for record in disputes["areas"]:
        rule = record["geometry"].get("carve")
        if rule:
            area, rest = carve(cells, sources["de_facto_view"], rule)
            cells[rule["of"]], cells[record["id"]] = rest, area
            carved_from[record["id"]] = rule["of"]
    finished = simplify_cells(cells)
    carved = {area_id: finished.pop(area_id) for area_id in carved_from}
    for area_id, code in carved_from.items():
        finished[code] = as_area(parts(shapely.union_all([finished[code], carved[area_id]])))

    labels = {entry["id"]: tuple(entry["at"]) for entry in told["label_points"]}
    not_iso = {entry["id"] for entry in told["not_iso"]}
    countries = [
        feature(
            {
                "id": code,
                "name": names[code],
                "iso": code not in not_iso,
                "label": list(labels.get(code) or label_point(area)),
                "area_km2": areas[code],
            },
            area,
        )
        for code, area in sorted(finished.items())
    ]
    disputed = [
        feature(
            {key: record[key] for key in ("id", "name", "claimants", "drawn_in", "note")},
            disputed_geometry(record["geometry"], finished, carved, record["id"]),
        )
        for record in disputes["areas"]
    ]
    water = [
        feature(properties, geometry)
        for properties, geometry in water_features(
            sources["water"], finished, facts["water"], (_to_equal_area, _from_equal_area)
        )
    ]
    content = {
        name: geojson(features)
        for name, features in zip(FILES, (countries, disputed, water), strict=True)
    }
    content[CHECKSUMS] = "".join(
        f"{hashlib.sha256(content[name].encode()).hexdigest()}  {name}\n" for name in FILES
    )
    return content


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line of the build.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without it, those of the process.

    Returns
    -------
    int
        0, or 1 with the reason on standard error.
    """
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the derived files")
    parser.add_argument("--packages", type=Path, help="folder that holds the tarballs already")
    options = parser.parse_args(arguments)
    try:
        content = derive(topologies(options.packages), read_facts())
    except GeodataError as error:
        print(f"geodata.build: {error}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for name, text in content.items():
        (options.out / name).write_bytes(text.encode())
        print(f"{name}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
