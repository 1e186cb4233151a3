"""What a briefing shows: a screen as a sheet, with its words, lines, symbols, fills and legend.

Pure: an atlas and a `Brief` give a `Sheet`. No Streamlit, nothing is drawn here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry import box

from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of
from dashboard.atlas.shown import countries_in_play
from dashboard.atlas.words import sources_in_words
from dashboard.sheet.layout import Layout, Words, lay_out, settle
from dashboard.sheet.legend_entries import entries_of
from dashboard.sheet.mapview import MapView, make_view, natural_aspect
from dashboard.sheet.on_map import (
    EmptyBriefError,
    OnMap,
    bounds_shown,
    line_in_plane,
    records_drawn,
    records_selected,
)
from dashboard.sheet.spec import FRAMES, MOST_POINTS, Bounds, Brief, KeyPoint, Style
from dashboard.sheet.styled import LegendEntry, StyledFill, StyledLine, StyledSymbol
from dashboard.sheet.words import (
    as_of_in_words,
    footer_of,
    link_to,
    one_line,
    shown_in_words,
    suggest_points,
    suggest_subtitle,
    suggest_title,
)


@dataclass(frozen=True)
class Sheet:
    """A briefing, ready to be written in any format. All texts are plain.

    Attributes
    ----------
    brief : Brief
        As asked for.
    colours : mapping of str
        From `dashboard.look.palette.MAP_COLOURS`.
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
    lines : tuple of StyledLine
    symbols : tuple of StyledSymbol
    fills : mapping of str to tuple of StyledFill
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
    lines: tuple[StyledLine, ...]
    symbols: tuple[StyledSymbol, ...]
    fills: Mapping[str, tuple[StyledFill, ...]]
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
        return footer_of(self.brief, self.sources, self.borders, self.link, self.version)


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
    visible = records_selected(atlas, brief)
    drawing = OnMap(atlas, brief, visible)
    lines, symbols, fills = drawing.lines(), drawing.symbols(), drawing.fills()
    every = [atlas.dossier.records[record_id] for record_id in visible]
    selected = brief.screen.select
    title = one_line(brief.title) or suggest_title(atlas, brief)
    subtitle = (
        suggest_subtitle(atlas, brief, title)
        if brief.subtitle is None
        else one_line(brief.subtitle)
    )
    as_of = as_of_in_words(atlas, brief.day)
    borders = atlas.borders.short
    link = link_to(atlas, brief, base)
    version = atlas.dossier.head.version

    # What may have to be explained: the frame, which is not known yet, can only take from it.
    explained = entries_of(drawing, None, lines, symbols, fills, every) if brief.legend else ()
    drawable = records_drawn(lines, symbols, fills)

    def layout(records: Sequence[Record], outside: int, points: Sequence[KeyPoint]) -> Layout:
        sources = sources_in_words(atlas, records)
        return lay_out(
            FRAMES[brief.frame],
            Words(
                title,
                subtitle,
                shown_in_words(atlas, brief, len(records), outside, as_of),
                footer_of(brief, sources, borders, link, version),
            ),
            [point.text for point in points],
            explained,
            natural_aspect(wanted, brief.projection),
        )

    def points_of(records: Sequence[Record]) -> tuple[KeyPoint, ...]:
        if brief.points is None:
            return suggest_points(records, selected)
        cleaned = (replace(point, text=one_line(point.text)) for point in brief.points)
        return tuple(point for point in cleaned if point.text)[:MOST_POINTS]

    # What lies in the frame depends on its shape, which the words above and beneath it decide:
    # those of all records first, then those of what is seen, which are no longer.
    wanted = bounds_shown(atlas, brief, lines, symbols)
    first = layout(every, len(every), points_of([r for r in every if r.id in drawable]))
    view = make_view(wanted, brief.projection, first.map.aspect)
    rectangle = box(view.x0, view.y0, view.x1, view.y1)
    lines = [line for line in lines if line_in_plane(line, view).intersects(rectangle)]
    seen = view.sees(
        np.array([symbol.of.lon for symbol in symbols]),
        np.array([symbol.of.lat for symbol in symbols]),
    )
    symbols = [symbol for symbol, inside in zip(symbols, seen, strict=True) if inside]
    in_frame = records_drawn(lines, symbols, fills)
    records = tuple(record for record in every if record.id in in_frame)
    if not records:
        raise EmptyBriefError(
            f"None of the records shown ({len(every)}) lies within the extent. Choose another one."
        )
    outside = len([r for r in every if r.id not in in_frame and not layer_of(r).fills])
    points = points_of(records)
    final = layout(records, outside, points)
    # The map keeps its shape, and everything its place.
    foot = replace(final.footer, rect=replace(final.footer.rect, y=first.footer.rect.y))
    final = replace(first, filters=replace(final.filters, rect=first.filters.rect), footer=foot)
    legend = entries_of(drawing, view, lines, symbols, fills, records) if brief.legend else ()
    final = settle(final, [point.text for point in points], legend)
    counts = Counter(record.evidence.status for record in records)
    return Sheet(
        brief=brief,
        colours=drawing.colours,
        title=title,
        subtitle=subtitle,
        points=points,
        as_of=as_of,
        filters=shown_in_words(atlas, brief, len(records), outside, as_of),
        evidence=tuple((status, counts[status]) for status in EvidenceStatus if counts[status]),
        borders=borders,
        sources=sources_in_words(atlas, records),
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
