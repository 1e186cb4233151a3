"""What the benchmarks click, and what they wait for."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.subject import SUBJECTS, counts, filter_clicks
from benchmarks.subjects.records import Records, build
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def records() -> Records:
    return build()


def test_each_filter_click_shows_other_counts(records: Records) -> None:
    before = counts(records, [])
    for _, after in nonempty(islice(filter_clicks(records), 40)):
        assert after.records != before.records
        assert after.points != before.points
        assert after.records > 0
        before = after


def test_filter_clicks_give_what_the_chosen_themes_leave(records: Records) -> None:
    themes = list(records.themes)
    chosen: set[str] = set()
    clicked = list(islice(filter_clicks(records), 40))
    for position, after in nonempty(clicked):
        chosen ^= {themes[position]}
        assert counts(records, sorted(chosen)) == after
    assert len({position for position, _ in clicked}) > 4


def test_every_subject_has_its_script() -> None:
    for subject in SUBJECTS:
        assert subject.script.is_file()
        if module := subject.environment.get("BENCHMARK_SUBJECT"):
            assert subject.script.with_name(f"{module}.py").is_file()
