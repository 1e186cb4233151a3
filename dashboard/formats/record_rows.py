"""The records behind a sheet as rows and features, whatever file they are written to.

A record is given whole: all its places, lines and members, also those beyond the frame's edge. Only
what the page had left out (legs of a corridor) is left out here too. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import shapely
from shapely.geometry import MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from annotations.dates import PartialDate
from annotations.schema import Record
from dashboard.atlas.actor_names import names_in_cell
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import Selectable
from dashboard.atlas.layer_parts import RowContext
from dashboard.atlas.layers import THING_LAYERS, layer_of
from dashboard.atlas.standings import fills_at, spans_at
from dashboard.formats.record_columns import COLUMNS, DECIMALS, PART_COLUMNS
from dashboard.look.tables import joined
from dashboard.sheet.sheet import Sheet
from geodata.coordinates import LonLat


@dataclass(frozen=True)
class Feature:
    """One thing drawn.

    Attributes
    ----------
    record : str or None
        Id of the record that it is of.
    layer : str
        Layer of the GeoPackage that takes it; empty where none does.
    geometry : shapely geometry or None
        EPSG:4326.
    part : mapping of str
        What it says beyond its record, by `COLUMNS` and `PART_COLUMNS`.
    """

    record: str | None
    layer: str
    geometry: BaseGeometry | None
    part: Mapping[str, Any]


class Spot(NamedTuple):
    """Where a record is drawn: a place or, without an id, a country that stands for an actor."""

    place: str | None
    name: str


class Records:
    """Rows and features of one sheet.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet
    """

    def __init__(self, atlas: Atlas, sheet: Sheet) -> None:
        self.atlas = atlas
        self.sheet = sheet
        self.dossier = atlas.dossier
        head = self.dossier.head
        self.day = sheet.brief.day or head.as_of.last_day
        self.themes = {theme.id: theme.label for theme in head.themes}
        ids = {record.id for record in sheet.records}
        points, lines = atlas.joined.points, atlas.joined.lines
        self.points = _by_record(points[points["record"].isin(ids)])
        lines = lines[lines["record"].isin(ids)]
        legs = sheet.brief.extra.legs
        if legs is not None:
            lines = lines[lines["leg"].isna() | lines["leg"].isin(list(legs))]
        self.lines = _by_record(lines)
        self.source = (
            f"{head.article.description.rstrip('.')}. Dossier Atlas, dossier "
            f"“{self.dossier.name}” version {head.version}, as of {head.as_of.words}."
        )
        # An alliance may be filled although the filters leave out its record.
        drawn_alliances = {s.alliance for standings in sheet.fills.values() for s in standings}
        self.filled = [
            self.dossier.records[alliance.id]
            for alliance in atlas.drawn.alliances
            if alliance.id in drawn_alliances and alliance.id not in ids
        ]
        self.rows = {record.id: self.row(record) for record in (*sheet.records, *self.filled)}

    # --- a row per record

    def row(self, record: Record) -> dict[str, Any]:
        """What every table says of a record, by `COLUMNS`; None where there is nothing."""
        check, layer = record.check, layer_of(record)
        drawn = RowContext(self.atlas.joined, self.day, self.lines_of(record.id))
        spots = self.spots(record)
        base = {
            "id": record.id,
            "kind": record.kind,
            "type": layer.type_in_words(record),
            "title": record.title,
            "summary": record.summary,
            "themes": joined([self.themes[theme] for theme in record.themes]),
            "theme_ids": joined(record.themes),
            "actors": names_in_cell(self.dossier, record.all_actors),
            "actor_ids": joined(record.all_actors) or None,
            "when": record.when.words,
            "start": str(record.when.start),
            "end": _text(record.when.end),
            "expected": record.when.expected,
            "places": joined(
                [
                    f"{name} ({_degrees(lat)}, {_degrees(lon)})"
                    for (_, name), (lon, lat) in spots.items()
                ]
            )
            or None,
            "place_ids": joined([spot.place for spot in spots if spot.place]) or None,
            "evidence": record.evidence.status.value,
            "attributed_to": record.evidence.attributed_to,
            "verdict": check.verdict.value,
            "check": check.note,
            "reference": check.reference,
            "article_lines": ", ".join(str(line) for line in record.source.lines),
            "reading": record.source.note,
            "source": f"{self.source} Article {lines_in_words(record.source.lines)}.",
        }
        return dict.fromkeys(COLUMNS) | base | layer.cells(record, drawn)

    def spots(self, record: Record) -> dict[Spot, LonLat]:
        """Where a record is drawn: its places, and the ends of its lines; lon/lat in degrees."""
        found: dict[Spot, LonLat] = {}
        for row in self.points_of(record.id):
            found[Spot(row.place, row.place_name)] = self.position(row.place, row.geometry, 0)
        for row in self.lines_of(record.id):
            first, last = (0, -1) if row.forward else (-1, 0)
            start, end = Spot(row.from_place, row.from_name), Spot(row.to_place, row.to_name)
            found[start] = self.position(start.place, row.geometry, first)
            found[end] = self.position(end.place, row.geometry, last)
        order = {place: at for at, place in enumerate(layer_of(record).places_in_order(record))}
        return dict(sorted(found.items(), key=lambda item: order.get(item[0].place or "", 0)))

    def position(self, place_id: str | None, geometry: BaseGeometry, which: int) -> LonLat:
        """A place as its record has it; a country's label is a vertex of what is drawn."""
        if place_id is not None:
            place = self.dossier.places[place_id]
            return place.lon, place.lat
        lon, lat = shapely.get_coordinates(geometry)[which]
        return float(lon), float(lat)

    def points_of(self, record_id: str) -> Sequence[Any]:
        """Rows of the join's points."""
        return self.points.get(record_id, ())

    def lines_of(self, record_id: str) -> Sequence[Any]:
        """Rows of the join's lines."""
        return self.lines.get(record_id, ())

    # --- a feature per thing drawn

    def features(self) -> Iterator[Feature]:
        """All that is drawn of the records, and what has no place: nothing is lost."""
        for record in self.sheet.records:
            parts = [
                *self.point_features(record.id),
                *self.line_features(record.id),
                *(self.area_features(record.id) if layer_of(record).fills else ()),
            ]
            yield from parts or [Feature(record.id, "", None, {})]
        yield from self.unrecorded()

    def point_features(self, record_id: str) -> Iterator[Feature]:
        """A record's places."""
        for row in self.points_of(record_id):
            part = {
                "part": "place",
                "part_id": row.place,
                "place": row.place_name,
                "precision": row.precision,
            }
            yield Feature(record_id, "points", row.geometry, part)

    def line_features(self, record_id: str) -> Iterator[Feature]:
        """A record's lines, from who acts to whom it concerns."""
        for row in self.lines_of(record_id):
            part = {
                "part": row.type,
                "part_id": _part_id(row),
                "from_name": row.from_name,
                "from_place": row.from_place,
                "to_name": row.to_name,
                "to_place": row.to_place,
                "mode": row.mode,
                "status": row.status,
                "part_km": round(float(row.km), 1),
            }
            yield Feature(record_id, "lines", _directed(row.geometry, row.forward), part)

    def area_features(self, alliance: str) -> Iterator[Feature]:
        """Standings of one alliance on the day drawn; those not filled have no geometry."""
        joined = self.atlas.joined
        filled = {fill.actor for fill in fills_at(joined, alliance, self.day)}
        for row in spans_at(joined.members, alliance, self.day):
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
            yield Feature(alliance, "areas", geometry, part)

    def unrecorded(self) -> Iterator[Feature]:
        """What is drawn beside the records: other alliances' fills, chokepoints, detours."""
        for alliance in self.filled:
            yield from self.area_features(alliance.id)
        for symbol in self.sheet.symbols:
            if symbol.thing:
                yield self.thing_feature(self.atlas.drawn.things[symbol.thing])
        for number, detour in enumerate(self.sheet.brief.extra.detours, start=1):
            part = {"kind": "detour", "title": detour.tip, "part": "detour"}
            line = MultiLineString(detour.parts)
            yield Feature(None, "lines", line, part | {"part_id": str(number)})

    def thing_feature(self, thing: Selectable) -> Feature:
        """What hangs on no record and is drawn as a symbol."""
        layer, place = THING_LAYERS[thing.layer], thing.place
        assert place
        said = layer.cells(thing)
        part = {
            "id": thing.id,
            "kind": layer.one.lower(),
            "title": thing.title,
            "part": layer.one.lower(),
            "part_id": place.id,
            "place": place.name,
            "precision": place.precision.value,
            "note": place.note,
        }
        source = {"source": f"{said.get('source', '')} {self.source}".strip()}
        return Feature(None, "points", Point(place.lon, place.lat), part | said | source)

    def properties(self, feature: Feature) -> dict[str, Any]:
        """A feature's record, and which part of it it is."""
        said = self.rows.get(feature.record or "", {})
        empty = dict.fromkeys((*COLUMNS, *PART_COLUMNS))
        return empty | said | {k: v for k, v in feature.part.items() if v is not None}


def _by_record(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Rows of a table by their record: asking the table for each record looks at all of it."""
    grouped: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        grouped.setdefault(str(row.record), []).append(row)
    return grouped


def _part_id(row: Any) -> str:
    """Which of its record's lines one is."""
    if row.leg:
        return str(row.leg.in_corridor)
    return f"{row.by}–{row.toward}" if row.type == "relation" else str(row.type)


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _degrees(value: float) -> str:
    """Degrees to `DECIMALS`, without idle zeros."""
    # Adding nothing: -0.0 would be written with its sign.
    return f"{round(value, DECIMALS) + 0:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _directed(line: BaseGeometry, forward: bool) -> BaseGeometry:
    """A line in the direction of what it says: bundles of relations share one, whoever acts."""
    if forward:
        return line
    if isinstance(line, MultiLineString):
        return MultiLineString([part.reverse() for part in reversed(line.geoms)])
    return line.reverse()
