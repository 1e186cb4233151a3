"""The briefing page's address is its state: the page that is briefed, and how it is to look.

`read` takes whatever stands in an address and keeps what is valid; `write` gives the shortest
address of a briefing. Pure.
"""

from __future__ import annotations

import math
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from dashboard.atlas.address import BRIEFING, MAP, Parameters, last_of
from dashboard.atlas.data import Atlas
from dashboard.brief.origins import brief_of, split
from dashboard.sheet.fonts import clean
from dashboard.sheet.spec import (
    FRAMES,
    LONGEST_TEXT,
    MOST_POINTS,
    VIEW,
    Bounds,
    Brief,
    KeyPoint,
    Projection,
    Style,
    extents,
)
from dashboard.sheet.words import point_text
from geodata.bounding_box import wrapped

SWITCHES = ("labels", "legend", "sources")
"""Parts that are shown unless the address says 0."""

_DECIMALS = 3
_SMALLEST = 0.05
"""Degrees: a smaller view shows nothing that could be read."""

_Choice = TypeVar("_Choice", bound=StrEnum)


def clean_text(text: str) -> str:
    """Text of one line that somebody typed or pasted, capped; doing it twice changes nothing."""
    # Cut first: what is dropped need not be cleaned. What stood between two spaces may go.
    return clean(clean(text[: 4 * LONGEST_TEXT]))[:LONGEST_TEXT].strip()


def read_bounds(text: str) -> Bounds | None:
    """Bounds from ``west,south,east,north`` in degrees; None where that makes no sense.

    Longitudes may go on beyond ±180, as on a map that was dragged around the world.
    """
    try:
        west, south, east, north = (float(part) for part in text[:200].split(","))
    except ValueError:
        return None
    if not all(math.isfinite(value) and abs(value) <= 3600 for value in (west, south, east, north)):
        return None
    south, north = max(-90.0, south), min(90.0, north)
    if north - south < _SMALLEST or abs(east - west) < _SMALLEST:
        return None
    if abs(east - west) >= 360:
        west, east = -180.0, 180.0
    west, east = (wrapped(value) for value in (west, east))
    rounded = (round(value, _DECIMALS) for value in (west, south, east, north))
    west, south, east, north = (value or 0.0 for value in rounded)
    return None if west == east else (west, south, east, north)


def write_bounds(bounds: Bounds) -> str:
    """Bounds as an address has them."""
    return ",".join(f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") for value in bounds)


def read_point(text: str, atlas: Atlas) -> KeyPoint | None:
    """A key point from ``record|words``; words alone have no record, a record alone its own."""
    head, bar, words = text.partition("|")
    records = atlas.dossier.records
    if bar and (not head or head in records):
        kept = clean_text(words)
        if head and not kept:
            kept = point_text(records[head])
        return KeyPoint(kept, head or None) if kept else None
    kept = clean_text(text)
    return KeyPoint(kept) if kept else None


def write_point(point: KeyPoint, atlas: Atlas) -> str:
    """A key point as an address has it; a record's own words go without saying."""
    if point.record is None:
        return f"|{point.text}" if "|" in point.text else point.text
    own = point_text(atlas.dossier.records[point.record])
    return f"{point.record}|{'' if point.text == own else point.text}"


def _term(text: str, terms: type[_Choice], otherwise: _Choice) -> _Choice:
    return terms(text) if text in {term.value for term in terms} else otherwise


def read(parameters: Parameters, atlas: Atlas) -> Brief:
    """Make out what an address asks for; what is not valid is left out.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        The query, decoded, with repeated parameters as several values.
    atlas : Atlas
        Names what there is.

    Returns
    -------
    Brief
        Never fails: nonsense gives the briefing of the whole map.
    """
    brief = brief_of(last_of(parameters, "of"), parameters, atlas)
    bounds = read_bounds(last_of(parameters, "bbox"))
    frame, extent = last_of(parameters, "frame"), last_of(parameters, "extent")
    if extent not in extents(atlas.dossier.head) or (extent == VIEW and bounds is None):
        extent = brief.extent
    points: tuple[KeyPoint, ...] | None = None
    if "point" in parameters:
        found = (read_point(text, atlas) for text in parameters["point"][: 4 * MOST_POINTS])
        points = tuple(point for point in found if point)[:MOST_POINTS]
        if not points and list(parameters["point"]) != [""]:
            points = None
    title = clean_text(last_of(parameters, "title")) or None
    subtitle = clean_text(last_of(parameters, "subtitle")) if parameters.get("subtitle") else None
    return replace(
        brief,
        frame=frame if frame in FRAMES else brief.frame,
        extent=extent,
        bounds=bounds,
        projection=_term(last_of(parameters, "projection"), Projection, brief.projection),
        style=_term(last_of(parameters, "style"), Style, brief.style),
        labels=last_of(parameters, "labels") != "0",
        legend=last_of(parameters, "legend") != "0",
        sources=last_of(parameters, "sources") != "0",
        title=title,
        subtitle=subtitle,
        points=points,
    )


def write(brief: Brief, atlas: Atlas) -> dict[str, list[str]]:
    """Give the shortest address of a briefing that `read` made.

    Parameters
    ----------
    brief : Brief
        Values are taken as valid.
    atlas : Atlas
        For what goes without saying.

    Returns
    -------
    dict of str to list of str
        Parameters in a stable order; `read` of it gives `brief` again.
    """
    name, parameters = split(brief.page)
    if name not in (MAP, BRIEFING):
        parameters = {"of": [name], **parameters}
    usual = brief_of(name if name != BRIEFING else last_of(parameters, "of"), parameters, atlas)
    for key, value, otherwise in (
        ("frame", brief.frame, usual.frame),
        ("extent", brief.extent, usual.extent),
        ("projection", brief.projection, usual.projection),
        ("style", brief.style, usual.style),
    ):
        if value != otherwise:
            parameters[key] = [str(value)]
    if brief.bounds:
        parameters["bbox"] = [write_bounds(brief.bounds)]
    for name in SWITCHES:
        if not getattr(brief, name):
            parameters[name] = ["0"]
    if brief.title:
        parameters["title"] = [brief.title]
    if brief.subtitle is not None:
        parameters["subtitle"] = [brief.subtitle]
    if brief.points is not None:
        parameters["point"] = [write_point(point, atlas) for point in brief.points] or [""]
    return parameters


def query_of(brief: Brief, atlas: Atlas) -> str:
    """The address as the query of a link."""
    return urlencode(write(brief, atlas), doseq=True, safe=",:|")
