"""What a sheet's legend explains: what is drawn in the frame, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
from shapely.geometry import box

from annotations.schema import Record
from dashboard.atlas.labels import label_of
from dashboard.atlas.layers import BY_ID, FIRM, SIGNS
from dashboard.sheet.mapview import MapView
from dashboard.sheet.on_map import OnMap
from dashboard.sheet.spec import Style
from dashboard.sheet.styled import (
    FILLED,
    SUBJECT,
    LegendEntry,
    StyledFill,
    StyledLine,
    StyledSymbol,
)


def _areas_in(drawing: OnMap, view: MapView | None) -> set[str]:
    """Layers whose areas of the base map lie in the frame."""
    things = drawing.atlas.drawn.things.values()
    areas = [t for t in things if t.area is not None and t.layer in drawing.layers]
    if view is None:
        return {thing.layer for thing in areas}
    shapes = gpd.GeoSeries([thing.area for thing in areas], crs=drawing.atlas.disputed.crs)
    inside = shapes.to_crs(view.crs).intersects(box(view.x0, view.y0, view.x1, view.y1))
    return {thing.layer for thing, is_inside in zip(areas, inside, strict=True) if is_inside}


def entries_of(
    drawing: OnMap,
    view: MapView | None,
    lines: Sequence[StyledLine],
    symbols: Sequence[StyledSymbol],
    fills: Mapping[str, tuple[StyledFill, ...]],
    records: Sequence[Record],
) -> tuple[LegendEntry, ...]:
    """Entries for what lies in the frame, or may while it has no view, in the registry's order."""
    atlas, colours = drawing.atlas, drawing.colours
    entries = []
    drawn_records = {r for line in lines for r in line.of.records} | {s.record for s in symbols}
    placed = [record for record in records if record.id in drawn_records]
    if drawing.brief.style is not Style.PRINT:
        themes = {drawing.theme_of(record) for record in placed}
        entries += [
            LegendEntry(SUBJECT, theme.label, drawing.theme_colour(theme.id), fill="dot")
            for theme in atlas.dossier.head.themes
            if theme.id in themes
        ]
    filled = {fill.alliance: fill for row in fills.values() for fill in row}
    for alliance in drawing.brief.screen.alliance:
        if alliance in filled:
            label = label_of(atlas, "alliance", alliance)
            colour = filled[alliance].colour
            entries.append(LegendEntry(FILLED, label, colour, fill="plain", alliance=alliance))
    keys = {key for line in lines for key in line.of.legend}
    keys |= {symbol.of.legend for symbol in symbols}
    if any(record.evidence.status not in FIRM for record in placed):
        keys.add("light")
    if any(not fill.full for row in fills.values() for fill in row):
        keys.add("alliance-lesser")
    keys |= {sign.key for layer in _areas_in(drawing, view) for sign in BY_ID[layer].signs}
    for sign in SIGNS:
        if sign.key not in keys:
            continue
        stroke, sample = sign.stroke, sign.sample
        colour = colours[stroke.colour if stroke and stroke.colour != "theme" else "ink-soft"]
        entry = LegendEntry(sign.group, sign.label, colour, stroke, sign.head)
        entries.append(replace(entry, glyph=sample.get("glyph"), fill=sample.get("fill")))
    return tuple(entries)
