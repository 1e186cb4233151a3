"""What a briefing shows, worked out once for every format: words, places, lines, legend, sources.

Pure: an atlas and a `Brief` give a `Sheet`. No Streamlit, nothing is drawn here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import numpy as np
from shapely.geometry import MultiLineString, box
from shapely.geometry.base import BaseGeometry

from annotations.schema import Alliance, Record
from annotations.vocabulary import CORRECTED, EvidenceStatus, LegMode, LegStatus
from dashboard.address import write
from dashboard.brief.fonts import clean
from dashboard.brief.layout import Layout, lay_out, settle
from dashboard.brief.mapview import MapView, make_view, natural_aspect
from dashboard.brief.spec import (
    FRAMES,
    LONGEST_TEXT,
    MOST_POINTS,
    THE_WORLD,
    VIEW,
    Bounds,
    Brief,
    KeyPoint,
    Style,
    bounds_of,
)
from dashboard.data import Atlas
from dashboard.filters import Filters
from dashboard.labels import label_of
from dashboard.layers import BY_KIND, FIRM, LAYERS, SIGNS
from dashboard.palette import MAP_COLOURS, alliance_colours, theme_colour
from dashboard.record_colour import theme_of
from dashboard.scene import fills_at, lines_in_words
from dashboard.shown import beside_records, chokepoints_drawn, countries_in_play
from dashboard.strokes import CONTEXT_OPACITY, LIGHT_OPACITY, Stroke, line_stroke
from dashboard.words import filters_in_words
from geodata.bounding_box import bounding_box, padded

LEAST_EXTENT = (16.0, 10.0)
"""Degrees of longitude and latitude that a fitted frame shows at least."""

NORTHMOST = 88.0
"""Degrees of latitude up to which a frame is fitted."""


class EmptyBriefError(ValueError):
    """There is nothing to show; the message says why, and what to do."""


@dataclass(frozen=True)
class DrawnLine:
    """A flow, a bundle of relations, a corridor's leg or a detour.

    Attributes
    ----------
    parts : tuple of arrays of shape (n, 2)
        (lon, lat) in degrees, in the direction of travel; several where it is cut at ±180°.
    stroke : Stroke
    colour : str
        ``#rrggbb``.
    opacity : float
        0 to 1: lighter where the article does not state it as fact.
    head : str or None
        ``arrow``, ``bar`` or ``dot``.
    ends : int
        Which ends bear the head: 1 the line's end, 2 its start, 3 both.
    records : tuple of str
        Ids.
    legend : tuple of str
        Keys of `dashboard.layers.SIGNS`.
    leg : str or None
        Of a corridor: ``corridor.branch.number``.
    """

    parts: tuple[np.ndarray, ...]
    stroke: Stroke
    colour: str
    opacity: float
    head: str | None
    ends: int
    records: tuple[str, ...]
    legend: tuple[str, ...]
    leg: str | None = None


@dataclass(frozen=True)
class DrawnPoint:
    """A symbol.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    glyph : str
        Key of `dashboard.glyphs.GLYPHS`.
    colour : str
        ``#rrggbb``.
    light : bool
        Whether only its outline has the colour: the article does not state it as fact.
    place : str
        Name of the place.
    record : str or None
        Id; None for a chokepoint.
    legend : tuple of str
        Keys of `dashboard.layers.SIGNS`.
    chokepoint : str or None
        Id of the place; None for what is drawn of a record.
    """

    lon: float
    lat: float
    glyph: str
    colour: str
    light: bool
    place: str
    record: str | None
    legend: tuple[str, ...]
    chokepoint: str | None = None


@dataclass(frozen=True)
class Standing:
    """One alliance's share in the fill of a country."""

    alliance: str
    colour: str
    full: bool


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    Attributes
    ----------
    group, label : str
        For readers.
    colour : str
        ``#rrggbb`` of the sample.
    stroke : Stroke or None
        Where it explains a line.
    head : str or None
        Its head.
    glyph : str or None
        Where it explains a symbol.
    fill : str or None
        Where it explains an area: ``dot`` (a subject), ``plain`` (an alliance), ``lesser``,
        ``disputed`` or ``outline``.
    alliance : str or None
        Id, for `plain`.
    """

    group: str
    label: str
    colour: str
    stroke: Stroke | None = None
    head: str | None = None
    glyph: str | None = None
    fill: str | None = None
    alliance: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A briefing, ready to be written in any format. All texts are plain.

    Attributes
    ----------
    brief : Brief
        As asked for.
    colours : mapping of str
        From `dashboard.palette.MAP_COLOURS`.
    title, subtitle : str
    points : tuple of KeyPoint
    as_of : str
        ``As of January 2024``, and of which day memberships are.
    filters : str
        Active filters, and how many records are shown.
    evidence : tuple of (EvidenceStatus, int)
        How firmly the article says what is shown, with counts; in the vocabulary's order.
    borders : str
        Note on borders.
    sources : str
        The article, and the lines that what is shown comes from.
    link : str
        What reopens the view; empty where nobody knows where the app is.
    version : str
        The dossier's.
    records : tuple of Record
        What is in the frame, in the dossier's order.
    outside : int
        How many more records the filters leave that lie outside of the frame.
    lines : tuple of DrawnLine
    symbols : tuple of DrawnPoint
    fills : mapping of str to tuple of Standing
        By country.
    countries : tuple of str
        Countries to label, most important first.
    legend : tuple of LegendEntry
        Only what is in the frame; in groups.
    bounds : Bounds
        Degrees that the frame must show; it may show more.
    view : MapView
        Projection, and what of its plane is shown.
    layout : Layout
        Where everything goes.
    """

    brief: Brief
    colours: Mapping[str, str]
    title: str
    subtitle: str
    points: tuple[KeyPoint, ...]
    as_of: str
    filters: str
    evidence: tuple[tuple[EvidenceStatus, int], ...]
    borders: str
    sources: str
    link: str
    version: str
    records: tuple[Record, ...]
    outside: int
    lines: tuple[DrawnLine, ...]
    symbols: tuple[DrawnPoint, ...]
    fills: Mapping[str, tuple[Standing, ...]]
    countries: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    bounds: Bounds
    view: MapView
    layout: Layout

    @property
    def dark(self) -> bool:
        """Whether it is light on dark."""
        return self.brief.style is Style.DARK

    @property
    def footer(self) -> str:
        """Sources, borders, link and version in one paragraph."""
        return _footer(self.brief, self.sources, self.borders, self.link, self.version)


# --- words -------------------------------------------------------------------------------------


def suggest_title(atlas: Atlas, brief: Brief) -> str:
    """A title from the page or from what is filtered; the dossier's where nothing is."""
    if brief.heading:
        return brief.heading
    filters = brief.screen.filters
    actors = [label_of(atlas, "actor", value) for value in filters.actor]
    topics = [label_of(atlas, "theme", value) for value in filters.theme]
    if not topics and len(filters.layer) in (1, 2):
        topics = [label_of(atlas, "layer", value) for value in filters.layer]
    if brief.records and not actors and not topics:
        chosen = [atlas.dossier.records[record_id] for record_id in brief.records[:1]]
        if len(brief.records) == 1:
            return chosen[0].title
        shorts = [getattr(atlas.dossier.records[r], "short", "") for r in brief.records]
        if all(shorts) and len(shorts) <= 4:
            return _listed(shorts)
    if not actors and not topics:
        return atlas.dossier.head.title
    if not actors:
        return _listed(topics[:3])
    return (
        f"{_listed(actors[:3])}: {_listed(topics[:3]).lower()}" if topics else _listed(actors[:3])
    )


def suggest_subtitle(atlas: Atlas, brief: Brief, title: str) -> str:
    """What the title leaves unsaid: which dossier it is, or what the dossier is about."""
    head = atlas.dossier.head
    return head.subtitle if title == head.title else f"{head.title}: {_uncapital(head.subtitle)}"


def suggest_points(records: Sequence[Record], first: str | None = None) -> tuple[KeyPoint, ...]:
    """Key points: the records that most of the article goes into, one of each subject first.

    Parameters
    ----------
    records : sequence of Record
        What is shown.
    first : str, optional
        Id of the record that is selected.

    Returns
    -------
    tuple of KeyPoint
        At most `MOST_POINTS`. Each says how firmly the article puts it, from which lines, and where
        the check found otherwise.
    """

    def weight(record: Record) -> tuple[Any, ...]:
        return (
            record.id != first,
            record.evidence.status is EvidenceStatus.CONTEXT,
            record.evidence.status not in FIRM,
            -len(record.source.lines),
            record.id,
        )

    kept: list[Record] = []
    left = sorted(records, key=weight)
    seen: set[str] = set()
    # One of each subject before a second of any.
    for record in list(left):
        if record.themes[0] not in seen and len(kept) < MOST_POINTS:
            seen.add(record.themes[0])
            kept.append(record)
            left.remove(record)
    kept += left[: MOST_POINTS - len(kept)]
    return tuple(KeyPoint(point_text(record), record.id) for record in kept)


def point_text(record: Record) -> str:
    """A record as a key point: ``Title (allegation, line 26; checked: outdated)``."""
    status = record.evidence.status
    source = f"{status.label.lower()}, {lines_in_words(record.source.lines)}"
    if status is EvidenceStatus.CONTEXT:
        source = "context, not in the article"
    verdict = record.check.verdict
    checked = f"; checked: {verdict.label.lower()}" if verdict in CORRECTED else ""
    return f"{record.title} ({source}{checked})"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _as_of(atlas: Atlas, day: date | None) -> str:
    words = f"As of {atlas.dossier.head.as_of.words}"
    return f"{words}; memberships of {day.day} {day:%B %Y}" if day else words


def _filters(atlas: Atlas, brief: Brief, shown: int, outside: int, as_of: str) -> str:
    of = len(atlas.dossier.records)
    words = filters_in_words(atlas, brief.screen)
    if brief.asked:
        filtered = brief.screen.filters != Filters() or brief.screen.alliance
        words = f"{brief.asked}; {words}" if filtered else brief.asked
    if brief.off:
        hidden = ", ".join(label_of(atlas, "layer", layer) for layer in brief.off)
        words = f"{words}; not drawn: {hidden}"
    count = f"{shown} of {of} records"
    if outside:
        count += f", {outside} more outside of the frame"
    return f"{as_of} · {count} · {words[:1].upper()}{words[1:]}"


def _link(atlas: Atlas, brief: Brief, base: str) -> str:
    """What opens the view again; nothing where nobody knows where the app is."""
    if not base:
        return ""
    page = brief.page
    if not page:
        query = urlencode(write(brief.screen, atlas.choices), doseq=True)
        page = f"?{query}" if query else ""
    return f"{base.rstrip('/')}/{page}"


def _footer(brief: Brief, sources: str, borders: str, link: str, version: str) -> str:
    parts = [f"Source: {sources}"] if brief.sources else []
    return " ".join([*parts, borders, f"Dossier Atlas, dossier version {version}. {link}".rstrip()])


def _sources(atlas: Atlas, records: Iterable[Record]) -> str:
    numbers = sorted({line for record in records for line in record.source.lines})
    article = atlas.dossier.head.article.description.rstrip(".")
    return f"{article}. Shown: {lines_in_words(numbers)}." if numbers else f"{article}."


# --- what is drawn -----------------------------------------------------------------------------


def _selected(atlas: Atlas, brief: Brief) -> list[str]:
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


class _Drawing:
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


def _bounds(
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


# --- legend ------------------------------------------------------------------------------------


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


def _legend(
    drawing: _Drawing,
    view: MapView | None,
    lines: Sequence[DrawnLine],
    symbols: Sequence[DrawnPoint],
    fills: Mapping[str, tuple[Standing, ...]],
    records: Sequence[Record],
) -> tuple[LegendEntry, ...]:
    """Entries for what lies in the frame, or may while it has no view, in the registry's order."""
    atlas, colours = drawing.atlas, drawing.colours
    entries = []
    drawn_records = {r for thing in lines for r in thing.records} | {s.record for s in symbols}
    placed = [record for record in records if record.id in drawn_records]
    if drawing.brief.style is not Style.PRINT:
        themes = {drawing.theme_of(record) for record in placed}
        entries += [
            LegendEntry("Subject", theme.label, drawing.theme_colour(theme.id), fill="dot")
            for theme in atlas.dossier.head.themes
            if theme.id in themes
        ]
    filled = {standing.alliance: standing for row in fills.values() for standing in row}
    for alliance in drawing.brief.screen.alliance:
        if alliance in filled:
            label = label_of(atlas, "alliance", alliance)
            colour = filled[alliance].colour
            entries.append(LegendEntry("Filled", label, colour, fill="plain", alliance=alliance))
    keys = {key for line in lines for key in line.legend}
    keys |= {key for symbol in symbols for key in symbol.legend}
    if any(record.evidence.status not in FIRM for record in placed):
        keys.add("light")
    if any(not standing.full for row in fills.values() for standing in row):
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


def _drawn(
    lines: Sequence[DrawnLine],
    symbols: Sequence[DrawnPoint],
    fills: Mapping[str, tuple[Standing, ...]],
) -> set[str]:
    """Records that something is drawn of."""
    drawn = {record for line in lines for record in line.records}
    drawn |= {symbol.record for symbol in symbols if symbol.record}
    return drawn | {standing.alliance for row in fills.values() for standing in row}


# --- all of it ---------------------------------------------------------------------------------


def compose(atlas: Atlas, brief: Brief, base: str = "") -> Sheet:
    """Work out what a briefing shows.

    Parameters
    ----------
    atlas : Atlas
    brief : Brief
        What is asked for; ids that the dossier has not are passed over.
    base : str
        Address of the app, for the link that reopens the view, e.g. ``http://localhost:8501``;
        empty for none.

    Returns
    -------
    Sheet

    Raises
    ------
    EmptyBriefError
        If nothing would be shown: by the filters, or in the frame.
    """
    visible = _selected(atlas, brief)
    drawing = _Drawing(atlas, brief, visible)
    lines, symbols, fills = drawing.lines(), drawing.symbols(), drawing.fills()
    every = [atlas.dossier.records[record_id] for record_id in visible]
    selected = brief.screen.select
    title = _text(brief.title) or suggest_title(atlas, brief)
    subtitle = (
        suggest_subtitle(atlas, brief, title) if brief.subtitle is None else _text(brief.subtitle)
    )
    as_of = _as_of(atlas, brief.day)
    borders = atlas.borders.short
    link = _link(atlas, brief, base)
    version = atlas.dossier.head.version

    # What may have to be explained: the frame, which is not known yet, can only take from it.
    explained = _legend(drawing, None, lines, symbols, fills, every) if brief.legend else ()
    drawable = _drawn(lines, symbols, fills)

    def layout(records: Sequence[Record], outside: int, points: Sequence[KeyPoint]) -> Layout:
        sources = _sources(atlas, records)
        return lay_out(
            FRAMES[brief.frame],
            title,
            subtitle,
            _filters(atlas, brief, len(records), outside, as_of),
            _footer(brief, sources, borders, link, version),
            [point.text for point in points],
            explained,
            natural_aspect(wanted, brief.projection),
        )

    def points_of(records: Sequence[Record]) -> tuple[KeyPoint, ...]:
        if brief.points is None:
            return suggest_points(records, selected)
        cleaned = (replace(point, text=_text(point.text)) for point in brief.points)
        return tuple(point for point in cleaned if point.text)[:MOST_POINTS]

    # What lies in the frame depends on its shape, which the words above and beneath it decide:
    # those of all records first, then those of what is seen, which are no longer.
    wanted = _bounds(atlas, brief, lines, symbols)
    first = layout(every, len(every), points_of([r for r in every if r.id in drawable]))
    view = make_view(wanted, brief.projection, first.map.aspect)
    rectangle = box(view.x0, view.y0, view.x1, view.y1)
    lines = [line for line in lines if line_in_plane(line, view).intersects(rectangle)]
    seen = view.sees(
        np.array([symbol.lon for symbol in symbols]), np.array([symbol.lat for symbol in symbols])
    )
    symbols = [symbol for symbol, inside in zip(symbols, seen, strict=True) if inside]
    in_frame = _drawn(lines, symbols, fills)
    records = tuple(record for record in every if record.id in in_frame)
    if not records:
        raise EmptyBriefError(
            f"None of the records shown ({len(every)}) lies within the extent. Choose another one."
        )
    outside = len([r for r in every if r.id not in in_frame and not isinstance(r, Alliance)])
    points = points_of(records)
    final = layout(records, outside, points)
    # The map keeps its shape, and everything its place.
    foot = replace(final.footer, rect=replace(final.footer.rect, y=first.footer.rect.y))
    final = replace(first, filters=replace(final.filters, rect=first.filters.rect), footer=foot)
    legend = _legend(drawing, view, lines, symbols, fills, records) if brief.legend else ()
    final = settle(final, [point.text for point in points], legend)
    counts = Counter(record.evidence.status for record in records)
    return Sheet(
        brief=brief,
        colours=drawing.colours,
        title=title,
        subtitle=subtitle,
        points=points,
        as_of=as_of,
        filters=_filters(atlas, brief, len(records), outside, as_of),
        evidence=tuple((status, counts[status]) for status in EvidenceStatus if counts[status]),
        borders=borders,
        sources=_sources(atlas, records),
        link=link,
        version=version,
        records=records,
        outside=outside,
        lines=tuple(lines),
        symbols=tuple(symbols),
        fills=fills,
        countries=tuple(
            countries_in_play(atlas, [r.id for r in records], brief.screen.alliance, brief.day)
        ),
        legend=legend,
        bounds=wanted,
        view=view,
        layout=final,
    )


def _text(text: str | None) -> str:
    return clean(text or "")[:LONGEST_TEXT]
