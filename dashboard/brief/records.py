"""The records behind a sheet as data: CSV, GeoJSON and GeoPackage.

A record is given whole: all its places, lines and members, also those beyond the frame's edge. Only
what the page had left out (legs of a corridor) is left out here too. Pure.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry import LineString, MultiLineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from annotations.dates import PartialDate
from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Place,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.vocabulary import MemberStatus, PlaceType
from dashboard.brief.sheet import Sheet
from dashboard.data import Atlas
from dashboard.layers import BY_ID, type_in_words
from dashboard.scene import fills_at, lines_in_words, spans_at
from dashboard.tables import csv_bytes
from geodata.boundaries import CRS

LICENCE = "CC-BY-4.0"
"""SPDX identifier of the records' licence."""

DECIMALS = 5
"""Of coordinates in degrees: a metre, finer than any place is known."""

SEPARATOR = "; "
"""Between the values of a cell that holds several."""

COLUMNS: Mapping[str, str] = {
    "id": "The record's id.",
    "kind": "Kind of record, or what else is drawn.",
    "type": "What sort of its kind.",
    "title": "Title.",
    "summary": "What the article claims, in the dossier's words.",
    "themes": "Subjects.",
    "theme_ids": "Their ids.",
    "actors": "Everybody whom it names.",
    "actor_ids": "Their ids.",
    "by": "Who acts, sends, is there, speaks, or is described.",
    "toward": "Whom it is done to, sent to, or said about.",
    "mutual": "Relations: whether it holds both ways.",
    "when": "When, for a reader.",
    "start": "Start as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD.",
    "end": "End; empty while it lasts.",
    "expected": "Whether it had not happened yet on the dossier's date.",
    "places": "Where it is drawn, with latitude and longitude.",
    "evidence": "How firmly the article puts it.",
    "attributed_to": "Who says so; empty where the article speaks in its own voice.",
    "verdict": "Whether it stands as of the dossier's date.",
    "check": "What is right.",
    "reference": "On what ground.",
    "article_lines": "Lines of the article.",
    "reading": "What to know about how the lines were read.",
    "state": "State of a flow or relation.",
    "item": "Flows: what exactly.",
    "quantity": "Flows: how much.",
    "speaker": "Statements: who speaks, and as what.",
    "stance": "Statements: how the speaker stands to it.",
    "value": "Figures: the number.",
    "unit": "Figures: its unit.",
    "year": "Figures: its year.",
    "members": "Alliances: who stands how to it.",
    "km": "Corridors: geodesic length of the legs drawn, in kilometres.",
    "source": "The article, and the dossier's version.",
}
"""Columns that every table has, each with what it holds."""

PART_COLUMNS: Mapping[str, str] = {
    "part": "What of the record this is: place, flow, relation, leg, member, chokepoint, detour.",
    "part_id": "Which one.",
    "place": "Name of the place.",
    "precision": "How far the coordinates can be trusted.",
    "from_name": "Where the line starts.",
    "to_name": "Where it ends.",
    "mode": "Legs: by what.",
    "status": "Legs: whether it operates. Members: standing.",
    "part_km": "Geodesic length of the way, in kilometres.",
    "actor": "Members: who.",
    "country": "Members: alpha-3 code of the country drawn.",
    "since": "Members: from when.",
    "until": "Members: to when.",
    "note": "What to know about it.",
}
"""Columns of what is drawn, beside `COLUMNS`."""

LAYERS: Mapping[str, str] = {
    "records": "One row per record, without geometry.",
    "points": "Places of records, and chokepoints.",
    "lines": "Flows from sender to receiver, relations from who acts, legs of corridors.",
    "areas": "Countries by their standing in the alliances shown.",
}
"""Layers of the GeoPackage."""

_LAYER_TYPES = {"points": "Point", "lines": "MultiLineString", "areas": "MultiPolygon"}


@dataclass(frozen=True)
class _Feature:
    """One thing drawn, and which layer of the GeoPackage takes it (``""`` for none)."""

    record: str | None
    layer: str
    geometry: BaseGeometry | None
    part: Mapping[str, Any]


def _joined(values: Sequence[str]) -> str:
    return SEPARATOR.join(values)


class _Records:
    """Rows and features of one sheet."""

    def __init__(self, atlas: Atlas, sheet: Sheet) -> None:
        self.atlas = atlas
        self.sheet = sheet
        self.dossier = atlas.dossier
        head = self.dossier.head
        self.day = sheet.brief.day or head.as_of.last_day
        self.themes = {theme.id: theme.label for theme in head.themes}
        ids = [record.id for record in sheet.records]
        joined = atlas.joined
        self.points = joined.points[joined.points["record"].isin(ids)]
        lines = joined.lines[joined.lines["record"].isin(ids)]
        parts = sheet.brief.extra.parts
        if parts is not None:
            drawn = lines["record"] + "." + lines["part"]
            lines = lines[(lines["type"] != "leg") | drawn.isin(list(parts))]
        self.lines = lines
        self.source = (
            f"{head.article.description.rstrip('.')}. Dossier Atlas, dossier "
            f"“{self.dossier.name}” version {head.version}, as of {head.as_of.words}."
        )
        # An alliance may be filled although the filters leave out its record.
        drawn_alliances = {s.alliance for standings in sheet.fills.values() for s in standings}
        self.filled = [
            alliance
            for alliance in self.dossier.of_type(Alliance)
            if alliance.id in drawn_alliances and alliance.id not in ids
        ]
        self.rows = {record.id: self.row(record) for record in (*sheet.records, *self.filled)}

    # --- a row per record

    def names(self, ids: Sequence[str]) -> str:
        """Names of actors in one cell."""
        return _joined([self.dossier.actors[actor].name for actor in ids])

    def row(self, record: Record) -> dict[str, Any]:
        """What every table says of a record, by `COLUMNS`; None where there is nothing."""
        check = record.check
        base = {
            "id": record.id,
            "kind": record.kind,
            "type": type_in_words(record),
            "title": record.title,
            "summary": record.summary,
            "themes": _joined([self.themes[theme] for theme in record.themes]),
            "theme_ids": _joined(record.themes),
            "actors": self.names(record.all_actors) or None,
            "actor_ids": _joined(record.all_actors) or None,
            "when": record.when.words,
            "start": str(record.when.start),
            "end": _text(record.when.end),
            "expected": record.when.expected,
            "places": self.places(record) or None,
            "evidence": record.evidence.status.value,
            "attributed_to": record.evidence.attributed_to,
            "verdict": check.verdict.value,
            "check": check.note,
            "reference": check.reference,
            "article_lines": ", ".join(str(line) for line in record.source.lines),
            "reading": record.source.note,
            "source": f"{self.source} Article {lines_in_words(record.source.lines)}.",
        }
        return dict.fromkeys(COLUMNS) | base | self.facts(record)

    def facts(self, record: Record) -> dict[str, Any]:
        """What a record says beyond what all records say."""
        match record:
            case Flow():
                return {
                    "by": self.names([record.from_]),
                    "toward": self.names([record.to]),
                    "state": record.state.value,
                    "item": record.item,
                    "quantity": record.quantity,
                }
            case Event():
                return {
                    "by": self.names(record.by) or None,
                    "toward": self.names(record.against) or None,
                }
            case Relation():
                return {
                    "by": self.names(record.by),
                    "toward": self.names(record.toward),
                    "mutual": record.mutual,
                    "state": record.state.value,
                }
            case Presence():
                return {"by": self.names([record.actor])}
            case Statement():
                return {
                    "by": self.names([record.affiliation]),
                    "toward": self.names(record.about),
                    "speaker": f"{record.speaker}, {record.role}",
                    "stance": record.stance.value,
                }
            case Indicator():
                return {
                    "by": self.names([record.actor]),
                    "value": record.value,
                    "unit": record.unit,
                    "year": record.year,
                }
            case Alliance():
                return {"members": self.members(record)}
            case Corridor():
                km = self.lines.loc[self.lines["record"] == record.id, "km"].sum()
                return {"km": round(float(km), 1)}
        return {}

    def places(self, record: Record) -> str:
        """Names and coordinates: ``Tehran (35.69, 51.42)``; a line's ends where it is one."""
        points = self.points[self.points["record"] == record.id]
        found = {row.place_name: row.geometry for row in points.itertuples()}
        if isinstance(record, Corridor):
            drawn = self.lines.loc[self.lines["record"] == record.id]
            named = {*drawn["from_name"], *drawn["to_name"]}
            every = (self.dossier.places[place] for place in record.all_places)
            found = {p.name: Point(p.lon, p.lat) for p in every if p.name in named}
        elif not found:
            for row in self.lines[self.lines["record"] == record.id].itertuples():
                line = _directed(row.geometry, row.forward)
                parts = list(getattr(line, "geoms", [line]))
                found[row.from_name] = Point(parts[0].coords[0])
                found[row.to_name] = Point(parts[-1].coords[-1])
        # Adding nothing: -0.0 would be written with its sign.
        return _joined([f"{n} ({at.y + 0:.4g}, {at.x + 0:.4g})" for n, at in found.items()])

    def members(self, record: Alliance) -> str:
        """Standings on the day drawn: ``Iran (member since 1 January 2024)``."""
        words = []
        for row in spans_at(self.atlas.joined.members, record.id, self.day):
            since = f" since {row.start.words}" if row.start else ""
            status = MemberStatus(row.status).label.lower()
            words.append(f"{self.dossier.actors[row.actor].name} ({status}{since})")
        return _joined(words)

    def table(self) -> pd.DataFrame:
        """One row per record, in the sheet's order."""
        rows = [self.rows[record.id] for record in self.sheet.records]
        return _typed(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))

    # --- a feature per thing drawn

    def features(self) -> Iterator[_Feature]:
        """All that is drawn of the records, and what has no place: nothing is lost."""
        for record in self.sheet.records:
            parts = [
                *self.point_features(record.id),
                *self.line_features(record.id),
                *(self.area_features(record) if isinstance(record, Alliance) else ()),
            ]
            yield from parts or [_Feature(record.id, "", None, {})]
        yield from self.unrecorded()

    def point_features(self, record_id: str) -> Iterator[_Feature]:
        """A record's places."""
        for row in self.points[self.points["record"] == record_id].itertuples():
            part = {
                "part": "place",
                "part_id": row.place,
                "place": row.place_name,
                "precision": row.precision,
            }
            yield _Feature(record_id, "points", row.geometry, part)

    def line_features(self, record_id: str) -> Iterator[_Feature]:
        """A record's lines, from who acts to whom it concerns."""
        for row in self.lines[self.lines["record"] == record_id].itertuples():
            part = {
                "part": row.type,
                "part_id": row.part,
                "from_name": row.from_name,
                "to_name": row.to_name,
                "mode": row.mode,
                "status": row.status,
                "part_km": round(float(row.km), 1),
            }
            yield _Feature(record_id, "lines", _directed(row.geometry, row.forward), part)

    def area_features(self, alliance: Alliance) -> Iterator[_Feature]:
        """Standings of one alliance on the day drawn; those not filled have no geometry."""
        joined = self.atlas.joined
        filled = {fill["actor"] for fill in fills_at(joined, alliance.id, self.day)}
        for row in spans_at(joined.members, alliance.id, self.day):
            drawn = row.actor in filled
            country = self.atlas.countries.loc[row.country] if drawn else None
            part = {
                "part": "member",
                "part_id": row.actor,
                "status": row.status,
                "actor": self.dossier.actors[row.actor].name,
                "country": row.country,
                "since": _text(row.start),
                "until": _text(row.end),
                "note": row.note,
            }
            geometry = None if country is None else country["geometry"]
            yield _Feature(alliance.id, "areas", geometry, part)

    def unrecorded(self) -> Iterator[_Feature]:
        """What is drawn beside the records: other alliances' fills, chokepoints, detours."""
        for alliance in self.filled:
            yield from self.area_features(alliance)
        drawn = {(symbol.place, symbol.lat) for symbol in self.sheet.symbols if not symbol.record}
        for place in self.dossier.places.values():
            # The scene's coordinates are rounded.
            if place.type is PlaceType.CHOKEPOINT and (place.name, round(place.lat, 3)) in drawn:
                yield _Feature(None, "points", Point(place.lon, place.lat), self.chokepoint(place))
        if any("detour" in line.legend for line in self.sheet.lines):
            for number, detour in enumerate(self.sheet.brief.extra.detours, start=1):
                path = detour["path"]
                several = path if isinstance(path[0][0], Sequence) else [path]
                line = MultiLineString([[(lon, lat) for lat, lon in part] for part in several])
                part = {"kind": "detour", "title": detour.get("tip", ""), "part": "detour"}
                yield _Feature(None, "lines", line, part | {"part_id": str(number)})

    def chokepoint(self, place: Place) -> dict[str, Any]:
        """What a chokepoint's row says."""
        return {
            "id": f"place:{place.id}",
            "kind": BY_ID["chokepoints"].one.lower(),
            "title": place.name,
            "summary": place.relevance,
            "evidence": "context",
            "article_lines": ", ".join(str(line) for line in place.lines),
            "source": f"Helps to read {lines_in_words(place.lines)}. {self.source}",
            "part": "chokepoint",
            "part_id": place.id,
            "place": place.name,
            "precision": place.precision.value,
            "note": place.note,
        }

    def properties(self, feature: _Feature) -> dict[str, Any]:
        """A feature's record, and which part of it it is."""
        said = self.rows.get(feature.record or "", {})
        empty = dict.fromkeys((*COLUMNS, *PART_COLUMNS))
        return empty | said | {k: v for k, v in feature.part.items() if not pd.isna(v)}


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _directed(line: BaseGeometry, forward: object) -> BaseGeometry:
    """A line in the direction of what it says: bundles of relations share one, whoever acts."""
    if forward != 0:  # where nothing is said (None, NaN) it runs as it should
        return line
    if isinstance(line, MultiLineString):
        return MultiLineString([part.reverse() for part in reversed(line.geoms)])
    return line.reverse()


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with numbers as numbers and all else as text or nothing."""
    numbers = {"value": "float64", "km": "float64", "part_km": "float64", "year": "Int64"}
    answers = {"mutual": "boolean", "expected": "boolean"}
    return table.astype({k: v for k, v in (numbers | answers).items() if k in table.columns})


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Coordinates to `DECIMALS`; rings anticlockwise outside and clockwise inside (RFC 7946)."""
    rounded = shapely.transform(geometry, lambda at: np.round(at, DECIMALS) + 0.0)
    return shapely.orient_polygons(rounded)


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
    return csv_bytes(_Records(atlas, sheet).table())


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
    records = _Records(atlas, sheet)
    features = []
    for number, feature in enumerate(records.features(), start=1):
        geometry = feature.geometry
        features.append(
            {
                "type": "Feature",
                "id": number,
                "geometry": None if geometry is None else mapping(_rounded(geometry)),
                "properties": {
                    name: value
                    for name, value in records.properties(feature).items()
                    # What never applies to it would only make it long.
                    if value is not None or name in ("id", "kind", "title", "part")
                },
            }
        )
    collection = {"type": "FeatureCollection", **_about(atlas, sheet), "features": features}
    return json.dumps(
        collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def _many(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """A line or area as one of several parts: a layer holds one type."""
    if isinstance(geometry, LineString):
        return MultiLineString([geometry])
    if geometry is not None and geometry.geom_type == "Polygon":
        return shapely.multipolygons([geometry])
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
    records = _Records(atlas, sheet)
    about = _about(atlas, sheet)
    rows: dict[str, list[dict[str, Any]]] = {layer: [] for layer in _LAYER_TYPES}
    for feature in records.features():
        if feature.layer:
            geometry = None if feature.geometry is None else _many(_rounded(feature.geometry))
            rows[feature.layer].append(records.properties(feature) | {"geometry": geometry})
    # GDAL would write the time of day into the file.
    day = f"{atlas.dossier.head.as_of.last_day:%Y-%m-%d}T00:00:00.000Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": day})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.gpkg"
        pyogrio.write_dataframe(records.table(), path, layer="records")
        for layer, found in rows.items():
            if not found:
                continue
            table = _typed(pd.DataFrame(found, dtype=object))
            used = table.columns[table.notna().any()].union(["geometry"], sort=False)
            frame = gpd.GeoDataFrame(table[used], geometry="geometry", crs=CRS)
            pyogrio.write_dataframe(frame, path, layer=layer, geometry_type=_LAYER_TYPES[layer])
        with closing(sqlite3.connect(path)) as file, file:
            words = "\n".join(f"{name}: {value}" for name, value in about.items() if value)
            file.executemany(
                "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
                [(f"{what}\n\n{words}", layer) for layer, what in LAYERS.items()],
            )
        return path.read_bytes()
