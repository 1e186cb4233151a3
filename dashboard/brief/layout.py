"""Where the parts of a sheet go: rectangles and wrapped words, for pictures and slides alike.

All lengths are inches from the sheet's upper left corner; sizes of type are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.brief.fonts import wrap
from dashboard.brief.spec import Frame

LEADING = 1.22
"""Distance of baselines, as a multiple of the size of type."""

TITLE_SIZES = (26.0, 23.0, 20.0, 17.0, 14.0, 12.0)
"""Points; the first at which the title takes few enough lines."""

_POINT = 1 / 72


@dataclass(frozen=True)
class Rect:
    """A rectangle, in inches."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height


@dataclass(frozen=True)
class Text:
    """Lines of text that fit their rectangle.

    Attributes
    ----------
    lines : tuple of str
        Wrapped.
    size : float
        Points.
    rect : Rect
        As high as the lines are.
    """

    lines: tuple[str, ...]
    size: float
    rect: Rect


@dataclass(frozen=True)
class Layout:
    """Parts of a sheet.

    Attributes
    ----------
    frame : Frame
    title, subtitle, filters : Text
        At the head.
    map : Rect
    points, legend : Rect or None
        None where there is nothing to show. They lie beside the map on a wide sheet and beneath it
        on others.
    footer : Text
        Sources, borders, link and version.
    """

    frame: Frame
    title: Text
    subtitle: Text
    filters: Text
    map: Rect
    points: Rect | None
    legend: Rect | None
    footer: Text


def height_of(lines: int, size: float) -> float:
    """Height of wrapped lines in inches."""
    return lines * size * LEADING * _POINT


def fit_text(
    text: str, sizes: Sequence[float], most_lines: int, width: float, weight: str = "normal"
) -> tuple[list[str], float]:
    """Wrap a text at the first size at which it takes few enough lines; else at the last."""
    for size in sizes:
        lines = wrap(text, size, width, weight)
        if len(lines) <= most_lines:
            break
    return lines, size


def _block(
    text: str, x: float, y: float, width: float, sizes: Sequence[float], most: int, weight: str
) -> Text:
    lines, size = fit_text(text, sizes, most, width, weight)
    return Text(tuple(lines), size, Rect(x, y, width, height_of(len(lines), size)))


def points_height(points: Sequence[str], size: float, width: float) -> float:
    """Height that key points take, each with its number beside it, in inches."""
    gap = size * 0.55 * _POINT
    return sum(
        height_of(len(wrap(point, size, width - NUMBER_WIDTH)), size) + gap for point in points
    )


NUMBER_WIDTH = 0.3
"""Inches that a key point's number takes."""

POINT_SIZES = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5)
"""Points; the first at which the key points leave room for the legend."""


def point_size(points: Sequence[str], room: Rect) -> float:
    """Size of type at which the key points fit their room, in points."""
    for size in POINT_SIZES:
        if points_height(points, size, room.width) <= room.height:
            break
    return size


def lay_out(
    frame: Frame,
    title: str,
    subtitle: str,
    filters: str,
    footer: str,
    points: Sequence[str],
    legend: bool,
) -> Layout:
    """Divide a sheet.

    Parameters
    ----------
    frame : Frame
    title, subtitle, filters, footer : str
        Plain text, of any length: the head and the foot grow, the map gives way.
    points : sequence of str
        Key points, without their numbers.
    legend : bool
        Whether room is left for a legend.

    Returns
    -------
    Layout
    """
    small = min(frame.width, frame.height) < 8.1 and frame.width < 9
    margin = 0.32 if small else 0.38
    width = frame.width - 2 * margin
    sizes = tuple(size * (0.85 if small else 1) for size in TITLE_SIZES)
    y = margin
    head = _block(title, margin, y, width, sizes, 1 if len(title) < 90 else 3, "bold")
    y = head.rect.bottom + 0.03
    below = _block(subtitle, margin, y, width, (13, 12, 11, 10, 9), 2, "normal")
    y = below.rect.bottom + 0.04
    active = _block(filters, margin, y, width, (9.5, 8.5, 7.5), 2, "semibold")
    y = active.rect.bottom + 0.1
    foot_lines, foot_size = fit_text(footer, (7.5, 7, 6.5), 3 if not small else 5, width)
    foot_height = height_of(len(foot_lines), foot_size)
    foot = Text(
        tuple(foot_lines),
        foot_size,
        Rect(margin, frame.height - margin * 0.75 - foot_height, width, foot_height),
    )
    room = Rect(margin, y, width, foot.rect.y - 0.1 - y)
    with_points = bool(points)
    if not with_points and not legend:
        return Layout(frame, head, below, active, room, None, None, foot)
    gap = 0.2
    if frame.width / frame.height > 1.2:
        side = min(3.3, max(2.35, frame.width * 0.235))
        map_ = Rect(room.x, room.y, room.width - side - gap, room.height)
        column = Rect(map_.right + gap, room.y, side, room.height)
        if not with_points:
            return Layout(frame, head, below, active, map_, None, column, foot)
        if not legend:
            return Layout(frame, head, below, active, map_, column, None, foot)
        most = Rect(column.x, column.y, column.width, column.height * 0.56)
        size = point_size(points, most)
        used = min(most.height, points_height(points, size, most.width))
        upper = Rect(column.x, column.y, column.width, used)
        lower = Rect(
            column.x, upper.bottom + 0.12, column.width, column.bottom - upper.bottom - 0.12
        )
        return Layout(frame, head, below, active, map_, upper, lower, foot)
    beneath = room.height * (0.36 if frame.upright else 0.34)
    if not with_points:
        beneath = room.height * 0.24
    map_ = Rect(room.x, room.y, room.width, room.height - beneath - 0.12)
    strip = Rect(room.x, map_.bottom + 0.12, room.width, beneath)
    if not with_points:
        return Layout(frame, head, below, active, map_, None, strip, foot)
    if not legend:
        return Layout(frame, head, below, active, map_, strip, None, foot)
    left = Rect(strip.x, strip.y, (strip.width - gap) * 0.5, strip.height)
    right = Rect(left.right + gap, strip.y, (strip.width - gap) * 0.5, strip.height)
    return Layout(frame, head, below, active, map_, left, right, foot)
