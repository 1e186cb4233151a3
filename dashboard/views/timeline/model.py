"""The timeline: an axis in two scales, a band a theme, and what each record looks like on it.

Pure: an atlas and ids → dataclasses, data frames and HTML by templates that escape. No Streamlit.
Places along the axis are shares of its width, 0 to 1, so that the browser may draw it at any width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from annotations.dates import PartialDate
from annotations.schema import Alliance, Record
from dashboard.atlas.address import Choices
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.layers import BY_KIND, FIRM
from dashboard.atlas.words import span_in_words
from dashboard.look.markup import templates
from dashboard.look.record_colour import css_colour, theme_of

HISTORY_SHARE = 0.34
"""Part of the axis for the years before the months: decades in a third, the news in the rest."""

USUAL_WIDTH = 800
"""Pixels that the labels' room is reckoned for; on other widths the browser shortens them."""

LETTER = 5.6
"""Pixels that a letter of a label takes on average."""

MOST_RESERVED = 36
"""Letters of a label that are kept free of other records."""

CLOSEST = 0.045
"""Least distance of two labels of the axis, in shares of its width."""

POINT = 9
"""Pixels that a day's mark takes."""

GAP = 6
"""Pixels between two marks, or a label and the next mark, in one row."""

ONE_DAY = timedelta(days=1)

Shape = Literal["day", "within", "span"]
Side = Literal["in", "left", "right"]
Span = tuple[PartialDate | None, PartialDate | None]


# --- the axis ----------------------------------------------------------------------------------


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


# --- the bands ---------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Band:
    """The records of one theme, each once: with that which `theme_of` gives."""

    theme: str
    label: str
    marks: Sequence[Mark]

    @property
    def rows(self) -> int:
        """How many rows the marks take."""
        return 1 + max((mark.row for mark in self.marks), default=-1)


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
        colour=css_colour(record) if isinstance(record, Alliance) else "",
    )


def _extent(mark: Mark) -> tuple[float, float, Side]:
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
        start, end, side = _extent(mark)
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


def build_bands(
    atlas: Atlas, axis: Axis, ids: Sequence[str], chosen: Sequence[str] = ()
) -> list[Band]:
    """Sort records into bands and give each its place.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    ids : sequence of str
        Records to draw.
    chosen : sequence of str
        Themes that are filtered by: a record stands in the band whose colour it has on the map.

    Returns
    -------
    list of Band
        In the order of the dossier's themes; none for a theme under which no record stands.
    """
    by_theme: dict[str, list[Mark]] = {}
    for record_id in ids:
        record = atlas.dossier.records[record_id]
        by_theme.setdefault(theme_of(record, chosen), []).append(make_mark(atlas, axis, record))
    return [
        Band(theme.id, theme.label, lay_out(by_theme[theme.id]))
        for theme in atlas.dossier.head.themes
        if theme.id in by_theme
    ]


# --- counts and tables -------------------------------------------------------------------------


def beginnings(
    atlas: Atlas, axis: Axis, ids: Sequence[str], chosen: Sequence[str] = ()
) -> pd.DataFrame:
    """How many records begin in each step of the axis, by theme.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    ids : sequence of str
        Records to count; those that begin before the axis are left out.
    chosen : sequence of str
        Themes that are filtered by.

    Returns
    -------
    pandas.DataFrame
        A row for each step and theme that has any: ``step`` (words), ``theme`` (label),
        ``theme_id``, ``records`` (count), ``start`` and ``end`` (places on the axis), ``base`` and
        ``top`` (counts, themes of one step on top of one another in their order).
    """
    steps = steps_on(axis, atlas.choices)
    counts: Counter[tuple[int, str]] = Counter()
    for record_id in ids:
        first = atlas.index.entries[record_id].first
        number = next((n for n, s in enumerate(steps) if s.first_day <= first <= s.last_day), None)
        if number is not None:
            counts[number, theme_of(atlas.dossier.records[record_id], chosen)] += 1
    rows = []
    for number, step in enumerate(steps):
        top = 0
        for theme in atlas.dossier.head.themes:
            if count := counts[number, theme.id]:
                rows.append(
                    {
                        "step": step.words,
                        "theme": theme.label,
                        "theme_id": theme.id,
                        "records": count,
                        "start": axis.at(step.first_day),
                        "end": axis.at(step.last_day + ONE_DAY),
                        "base": top,
                        "top": top + count,
                    }
                )
                top += count
    columns = ["step", "theme", "theme_id", "records", "start", "end", "base", "top"]
    return pd.DataFrame(rows, columns=columns)


def table(atlas: Atlas, ids: Sequence[str], chosen: Sequence[str] = ()) -> pd.DataFrame:
    """The records with their dates, earliest first: what the chart shows, as text.

    Parameters
    ----------
    atlas : Atlas
    ids : sequence of str
        Records to list.
    chosen : sequence of str
        Themes that are filtered by.

    Returns
    -------
    pandas.DataFrame
        A row a record. ``From`` and ``To`` are as precise as the source; ``To`` is empty while it
        lasts. ``First day`` is for sorting, ISO 8601.
    """
    labels = {theme.id: theme.label for theme in atlas.dossier.head.themes}
    rows = []
    for record_id in ids:
        record = atlas.dossier.records[record_id]
        when = record.when
        state = "expected" if when.expected else "ongoing" if when.open else "past"
        rows.append(
            {
                "Record": record.title,
                "Dates": when.words,
                "State": state,
                "Theme": labels[theme_of(record, chosen)],
                "Kind": BY_KIND[record.kind].one,
                "From": str(when.start),
                "To": str(when.end or ""),
                "Known to the": when.start.precision,
                "Evidence": record.evidence.status.label,
                "Check": record.check.verdict.label,
                "First day": when.start.first_day.isoformat(),
                "Id": record_id,
            }
        )
    columns = ["Record", "Dates", "State", "Theme", "Kind", "From", "To", "Known to the"]
    columns += ["Evidence", "Check", "First day", "Id"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["First day", "Record"], ignore_index=True
    )


def in_words(atlas: Atlas, axis: Axis, ids: Sequence[str]) -> str:
    """The timeline in a sentence or two, for those who cannot see it. Plain text."""
    if not ids:
        return "No dated record passes the filters."
    marks = [make_mark(atlas, axis, atlas.dossier.records[record_id]) for record_id in ids]
    as_of = atlas.dossier.head.as_of.words
    counts = [
        (sum(m.shape == "day" for m in marks), "on a single day"),
        (sum(m.shape == "within" for m in marks), "within a month or year"),
        (sum(m.shape == "span" for m in marks), "over a span"),
    ]
    parts = ", ".join(f"{count} {words}" for count, words in counts if count)
    text = f"{len(marks)} record{'s' if len(marks) > 1 else ''}: {parts}."
    facts = [
        (sum(m.open for m in marks), f"still held on {as_of}"),
        (sum(m.expected for m in marks), "expected then"),
        (sum(m.before for m in marks), f"begun before {axis.start.year}"),
    ]
    if any(count for count, _ in facts):
        text += f" {', '.join(f'{n} {words}' for n, words in facts if n)}.".replace("  ", " ")
    begun = beginnings(atlas, axis, ids)
    if not begun.empty:
        by_step = begun.groupby("step", sort=False)["records"].sum()
        text += f" Most begin in {by_step.idxmax()} ({by_step.max()})."
    return text


# --- HTML --------------------------------------------------------------------------------------


def bands_html(atlas: Atlas, axis: Axis, bands: Sequence[Band], select: str) -> str:
    """The bands as HTML: each record a link that selects it; everything is escaped.

    Parameters
    ----------
    atlas : Atlas
    axis : Axis
    bands : sequence of Band
        From `build_bands`.
    select : str
        Id of the record that is selected, or nothing.
    """
    return templates.get_template("timeline.html").render(
        axis=axis,
        bands=bands,
        ticks=ticks(axis),
        as_of=axis.at(atlas.dossier.head.as_of.last_day + ONE_DAY),
        select=select,
    )


def span_css(axis: Axis, filters: Filters, drawn: Sequence[str], visible: Sequence[str]) -> str:
    """Style rules for the span: where it begins and ends, and which records lie outside of it.

    Apart from the bands, which therefore need not be sent again when the span changes.

    Parameters
    ----------
    axis : Axis
    filters : Filters
    drawn : sequence of str
        Records in the bands.
    visible : sequence of str
        Those of them that the span touches.
    """
    first, last = (f"{100 * place:.2f}%" for place in span_places(axis, filters))
    rules = [f".atlas-timeline .plot{{--from:{first};--to:{last}}}"]
    inside = set(visible)
    if outside := [record_id for record_id in drawn if record_id not in inside]:
        # The ids are slugs: nothing in them needs escaping.
        chosen = ",".join(f'[data-select="{record_id}"]' for record_id in outside)
        rules.append(f".atlas-timeline a:is({chosen}){{opacity:.22}}")
    return "".join(rules)


def axis_html(atlas: Atlas, axis: Axis) -> str:
    """Labels of the axis and of the dossier's date as HTML."""
    as_of = atlas.dossier.head.as_of
    return templates.get_template("timeline_axis.html").render(
        axis=axis,
        ticks=ticks(axis),
        as_of=axis.at(as_of.last_day + ONE_DAY),
        as_of_words=as_of.words,
    )


def key_html(axis: Axis) -> str:
    """What the marks mean, as HTML."""
    return templates.get_template("timeline_key.html").render(axis=axis)


def span_html(filters: Filters, count: int) -> str:
    """The span that is shown and how many records it has, as HTML."""
    return templates.get_template("timeline_span.html").render(
        span=span_in_words(filters), count=count
    )


def words_html(words: str) -> str:
    """A sentence beneath the chart as HTML."""
    return templates.get_template("timeline_words.html").render(words=words)
