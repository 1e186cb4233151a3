"""Where the parts of a sheet go: rectangles and wrapped words, for pictures and slides alike.

All lengths are inches from the sheet's upper left corner; sizes of type are points. The map is what
it is about: all else takes no more than it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard.atlas.layer_parts import FIRMNESS
from dashboard.look.units import POINT
from dashboard.sheet.fitting import (
    LEVELS,
    Rect,
    Text,
    even_lines,
    fit_text,
    height_of,
    points_height,
)
from dashboard.sheet.legend import SIZES, Arranged, arrange, height_at
from dashboard.sheet.spec import Frame
from dashboard.sheet.styled import LegendEntry

TITLES = ((24, 1), (22, 1), (20, 1), (20, 2), (17, 2), (15, 3), (13, 4), (11, 6), (10, 9))
"""Points, and lines that a title may take at that size; the first that it keeps to."""

SUBTITLES = ((12, 1), (11, 1), (11, 2), (10, 2), (9, 3), (8, 6))

FILTERS = ((9, 1), (8.5, 1), (8, 1), (8.5, 2), (7.5, 2), (7, 4))

FOOTERS = ((7.5, 3), (7, 4), (6.5, 6))
"""The same for what else stands at the head and at the foot."""

READABLE = 9.5
"""Points that key points beside a map keep while a legend gets by with `LEGIBLE`."""

LEGIBLE = (8.0, 7.5, 7.0)
"""Points of such a legend."""

EVIDENCE_HEIGHT = 0.17
"""Inches of the evidence key, one line beneath the map."""

ENOUGH = 0.197
"""Share of a slide's width for key points and legend; long ones get more, the map keeps half."""

SLACK = 0.8
"""How much higher than its extent a map is drawn, as a divisor, before words get the height."""

WIDE = 1.9
"""Width by height from which on an extent is the world or nearly: there is nothing above it."""

FLATTEST = 2.15
"""Width by height of the whole world: no map of it is made flatter for the sake of words."""

_BETWEEN = 0.16


@dataclass(frozen=True)
class Layout:
    """Parts of a sheet.

    Attributes
    ----------
    frame : Frame
    title, subtitle, filters : Text
        At the head.
    map : Rect
    evidence : Rect
        One line beneath the map: how firmly the article puts what is shown.
    points, legend : Rect or None
        None where there is nothing to show. They lie beside the map on a wide sheet and beneath it
        on others; beneath a map of the world unless the sheet is very wide.
    footer : Text
        Sources, borders, link and version.
    """

    frame: Frame
    title: Text
    subtitle: Text
    filters: Text
    map: Rect
    evidence: Rect
    points: Rect | None
    legend: Rect | None
    footer: Text

    @property
    def beside(self) -> bool:
        """Whether key points and legend stand beside the map, not beneath it."""
        part = self.points or self.legend
        return part is not None and part.x >= self.map.right


def for_sheet(entries: Sequence[LegendEntry]) -> list[LegendEntry]:
    """Entries of a legend that stands on a sheet, where the evidence key explains what is light."""
    return [entry for entry in entries if entry.group != FIRMNESS]


class Words(NamedTuple):
    """Head and foot of a sheet: plain text, of any length. They grow, the map gives way."""

    title: str
    subtitle: str
    filters: str
    footer: str


def lay_out(
    frame: Frame,
    words: Words,
    points: Sequence[str],
    legend: Sequence[LegendEntry],
    aspect: float = 1.0,
) -> Layout:
    """Divide a sheet.

    Parameters
    ----------
    frame : Frame
    words : Words
    points : sequence of str
        Key points, without their numbers.
    legend : sequence of LegendEntry
        What the legend may have to explain; empty for no legend.
    aspect : float
        Width by height of what the map must show. A sheet with text beneath the map gives the map
        no more height than does it good.

    Returns
    -------
    Layout
    """
    small = frame.width < 9
    margin = 0.3 if not small else 0.28
    width = frame.width - 2 * margin
    y = margin * 0.9

    lines, size = fit_text(
        words.title, _scaled(TITLES, 0.88 if small else 1), width, "bold", frame.height * 0.2
    )
    lines = even_lines(words.title, size, width, "bold")
    head = Text(tuple(lines), size, Rect(margin, y, width, height_of(len(lines), size)))
    y = head.rect.bottom + 0.02

    lines, size = fit_text(
        words.subtitle, _scaled(SUBTITLES, 0.95 if small else 1), width, highest=frame.height * 0.12
    )
    below = Text(tuple(lines), size, Rect(margin, y, width, height_of(len(lines), size)))
    y = below.rect.bottom + (0.03 if lines else 0.0)

    lines, size = fit_text(words.filters, FILTERS, width, "semibold", frame.height * 0.12)
    active = Text(tuple(lines), size, Rect(margin, y, width, height_of(len(lines), size)))
    y = active.rect.bottom + 0.09

    lines, size = fit_text(words.footer, FOOTERS, width, highest=frame.height * 0.15)
    high = height_of(len(lines), size)
    foot = Text(tuple(lines), size, Rect(margin, frame.height - margin * 0.75 - high, width, high))
    room = Rect(margin, y, width, foot.rect.y - 0.09 - y)
    nothing = Layout(frame, head, below, active, room, room, None, None, foot)
    return _divide(nothing, room, points, for_sheet(legend), aspect)


def _scaled(steps: Sequence[tuple[float, int]], factor: float) -> list[tuple[float, int]]:
    return [(size * factor, lines) for size, lines in steps]


def _with_map(layout: Layout, room: Rect) -> Layout:
    """The map and the evidence key beneath it."""
    high = room.height - EVIDENCE_HEIGHT - 0.05
    return replace(
        layout,
        map=Rect(room.x, room.y, room.width, high),
        evidence=Rect(room.x, room.bottom - EVIDENCE_HEIGHT, room.width, EVIDENCE_HEIGHT),
    )


def _divide(
    layout: Layout,
    room: Rect,
    points: Sequence[str],
    legend: Sequence[LegendEntry],
    aspect: float,
) -> Layout:
    if not points and not legend:
        return _with_map(layout, room)
    shape = layout.frame.width / layout.frame.height
    if shape > (1.5 if aspect > WIDE else 1.2):
        side = _side(layout.frame, room, points, legend)
        map_ = Rect(room.x, room.y, room.width - side - _BETWEEN, room.height)
        column = Rect(map_.right + _BETWEEN, room.y, side, room.height)
        return settle(
            _with_map(replace(layout, points=column, legend=column), map_), points, legend
        )
    strip = _strip(layout.frame, room, points, legend, aspect)
    high = room.height - strip - 0.1
    if aspect > WIDE:
        # More than that would be sea without a name.
        high = min(high, room.width / (min(aspect, FLATTEST) * SLACK) + EVIDENCE_HEIGHT + 0.05)
    map_ = Rect(room.x, room.y, room.width, high)
    beneath = Rect(room.x, map_.bottom + 0.1, room.width, room.bottom - map_.bottom - 0.1)
    return settle(_with_map(replace(layout, points=beneath, legend=beneath), map_), points, legend)


def _first_level(frame: Frame) -> int:
    """Small sheets are held in the hand: their type starts smaller."""
    return 4 if frame.width < 9 else 3 if frame.width < 11 else 2


def _largest_level(frame: Frame) -> int:
    """Where the map does not want the height, type may be larger."""
    return _first_level(frame) - (2 if frame.width < 9 else 0)


def _column_height(
    points: Sequence[str], legend: Sequence[LegendEntry], level: int, width: float
) -> float:
    of_points, of_legend = LEVELS[level]
    high = points_height(points, of_points, width)
    if legend:
        high += height_at(legend, of_legend, width) + (_space(level) if points else 0.0)
    return high


def _space(level: int) -> float:
    """Inches between key points and legend in a column."""
    return LEVELS[level][0] * 1.7 * POINT


def _readable(
    points: Sequence[str], legend: Sequence[LegendEntry], height: float, width: float
) -> float:
    """Type of the legend with which key points in a column stay readable; 0 if there is none."""
    left = height - points_height(points, READABLE, width) - READABLE * 1.7 * POINT
    return next((size for size in LEGIBLE if height_at(legend, size, width) <= left), 0.0)


def _side(frame: Frame, room: Rect, points: Sequence[str], legend: Sequence[LegendEntry]) -> float:
    """Width of the column beside the map: the narrowest in which type stays readable."""
    shares = (0.19, ENOUGH, 0.215, 0.23, 0.25, 0.28) if points else (0.15, 0.19, ENOUGH)
    for share in shares:
        side = max(frame.width * share, 1.75 if not points else 2.3)
        if legend and points and share > 0.19 and _readable(points, legend, room.height, side):
            return side
        for level in range(_first_level(frame), 7):
            if _column_height(points, legend, level, side) <= room.height:
                return side
        if share == 0.23 and _column_height(points, [], 8, side) <= room.height * 0.6:
            # A legend of very many entries gets by with smaller type; key points do not.
            return side
    return side


def _halves(
    width: float, points: Sequence[str], legend: Sequence[LegendEntry], level: int
) -> tuple[float, float]:
    """Share of key points in a strip's width at which it is lowest, and its height."""
    if not legend or not points:
        return (0.0 if legend else 1.0), _column_height(points, legend, level, width)
    of_points, of_legend = LEVELS[level]
    best = (0.5, 100.0)
    for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.31, 0.66):
        left = (width - _BETWEEN * 1.5) * share
        right = width - _BETWEEN * 1.5 - left
        high = points_height(points, of_points, left)
        if high < best[1]:
            high = max(high, height_at(legend, of_legend, right))
        if high < best[1] - 0.03:
            best = share, high
    return best


def _strip(
    frame: Frame,
    room: Rect,
    points: Sequence[str],
    legend: Sequence[LegendEntry],
    aspect: float,
) -> float:
    """Height of the strip beneath the map: what it needs, up to a share of the room."""
    most = room.height * (0.34 if frame.upright else 0.36)
    if not points:
        most = room.height * 0.26
    high = most
    # Height that a wide extent would fill with what nobody asked for is better used by words.
    spare = room.height - room.width / (aspect * SLACK) - EVIDENCE_HEIGHT - 0.15
    for level in range(_largest_level(frame), len(LEVELS)):
        _, high = _halves(room.width, points, legend, level)
        if high <= (max(most, spare) if level >= _first_level(frame) else spare):
            return high + 0.01
    # Very long key points: the map gives way as far as it may.
    return min(high, room.height * 0.45)


def settle(layout: Layout, points: Sequence[str], legend: Sequence[LegendEntry]) -> Layout:
    """Divide the room that a layout has beside or beneath its map; the map keeps its shape.

    Parameters
    ----------
    layout : Layout
        As `lay_out` gave it, perhaps for other key points and a longer legend.
    points : sequence of str
    legend : sequence of LegendEntry

    Returns
    -------
    Layout
    """
    parts = [rect for rect in (layout.points, layout.legend) if rect]
    if not parts:
        return layout
    legend = for_sheet(legend)
    x, y = min(rect.x for rect in parts), min(rect.y for rect in parts)
    right, bottom = max(rect.right for rect in parts), max(rect.bottom for rect in parts)
    room = Rect(x, y, right - x, bottom - y)
    if not points or not legend:
        return replace(layout, points=room if points else None, legend=room if legend else None)
    levels = range(_largest_level(layout.frame), len(LEVELS))
    if layout.beside:
        level = next(
            (n for n in levels if _column_height(points, legend, n, room.width) <= room.height),
            len(LEVELS) - 1,
        )
        if LEVELS[level][0] < READABLE and _readable(points, legend, room.height, room.width):
            level = next(n for n in levels if LEVELS[n][0] == READABLE)
            small = _readable(points, legend, room.height, room.width)
        else:
            small = LEVELS[level][1]
        # A legend can become lower by leaps: what that leaves is for the key points.
        left = room.height - height_at(legend, small, room.width) - _space(level)
        left = max(left, room.height * 0.55) if level == len(LEVELS) - 1 else left
        size = next(
            (
                size
                for size, _ in LEVELS[_largest_level(layout.frame) : level + 1]
                if points_height(points, size, room.width) <= left
            ),
            LEVELS[level][0],
        )
        # Type smaller than the smallest level is for key points alone.
        high = min(points_height(points, size, room.width), room.height * 0.66)
        upper = Rect(room.x, room.y, room.width, high + 1e-6)
        top = upper.bottom + _space(level)
        lower = Rect(room.x, top, room.width, room.bottom - top)
        return replace(layout, points=upper, legend=lower)
    for level in levels:
        share, high = _halves(room.width, points, legend, level)
        if high <= room.height:
            break
    left = (room.width - _BETWEEN * 1.5) * share
    return replace(
        layout,
        points=Rect(room.x, room.y, left, room.height),
        legend=Rect(
            room.x + left + _BETWEEN * 1.5, room.y, room.width - left - _BETWEEN * 1.5, room.height
        ),
    )


def set_legend(layout: Layout, legend: Sequence[LegendEntry]) -> Arranged | None:
    """The legend as it is set on a sheet; None where it has no rectangle."""
    if layout.legend is None:
        return None
    largest = LEVELS[_largest_level(layout.frame)][1]
    return arrange(
        for_sheet(legend),
        layout.legend.width,
        layout.legend.height,
        [size for size in SIZES if size <= largest],
    )
