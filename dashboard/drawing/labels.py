"""Where names go: a placement that never lays a name over a name, a symbol or the frame.

Pure numpy: boxes in, boxes out, all in points (1/72 inch) from the map's lower left corner. A name
takes the cheapest of the spots offered that is free; the important ones choose first, and what has
no free spot is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

LEADING = 1.12
"""Height of a line of type, as a multiple of its size."""

LINE_COST = 1.5
"""Cost of each point of a line beneath a name."""


@dataclass(frozen=True, eq=False)
class Name:
    """A name to be placed.

    Attributes
    ----------
    width, height : float
        Points, with the room around it that must stay free.
    spots : array of shape (k, 2)
        Middles that it may take.
    costs : array of shape (k,)
        What each costs; infinite for one that it must not take.
    from_ : array of shape (2,) or None
        Where a thin line to the name begins, for the spots from `called` on.
    called : int
        The first spot that needs such a line.
    avoid : array of shape (n, 2) or None
        Further points that must not lie beneath this name.
    meta : Any
        The caller's.
    """

    width: float
    height: float
    spots: np.ndarray
    costs: np.ndarray
    from_: np.ndarray | None = None
    called: int = 1_000_000
    avoid: np.ndarray | None = None
    meta: Any = field(default=None)


@dataclass(frozen=True)
class Placed:
    """A name in its place.

    Attributes
    ----------
    x, y : float
        Middle.
    box : tuple of float
        Left, bottom, right, top.
    leader : tuple of float or None
        x0, y0, x1, y1 of the thin line from what is named to the name.
    """

    x: float
    y: float
    box: tuple[float, float, float, float]
    leader: tuple[float, float, float, float] | None = None


def boxes_at(spots: np.ndarray, width: float, height: float) -> np.ndarray:
    """Boxes around middles, as rows of left, bottom, right, top."""
    half = np.array([width / 2, height / 2])
    return np.hstack([spots - half, spots + half])


def overlapping(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which of the boxes overlaps any of the others."""
    if not len(others) or not len(boxes):
        return np.zeros(len(boxes), dtype=bool)
    return np.asarray(
        (
            (boxes[:, None, 0] < others[None, :, 2])
            & (others[None, :, 0] < boxes[:, None, 2])
            & (boxes[:, None, 1] < others[None, :, 3])
            & (others[None, :, 1] < boxes[:, None, 3])
        ).any(axis=1)
    )


def points_within(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many of the points lie in each box."""
    if not len(points) or not len(boxes):
        return np.zeros(len(boxes), dtype=int)
    x, y = points[:, 0], points[:, 1]
    # Sorted by x once: only a slice of the points is looked at for each box.
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    first, last = np.searchsorted(x, boxes[:, 0]), np.searchsorted(x, boxes[:, 2], "right")
    return np.array(
        [
            int(np.count_nonzero((y[a:b] >= low) & (y[a:b] <= high)))
            for a, b, low, high in zip(first, last, boxes[:, 1], boxes[:, 3], strict=True)
        ]
    )


def along(x0: float, y0: float, x1: float, y1: float, step: float = 2.0) -> np.ndarray:
    """Points on a straight line, closely spaced."""
    count = max(2, int(np.hypot(x1 - x0, y1 - y0) / step) + 1)
    return np.column_stack([np.linspace(x0, x1, count), np.linspace(y0, y1, count)])


def _leader(start: np.ndarray, box: np.ndarray) -> tuple[float, float, float, float]:
    """From a spot to the nearest edge of a box."""
    x = float(np.clip(start[0], box[0], box[2]))
    y = float(np.clip(start[1], box[1], box[3]))
    return float(start[0]), float(start[1]), x, y


def place(
    names: Sequence[Name],
    taken: np.ndarray,
    lines: np.ndarray,
    frame: tuple[float, float],
    edge: float = 2.0,
) -> list[Placed | None]:
    """Place names.

    Parameters
    ----------
    names : sequence of Name
        The most important first.
    taken : array of shape (m, 4)
        Boxes that must stay free: symbols, badges, heads, the scale.
    lines : array of shape (p, 2)
        Points on lines; a spot on them is taken only if there is no other.
    frame : tuple of float
        Width and height of the map.
    edge : float
        Distance that is kept from the frame.

    Returns
    -------
    list of Placed or None
        In the order of `names`; None for one that has no room.
    """
    boxes = np.asarray(taken, dtype=float).reshape(-1, 4)
    lines = np.asarray(lines, dtype=float).reshape(-1, 2)
    leaders = np.zeros((0, 2))
    placed: list[Placed | None] = []
    for name in names:
        spots = np.asarray(name.spots, dtype=float).reshape(-1, 2)
        wanted = boxes_at(spots, name.width, name.height)
        ok = np.isfinite(name.costs)
        ok &= (wanted[:, 0] >= edge) & (wanted[:, 1] >= edge)
        ok &= (wanted[:, 2] <= frame[0] - edge) & (wanted[:, 3] <= frame[1] - edge)
        ok[ok] = ~overlapping(wanted[ok], boxes)
        ok[ok] = points_within(wanted[ok], leaders) == 0
        if name.avoid is not None:
            ok[ok] = points_within(wanted[ok], name.avoid) == 0
        open_ = np.flatnonzero(ok)
        costs = np.asarray(name.costs, dtype=float)[open_] + LINE_COST * points_within(
            wanted[open_], lines
        )
        chosen: Placed | None = None
        for index in open_[np.argsort(costs, kind="stable")]:
            box = wanted[index]
            leader = None
            if index >= name.called and name.from_ is not None:
                leader = _leader(name.from_, box)
                on_way = along(*leader)
                # The line must not run through another name.
                if _crosses(on_way[1:], boxes, name.from_):
                    continue
                leaders = np.vstack([leaders, on_way])
            x, y = spots[index]
            chosen = Placed(float(x), float(y), tuple(float(v) for v in box), leader)  # type: ignore[arg-type]
            boxes = np.vstack([boxes, box])
            break
        placed.append(chosen)
    return placed


def _crosses(points: np.ndarray, boxes: np.ndarray, start: np.ndarray) -> bool:
    """Whether a way runs through a box that does not hold its start."""
    if not len(boxes):
        return False
    holds = (
        (boxes[:, 0] <= start[0])
        & (start[0] <= boxes[:, 2])
        & (boxes[:, 1] <= start[1])
        & (start[1] <= boxes[:, 3])
    )
    return bool(points_within(boxes[~holds], points).any())


def beside(
    x: float, y: float, gap_x: float, gap_y: float, width: float, height: float
) -> np.ndarray:
    """Spots around a symbol, in the order that readers prefer.

    Parameters
    ----------
    x, y : float
        Middle of the symbol.
    gap_x, gap_y : float
        From the middle to the symbol's edge, with the room between.
    width, height : float
        Of the name.

    Returns
    -------
    array of shape (12, 2)
        Right, left, above, below, then between.
    """
    dx, dy = gap_x + width / 2, gap_y + height / 2
    slant_x, slant_y = 0.72 * gap_x + width / 2, 0.72 * gap_y + height / 2
    offsets = np.array(
        [
            [dx, 0],
            [-dx, 0],
            [0, dy],
            [0, -dy],
            [slant_x, slant_y],
            [slant_x, -slant_y],
            [-slant_x, slant_y],
            [-slant_x, -slant_y],
            [width * 0.3, dy],
            [-width * 0.3, dy],
            [width * 0.3, -dy],
            [-width * 0.3, -dy],
        ]
    )
    return np.asarray(np.array([x, y]) + offsets)


BESIDE_COSTS = np.array([0, 0.8, 1.2, 1.4, 1.6, 1.8, 2.2, 2.4, 2.0, 2.2, 2.2, 2.4])
"""Costs of the spots of `beside`."""
