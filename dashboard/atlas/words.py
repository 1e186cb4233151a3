"""A screen in words: what is filtered, and which lines of the article stand behind it."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.schema import Record
from dashboard.atlas.address import Screen
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.labels import label_of

_INTRODUCTIONS = {
    "actor": "actors",
    "theme": "themes",
    "layer": "layers",
    "status": "evidence",
    "verdict": "verdict",
}


def span_in_words(filters: Filters) -> str:
    """The span that is asked for, e.g. ``January 2022 to May 2023``; nothing where it is all."""
    if filters.from_ and filters.to:
        if filters.from_ == filters.to:
            return filters.from_.words
        return f"{filters.from_.words} to {filters.to.words}"
    if filters.from_:
        return f"from {filters.from_.words}"
    return f"to {filters.to.words}" if filters.to else ""


def filters_in_words(atlas: Atlas, screen: Screen) -> str:
    """The active filters, e.g. ``actors: Kenya or Zambia; themes: Copper``.

    Parameters
    ----------
    atlas : Atlas
    screen : Screen

    Returns
    -------
    str
        ``no filter`` where none is active. Plain text.
    """
    filters = screen.filters
    parts = []
    for facet, introduction in _INTRODUCTIONS.items():
        if chosen := getattr(filters, facet):
            names = " or ".join(label_of(atlas, facet, value) for value in chosen)
            parts.append(f"{introduction}: {names}")
    if span := span_in_words(filters):
        parts.append(span)
    if filters.q:
        parts.append(f"text: “{filters.q}”")
    if screen.alliance:
        names = ", ".join(label_of(atlas, "alliance", value) for value in screen.alliance)
        parts.append(f"filled: {names}")
    return "; ".join(parts) or "no filter"


def sources_in_words(atlas: Atlas, records: Iterable[Record]) -> str:
    """The article, and its lines that say what these records do. Plain text."""
    numbers = sorted({line for record in records for line in record.source.lines})
    article = atlas.dossier.head.article.description.rstrip(".")
    return f"{article}. Shown: {lines_in_words(numbers)}." if numbers else f"{article}."
