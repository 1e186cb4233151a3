"""What a sheet's legend explains: what is drawn in the frame, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shapely.geometry import box

from annotations.schema import Record
from annotations.vocabulary import LegMode, LegStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.labels import label_of
from dashboard.atlas.layers import FIRM, SIGNS
from dashboard.look.strokes import Stroke, line_stroke
from dashboard.sheet.mapview import MapView
from dashboard.sheet.on_map import OnMap
from dashboard.sheet.spec import Style
from dashboard.sheet.styled import LegendEntry, StyledFill, StyledLine, StyledSymbol


def _sign_stroke(key: str) -> tuple[Stroke, str | None]:
    """Stroke and head of a sign that explains a line."""
    group, _, value = key.partition(":")
    if group == "detour":
        return line_stroke("detour"), None
    if group == "flow":
        return line_stroke("flow", state=value), "arrow"
    if group == "relation":
        return line_stroke(
            "relation", stance=value, count=3
        ), "bar" if value == "opposes" else "dot"
    if group == "mode":
        return line_stroke("leg", mode=value, status=LegStatus.OPERATING), None
    return line_stroke("leg", mode=LegMode.ROAD, status=value), None


def _disputed_in(atlas: Atlas, view: MapView) -> bool:
    rectangle = box(view.x0, view.y0, view.x1, view.y1)
    return bool(atlas.disputed.to_crs(view.crs).geometry.intersects(rectangle).any())


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
            LegendEntry("Subject", theme.label, drawing.theme_colour(theme.id), fill="dot")
            for theme in atlas.dossier.head.themes
            if theme.id in themes
        ]
    filled = {fill.alliance: fill for row in fills.values() for fill in row}
    for alliance in drawing.brief.screen.alliance:
        if alliance in filled:
            label = label_of(atlas, "alliance", alliance)
            colour = filled[alliance].colour
            entries.append(LegendEntry("Filled", label, colour, fill="plain", alliance=alliance))
    keys = {key for line in lines for key in line.of.legend}
    keys |= {symbol.of.legend for symbol in symbols}
    if any(record.evidence.status not in FIRM for record in placed):
        keys.add("light")
    if any(not fill.full for row in fills.values() for fill in row):
        keys.add("alliance-lesser")
    if "disputed" in drawing.layers and (view is None or _disputed_in(atlas, view)):
        keys.add("disputed")
    for sign in SIGNS:
        if sign.key not in keys:
            continue
        if "line" in sign.sample:
            stroke, head = _sign_stroke(sign.key)
            named = stroke.colour if stroke.colour != "theme" else "ink-soft"
            entries.append(
                LegendEntry(sign.group, sign.label, colours[named], stroke=stroke, head=head)
            )
        elif "glyph" in sign.sample:
            glyph = sign.sample["glyph"]
            entries.append(LegendEntry(sign.group, sign.label, colours["ink-soft"], glyph=glyph))
        else:
            fill = sign.sample["fill"]
            entries.append(LegendEntry(sign.group, sign.label, colours["ink-soft"], fill=fill))
    return tuple(entries)
