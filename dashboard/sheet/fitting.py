"""Text in boxes: how high it stands, and the size at which it fits. Inches, and points of type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.look.units import POINT
from dashboard.sheet.fonts import wrap

LEADING = 1.22
"""Distance of baselines, as a multiple of the size of type."""

LEVELS = (
    (12.0, 9.5),
    (11.5, 9.5),
    (11.0, 9.0),
    (10.5, 9.0),
    (10.0, 8.5),
    (9.5, 8.5),
    (9.0, 8.0),
    (8.5, 7.5),
    (8.0, 7.0),
    (7.5, 7.0),
    (7.0, 6.5),
    (6.5, 6.0),
    (6.0, 6.0),
)
"""Points of key points and legend: they become smaller together."""

NUMBER_WIDTH = 0.27
"""Inches that a key point's number takes."""

_SMALLEST = 2.0

_SHRINK = 0.93


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


def height_of(lines: int, size: float) -> float:
    """Height of wrapped lines in inches."""
    return lines * size * LEADING * POINT


def fit_text(
    text: str,
    steps: Sequence[tuple[float, int]],
    width: float,
    weight: str = "normal",
    highest: float = 100.0,
) -> tuple[list[str], float]:
    """Wrap a text at the first size at which it takes few enough lines.

    Parameters
    ----------
    text : str
        Plain text.
    steps : sequence of (points, lines)
        What may be tried.
    width : float
        Inches.
    weight : str
        As in `dashboard.sheet.fonts.font`.
    highest : float
        Inches: where the last step is not enough, type shrinks until the text is no higher.

    Returns
    -------
    lines : list of str
    size : float
        Points.
    """
    for size, most in steps:
        lines = wrap(text, size, width, weight)
        if len(lines) <= most:
            return lines, size
    while height_of(len(lines), size) > highest and size > _SMALLEST:
        size *= _SHRINK
        lines = wrap(text, size, width, weight)
    return lines, size


def even_lines(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Wrap a text so that its lines are about equally long, in no more lines than it needs."""
    lines = wrap(text, size, width, weight)
    if not 1 < len(lines) < 5:
        return lines
    for share in (0.62, 0.7, 0.78, 0.86, 0.93):
        tried = wrap(text, size, width * share, weight)
        if len(tried) == len(lines):
            return tried
    return lines


def points_height(points: Sequence[str], size: float, width: float) -> float:
    """Height that key points take, each with its number beside it, in inches."""
    heights = [height_of(len(wrap(point, size, width - NUMBER_WIDTH)), size) for point in points]
    return sum(heights) + max(0, len(points) - 1) * point_gap(size)


def point_gap(size: float) -> float:
    """Space between key points in inches."""
    return size * 0.6 * POINT


def point_size(points: Sequence[str], room: Rect) -> float:
    """Size of type at which the key points fit their room, in points."""
    size = LEVELS[0][0]
    for size, _ in LEVELS:
        if points_height(points, size, room.width) <= room.height:
            return size
    while points_height(points, size, room.width) > room.height and size > _SMALLEST:
        size *= _SHRINK
    return size
