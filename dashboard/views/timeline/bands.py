"""Bands of marks, one a theme, and which part of them is chosen. No Streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.words import span_in_words
from dashboard.look.markup import templates
from dashboard.look.record_colour import theme_of
from dashboard.views.timeline.axis import ONE_DAY, Axis, span_places, steps_on, ticks
from dashboard.views.timeline.marks import Mark, lay_out, make_mark


@dataclass(frozen=True)
class Band:
    """The records of one theme, each once: with that which `theme_of` gives."""

    theme: str
    label: str
    marks: Sequence[Mark]

    @property
    def rows(self) -> int:
        """How many rows the marks take."""
        return 1 + max((mark.row for mark in self.marks), default=-1)


def build_bands(
    atlas: Atlas, axis: Axis, ids: Sequence[str], chosen: Sequence[str] = ()
) -> list[Band]:
    """Sort records into bands and give each its place.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    ids : sequence of str
        Records to draw.
    chosen : sequence of str
        Themes that are filtered by: a record stands in the band whose colour it has on the map.

    Returns
    -------
    list of Band
        In the order of the dossier's themes; none for a theme under which no record stands.
    """
    by_theme: dict[str, list[Mark]] = {}
    for record_id in ids:
        record = atlas.dossier.records[record_id]
        by_theme.setdefault(theme_of(record, chosen), []).append(make_mark(atlas, axis, record))
    return [
        Band(theme.id, theme.label, lay_out(by_theme[theme.id]))
        for theme in atlas.dossier.head.themes
        if theme.id in by_theme
    ]


def beginnings(
    atlas: Atlas, axis: Axis, ids: Sequence[str], chosen: Sequence[str] = ()
) -> pd.DataFrame:
    """How many records begin in each step of the axis, by theme.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    ids : sequence of str
        Records to count; those that begin before the axis are left out.
    chosen : sequence of str
        Themes that are filtered by.

    Returns
    -------
    pandas.DataFrame
        A row for each step and theme that has any: ``step`` (words), ``theme`` (label),
        ``theme_id``, ``records`` (count), ``start`` and ``end`` (places on the axis), ``base`` and
        ``top`` (counts, themes of one step on top of one another in their order).
    """
    steps = steps_on(axis, atlas.choices)
    counts: Counter[tuple[int, str]] = Counter()
    for record_id in ids:
        first = atlas.index.entries[record_id].first
        number = next((n for n, s in enumerate(steps) if s.first_day <= first <= s.last_day), None)
        if number is not None:
            counts[number, theme_of(atlas.dossier.records[record_id], chosen)] += 1
    rows = []
    for number, step in enumerate(steps):
        top = 0
        for theme in atlas.dossier.head.themes:
            if count := counts[number, theme.id]:
                rows.append(
                    {
                        "step": step.words,
                        "theme": theme.label,
                        "theme_id": theme.id,
                        "records": count,
                        "start": axis.at(step.first_day),
                        "end": axis.at(step.last_day + ONE_DAY),
                        "base": top,
                        "top": top + count,
                    }
                )
                top += count
    columns = ["step", "theme", "theme_id", "records", "start", "end", "base", "top"]
    return pd.DataFrame(rows, columns=columns)


# --- HTML --------------------------------------------------------------------------------------


def bands_html(atlas: Atlas, axis: Axis, bands: Sequence[Band], select: str) -> str:
    """The bands as HTML: each record a link that selects it; everything is escaped.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    bands : sequence of Band
        From `build_bands`.
    select : str
        Id of the record that is selected, or nothing.
    """
    return templates.get_template("views/timeline/bands.html").render(
        axis=axis,
        bands=bands,
        ticks=ticks(axis),
        as_of=axis.at(atlas.dossier.head.as_of.last_day + ONE_DAY),
        select=select,
    )


def span_css(axis: Axis, filters: Filters, drawn: Sequence[str], visible: Sequence[str]) -> str:
    """Style rules for the span: where it begins and ends, and which records lie outside of it.

    Apart from the bands, which therefore need not be sent again when the span changes.

    Parameters
    ----------
    axis : Axis
    filters : Filters
    drawn : sequence of str
        Records in the bands.
    visible : sequence of str
        Those of them that the span touches.
    """
    first, last = (f"{100 * place:.2f}%" for place in span_places(axis, filters))
    rules = [f".atlas-timeline .plot{{--from:{first};--to:{last}}}"]
    inside = set(visible)
    if outside := [record_id for record_id in drawn if record_id not in inside]:
        # The ids are slugs: nothing in them needs escaping.
        chosen = ",".join(f'[data-select="{record_id}"]' for record_id in outside)
        rules.append(f".atlas-timeline a:is({chosen}){{opacity:.22}}")
    return "".join(rules)


def span_html(filters: Filters, count: int) -> str:
    """The span that is shown and how many records it has, as HTML."""
    return templates.get_template("views/timeline/span.html").render(
        span=span_in_words(filters), count=count
    )
