"""Regenerate the derived map files from the pinned source packages.

Run ``python -m geodata.build``. The same packages give byte-identical files: nothing depends
on the clock, on the order of a set or on the folder it runs in.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geodata.areas import area_km2, from_equal_area, label_point, to_equal_area
from geodata.cells import carve, country_cells, disputed_geometry, simplify_cells
from geodata.coverage import as_area, parts
from geodata.errors import GeodataError
from geodata.packages import topologies
from geodata.water import water_features

HERE = Path(__file__).parent

FILES = ("countries.geojson", "disputed.geojson", "water.geojson")

CHECKSUMS = "checksums.txt"


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
            sources["water"], finished, facts["water"], (to_equal_area, from_equal_area)
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
