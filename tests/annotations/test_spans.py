"""Spans of partial dates, held against every day that the dates may mean, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.dates import PartialDate
from annotations.schema import Alliance, Member
from annotations.spans import Span, holding, holds_on, overlap, surely_holds_on, turns

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2004, 11, 1), date(2006, 2, 28)
"""Two ends of a year lie between; whole years are asked for by their first and last days too."""

LENGTHS = {"day": 10, "month": 7, "year": 4}
DAYS = st.dates(FIRST, LAST)
PRECISIONS = st.sampled_from(sorted(LENGTHS))


def partial(day: date, precision: str) -> PartialDate:
    return PartialDate(day.isoformat()[: LENGTHS[precision]])


PARTIAL = st.builds(partial, DAYS, PRECISIONS)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any span that a record may have: its end is not before its start."""
    start, end = draw(PARTIAL | st.none()), draw(PARTIAL | st.none())
    if start and end and end.last_day < start.first_day:
        start, end = end, start
    return start, end


@cache
def meant(when: PartialDate) -> list[date]:
    """Every day that a date may mean."""
    days, day = [], when.first_day
    while day <= when.last_day:
        days.append(day)
        day += ONE_DAY
    return days


def readings(span: Span) -> list[tuple[date, date]]:
    """Every first day with every last that the two dates may mean; the ends of time for None."""
    starts = meant(span[0]) if span[0] else [date.min]
    ends = meant(span[1]) if span[1] else [date.max]
    return [(start, end) for start in starts for end in ends if start <= end]


def brute_overlap(one: Span, other: Span) -> bool:
    """Whether there is no reading in which one has ended when the other begins."""
    first, second = readings(one), readings(other)
    ends = {end for _, end in first}, {end for _, end in second}
    starts = {start for start, _ in first}, {start for start, _ in second}

    def apart(before: set[date], after: set[date]) -> bool:
        return any(end <= start for end in before for start in after if start > date.min)

    return not apart(ends[0] - {date.max}, starts[1]) and not apart(ends[1] - {date.max}, starts[0])


@given(spans(), DAYS)
def test_a_span_may_hold_or_surely_holds_as_its_days_say(span: Span, day: date) -> None:
    told = [start <= day < end for start, end in readings(span) if start < end]
    if told:
        assert holds_on(*span, day) == any(told)
        assert surely_holds_on(*span, day) <= all(told)
    if surely_holds_on(*span, day):
        assert holds_on(*span, day)


@given(spans(), spans())
@example((PartialDate("2001"), PartialDate("2005")), (PartialDate("2005"), None))
@example((PartialDate("2005-12-31"), PartialDate("2005")), (PartialDate("2005-06"), None))
def test_spans_overlap_as_their_days_do(one: Span, other: Span) -> None:
    assert overlap(one, other) == brute_overlap(one, other)
    assert overlap(other, one) == overlap(one, other)


@given(st.lists(DAYS, min_size=2, max_size=5, unique=True), st.data())
def test_what_follows_in_the_same_period_leaves_no_gap_and_shares_no_day(
    days: list[date], data: st.DataObject
) -> None:
    """A chain of standings, each told by day, month or year as it comes, and mixed."""
    days.sort()
    chain = []
    for begins, ends in pairwise(days):
        start, end = (partial(day, data.draw(PRECISIONS)) for day in (begins, ends))
        chain.append((start, end))
    for one, other in pairwise(chain):
        assert not overlap(one, other)
    day = chain[0][0].first_day
    while day < max(end.last_day for _, end in chain):
        now = holding(chain, day)
        assert now is not None
        surely = [i for i, span in enumerate(chain) if surely_holds_on(*span, day)]
        assert surely in ([], [now])
        day += ONE_DAY


@given(st.lists(DAYS, min_size=2, max_size=5, unique=True))
def test_told_by_day_each_holds_from_its_start_until_the_next(days: list[date]) -> None:
    days.sort()
    chain = [(partial(a, "day"), partial(b, "day")) for a, b in pairwise(days)]
    assert turns(chain) == [(day, i) for i, day in enumerate(days[:-1])] + [(days[-1], None)]
    for position, (start, end) in enumerate(pairwise(days)):
        assert holding(chain, start) == holding(chain, end - ONE_DAY) == position
    assert holding(chain, days[0] - ONE_DAY) is None
    assert holding(chain, days[-1]) is None


@given(st.lists(spans(), max_size=4))
def test_turns_are_all_the_days_on_which_something_changes(several: list[Span]) -> None:
    found = turns(several)
    assert [day for day, _ in found] == sorted({day for day, _ in found})
    told = dict(found)
    day = date(2004, 1, 1) - ONE_DAY
    before = holding(several, day)
    while day <= date(2007, 1, 1):
        day += ONE_DAY
        now = holding(several, day)
        assert (now != before) == (day in told)
        assert told.get(day, now) == now
        before = now


def member(status: str, start: str | None, end: str | None = None) -> Member:
    fields = {"actor": "IRN", "status": status, "from": start, "to": end}
    return Member.model_validate({name: value for name, value in fields.items() if value})


@pytest.mark.parametrize(
    ("end", "start", "turn"),
    [
        ("2005-07-05", "2005-07-05", "2005-07-05"),
        ("2005-07", "2005-07", "2005-07-01"),
        ("2005", "2005", "2005-01-01"),
        ("2005", "2005-07-05", "2005-07-05"),
        ("2005-07-05", "2005", "2005-07-05"),
        ("2005-07", "2005", "2005-07-01"),
        ("2005-12-31", "2006-01-01", "2006-01-01"),
        ("2006-01-01", "2006", "2006-01-01"),
    ],
)
def test_an_observer_becomes_a_member_however_precisely_it_is_told(
    end: str, start: str, turn: str
) -> None:
    """No double standing is seen, and on each day the party is one or the other."""
    fields = {
        "id": "it", "kind": "alliance", "title": "An alliance", "summary": "It.",
        "themes": ["it"], "when": {"from": "2001", "open": True}, "source": {"lines": [1]},
        "evidence": {"status": "reported"}, "check": {"verdict": "unverified"}, "short": "It",
        "members": [member("observer", "2001", end), member("member", start)],
    }  # fmt: skip
    alliance = Alliance.model_validate(fields)
    became = date.fromisoformat(turn)

    def on(day: date) -> list[str]:
        return [m.status.value for m in alliance.standings_on(day)]

    assert on(became) == on(date(2010, 1, 1)) == ["member"]
    assert on(date(2001, 1, 1)) == ["observer"]
    if end != "2005-12-31":  # where it ends a day before the next begins, that day has none
        assert on(became - ONE_DAY) == ["observer"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2001", "2006"), ("2005", None)),
        (("2001", None), ("2005", None)),
        (("2001", None), ("2005", "2005")),
        (("2001", "2005-07-06"), ("2005-07-05", None)),
        (("2001", "2005-08"), ("2005-07", "2006")),
        ((None, "2005"), ("2003", "2004")),
    ],
)
def test_who_is_in_twice_is_refused_however_precisely_it_is_told(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None]
) -> None:
    assert member("observer", *one).overlaps(member("member", *other))
    assert member("member", *other).overlaps(member("observer", *one))
