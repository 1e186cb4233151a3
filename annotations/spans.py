"""What a span of partial dates means on a day: the one rule for standings that follow one another.

A date to the month or the year is some day of it, nobody says which. What begins on a day holds
from that day on; what ends on a day no longer holds on it, for what succeeds it begins that day.
So the same two spans mean the same whether they are told by day, month or year: what is true of
each day that a date may be is sure, what is true of some is possible, and

- two spans overlap only if they do so whichever days are meant: one that ends in a year and one
  that begins in that year follow each other;
- of spans that follow each other, the one that surely holds on a day holds; while neither does,
  the one that began last.

When a record was so (`annotations.schema.When`) is another thing: its last day is part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from annotations.dates import PartialDate

Span: TypeAlias = tuple[PartialDate | None, PartialDate | None]
"""Start and end; None where no start is known, or there is no end."""


def holds_on(start: PartialDate | None, end: PartialDate | None, day: date) -> bool:
    """Tell whether what held over a span may have held on a day.

    Parameters
    ----------
    start, end : PartialDate or None
        None where the span has no known start, or no end.
    day : datetime.date
        The day asked for.

    Returns
    -------
    bool
        From the first day that `start` may mean, until the last that `end` may mean, without it.
    """
    return not (start and start.first_day > day) and not (end and end.last_day <= day)


def surely_holds_on(start: PartialDate | None, end: PartialDate | None, day: date) -> bool:
    """Tell whether what held over a span held on a day, whichever days its dates mean.

    Parameters
    ----------
    start, end : PartialDate or None
        None where the span has no known start, or no end.
    day : datetime.date
        The day asked for.

    Returns
    -------
    bool
        From the last day that `start` may mean, until the first that `end` may mean, without it.
    """
    return not (start and start.last_day > day) and not (end and end.first_day <= day)


def _may_follow(earlier: Span, later: Span) -> bool:
    """Whether one may have ended by the day on which the other began."""
    (began, ended), (begins, ends) = earlier, later
    if ended is None or begins is None:
        return False
    # None ends before it begins.
    soonest = max(ended.first_day, began.first_day) if began else ended.first_day
    latest = min(begins.last_day, ends.last_day) if ends else begins.last_day
    return soonest <= latest


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans hold at once, whichever days their dates mean.

    Parameters
    ----------
    one, other : tuple of PartialDate or None
        Start and end; an open end reaches for ever.

    Returns
    -------
    bool
        False where one may have ended by the day on which the other began.
    """
    return not _may_follow(one, other) and not _may_follow(other, one)


def holding(spans: Sequence[Span], day: date) -> int | None:
    """Tell which of spans that follow one another holds on a day.

    Parameters
    ----------
    spans : sequence of tuple of PartialDate or None
        In any order; no two of them overlap.
    day : datetime.date
        The day asked for.

    Returns
    -------
    int or None
        Its position; None where none of them holds.
    """
    possible = [i for i, span in enumerate(spans) if holds_on(*span, day)]
    sure = [i for i in possible if surely_holds_on(*spans[i], day)]

    def began(i: int) -> tuple[date, date]:
        start, end = spans[i]
        return start.first_day if start else date.min, end.last_day if end else date.max

    return max(sure or possible, key=began, default=None)


def turns(spans: Sequence[Span]) -> list[tuple[date, int | None]]:
    """Days on which another of spans that follow one another begins to hold, or none any more.

    Parameters
    ----------
    spans : sequence of tuple of PartialDate or None
        In any order; no two of them overlap.

    Returns
    -------
    list of (datetime.date, int or None)
        In order of time: the first day, and the position of what `holding` then tells.
    """
    dates = [end for span in spans for end in span if end]
    found: list[tuple[date, int | None]] = []
    # What has no start held before all of them.
    before = holding(spans, date.min)
    for day in sorted({day for when in dates for day in (when.first_day, when.last_day)}):
        now = holding(spans, day)
        if now != before:
            found.append((day, now))
        before = now
    return found
