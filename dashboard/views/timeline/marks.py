"""Records as marks on the axis, each with its label where there is room. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotations.schema import Record
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import FIRM, layer_of
from dashboard.views.timeline.axis import ONE_DAY, Axis

USUAL_WIDTH = 800
"""Pixels that the labels' room is reckoned for; on other widths the browser shortens them."""

LETTER = 5.6
"""Pixels that a letter of a label takes on average."""

MOST_RESERVED = 36
"""Letters of a label that are kept free of other records."""

POINT = 9
"""Pixels that a day's mark takes."""

GAP = 6
"""Pixels between two marks, or a label and the next mark, in one row."""

Shape = Literal["day", "within", "span"]

Side = Literal["in", "left", "right"]


@dataclass(frozen=True)
class Mark:
    """One record on the axis.

    Attributes
    ----------
    id, label, words : str
        The record, its text beside the mark, and its dates.
    shape : str
        ``day``: a point. ``within``: it was on some day of the month or year. ``span``: it lasted.
    start, end : float
        Places on the axis.
    fade_in, fade_out : float
        Part of the mark, 0 to 1, over which it is not known whether it had begun, or still was.
    before, beyond : bool
        It began before the axis; it lasts beyond its end.
    open, expected, firm : bool
        Still so on the dossier's date; not yet so; stated as fact.
    colour : str
        Where it has another than its band, as CSS: an alliance's fill.
    row : int
        Row in the band, from 0.
    side : str
        Where the label stands.
    room : float
        Width that the label may take, in shares of the axis.
    """

    id: str
    label: str
    words: str
    shape: Shape
    start: float
    end: float
    fade_in: float = 0.0
    fade_out: float = 0.0
    before: bool = False
    beyond: bool = False
    open: bool = False
    expected: bool = False
    firm: bool = True
    colour: str = ""
    row: int = 0
    side: Side = "right"
    room: float = 0.0


def _share(part: float, whole: float) -> float:
    return max(0.0, min(1.0, part / whole)) if whole else 0.0


def make_mark(atlas: Atlas, axis: Axis, record: Record) -> Mark:
    """What a record looks like on the axis, not yet in a row.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    record : Record

    Returns
    -------
    Mark
        It reaches exactly as far as the date filter finds it; what is open ends with the dossier's
        date.
    """
    when, entry = record.when, atlas.index.entries[record.id]
    as_of = atlas.dossier.head.as_of.last_day
    last = max(as_of, entry.first) if when.open else entry.last
    start, end = axis.at(entry.first), axis.at(last + ONE_DAY)
    single = when.open is False and (when.to is None or when.to == when.start)
    shape: Shape = "span"
    if single:
        shape = "day" if when.start.precision == "day" else "within"
    before = entry.first < axis.start
    fade_in = fade_out = 0.0
    if shape == "span":
        fade_in = _share(axis.at(when.start.last_day) - start, end - start)
        if when.to is not None:
            fade_out = _share(end - axis.at(when.to.first_day + ONE_DAY), end - start)
        fade_in, fade_out = min(fade_in, 1 - fade_out), min(fade_out, 1.0)
    label = f"{when.words}: {record.title}" if before else record.title
    return Mark(
        id=record.id,
        label=label[0].upper() + label[1:],
        words=when.words,
        shape=shape,
        start=start,
        end=end,
        fade_in=fade_in,
        fade_out=fade_out,
        before=before,
        beyond=not when.open and last >= axis.end,
        open=when.open,
        expected=when.expected,
        firm=record.evidence.status in FIRM,
        colour=layer_of(record).own_colour(record),
    )


def _taken_by(mark: Mark) -> tuple[float, float, Side]:
    """What a mark takes of its row with its label, and where the label stands."""
    need = (min(len(mark.label), MOST_RESERVED) * LETTER + 2 * GAP) / USUAL_WIDTH
    half = POINT / 2 / USUAL_WIDTH
    start, end = (
        (mark.start - half, mark.start + half) if mark.shape == "day" else (mark.start, mark.end)
    )
    if mark.shape == "span" and end - start >= need:
        return start, end, "in"
    if end + need <= 1:
        return start, end + need, "right"
    return start - need, end, "left"


def lay_out(marks: Sequence[Mark]) -> list[Mark]:
    """Give each mark a row in which neither it nor its label lies on another.

    Parameters
    ----------
    marks : sequence of Mark
        In any order.

    Returns
    -------
    list of Mark
        By row, then place, with `row`, `side` and `room` set. The first row that has room is taken,
        earliest beginnings first.
    """
    gap = GAP / USUAL_WIDTH
    rows: list[list[tuple[float, float, Side, Mark]]] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end, m.id)):
        start, end, side = _taken_by(mark)
        for row in rows:
            if all(end + gap <= a or start >= b + gap for a, b, _, _ in row):
                break
        else:
            row = []
            rows.append(row)
        row.append((start, end, side, mark))
    placed = []
    for number, row in enumerate(rows):
        row.sort(key=lambda item: item[0])
        for i, (start, _, side, mark) in enumerate(row):
            left = row[i - 1][1] if i else 0.0
            if i and row[i - 1][2] == "right":
                left = start  # of two labels that face each other, the first has what is free
            right = row[i + 1][0] if i + 1 < len(row) else 1.0
            room = {
                "in": mark.end - mark.start,
                "left": mark.start - left,
                "right": right - mark.end,
            }[side]
            placed.append(replace(mark, row=number, side=side, room=max(room, 0.0)))
    return placed
