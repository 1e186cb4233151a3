"""The records behind a sheet as data: CSV, GeoJSON and GeoPackage.

What is written stands in `dashboard.formats.record_rows`; here is how. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from annotations.english import listed
from dashboard.atlas import layers
from dashboard.atlas.data import Atlas
from dashboard.formats.layers_in_memory import layer, together
from dashboard.formats.record_columns import COLUMNS, DECIMALS
from dashboard.formats.record_rows import Feature, Records
from dashboard.look.tables import csv_bytes
from dashboard.sheet.sheet import Sheet
from geodata.boundaries import CRS

LICENCE = "CC-BY-4.0"
"""SPDX identifier of the records' licence."""

_BESIDE = listed(
    [layer.label.lower() for layer in layers.THING_LAYERS.values() if layer.signs[0].glyph]
)

LAYERS: Mapping[str, str] = {
    "records": "One row per record, without geometry.",
    "points": f"Places of records, and {_BESIDE}.",
    "lines": "Flows from sender to receiver, relations from who acts, legs of corridors.",
    "areas": "Countries by their standing in the alliances shown.",
}
"""Layers of the GeoPackage."""

_LAYER_TYPES = {"points": "Point", "lines": "MultiLineString", "areas": "MultiPolygon"}


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with numbers as numbers and all else as text or nothing."""
    types = {"mutual": "boolean", "expected": "boolean", "part_km": "float64"}
    types |= {column.name: column.dtype for column in layers.COLUMNS if column.dtype}
    return table.astype({k: v for k, v in types.items() if k in table.columns})


def _table(records: Records) -> pd.DataFrame:
    """One row per record, in the sheet's order."""
    rows = [records.rows[record.id] for record in records.sheet.records]
    return _typed(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))


def _rounded(features: Sequence[Feature]) -> list[BaseGeometry | None]:
    """Geometry of features to `DECIMALS`; rings anticlockwise outside, clockwise inside (RFC 7946).

    All at once, and what many share (a country in several alliances) once: one by one it would take
    most of the time that a file takes.
    """
    shapes = {id(f.geometry): f.geometry for f in features if f.geometry is not None}
    written = shapely.transform(
        np.array(list(shapes.values()), dtype=object), lambda at: np.round(at, DECIMALS) + 0.0
    )
    by_shape = dict(zip(shapes, shapely.orient_polygons(written).tolist(), strict=True))
    return [by_shape.get(id(feature.geometry)) for feature in features]


def csv(atlas: Atlas, sheet: Sheet) -> bytes:
    """The records as CSV: one row per record, UTF-8 with a byte-order mark, cells defused.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet

    Returns
    -------
    bytes
        Columns as in `COLUMNS`.
    """
    return csv_bytes(_table(Records(atlas, sheet)))


def _about(atlas: Atlas, sheet: Sheet) -> dict[str, str]:
    """What goes with every file: whose it is, how current, under which terms."""
    return {
        "title": sheet.title,
        "description": sheet.subtitle,
        "filters": sheet.filters,
        "as_of": sheet.as_of,
        "source": sheet.sources,
        "borders": sheet.borders,
        "version": sheet.version,
        "licence": LICENCE,
        "credit": f"Dossier Atlas contributors, dossier “{atlas.dossier.name}”",
        "link": sheet.link,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def geojson(atlas: Atlas, sheet: Sheet) -> bytes:
    """What is drawn of the records as GeoJSON (RFC 7946).

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet

    Returns
    -------
    bytes
        UTF-8. One feature per place, line, leg and member, with the columns of `COLUMNS` and
        `PART_COLUMNS`; ``geometry`` is null where nothing is drawn. Title, sources, note on
        borders, licence and link stand beside the features.
    """
    records = Records(atlas, sheet)
    found = list(records.features())
    # Text made by shapely: a tenth of the time that lists of numbers take.
    shapes = shapely.to_geojson(np.array(_rounded(found), dtype=object)).tolist()
    features = []
    for number, (feature, shape) in enumerate(zip(found, shapes, strict=True), start=1):
        properties = {
            name: value
            for name, value in records.properties(feature).items()
            # What never applies to it would only make it long.
            if value is not None or name in ("id", "kind", "title", "part")
        }
        features.append(
            f'{{"type":"Feature","id":{number},"geometry":{shape or "null"},'
            f'"properties":{_json(properties)}}}'
        )
    head = _json({"type": "FeatureCollection", **_about(atlas, sheet)})
    return f'{head[:-1]},"features":[{",".join(features)}]}}'.encode()


def _many(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """A line or area as one of several parts: a layer holds one type."""
    if isinstance(geometry, LineString):
        return MultiLineString([geometry])
    if isinstance(geometry, Polygon):
        return MultiPolygon([geometry])
    return geometry


def geopackage(atlas: Atlas, sheet: Sheet) -> bytes:
    """The records as GeoPackage, EPSG:4326.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet

    Returns
    -------
    bytes
        Layers as in `LAYERS`; one with nothing in it is left out. The same sheet gives the same
        bytes: the file bears the dossier's date.
    """
    records = Records(atlas, sheet)
    about = _about(atlas, sheet)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _LAYER_TYPES}
    features = list(records.features())
    for feature, shape in zip(features, _rounded(features), strict=True):
        if feature.layer:
            rows[feature.layer].append(records.properties(feature) | {"geometry": _many(shape)})
    # GDAL would write the time of day into the file.
    day = f"{atlas.dossier.head.as_of.last_day:%Y-%m-%d}T00:00:00.000Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": day})
    made = [layer("records", _table(records))]
    for name, found in rows.items():
        if not found:
            continue
        table = _typed(pd.DataFrame(found, dtype=object))
        used = table.columns[table.notna().any()].union(["geometry"], sort=False)
        frame = gpd.GeoDataFrame(table[used], geometry="geometry", crs=CRS)
        made.append(layer(name, frame, geometry_type=_LAYER_TYPES[name]))
    words = "\n".join(f"{name}: {value}" for name, value in about.items() if value)
    return together(made, {name: f"{what}\n\n{words}" for name, what in LAYERS.items()})
