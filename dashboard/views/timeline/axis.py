"""The timeline's axis: what of it stands where, its ticks and steps. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from annotations.dates import PartialDate
from dashboard.atlas.address import Choices
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.look.markup import templates

HISTORY_SHARE = 0.34
"""Part of the axis for the years before the months: decades in a third, the news in the rest."""

CLOSEST = 0.045
"""Least distance of two labels of the axis, in shares of its width."""

ONE_DAY = timedelta(days=1)

Span = tuple[PartialDate | None, PartialDate | None]


@dataclass(frozen=True)
class Axis:
    """An axis of time in two scales: narrow years, then wide months.

    Attributes
    ----------
    start : datetime.date
        First day on the axis.
    turn : datetime.date
        First day of the wide scale.
    end : datetime.date
        Day after the last one.
    share : float
        Part of the width before `turn`; 0 where nothing is dated before it.
    """

    start: date
    turn: date
    end: date
    share: float = HISTORY_SHARE

    def at(self, day: date) -> float:
        """Where a day begins, 0 to 1; what lies outside is put at the end that it lies beyond."""
        day = max(self.start, min(self.end, day))
        if day < self.turn:
            return self.share * (day - self.start) / (self.turn - self.start)
        return self.share + (1 - self.share) * (day - self.turn) / (self.end - self.turn)

    def day_at(self, place: float) -> date:
        """The day at a place on the axis; places outside count as its ends."""
        place = max(0.0, min(1.0, place))
        if place < self.share:
            return self.start + (self.turn - self.start) * (place / self.share)
        rest = (place - self.share) / (1 - self.share)
        return min(self.turn + (self.end - self.turn) * rest, self.end - ONE_DAY)


@dataclass(frozen=True)
class Tick:
    """A line across the bands with its label; a `minor` one gives way where there is no room."""

    place: float
    label: str
    minor: bool = False


def build_axis(atlas: Atlas) -> Axis:
    """Make the axis of a dossier.

    It begins with the year of the first record that has a single date: what began before reaches
    in from the left. Its scale turns where the steps of the filter turn from years to months.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    Axis
    """
    steps = atlas.choices.dates
    end = steps[-1].last_day + ONE_DAY
    turn = next(step.first_day for step in steps if step.precision == "month")
    whens = [record.when for record in atlas.dossier.records.values()]
    single = [when.start.first_day for when in whens if when.date is not None]
    first = min(single or [when.start.first_day for when in whens] or [turn])
    start = min(date(first.year, 1, 1), turn)
    return Axis(start, turn, end, HISTORY_SHARE if start < turn else 0.0)


def pace_in_words(axis: Axis) -> str:
    """How playing goes along the axis, e.g. ``Year by year, from 2022 month by month``."""
    pace = f"Year by year, from {axis.turn.year} month by month" if axis.share else "Month by month"
    return f"{pace}; stops at the end."


def ticks(axis: Axis) -> list[Tick]:
    """Lines to read the axis by: its first year, decades, then years with their quarters."""
    found = []
    if axis.start < axis.turn:
        years = [axis.start.year, *range(axis.start.year // 10 * 10 + 10, axis.turn.year, 10)]
        places = [(axis.at(date(year, 1, 1)), str(year)) for year in years]
        # The first year and the turn are named; a decade gives way where it would stand on them.
        found += [
            Tick(place, label)
            for place, label in places
            if place == 0 or (place > CLOSEST and place < axis.share - CLOSEST)
        ]
    for year in range(axis.turn.year, axis.end.year + 1):
        for month in (1, 4, 7, 10):
            day = date(year, month, 1)
            if axis.turn <= day < axis.end:
                label = str(year) if month == 1 else f"{day:%b}"
                found.append(Tick(axis.at(day), label, minor=month != 1))
    return found


# --- steps and spans ---------------------------------------------------------------------------


def steps_on(axis: Axis, choices: Choices) -> list[PartialDate]:
    """Steps of the date filter that lie on the axis: what playing goes through, in order.

    Years in which nothing begins or ends are no steps: they would look like the year before.
    """
    return [step for step in choices.dates if step.first_day >= axis.start]


def brushed(axis: Axis, choices: Choices, first: float, last: float) -> Span:
    """The span of the filter for a stretch of the axis that was dragged over.

    Parameters
    ----------
    axis : Axis
    choices : Choices
        With the steps that a span may begin and end with.
    first, last : float
        Places on the axis, in either order.

    Returns
    -------
    tuple of PartialDate or None
        From and to; None where the stretch reaches the axis' end, for then the span is open.
    """
    days = sorted((axis.day_at(first), axis.day_at(last)))
    start = choices.first_step(days[0].isoformat())
    end = choices.last_step(days[1].isoformat())
    if start and end and end.last_day < start.first_day:
        start = end  # between two steps nothing changes: what held then is what held before
    return (
        None if days[0] <= axis.start else start,
        None if end == choices.dates[-1] else end,
    )


def span_places(axis: Axis, filters: Filters) -> tuple[float, float]:
    """Where the span that the filters ask for begins and ends on the axis."""
    first = axis.at(filters.from_.first_day) if filters.from_ else 0.0
    last = axis.at(filters.to.last_day + ONE_DAY) if filters.to else 1.0
    return first, last


def next_step(steps: Sequence[PartialDate], filters: Filters) -> PartialDate | None:
    """The step after the one shown; the first of the span where more than one is.

    Parameters
    ----------
    steps : sequence of PartialDate
        From `steps_on`.
    filters : Filters
        What is shown.

    Returns
    -------
    PartialDate or None
        None after the last step.
    """
    if filters.from_ and filters.from_ == filters.to:
        shown = filters.from_
        return next((step for step in steps if step.first_day > shown.last_day), None)
    first = filters.from_
    return next((s for s in steps if not first or s.first_day >= first.first_day), None)


def previous_step(steps: Sequence[PartialDate], filters: Filters) -> PartialDate | None:
    """The step before the one shown, or before the span's end; None before the first."""
    before = filters.from_ if filters.from_ == filters.to else None
    return next(
        (s for s in reversed(steps) if not before or s.last_day < before.first_day),
        None,
    )


def at_step(filters: Filters, step: PartialDate) -> Filters:
    """The filters with a span of this one step."""
    return replace(filters, from_=step, to=step)


def axis_html(atlas: Atlas, axis: Axis) -> str:
    """Labels of the axis and of the dossier's date as HTML."""
    as_of = atlas.dossier.head.as_of
    return templates.get_template("views/timeline/axis.html").render(
        axis=axis,
        ticks=ticks(axis),
        as_of=axis.at(as_of.last_day + ONE_DAY),
        as_of_words=as_of.words,
    )


def key_html(axis: Axis) -> str:
    """What the marks mean, as HTML."""
    return templates.get_template("views/timeline/key.html").render(axis=axis)
