"""Partial dates, and spans of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from annotations.dates import PartialDate
from annotations.parts import When

DAYS = st.dates(min_value=date(1000, 1, 1))
LENGTHS = {"day": 10, "month": 7, "year": 4}


@given(DAYS, st.sampled_from(sorted(LENGTHS)))
def test_a_date_keeps_its_precision(day: date, precision: str) -> None:
    """The text stays; the days that it may mean include the one it was made of."""
    text = day.isoformat()[: LENGTHS[precision]]
    partial = PartialDate(text)
    assert partial == text
    assert partial.precision == precision
    assert partial.first_day <= day <= partial.last_day
    assert str(day.year) in partial.words
    assert (partial.first_day == partial.last_day) == (precision == "day")


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d{2}-\d{2}", fullmatch=True))
def test_whatever_is_no_date_is_refused(text: str) -> None:
    """Any text is either a date that can be read back, or refused with a reason."""
    try:
        partial = PartialDate(text)
    except ValueError as error:
        assert str(error)
    else:
        assert partial.isascii()
        assert partial.first_day.isoformat().startswith(text)


@given(DAYS, DAYS)
def test_text_sorts_as_days_do(one: date, other: date) -> None:
    """Dates of one precision sort as text."""
    first, second = PartialDate(one.isoformat()), PartialDate(other.isoformat())
    assert (first < second) == (first.first_day < second.first_day)


def test_a_bare_year_may_be_a_number() -> None:
    """YAML reads 2023 as an integer."""
    assert PartialDate(2023) == "2023"


@pytest.mark.parametrize("value", [True, 2023.5, None, 20231, "2023-13", "2023-02-29", "23-1-1"])
def test_bad_dates(value: object) -> None:
    """No boolean, fraction, impossible day or other form."""
    with pytest.raises(ValueError, match="not a"):
        PartialDate(value)


def test_last_day_of_february() -> None:
    """The calendar knows leap years."""
    assert PartialDate("2024-02").last_day == date(2024, 2, 29)
    assert PartialDate("2023-02").last_day == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "2023-12-07"}, "7 December 2023"),
        ({"from": "2022-09", "open": True}, "since September 2022"),
        ({"from": "2022", "to": "2023-07"}, "2022 – July 2023"),
        ({"from": "2022"}, "from 2022"),
        ({"date": "2024-03", "expected": True}, "expected March 2024"),
    ],
)
def test_a_span_in_words(fields: dict[str, object], words: str) -> None:
    """A reader sees what is known and no more."""
    assert When.model_validate(fields).words == words


def test_a_single_date_is_start_and_end() -> None:
    """A single date starts and ends; what lasts has no end."""
    single = When.model_validate({"date": "2023"})
    assert single.start == single.end == "2023"
    assert When.model_validate({"from": "2023", "open": True}).end is None


@given(DAYS, DAYS)
def test_a_span_does_not_end_before_it_starts(one: date, other: date) -> None:
    """Two days are a span in one order only."""
    fields = {"from": one.isoformat(), "to": other.isoformat()}
    if one <= other:
        assert When.model_validate(fields).start == one.isoformat()
    else:
        with pytest.raises(ValidationError, match="before it starts"):
            When.model_validate(fields)
