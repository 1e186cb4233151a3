"""How the entries of a legend are set in a rectangle: size of type, columns, and what has no room.

All lengths are inches from the rectangle's upper left corner; sizes of type are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from dashboard.atlas.layer_parts import AREAS, CORRIDORS, FLOWS, RELATIONS, SYMBOLS
from dashboard.look.units import POINT
from dashboard.sheet.fonts import width_of, wrap
from dashboard.sheet.styled import FILLED, SUBJECT, LegendEntry

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Points; the first at which all entries have room."""

LEAST_IMPORTANT = (SYMBOLS, SUBJECT, RELATIONS, AREAS, CORRIDORS, FLOWS, FILLED)
"""Groups in the order in which they give up entries where there is no room at all."""

_LEADING = 1.16
_MOST_COLUMNS = 6
_KEPT = 3


@dataclass(frozen=True)
class LegendItem:
    """A heading, an entry, or what says how many more there are.

    Attributes
    ----------
    lines : tuple of str
        Wrapped.
    x, y : float
        Upper left corner.
    height : float
    entry : LegendEntry or None
        What its sample shows; None for a heading and for ``+ n more``.
    heading : bool
    """

    lines: tuple[str, ...]
    x: float
    y: float
    height: float
    entry: LegendEntry | None = None
    heading: bool = False


@dataclass(frozen=True)
class Arranged:
    """A legend in its rectangle.

    Attributes
    ----------
    size : float
        Points.
    columns : int
    height : float
        What it takes of the rectangle.
    items : tuple of LegendItem
    more : int
        Entries that have no room.
    """

    size: float
    columns: int
    height: float
    items: tuple[LegendItem, ...]
    more: int


def sample_width(entry: LegendEntry, size: float) -> float:
    """Room for an entry's sample: a line needs length for its dashes, a symbol does not."""
    if entry.stroke is not None:
        return 0.37 * (0.5 + size / 18)
    return (0.28 if entry.fill in {"plain", "lesser", "disputed"} else 0.19) * size / 9


def line_height(size: float) -> float:
    """Distance of an entry's lines."""
    return size * _LEADING * POINT


@dataclass(frozen=True)
class _Row:
    lines: tuple[str, ...]
    height: float
    entry: LegendEntry | None = None
    heading: bool = False
    # Of a heading: height without the space above, of its first entries, and of all of them.
    top: float = 0.0
    first: float = 0.0
    all: float = 0.0


def _rows(entries: Sequence[LegendEntry], more: int, size: float, width: float) -> list[_Row]:
    rows: list[_Row] = []
    for group, members in groupby(entries, lambda entry: entry.group):
        beneath: list[_Row] = []
        for entry in members:
            room = width - sample_width(entry, size) - 0.6 * size * POINT
            lines = tuple(wrap(entry.label, size, room))
            height = len(lines) * line_height(size) + 0.14 * size * POINT
            beneath.append(_Row(lines, height, entry))
        heading = tuple(wrap(group, size, width, "semibold"))
        top = len(heading) * line_height(size) * 1.04
        space = size * 0.5 * POINT if rows else 0.0
        total = sum(row.height for row in beneath)
        first = sum(row.height for row in beneath[:_KEPT])
        rows.append(_Row(heading, space + top, None, True, top, first, total))
        rows += beneath
    if more:
        rows.append(_Row((f"+ {more} more",), line_height(size) * 1.2))
    return rows


def _columns(rows: Sequence[_Row], limit: float, whole: bool) -> Iterator[list[_Row]]:
    """Rows in columns no higher than `limit`.

    A heading keeps all its entries with it if groups stay `whole`, else the first few.
    """
    column: list[_Row] = []
    used = 0.0
    for row in rows:
        needed = row.height + (row.all if whole else row.first)
        if column and used + needed > limit + 1e-9:
            yield column
            column, used = [], 0.0
        # No space above what stands at the top.
        used += row.height if column or not row.heading else row.top
        column.append(row)
    if column:
        yield column


def _even(
    rows: Sequence[_Row], size: float, columns: int, limit: float, whole: bool
) -> list[list[_Row]] | None:
    """Rows in at most so many columns, as low as they go; None if they do not fit."""
    total = sum(row.height for row in rows)
    if total > limit * columns + 2 * columns * line_height(size):
        return None
    split = list(_columns(rows, limit, whole))
    if len(split) > columns or _height(split) > limit + 1e-9:
        return None
    if columns == 1:
        return split
    low, high = total / columns * 0.9, _height(split)
    for _ in range(7):
        middle = (low + high) / 2
        tried = list(_columns(rows, middle, whole))
        if len(tried) <= columns and _height(tried) <= middle + 1e-9:
            high, split = middle, tried
        else:
            low = middle
    return split


def _height(columns: Sequence[Sequence[_Row]]) -> float:
    """Height of the highest column."""
    heights = [
        sum(row.height for row in column[1:])
        + (column[0].top if column[0].heading else column[0].height)
        for column in columns
    ]
    return max(heights, default=0.0)


def _gap(size: float) -> float:
    return size * 1.3 * POINT


def _narrowest(entries: Sequence[LegendEntry], size: float) -> float:
    """Width of a column in which no word of a label is broken."""
    words = [
        sample_width(entry, size) + 0.6 * size * POINT + width_of(word, size)
        for entry in entries
        for word in entry.label.split()
    ]
    words += [width_of(word, size, "semibold") for entry in entries for word in entry.group.split()]
    return max(words, default=0.0) + 0.01


def _set(
    entries: Sequence[LegendEntry], more: int, size: float, width: float, height: float
) -> Arranged | None:
    # Better a column more than a group that is torn apart.
    for whole in (True, False):
        found = _set_in_columns(entries, more, size, width, height, whole)
        if found is not None:
            return found
    return None


def _set_in_columns(
    entries: Sequence[LegendEntry],
    more: int,
    size: float,
    width: float,
    height: float,
    whole: bool,
) -> Arranged | None:
    narrowest = _narrowest(entries, size)
    best: Arranged | None = None
    for columns in range(1, _MOST_COLUMNS + 1):
        column = (width - (columns - 1) * _gap(size)) / columns
        if columns > 1 and column < narrowest:
            break
        rows = _rows(entries, more, size, column)
        split = _even(rows, size, columns, height, whole)
        if split is None:
            continue
        items: list[LegendItem] = []
        bottom = 0.0
        for number, members in enumerate(split):
            y = 0.0
            for row in members:
                taken = row.height
                text = len(row.lines) * line_height(size)
                if row.heading:
                    y += row.height - row.top if y else 0.0
                    taken = row.top
                x = number * (column + _gap(size))
                items.append(LegendItem(row.lines, x, y, text, row.entry, row.heading))
                y += taken
            bottom = max(bottom, y)
        found = Arranged(size, len(split), bottom, tuple(items), more)
        # A column more where that is much lower; else the fewer the better.
        if best is None or found.height < best.height * 0.72:
            best = found
    return best


def arrange(
    entries: Sequence[LegendEntry],
    width: float,
    height: float,
    sizes: Sequence[float] = SIZES,
) -> Arranged:
    """Set a legend.

    Parameters
    ----------
    entries : sequence of LegendEntry
        By group.
    width, height : float
        Inches that it may take.
    sizes : sequence of float
        Points that may be tried, largest first.

    Returns
    -------
    Arranged
        Never wider or higher than asked: where the smallest type does not help, the least important
        groups give up entries, and the last item says how many.
    """
    for size in sizes:
        found = _set(entries, 0, size, width, height)
        if found is not None:
            return found
    # How many must go: fewer entries are never higher, so halving finds it.
    order = _by_importance(entries)
    best = Arranged(sizes[-1], 1, 0.0, (), len(entries))
    low, high = 1, len(entries) - 1
    while low <= high:
        out = (low + high) // 2
        kept = set(order[: len(entries) - out])
        left = [entry for number, entry in enumerate(entries) if number in kept]
        found = _set(left, out, sizes[-1], width, height)
        if found is None:
            low = out + 1
        else:
            best, high = found, out - 1
    return best


def _by_importance(entries: Sequence[LegendEntry]) -> list[int]:
    """Positions of the entries, those that matter least at the end."""

    def weight(number: int) -> tuple[int, int]:
        group = entries[number].group
        rank = LEAST_IMPORTANT.index(group) if group in LEAST_IMPORTANT else len(LEAST_IMPORTANT)
        return -rank, number

    return sorted(range(len(entries)), key=weight)


def height_at(entries: Sequence[LegendEntry], size: float, width: float) -> float:
    """Least height in which all entries have room at one size of type, however high that is."""
    return _height_at(tuple(entries), size, width)


@lru_cache(maxsize=4096)
def _height_at(entries: tuple[LegendEntry, ...], size: float, width: float) -> float:
    found = [_set_in_columns(entries, 0, size, width, 100.0, whole) for whole in (True, False)]
    return min((arranged.height for arranged in found if arranged), default=0.0)
