"""What of the scene a sheet's map shows, and what it must show of the world. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from annotations.schema import Alliance, Record
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import BY_KIND, FIRM, LAYERS
from dashboard.atlas.shown import beside_records, chokepoints_drawn
from dashboard.atlas.standings import fills_at
from dashboard.atlas.words import filters_in_words
from dashboard.look.palette import MAP_COLOURS, alliance_colours, theme_colour
from dashboard.look.record_colour import theme_of
from dashboard.look.strokes import CONTEXT_OPACITY, LIGHT_OPACITY, line_stroke
from dashboard.sheet.drawn import DrawnLine, DrawnPoint, Standing
from dashboard.sheet.mapview import MapView
from dashboard.sheet.spec import THE_WORLD, VIEW, Bounds, Brief, Style, bounds_of
from geodata.bounding_box import bounding_box, padded

LEAST_EXTENT = (16.0, 10.0)
"""Degrees of longitude and latitude that a fitted frame shows at least."""

NORTHMOST = 88.0
"""Degrees of latitude up to which a frame is fitted."""


class EmptyBriefError(ValueError):
    """There is nothing to show; the message says why, and what to do."""


def records_selected(atlas: Atlas, brief: Brief) -> list[str]:
    """Ids of the records that a briefing is of; `EmptyBriefError` says why there are none."""
    if brief.empty:
        raise EmptyBriefError(brief.empty)
    visible = atlas.index.visible(brief.screen.filters)
    if not visible:
        asked = filters_in_words(atlas, replace(brief.screen, alliance=()))
        if beside := beside_records(atlas, brief.screen.filters):
            raise EmptyBriefError(
                f"A briefing is of records, and {beside} are none: choose another kind as well."
            )
        raise EmptyBriefError(f"No record passes the filters ({asked}). Take one of them away.")
    if brief.records:
        wanted = set(brief.records)
        visible = [record_id for record_id in visible if record_id in wanted]
        if not visible:
            raise EmptyBriefError("None of the records asked for passes the filters.")
    kinds = {atlas.dossier.records[record_id].kind for record_id in visible}
    off = {kind for kind in kinds if BY_KIND[kind].id in brief.off}
    visible = [r for r in visible if atlas.dossier.records[r].kind not in off]
    if not visible:
        raise EmptyBriefError("All layers that have records are switched off on the map.")
    return visible


class OnMap:
    """Lines, symbols and fills of the records shown, in the colours of a style."""

    def __init__(self, atlas: Atlas, brief: Brief, visible: Sequence[str]) -> None:
        self.atlas = atlas
        self.brief = brief
        self.scene = atlas.scene.content
        self.colours = MAP_COLOURS[brief.style]
        self.ids = atlas.scene.record_ids
        self.shown = set(visible)
        self.layers = set(brief.screen.filters.layer) or {layer.id for layer in LAYERS}
        self.layers -= set(brief.off)
        self.themes = list(atlas.dossier.head.theme_ids)

    def theme_of(self, record: Record) -> str:
        """The theme that a record stands under, as on the screen."""
        return theme_of(record, self.brief.screen.filters.theme)

    def theme_colour(self, theme: str) -> str:
        """Colour of a theme in this style; on paper without colour all are ink."""
        if self.brief.style is Style.PRINT:
            return self.colours["ink"]
        return theme_colour(self.themes.index(theme))[self.brief.style is Style.DARK]

    def colour_of(self, record: Record) -> str:
        """Colour of a record's theme."""
        return self.theme_colour(self.theme_of(record))

    def lines(self) -> list[DrawnLine]:
        """All lines of the records shown, the page's detours last."""
        drawn = []
        parts = self.brief.extra.parts
        for line in self.scene["lines"]:
            at = [n for n, i in enumerate(line["records"]) if self.ids[i] in self.shown]
            if not at or (parts is not None and line.get("part") and line["part"] not in parts):
                continue
            records = [self.atlas.dossier.records[self.ids[line["records"][n]]] for n in at]
            drawn.append(self._line(line, records, [line["ends"][n] for n in at if "ends" in line]))
        for detour in self.brief.extra.detours:
            stroke = line_stroke("detour")
            drawn.append(
                DrawnLine(
                    parts=_parts(detour["path"]),
                    stroke=stroke,
                    colour=self.colours["ink"],
                    opacity=1,
                    head=None,
                    ends=0,
                    records=(),
                    legend=("detour",),
                )
            )
        return drawn

    def _line(
        self, line: Mapping[str, Any], records: Sequence[Record], ends: Sequence[int]
    ) -> DrawnLine:
        stroke = line_stroke(
            line["type"],
            state=line.get("state"),
            stance=line.get("stance"),
            mode=line.get("mode"),
            status=line.get("status"),
            count=len(records),
        )
        opacity = stroke.opacity
        if all(record.evidence.status is EvidenceStatus.CONTEXT for record in records):
            opacity = CONTEXT_OPACITY
        elif all(record.evidence.status not in FIRM for record in records):
            opacity = LIGHT_OPACITY
        heads = {"flow": "arrow", "relation": "bar" if line.get("stance") == "opposes" else "dot"}
        bits = 0
        for end in ends:
            bits |= end
        colour = self.colour_of(records[0])
        return DrawnLine(
            parts=_parts(line["path"]),
            stroke=stroke,
            colour=colour if stroke.colour == "theme" else self.colours[stroke.colour],
            opacity=opacity,
            head=heads.get(line["type"]),
            ends=bits or (1 if line["type"] == "flow" else 0),
            records=tuple(record.id for record in records),
            legend=tuple(line["legend"]),
            leg=line.get("part"),
        )

    def symbols(self) -> list[DrawnPoint]:
        """All symbols: records', then chokepoints that help to read them."""
        drawn = []
        for point in self.scene["points"]:
            if "records" not in point:
                continue
            record_id = self.ids[point["records"][0]]
            if record_id in self.shown:
                record = self.atlas.dossier.records[record_id]
                light = record.evidence.status not in FIRM
                drawn.append(self._symbol(point, self.colour_of(record), light, record_id))
        if "chokepoints" in self.layers:
            filters = self.brief.screen.filters
            near = chokepoints_drawn(self.atlas, filters, sorted(self.shown))
            wanted = {f"place:{place}" for place in near}
            for point in self.scene["points"]:
                if point.get("id") in wanted:
                    drawn.append(self._symbol(point, self.colours["choke"], False, None))
        return drawn

    def _symbol(
        self, point: Mapping[str, Any], colour: str, light: bool, record: str | None
    ) -> DrawnPoint:
        lat, lon = point["at"]
        return DrawnPoint(
            lon=lon,
            lat=lat,
            glyph=point["glyph"],
            colour=colour,
            light=light,
            place=point["place"],
            record=record,
            legend=tuple(point["legend"]),
            chokepoint=None if record else point["id"].removeprefix("place:"),
        )

    def fills(self) -> dict[str, tuple[Standing, ...]]:
        """Countries of the alliances chosen."""
        if "alliances" not in self.layers:
            return {}
        atlas = self.atlas
        colours = alliance_colours(alliance.id for alliance in atlas.dossier.of_type(Alliance))
        day = self.brief.day or atlas.dossier.head.as_of.last_day
        fills: dict[str, dict[str, Standing]] = {}
        for alliance in self.brief.screen.alliance:
            for fill in fills_at(atlas.joined, alliance, day):
                standing = Standing(alliance, colours[alliance], bool(fill["full"]))
                fills.setdefault(fill["country"], {}).setdefault(alliance, standing)
        return {country: tuple(standings.values()) for country, standings in fills.items()}


def _parts(path: Sequence[Any]) -> tuple[np.ndarray, ...]:
    """[lat, lon] pairs, or lists of them, as arrays of (lon, lat)."""
    parts = path if isinstance(path[0][0], Sequence) else [path]
    return tuple(np.asarray(part, dtype=float)[:, ::-1] for part in parts)


# --- where it is -------------------------------------------------------------------------------


def framed(
    atlas: Atlas, brief: Brief, lines: Sequence[DrawnLine], symbols: Sequence[DrawnPoint]
) -> Bounds:
    """What the frame must show."""
    if named := bounds_of(atlas.dossier.head, brief.extent):
        return named
    if brief.extent == VIEW and brief.bounds:
        return brief.bounds
    points = [np.array([[symbol.lon, symbol.lat]]) for symbol in symbols if symbol.record]
    points += [part for line in lines for part in line.parts]
    if not points:
        # Only alliances: they span the world.
        return THE_WORLD
    # A single place is shown with what lies around it.
    west, south, east, north = padded(bounding_box(points), *LEAST_EXTENT)
    return west, max(-NORTHMOST, south), east, min(NORTHMOST, north)


def line_in_plane(line: DrawnLine, view: MapView) -> BaseGeometry:
    """A line in the metres of a view's projection; what cannot be projected is left out."""
    parts = []
    for part in line.parts:
        x, y = view.project(part[:, 0], part[:, 1])
        kept = np.isfinite(x) & np.isfinite(y)
        if kept.sum() > 1:
            parts.append(np.column_stack([x[kept], y[kept]]))
    return MultiLineString(parts)


def records_drawn(
    lines: Sequence[DrawnLine],
    symbols: Sequence[DrawnPoint],
    fills: Mapping[str, tuple[Standing, ...]],
) -> set[str]:
    """Records that something is drawn of."""
    drawn = {record for line in lines for record in line.records}
    drawn |= {symbol.record for symbol in symbols if symbol.record}
    return drawn | {standing.alliance for row in fills.values() for standing in row}
