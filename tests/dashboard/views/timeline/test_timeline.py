"""The timeline: its axis, what records look like on it, and what it says in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates import PartialDate
from dashboard.atlas.address import Screen, read, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.look.record_colour import theme_of
from dashboard.views.timeline.axis import (
    Axis,
    at_step,
    axis_html,
    brushed,
    build_axis,
    key_html,
    next_step,
    pace_in_words,
    previous_step,
    span_places,
    steps_on,
    ticks,
)
from dashboard.views.timeline.bands import bands_html, beginnings, build_bands, span_css
from dashboard.views.timeline.marks import GAP, USUAL_WIDTH, Mark
from dashboard.views.timeline.records import timeline_in_words, timeline_table
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

AXIS = Axis(date(1979, 1, 1), date(2022, 1, 1), date(2024, 6, 1))
DAYS = st.dates(AXIS.start, AXIS.end - timedelta(days=1))


@pytest.fixture(scope="module")
def axis(atlas: Atlas) -> Axis:
    return build_axis(atlas)


@pytest.fixture(scope="module")
def marks(atlas: Atlas, axis: Axis) -> dict[str, Mark]:
    bands = build_bands(atlas, axis, list(atlas.dossier.records))
    return {mark.id: mark for band in bands for mark in band.marks}


# --- the axis ----------------------------------------------------------------------------------


def test_axis_reaches_from_the_first_day_known_to_the_last_expected(axis: Axis) -> None:
    assert axis.start == date(1987, 1, 1)
    assert axis.turn == date(2017, 1, 1)
    assert axis.end == date(2020, 2, 1)


@given(DAYS)
def test_a_day_is_found_again_where_it_was_put(day: date) -> None:
    middle = (AXIS.at(day) + AXIS.at(day + timedelta(days=1))) / 2
    assert AXIS.day_at(middle) == day


@given(DAYS, DAYS)
def test_axis_keeps_the_order_of_days(first: date, second: date) -> None:
    assert (first <= second) == (AXIS.at(first) <= AXIS.at(second))


def test_what_lies_outside_is_put_at_the_ends() -> None:
    assert AXIS.at(date(1804, 1, 1)) == AXIS.at(date.min) == 0
    assert AXIS.at(date(2030, 1, 1)) == AXIS.at(date.max) == 1
    assert AXIS.day_at(-3) == AXIS.start
    assert AXIS.day_at(7) == AXIS.end - timedelta(days=1)


def test_months_are_wider_than_years() -> None:
    year = AXIS.at(date(2001, 1, 1)) - AXIS.at(date(2000, 1, 1))
    month = AXIS.at(date(2023, 2, 1)) - AXIS.at(date(2023, 1, 1))
    assert month > 2 * year


def test_labels_of_the_axis_do_not_touch(axis: Axis) -> None:
    found = [tick for tick in ticks(axis) if not tick.minor]
    assert found[0].label == "1987"
    assert [tick.label for tick in found][-3:] == ["2018", "2019", "2020"]
    gaps = [b.place - a.place for a, b in pairwise(found)]
    assert min(gaps) * 370 >= 16, "on a phone"


# --- marks -------------------------------------------------------------------------------------


def test_every_record_is_drawn_once(atlas: Atlas, axis: Axis) -> None:
    bands = build_bands(atlas, axis, list(atlas.dossier.records))
    drawn = [mark.id for band in bands for mark in band.marks]
    assert sorted(drawn) == sorted(atlas.dossier.records)
    themes = atlas.dossier.head.theme_ids
    assert [band.theme for band in bands] == [t for t in themes if t in {b.theme for b in bands}]
    for band in nonempty(bands):
        for mark in nonempty(band.marks):
            assert atlas.dossier.records[mark.id].themes[0] == band.theme


def test_a_record_stands_in_the_band_of_the_theme_that_is_filtered(
    atlas: Atlas, axis: Axis
) -> None:
    """As on the map and in the list beside it, which are drawn at the same time."""
    records = atlas.dossier.records
    for chosen in nonempty([(), ("copper",), ("border-war", "lake-union"), ("old-times",)]):
        ids = atlas.index.visible(Filters(theme=chosen))
        expected = {record: theme_of(records[record], chosen) for record in ids}
        bands = build_bands(atlas, axis, ids, chosen)
        assert {m.id: band.theme for band in bands for m in band.marks} == expected
        labels = {theme.id: theme.label for theme in atlas.dossier.head.themes}
        told = timeline_table(atlas, ids, chosen).set_index("Id")["Theme"].to_dict()
        assert told == {record: labels[theme] for record, theme in expected.items()}
        counted = beginnings(atlas, axis, ids, chosen)["theme_id"]
        assert set(counted) <= set(expected.values())
    assert theme_of(records["union-founded"], ("old-times",)) == "old-times"


def test_an_alliance_has_its_fill_on_the_timeline_too(atlas: Atlas, axis: Axis) -> None:
    marks = build_bands(atlas, axis, list(atlas.dossier.records))
    coloured = {m.id: m.colour for band in marks for m in band.marks if m.colour}
    alliances = atlas.choices.options["alliance"]
    assert coloured == {alliance: f"var(--alliance-{alliance})" for alliance in alliances}
    html = bands_html(atlas, axis, marks, "")
    assert html.count("--c:var(--alliance-") == len(alliances) > 0


@pytest.mark.parametrize(
    ("record", "shape"),
    [
        ("lusaka-meeting", "day"),
        ("mine-opened", "day"),
        ("lease-ends", "within"),
        ("rifles-for-the-guard", "within"),
        ("shore-offensive", "span"),
        ("copper-to-the-coast", "span"),
    ],
)
def test_precision_decides_the_shape(marks: dict[str, Mark], record: str, shape: str) -> None:
    assert marks[record].shape == shape


def test_a_month_is_as_wide_as_the_month(marks: dict[str, Mark], axis: Axis) -> None:
    mark = marks["rifles-for-the-guard"]
    assert mark.start == pytest.approx(axis.at(date(2019, 5, 1)))
    assert mark.end == pytest.approx(axis.at(date(2019, 6, 1)))


def test_what_is_ongoing_ends_with_the_dossiers_date(
    atlas: Atlas, marks: dict[str, Mark], axis: Axis
) -> None:
    as_of = axis.at(atlas.dossier.head.as_of.last_day + timedelta(days=1))
    ongoing = [mark for mark in marks.values() if mark.open]
    assert len(ongoing) > 10
    assert all(mark.end == pytest.approx(as_of) for mark in nonempty(ongoing))


def test_a_start_known_to_the_year_fades_in_over_that_year(
    marks: dict[str, Mark], axis: Axis
) -> None:
    mark = marks["guard-at-home"]  # since 2018
    faded = mark.start + mark.fade_in * (mark.end - mark.start)
    assert faded == pytest.approx(axis.at(date(2018, 12, 31)))
    assert marks["tza-guard-conflict"].fade_in == 0  # since 2 June 2019


def test_an_end_known_to_the_month_fades_out_over_that_month(
    marks: dict[str, Mark], axis: Axis
) -> None:
    mark = marks["shore-offensive"]  # July 2019 – August 2019
    faded = mark.end - mark.fade_out * (mark.end - mark.start)
    assert faded == pytest.approx(axis.at(date(2019, 8, 2)))


def test_what_began_before_the_axis_says_when(marks: dict[str, Mark]) -> None:
    mark = marks["tza-zmb-partnership"]
    assert (mark.before, mark.start) == (True, 0.0)
    assert mark.label.startswith("Since 1976: ")
    assert not marks["coast-league"].before


def test_expected_is_marked(atlas: Atlas, marks: dict[str, Mark]) -> None:
    expected = {r.id for r in atlas.dossier.records.values() if r.when.expected}
    assert expected
    assert {mark.id for mark in marks.values() if mark.expected} == expected


def test_a_mark_reaches_as_far_as_the_filter_finds_it(
    atlas: Atlas, marks: dict[str, Mark], axis: Axis
) -> None:
    drawn = [
        (mark.id, day)
        for mark in marks.values()
        for day in (axis.day_at(mark.start + 1e-9), axis.day_at(mark.end - 1e-9))
        if not mark.open and atlas.index.entries[mark.id].last >= axis.start
    ]
    for record, day in nonempty(drawn):
        step = PartialDate(day.isoformat())
        assert record in atlas.index.visible(Filters(from_=step, to=step)), record


def test_no_label_lies_on_another_mark(atlas: Atlas, axis: Axis) -> None:
    taken: list[tuple[int, int, float, float]] = []
    bands = build_bands(atlas, axis, list(atlas.dossier.records))
    for number, band in nonempty(enumerate(bands)):
        for mark in nonempty(band.marks):
            label = mark.room - GAP / USUAL_WIDTH
            left = mark.start - (label if mark.side == "left" else 0)
            right = mark.end + (label if mark.side == "right" else 0)
            assert left >= -1e-9
            assert right <= 1 + 1e-9
            assert 0 <= mark.row < band.rows
            taken.append((number, mark.row, left, right))
    for (*row, _, end), (*other, start, _) in nonempty(pairwise(sorted(taken))):
        assert row != other or start >= end - 1e-9, row


def test_rows_are_filled_from_the_first(atlas: Atlas, axis: Axis) -> None:
    for band in nonempty(build_bands(atlas, axis, list(atlas.dossier.records))):
        assert {mark.row for mark in band.marks} == set(range(band.rows))


def test_nothing_to_draw_draws_nothing(atlas: Atlas, axis: Axis) -> None:
    assert build_bands(atlas, axis, []) == []
    assert beginnings(atlas, axis, []).empty
    assert timeline_table(atlas, []).empty
    assert "No dated record" in timeline_in_words(atlas, axis, [])


# --- spans and steps ---------------------------------------------------------------------------


def test_brushing_gives_the_steps_that_are_touched(atlas: Atlas, axis: Axis) -> None:
    first, last = axis.at(date(2018, 3, 20)), axis.at(date(2018, 7, 2))
    for places in ((first, last), (last, first)):
        assert brushed(axis, atlas.choices, *places) == ("2018-03", "2018-07")


def test_brushing_to_an_end_leaves_it_open(atlas: Atlas, axis: Axis) -> None:
    half = axis.at(date(2018, 1, 15))
    assert brushed(axis, atlas.choices, half, 1.0) == ("2018-01", None)
    assert brushed(axis, atlas.choices, 0.0, half) == (None, "2018-01")
    assert brushed(axis, atlas.choices, 0.0, 1.0) == (None, None)


@given(st.floats(0, 1), st.floats(0, 1))
def test_whatever_is_brushed_survives_the_address(atlas: Atlas, first: float, last: float) -> None:
    axis = build_axis(atlas)
    from_, to = brushed(axis, atlas.choices, first, last)
    screen = Screen(Filters(from_=from_, to=to), atlas.choices.default_alliance)
    assert read(write(screen, atlas.choices), atlas.choices) == screen


def test_span_is_drawn_where_it_was_brushed(axis: Axis) -> None:
    filters = Filters(from_=PartialDate("2018-03"), to=PartialDate("2018-07"))
    assert span_places(axis, filters) == (
        axis.at(date(2018, 3, 1)),
        axis.at(date(2018, 8, 1)),
    )
    assert span_places(axis, Filters()) == (0.0, 1.0)


def test_playing_passes_every_step_once_and_ends(atlas: Atlas, axis: Axis) -> None:
    steps = steps_on(axis, atlas.choices)
    filters, played = Filters(), []
    while (step := next_step(steps, filters)) is not None:
        played.append(step)
        filters = at_step(filters, step)
        assert len(played) <= len(steps)
    assert played == steps
    assert played[0] == "1987"
    assert {"2016", "2017-01", "2019-12", "2020-01"} <= set(played)
    for step in nonempty(reversed(steps[:-1])):
        assert previous_step(steps, filters) == step
        filters = at_step(filters, step)
    assert previous_step(steps, filters) is None


def test_playing_a_span_begins_with_it(atlas: Atlas, axis: Axis) -> None:
    steps = steps_on(axis, atlas.choices)
    span = Filters(from_=PartialDate("2018-03"), to=PartialDate("2018-07"))
    assert next_step(steps, span) == "2018-03"


# --- words and tables --------------------------------------------------------------------------


def test_words_agree_with_the_marks(atlas: Atlas, axis: Axis, marks: dict[str, Mark]) -> None:
    words = timeline_in_words(atlas, axis, list(atlas.dossier.records))
    assert words.startswith(f"{len(marks)} records: ")
    for shape, phrase in (("day", "on a single day"), ("span", "over a span")):
        assert f"{sum(m.shape == shape for m in marks.values())} {phrase}" in words
    assert f"{sum(m.open for m in marks.values())} still held on 30 September 2019" in words


def test_beginnings_add_up(atlas: Atlas, axis: Axis, marks: dict[str, Mark]) -> None:
    begun = beginnings(atlas, axis, list(atlas.dossier.records))
    assert begun["records"].sum() == sum(not mark.before for mark in marks.values())
    assert (begun["top"] - begun["base"] == begun["records"]).all()
    assert begun["start"].between(0, 1).all()
    assert begun["end"].between(0, 1).all()


def test_table_is_by_date_and_as_precise_as_the_source(atlas: Atlas) -> None:
    rows = timeline_table(atlas, list(atlas.dossier.records))
    assert len(rows) == len(atlas.dossier.records)
    assert rows["First day"].is_monotonic_increasing
    row = rows.set_index("Id").loc["copper-to-the-coast"]
    assert (row["From"], row["To"], row["Known to the"]) == ("2018-03", "", "month")
    assert row["State"] == "ongoing"


def test_html_escapes_and_links(load_small: Callable[[], Atlas], small: Path) -> None:
    path = next(path for path in small.rglob("*.yml") if path.parent.name == "events")
    rewrite(path, title='<b onclick="x">"Quoted" & bold</b>')
    atlas = load_small()
    axis = build_axis(atlas)
    bands = build_bands(atlas, axis, list(atlas.dossier.records))
    page = Page(bands_html(atlas, axis, bands, path.stem))
    assert sorted(page.links) == sorted(atlas.dossier.records)
    assert "onclick" not in {name for name, _ in page.attributes}
    assert '<b onclick="x">"Quoted" & bold</b>' in page.text
    assert page.attributes.count(("aria-current", "true")) == 1


def test_rules_dim_what_lies_outside(atlas: Atlas, axis: Axis) -> None:
    step = PartialDate("2019-09")
    filters = Filters(from_=step, to=step)
    drawn = list(atlas.dossier.records)
    visible = atlas.index.visible(filters)
    css = span_css(axis, filters, drawn, visible)
    assert '[data-select="old-upheaval"]' in css
    assert '[data-select="lusaka-meeting"]' not in css
    assert "opacity" not in span_css(axis, Filters(), drawn, drawn)


def test_playing_says_where_its_pace_changes(axis: Axis) -> None:
    assert pace_in_words(axis).startswith("Year by year, from 2017 month by month;")
    news = replace(axis, start=axis.turn, share=0.0)
    assert pace_in_words(news).startswith("Month by month;")


def test_another_dossier_has_its_own_axis(load_small: Callable[[], Atlas]) -> None:
    atlas = load_small()
    axis = build_axis(atlas)
    assert axis.start <= axis.turn <= axis.end
    assert axis.start < axis.end
    assert Page(axis_html(atlas, axis)).text
    assert Page(key_html(axis)).text
    assert replace(axis) == axis
