"""The briefing page's address: any is read, and what is written reads the same."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.atlas.data import Atlas
from dashboard.brief.address import (
    clean_text,
    query_of,
    read,
    read_bounds,
    read_point,
    write,
    write_bounds,
    write_point,
)
from dashboard.brief.origins import ORIGINS
from dashboard.sheet.spec import (
    FIT,
    FRAMES,
    LONGEST_TEXT,
    MOST_POINTS,
    VIEW,
    Brief,
    KeyPoint,
    Projection,
    Style,
    extents,
)
from dashboard.sheet.words import point_text
from tests.nonempty import nonempty

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "x" * 100_000,
    "שלום עולם",
    "🚀 e\u0301 \u202e\x00\ud800",
    "a|b|c",
    "1,2,3",
    "nan,nan,nan,nan",
    "",
    "%00&=#?",
)


PLAIN: dict[str, list[str]] = {
    "of": ["corridors"],
    "frame": ["a4-portrait"],
    "extent": ["lakes"],
    "projection": ["conformal"],
    "style": ["print"],
    "labels": ["0"],
    "legend": ["0"],
    "sources": ["0"],
    "title": ["Ways to the sea"],
    "subtitle": ["By rail and ship"],
    "point": ["First", "Second"],
}


def test_nothing_asked_is_the_whole_map(atlas: Atlas) -> None:
    brief = read({}, atlas)
    assert brief == Brief(screen=brief.screen)
    assert brief.screen.alliance == atlas.choices.default_alliance
    assert write(brief, atlas) == {}


def test_everything_is_read(atlas: Atlas) -> None:
    brief = read(PLAIN, atlas)
    assert brief.page == "corridors"
    assert (brief.frame, brief.extent) == ("a4-portrait", "lakes")
    assert (brief.projection, brief.style) == (Projection.CONFORMAL, Style.PRINT)
    assert (brief.labels, brief.legend, brief.sources) == (False, False, False)
    assert (brief.title, brief.subtitle) == ("Ways to the sea", "By rail and ship")
    assert brief.points == (KeyPoint("First"), KeyPoint("Second"))
    assert write(brief, atlas) == PLAIN


@pytest.mark.parametrize("key", [*PLAIN, "bbox", "record"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_never_fails_and_leaves_nothing_but_texts(
    atlas: Atlas, key: str, text: str
) -> None:
    brief = read({key: [text, text]}, atlas)
    usual = read({}, atlas)
    assert replace(brief, title=None, subtitle=None, points=None) == usual
    texts = [brief.title or "", brief.subtitle or "", *(p.text for p in brief.points or ())]
    assert max(map(len, texts)) <= LONGEST_TEXT
    assert read(write(brief, atlas), atlas) == brief


def parameters(atlas: Atlas) -> st.SearchStrategy[dict[str, list[str]]]:
    """Addresses: valid values, nonsense, and any text, in any mixture."""
    records = list(atlas.dossier.records)
    valid: dict[str, Any] = {
        "of": st.sampled_from([*ORIGINS, "briefing", ""]),
        "frame": st.sampled_from(list(FRAMES)),
        "extent": st.sampled_from(list(extents(atlas.dossier.head))),
        "bbox": st.tuples(*[st.floats(-400, 400)] * 4).map(lambda b: ",".join(map(str, b))),
        "projection": st.sampled_from(list(Projection)).map(str),
        "style": st.sampled_from(list(Style)).map(str),
        "labels": st.sampled_from("01"),
        "legend": st.sampled_from("01"),
        "sources": st.sampled_from("01"),
        "title": st.text(max_size=20),
        "subtitle": st.text(max_size=20),
        "point": st.one_of(
            st.text(max_size=20),
            st.tuples(st.sampled_from(records), st.text(max_size=9)).map("|".join),
        ),
        "record": st.sampled_from(records),
        "theme": st.sampled_from(atlas.choices.options["theme"]),
        "actor": st.sampled_from(atlas.choices.options["actor"]),
        "alliance": st.sampled_from([*atlas.choices.options["alliance"], ""]),
        "layer": st.sampled_from(atlas.choices.options["layer"]),
        "off": st.sampled_from(atlas.choices.options["layer"]),
        "from": st.sampled_from(atlas.choices.dates).map(str),
        "select": st.sampled_from(sorted(atlas.choices.selectable)),
        "view": st.sampled_from(["30,40,4", "-12.5,100.25,3.5", "1,2", "x"]),
        "q": st.sampled_from(["Zambia", "rifles", "%|,:&"]),
        "ask": st.sampled_from(["Zambia", "rifles", "Tanganyika", "zzz"]),
        "kind": st.sampled_from(["flows", "events", "actors"]),
        "show": st.sampled_from(["matrix", "corrected", "unmapped", "disputed"]),
        "by": st.sampled_from(list(atlas.dossier.actors)),
        "toward": st.sampled_from(list(atlas.dossier.actors)),
        "date": st.sampled_from(["2018-12-31", "2011-01-01", "never"]),
        "closed": st.sampled_from(["suez", "mozambique-strait", "x"]),
    }
    any_value = st.text(max_size=30)
    return st.fixed_dictionaries(
        {},
        optional={
            key: st.lists(st.one_of(values, any_value), min_size=1, max_size=3)
            for key, values in valid.items()
        },
    )


@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_written_reads_the_same(atlas: Atlas, data: st.DataObject) -> None:
    brief = read(data.draw(parameters(atlas)), atlas)
    written = write(brief, atlas)
    assert read(written, atlas) == brief
    # And so it does when it has been through an address bar.
    assert read(parse_qs(query_of(brief, atlas), keep_blank_values=True), atlas) == brief
    assert write(read(written, atlas), atlas) == written


# Bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("10,20,30,40", (10, 20, 30, 40)),
        ("10.00049,20,30.5,40", (10.0, 20, 30.5, 40)),
        ("170,10,200,40", (170, 10, -160, 40)),
        ("-200,10,-170,40", (160, 10, -170, 40)),
        ("-400,-95,400,95", (-180, -90, 180, 90)),
        ("-0.0001,0,10,10", (0, 0, 10, 10)),
    ],
)
def test_bounds_of_a_dragged_map_are_brought_home(text: str, bounds: tuple[float, ...]) -> None:
    read_ = read_bounds(text)
    assert read_ == bounds
    assert read_bounds(write_bounds(read_)) == read_
    assert all(math.copysign(1, value) == 1 for value in nonempty(read_) if value == 0), (
        "no minus zero"
    )


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "0,10,10,0", "5,5,5,5",
     "0,0,1e300,1", "1,2,3," + "4" * 1000],
)  # fmt: skip
def test_bounds_that_make_no_sense_are_none(text: str) -> None:
    assert read_bounds(text) is None


def test_the_current_view_needs_bounds(atlas: Atlas) -> None:
    assert read({"extent": ["view"]}, atlas).extent == FIT
    brief = read({"extent": ["view"], "bbox": ["10,20,30,40"]}, atlas)
    assert (brief.extent, brief.bounds) == (VIEW, (10, 20, 30, 40))
    assert read({"bbox": ["10,20,30,40"]}, atlas).extent == FIT, "offered, not taken"


@pytest.mark.parametrize("name", ["lakes", "southern-africa", "by-suez", "world"])
def test_a_region_of_the_dossier_is_an_extent(atlas: Atlas, name: str) -> None:
    assert read({"extent": [name]}, atlas).extent == name
    assert list(extents(atlas.dossier.head)) == [
        "view", "fit", "lakes", "southern-africa", "by-suez", "world",
    ]  # fmt: skip


def test_a_region_of_another_dossier_is_none(little: Atlas) -> None:
    assert read({"extent": ["wide"]}, little).extent == "wide"
    assert read({"extent": ["southern-africa"]}, little).extent == FIT


# Words


def test_texts_are_cleaned_once_for_all() -> None:
    for text in (*HOSTILE, " a \x00 b \n", "a" * 499 + " b"):
        cleaned = clean_text(text)
        assert clean_text(cleaned) == cleaned
        assert len(cleaned) <= LONGEST_TEXT
        assert "\n" not in cleaned
    assert clean_text("<b>{{7*7}}</b>") == "<b>{{7*7}}</b>", "it stays what it is: text"


def test_an_empty_subtitle_is_none_and_an_empty_title_the_suggested_one(atlas: Atlas) -> None:
    brief = read({"title": [""], "subtitle": [""]}, atlas)
    assert brief.title is None
    assert brief.subtitle == ""
    assert write(brief, atlas) == {"subtitle": [""]}


def test_points_name_their_record(atlas: Atlas) -> None:
    record = next(iter(atlas.dossier.records.values()))
    own = KeyPoint(point_text(record), record.id)
    assert read_point(f"{record.id}|", atlas) == own
    assert write_point(own, atlas) == f"{record.id}|"
    assert read_point(f"{record.id}|Other words | and more", atlas) == KeyPoint(
        "Other words | and more", record.id
    )
    assert read_point("this | that", atlas) == KeyPoint("this | that")
    assert read_point(write_point(KeyPoint(f"{record.id}|x"), atlas), atlas) == KeyPoint(
        f"{record.id}|x"
    )


def test_no_points_are_not_the_suggested_ones(atlas: Atlas) -> None:
    assert read({}, atlas).points is None
    none = read({"point": [""]}, atlas)
    assert none.points == ()
    assert write(none, atlas) == {"point": [""]}


def test_points_are_capped(atlas: Atlas) -> None:
    points = read({"point": [str(n) for n in range(9)]}, atlas).points
    assert points is not None
    assert len(points) == MOST_POINTS
