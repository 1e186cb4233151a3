"""What a sheet's map shows, in the sheet's style, and how much of the world. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.alliances import Alliances
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import DrawnLine
from dashboard.atlas.layers import FIRM, LAYERS, layer_of
from dashboard.atlas.shown import beside_records, standings_on, things_in_play
from dashboard.atlas.words import filters_in_words
from dashboard.look.palette import MAP_COLOURS, theme_colour
from dashboard.look.record_colour import theme_of
from dashboard.look.strokes import CONTEXT_OPACITY, LIGHT_OPACITY
from dashboard.sheet.mapview import MapView
from dashboard.sheet.spec import THE_WORLD, VIEW, Bounds, Brief, Style, bounds_of
from dashboard.sheet.styled import StyledFill, StyledLine, StyledSymbol
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
    visible = [r for r in visible if layer_of(atlas.dossier.records[r]).id not in brief.off]
    if not visible:
        raise EmptyBriefError("All layers that have records are switched off on the map.")
    return visible


class OnMap:
    """Lines, symbols and fills of the records shown, in the colours of a style."""

    def __init__(self, atlas: Atlas, brief: Brief, visible: Sequence[str]) -> None:
        self.atlas = atlas
        self.brief = brief
        self.colours = MAP_COLOURS[brief.style]
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

    def lines(self) -> list[StyledLine]:
        """All lines of the records shown, the page's detours last."""
        extra = self.brief.extra
        lines = self.atlas.drawn.lines_of(self.shown, extra.legs)
        ink = self.colours["ink"]
        return [*map(self._line, lines), *(StyledLine(line, ink, 1) for line in extra.detours)]

    def _line(self, line: DrawnLine) -> StyledLine:
        records = [self.atlas.dossier.records[record] for record in line.records]
        opacity = line.stroke.opacity
        if all(record.evidence.status is EvidenceStatus.CONTEXT for record in records):
            opacity = CONTEXT_OPACITY
        elif all(record.evidence.status not in FIRM for record in records):
            opacity = LIGHT_OPACITY
        themed = line.stroke.colour == "theme"
        colour = self.colour_of(records[0]) if themed else self.colours[line.stroke.colour]
        return StyledLine(line, colour, opacity)

    def symbols(self) -> list[StyledSymbol]:
        """All symbols: records', then those of what helps to read them."""
        symbols = []
        drawn = self.atlas.drawn
        for point in drawn.points_of(self.shown):
            record = self.atlas.dossier.records[point.record]
            light = record.evidence.status not in FIRM
            symbols.append(StyledSymbol(point, self.colour_of(record), light))
        near = things_in_play(self.atlas, self.brief.screen.filters, list(self.shown))
        for thing in drawn.things_at({t.id for t in near if t.layer in self.layers}):
            symbols.append(StyledSymbol(thing, self.colours["choke"], False))
        return symbols

    def fills(self) -> dict[str, tuple[StyledFill, ...]]:
        """Countries of the alliances chosen."""
        if Alliances.id not in self.layers:
            return {}
        atlas = self.atlas
        colours = {alliance.id: alliance.colour for alliance in atlas.drawn.alliances}
        day = self.brief.day or atlas.dossier.head.as_of.last_day
        found: dict[str, dict[str, StyledFill]] = {}
        for alliance, fills in standings_on(atlas, self.brief.screen, day).items():
            for fill in fills:
                styled = StyledFill(alliance, colours[alliance], fill.full)
                found.setdefault(fill.country, {}).setdefault(alliance, styled)
        return {country: tuple(fills.values()) for country, fills in found.items()}


# --- where it is -------------------------------------------------------------------------------


def bounds_shown(
    atlas: Atlas, brief: Brief, lines: Sequence[StyledLine], symbols: Sequence[StyledSymbol]
) -> Bounds:
    """What the frame must show."""
    if named := bounds_of(atlas.dossier.head, brief.extent):
        return named
    if brief.extent == VIEW and brief.bounds:
        return brief.bounds
    points = [np.array([[symbol.of.lon, symbol.of.lat]]) for symbol in symbols if symbol.record]
    points += [part for line in lines for part in line.of.parts]
    if not points:
        # Only alliances: they span the world.
        return THE_WORLD
    # A single place is shown with what lies around it.
    west, south, east, north = padded(bounding_box(points), *LEAST_EXTENT)
    return west, max(-NORTHMOST, south), east, min(NORTHMOST, north)


def line_in_plane(line: StyledLine, view: MapView) -> BaseGeometry:
    """A line in the metres of a view's projection; what cannot be projected is left out."""
    parts = []
    for part in line.of.parts:
        x, y = view.project(part[:, 0], part[:, 1])
        kept = np.isfinite(x) & np.isfinite(y)
        if kept.sum() > 1:
            parts.append(np.column_stack([x[kept], y[kept]]))
    return MultiLineString(parts)


def records_drawn(
    lines: Sequence[StyledLine],
    symbols: Sequence[StyledSymbol],
    fills: Mapping[str, tuple[StyledFill, ...]],
) -> set[str]:
    """Records that something is drawn of."""
    drawn = {record for line in lines for record in line.of.records}
    drawn |= {symbol.record for symbol in symbols if symbol.record}
    return drawn | {fill.alliance for row in fills.values() for fill in row}
