"""Steps of the date range: which there are, and which of them a date stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from annotations.dates import PartialDate
from dashboard.atlas.address import (
    Choices,
    date_steps,
)
from dashboard.atlas.data import Atlas
from tests.dashboard import made
from tests.dashboard.editing import rewrite
from tests.nonempty import nonempty

STEPS = Choices(
    options={},
    default_alliance=(),
    selectable=frozenset(),
    dates=tuple(map(PartialDate, ["1990", "2000", "2022-01", "2022-02"])),
)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("1600", "1990"),
        ("1990-12-31", "1990"),
        ("1991", "2000"),
        ("2000-12-31", "2000"),
        ("2001", "2022-01"),
        ("2022", "2022-01"),
        ("2022-02-28", "2022-02"),
        ("2022-03", None),
        ("no date", None),
        ("", None),
    ],
)
def test_first_step(text: str, step: str | None) -> None:
    assert STEPS.first_step(text) == step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("1989-12-31", None),
        ("1990-01-01", "1990"),
        ("1999", "1990"),
        ("2021", "2000"),
        ("2022-01-01", "2022-01"),
        ("2022", "2022-02"),
        ("9999", "2022-02"),
        ("no date", None),
        ("", None),
    ],
)
def test_last_step(text: str, step: str | None) -> None:
    assert STEPS.last_step(text) == step


def test_steps_ascend_and_do_not_overlap(atlas: Atlas) -> None:
    steps = atlas.choices.dates
    assert all(one.last_day < other.first_day for one, other in nonempty(pairwise(steps)))


def test_steps_reach_every_record(atlas: Atlas) -> None:
    """Each record begins within a step, so that moving an end can leave it out."""
    for record in nonempty(atlas.dossier.records.values()):
        start = record.when.start.first_day
        assert any(step.first_day <= start <= step.last_day for step in atlas.choices.dates)


@pytest.mark.parametrize(("as_of", "news"), [("2024-01-31", 2022), ("1995", 1993), ("0002", 1)])
def test_months_are_steps_only_where_the_news_is(atlas: Atlas, as_of: str, news: int) -> None:
    """Two whole years before the dossier's own are told apart by month, whichever year that is."""
    head = atlas.dossier.head.model_copy(update={"as_of": PartialDate(as_of)})
    steps = date_steps(replace(atlas.dossier, head=head))
    months = {step.first_day.year for step in steps if step.precision == "month"}
    assert min(months) == news
    assert {step.precision for step in steps if step.first_day.year < news} <= {"year"}
    assert {step.precision for step in steps if step.first_day.year >= news} == {"month"}


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ({"date": "2023-11-30"}, "2023-11"),
        ({"from": "2022-01", "to": "2023-12-31"}, "2023-12"),
        ({"from": "2022-01", "open": True}, "2022-05"),
        ({"date": "2021"}, "2022-05"),
    ],
)
def test_the_last_month_is_that_in_which_something_last_begins_or_ends(
    when: dict[str, Any], last: str
) -> None:
    """Or the dossier's own month, where nothing comes later."""
    dossier = made.dossier_of(
        [made.record("event", "only", event="meeting", places=["tehran"], when=when)]
    )
    head = dossier.head.model_copy(update={"as_of": PartialDate("2022-05-31")})
    assert date_steps(replace(dossier, head=head))[-1] == last


def test_what_began_before_the_year_1000_is_a_step(
    load_small: Callable[[], Atlas], small: Path
) -> None:
    rewrite(small / "corridors" / "caspian.yml", when={"from": "0862", "open": True})
    assert "0862" in date_steps(load_small().dossier)
