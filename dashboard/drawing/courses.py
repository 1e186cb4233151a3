"""Lines in the plane of the map: projected, joined at ±180°, smooth, with heads that stand clear.

All in points from the map's lower left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from dashboard.drawing.basemap import turned
from dashboard.look.heads import HEADS
from dashboard.look.units import PX
from dashboard.sheet.mapview import MapView

CLEAR = 1.6
"""Points between a head and the symbol that it points at."""

_DENSE = 4.0


@dataclass(frozen=True, eq=False)
class PlacedHead:
    """A head: its outline in points, and whether it stands at the frame's edge."""

    outline: np.ndarray
    x: float
    y: float
    leaving: bool = False


@dataclass(frozen=True, eq=False)
class Course:
    """A line that is ready to be drawn.

    Attributes
    ----------
    path : matplotlib.path.Path
    points : array of shape (n, 2)
        Closely spaced, only those in the frame.
    heads : tuple of PlacedHead
    """

    path: Path
    points: np.ndarray
    heads: tuple[PlacedHead, ...]


def in_points(xy: np.ndarray, view: MapView, size: tuple[float, float]) -> np.ndarray:
    """Metres of a view as points on the map."""
    scale = np.array([size[0] / (view.x1 - view.x0), size[1] / (view.y1 - view.y0)])
    return np.asarray((np.asarray(xy, dtype=float) - [view.x0, view.y0]) * scale)


def runs(parts: Sequence[np.ndarray], view: MapView, size: tuple[float, float]) -> list[np.ndarray]:
    """Project a line, and break it only where the projection is cut.

    Parameters
    ----------
    parts : sequence of arrays of shape (n, 2)
        Degrees; several where the line is cut at ±180°.
    view : MapView
    size : tuple of float
        Width and height of the map in points.

    Returns
    -------
    list of arrays of shape (m, 2)
        In points.
    """
    middle = view.plane.lon
    chain: list[np.ndarray] = []
    for part in parts:
        part = np.asarray(part, dtype=float)
        # The two sides of ±180° are one place.
        joins = bool(chain) and abs(chain[-1][-1, 1] - part[0, 1]) < 0.05
        joins = joins and abs(turned(part[0, 0] - chain[-1][-1, 0], 0.0)) < 0.05
        if joins:
            chain[-1] = np.vstack([chain[-1], part[1:]])
        else:
            chain.append(part)
    pieces: list[np.ndarray] = []
    for line in chain:
        east = turned(line[:, 0], middle)
        jump = np.flatnonzero(np.abs(np.diff(east)) > 180)
        start = 0
        lead: np.ndarray | None = None
        for at in jump.tolist():
            side = 180.0 if east[at] > 0 else -180.0
            step = turned(east[at + 1] - east[at], 0.0)
            share = (side - east[at]) / step if step else 0.0
            lat = line[at, 1] + share * (line[at + 1, 1] - line[at, 1])
            piece = np.column_stack([east[start : at + 1], line[start : at + 1, 1]])
            piece = np.vstack([piece, [side * (1 - 1e-9), lat]])
            pieces.append(piece if lead is None else np.vstack([lead, piece]))
            lead = np.array([[-side * (1 - 1e-9), lat]])
            start = at + 1
        piece = np.column_stack([east[start:], line[start:, 1]])
        pieces.append(piece if lead is None else np.vstack([lead, piece]))
    found = []
    for piece in pieces:
        x, y = view.project(piece[:, 0] + middle, piece[:, 1])
        points = in_points(np.column_stack([x, y]), view, size)
        kept = np.isfinite(points).all(axis=1)
        points = points[kept]
        # Coinciding points have no direction.
        if len(points) > 1:
            far = np.hypot(*np.diff(points, axis=0).T) > 1e-6
            points = points[np.concatenate([[True], far])]
        if len(points) > 1:
            found.append(points)
    return found


def smooth(points: np.ndarray, step: float = _DENSE) -> np.ndarray:
    """Points along the curve through the given ones (Catmull–Rom), about `step` apart."""
    if len(points) < 3:
        return densify(points, step)
    before = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    lengths = np.hypot(*np.diff(points, axis=0).T)
    counts = np.maximum((lengths / step).astype(int), 1)
    at = np.repeat(np.arange(len(counts)), counts)
    t = ((np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[at])[:, None]
    p0, p1, p2, p3 = (before[at + i] for i in range(4))
    curve = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return np.vstack([curve, points[-1:]])


def densify(points: np.ndarray, step: float = _DENSE) -> np.ndarray:
    """Further points on a line, so that none are more than about `step` apart."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(lengths)])
    extra = np.arange(step, at[-1], step)
    where = np.sort(np.concatenate([at, extra]))
    return np.column_stack([np.interp(where, at, points[:, 0]), np.interp(where, at, points[:, 1])])


def _inside(points: np.ndarray, size: tuple[float, float], inset: float = 0.0) -> np.ndarray:
    return np.asarray(
        (points[:, 0] >= inset)
        & (points[:, 0] <= size[0] - inset)
        & (points[:, 1] >= inset)
        & (points[:, 1] <= size[1] - inset)
    )


def _cut_at(points: np.ndarray, length: float) -> tuple[np.ndarray, np.ndarray]:
    """A line without its last `length` points of way, and where it then ends."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(lengths)])
    stop = max(at[-1] - length, 0.0)
    end = np.array([np.interp(stop, at, points[:, 0]), np.interp(stop, at, points[:, 1])])
    return np.vstack([points[at < stop - 1e-9], end]), end


def _clear(points: np.ndarray, circles: np.ndarray, most: float) -> float:
    """How far from its end a line must stop, so as not to run under a symbol there."""
    if not len(circles):
        return 0.0
    end = points[-1]
    over = np.hypot(*(circles[:, :2] - end).T) < circles[:, 2] + CLEAR
    if not over.any():
        return 0.0
    mine = circles[over]
    # A symbol hides no more than the last stretch.
    fine = densify(points[-16:], 0.5)[::-1]
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(fine, axis=0).T))])
    hidden = (
        np.hypot(fine[:, None, 0] - mine[None, :, 0], fine[:, None, 1] - mine[None, :, 1])
        < mine[None, :, 2] + CLEAR
    ).any(axis=1)
    free = np.flatnonzero(~hidden)
    return float(min(way[free[0]] if len(free) else 0.0, most))


def _to_edge(points: np.ndarray, size: tuple[float, float]) -> np.ndarray | None:
    """A line up to where it last leaves the frame; None if it does not or is not in it."""
    inside = _inside(points, size, 1.0)
    if inside[-1] or not inside.any():
        return None
    last = int(np.flatnonzero(inside)[-1])
    a, b = points[last], points[last + 1]
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        if _inside((a + (b - a) * middle)[None], size, 1.0)[0]:
            low = middle
        else:
            high = middle
    return np.vstack([points[: last + 1], a + (b - a) * low])


def _head(shape: str, points: np.ndarray, size: float) -> tuple[np.ndarray, float]:
    """Outline of a head at the end of a line, and how far the line stops before it."""
    head = HEADS[shape]
    # On paper its tip is the line's end.
    form = np.array(head.outline) - [head.tip, 0]
    # It points as the line runs beneath it, not as its very last step does.
    back = _cut_at(points, float(abs(form[:, 0].min())) * PX * size * 0.8)[1]
    direction = points[-1] - back
    length = float(np.hypot(*direction))
    ux, uy = direction / length if length else np.array([1.0, 0.0])
    turn = np.array([[ux, uy], [-uy, ux]])
    return points[-1] + form * PX * size @ turn, (head.tip - head.stop) * PX * size


def course(
    pieces: Sequence[np.ndarray],
    size: tuple[float, float],
    head: str | None,
    ends: int,
    circles: np.ndarray,
    curved: bool,
) -> Course:
    """Make a line ready.

    Parameters
    ----------
    pieces : sequence of arrays
        From `runs`.
    size : tuple of float
        Width and height of the map.
    head : str or None
        ``arrow``, ``bar`` or ``dot``.
    ends : int
        1 the line's end, 2 its start, 3 both.
    circles : array of shape (n, 3)
        Symbols: x, y, radius.
    curved : bool
        Whether it is a curve; otherwise its corners are meant.

    Returns
    -------
    Course
        A line whose receiver lies outside has its arrow where it leaves the frame.
    """
    fine = [smooth(piece) if curved else densify(piece) for piece in pieces]
    heads: list[PlacedHead] = []
    drawn = list(fine)

    def finish(index: int, backwards: bool) -> None:
        line = drawn[index][::-1] if backwards else drawn[index]
        whole = float(np.hypot(*np.diff(line, axis=0).T).sum())
        leaving = _to_edge(line, size)
        if not _inside(line[-1:], size)[0]:
            if head != "arrow" or leaving is None or len(leaving) < 2:
                return
            line = leaving
        else:
            leaving = None
            line, _ = _cut_at(line, _clear(line, circles, whole * 0.4))
        if len(line) < 2:
            return
        # A short line gets a small head.
        scale = min(1.0, max(0.55, whole / 40))
        shape, recess = _head(head or "dot", line, scale)
        heads.append(PlacedHead(shape, float(line[-1, 0]), float(line[-1, 1]), leaving is not None))
        line, _ = _cut_at(line, recess)
        drawn[index] = line[::-1] if backwards else line

    if head and drawn:
        if ends & 1:
            finish(len(drawn) - 1, False)
        if ends & 2:
            finish(0, True)
    vertices = np.vstack(drawn) if drawn else np.zeros((0, 2))
    codes = np.full(len(vertices), Path.LINETO, dtype=Path.code_type)
    if len(vertices):
        starts = np.cumsum([0, *[len(line) for line in drawn[:-1]]])
        codes[starts] = Path.MOVETO
    return Course(Path(vertices, codes), vertices[_inside(vertices, size)], tuple(heads))
