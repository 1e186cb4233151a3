"""The words of a sheet, and what it draws, explains and leaves out, of small dossiers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.shown import Extra
from dashboard.look.palette import MAP_COLOURS
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import VIEW, Brief, KeyPoint, Style
from dashboard.sheet.words import shown_in_words, suggest_title
from tests.dashboard.made import atlas_of, dossier_of, place, record

BRICS = Screen(alliance=("brics",))


def sheet_of(atlas: Atlas, **options: Any) -> Sheet:
    return compose(atlas, Brief(**({"screen": BRICS} | options)), "http://here/")


# Words


@pytest.mark.parametrize(
    ("filters", "title"),
    [
        ({}, "An invented quarrel over the lake railways"),
        ({"actor": ("ZMB",)}, "Zambia"),
        ({"actor": ("ZMB", "TZA")}, "Zambia and Tanzania"),
        ({"actor": ("ZMB", "TZA", "KEN", "UGA")}, "Zambia, Tanzania and Kenya"),
        ({"theme": ("copper", "old-times")}, "Copper and Old times"),
        (
            {"theme": ("copper", "old-times", "lake-union", "border-war")},
            "Copper, Old times and Lake Union",
        ),
        ({"theme": ("copper",), "layer": ("flows",)}, "Copper"),
        ({"actor": ("ZMB",), "theme": ("copper", "old-times")}, "Zambia: copper and old times"),
        ({"actor": ("ZMB",), "layer": ("flows", "events")}, "Zambia: flows and events"),
        ({"layer": ("flows",)}, "Flows"),
        ({"layer": ("flows", "events")}, "Flows and Events"),
        (
            {"layer": ("flows", "events", "statements")},
            "An invented quarrel over the lake railways",
        ),
    ],
)
def test_a_title_is_made_of_what_is_filtered(
    lakes: Atlas, filters: dict[str, tuple[str, ...]], title: str
) -> None:
    assert suggest_title(lakes, Brief(screen=Screen(filters=Filters(**filters)))) == title


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["one"], "Record one"),
        (["one", "two"], "ONE and TWO"),
        (["one", "two", "three", "four"], "ONE, TWO, THREE and FOUR"),
        (["one", "two", "three", "four", "five"], "A small dossier"),
        (["one", "meeting"], "A small dossier"),
        (["meeting"], "Record meeting"),
    ],
)
def test_a_title_is_made_of_the_records_chosen(little: Atlas, names: list[str], title: str) -> None:
    members = [{"actor": "RUS", "status": "member"}]
    found = [
        record("alliance", name, short=name.upper(), members=members)
        for name in ("one", "two", "three", "four", "five")
    ]
    found.append(record("event", "meeting", event="meeting", places=["tehran"]))
    made = atlas_of(dossier_of(found), little)
    assert suggest_title(made, Brief(records=tuple(names))) == title


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        (Screen(), "Asked: “drones”"),
        (Screen(alliance=("brics",)), "Asked: “drones”; filled: BRICS"),
        (
            Screen(filters=Filters(theme=("arms-transfers",))),
            "Asked: “drones”; themes: Arms transfers",
        ),
    ],
)
def test_a_sheet_of_a_question_says_it_and_what_is_filtered_besides(
    little: Atlas, screen: Screen, words: str
) -> None:
    said = shown_in_words(little, Brief(screen=screen, asked="Asked: “drones”"), 1, 0, "As of now")
    assert said.startswith(f"As of now · 1 of 8 records · {words}")


def test_a_sheet_says_as_of_when_from_where_and_how_many(little: Atlas) -> None:
    sheet = sheet_of(little)
    assert sheet.as_of == "As of 31 January 2024"
    assert sheet.filters == "As of 31 January 2024 · 8 of 8 records · Filled: BRICS"
    assert sheet.sources == "No article; only its length matters here. Shown: lines 1–8."
    assert sheet.footer == (
        f"Source: {sheet.sources} {little.borders.short} "
        "Dossier Atlas, dossier version 1.0.0. http://here/"
    )
    assert [(status.value, count) for status, count in sheet.evidence] == [("reported", 8)]


def test_a_sheet_of_another_day_says_so(little: Atlas) -> None:
    sheet = sheet_of(little, extra=Extra(day=date(2020, 3, 1)))
    assert sheet.as_of == "As of 31 January 2024; memberships of 1 March 2020"


def test_a_sheet_says_what_the_reader_has_switched_off(little: Atlas) -> None:
    sheet = sheet_of(little, off=("flows", "events"))
    assert sheet.filters.endswith("; not drawn: Flows, Events")
    assert {shown.kind for shown in sheet.records}.isdisjoint({"flow", "event"})


def test_points_of_ones_own_are_kept_and_empty_ones_are_not(little: Atlas) -> None:
    points = (KeyPoint("First"), KeyPoint(" \x00"), KeyPoint("Second", "drones"))
    sheet = sheet_of(little, points=points)
    assert sheet.points == (KeyPoint("First"), KeyPoint("Second", "drones"))


def test_suggested_points_have_room_beside_the_map(little: Atlas) -> None:
    sheet = sheet_of(little)
    assert len(sheet.points) == 5
    assert sheet.layout.points is not None
    assert sheet.layout.points.height > 1
    assert sheet.layout.beside
    assert sheet_of(little, points=(), legend=False).layout.points is None


@pytest.mark.parametrize("legend", [False, True])
def test_suggested_points_get_the_room_that_the_same_ones_in_own_words_get(
    lakes: Atlas, legend: bool
) -> None:
    """Also where all records are drawn: room is made for points of what can be in the frame."""
    options: dict[str, Any] = {"screen": Screen(), "frame": "a4-portrait", "legend": legend}
    drawn = tuple(record.id for record in sheet_of(lakes, **options).records)
    suggested = sheet_of(lakes, **options, records=drawn)
    written = sheet_of(lakes, **options, records=drawn, points=suggested.points)
    assert suggested.points
    assert suggested.layout == written.layout


# What is drawn


def test_a_line_bears_a_head_where_it_leads(mixed: Atlas) -> None:
    """A flow at its receiver, a relation at whom it is toward, a leg nowhere."""
    found = {
        str(line.leg or line.of.records[0]): (line.head, line.ends)
        for line in sheet_of(mixed).lines
    }
    assert found == {
        "drones": ("arrow", 1),
        "money": ("arrow", 1),
        "rus-ukr-conflict": ("bar", 2),  # it starts in Kyiv, the westmost end
        "caspian.middle.1": (None, 0),
        "caspian.middle.2": (None, 0),
    }


def test_what_the_article_does_not_state_is_drawn_lighter(mixed: Atlas) -> None:
    sheet = sheet_of(mixed)
    lines = {line.of.records[0]: line.opacity for line in sheet.lines}
    assert 0 < lines["money"] < lines["drones"] == 1
    light = {symbol.record for symbol in sheet.symbols if symbol.light}
    assert light == {"astrakhan-rumour"}


def legend(sheet: Sheet) -> list[tuple[str, str]]:
    return [(entry.group, entry.label) for entry in sheet.legend]


def test_the_legend_explains_what_is_drawn_and_nothing_else(little: Atlas) -> None:
    assert legend(sheet_of(little)) == [
        ("Subject", "Arms transfers"),
        ("Subject", "Diplomacy"),
        ("Filled", "BRICS"),
        ("Flows (head at receiver)", "Delivered"),
        ("Relations", "Opposes"),
        ("Corridors", "Rail"),
        ("Corridors", "Sea"),
        ("Symbols", "Meeting"),
        ("Symbols", "Statement"),
        ("Symbols", "Presence"),
        ("Symbols", "Figure"),
        ("Areas", "Disputed area"),
    ]
    assert legend(sheet_of(little, records=("drones",), screen=Screen()))[:2] == [
        ("Subject", "Arms transfers"),
        ("Flows (head at receiver)", "Delivered"),
    ]
    assert sheet_of(little, legend=False).legend == ()


def test_samples_of_the_legend_look_as_what_they_explain(mixed: Atlas) -> None:
    ink = MAP_COLOURS[Style.LIGHT]["ink-soft"]
    samples = {entry.label: entry for entry in sheet_of(mixed).legend}
    delivered, opposes, rail = (samples[name] for name in ("Delivered", "Opposes", "Rail"))
    assert [one.head for one in (delivered, opposes, rail)] == ["arrow", "bar", None]
    assert all(one.stroke and one.colour.startswith("#") for one in (delivered, opposes, rail))
    assert (samples["Meeting"].glyph, samples["Meeting"].colour) == ("meeting", ink)
    assert (samples["BRICS"].fill, samples["BRICS"].alliance) == ("plain", "brics")
    areas = {entry.fill: entry.colour for entry in samples.values() if entry.group == "Areas"}
    assert areas == {"lesser": ink, "disputed": ink}


def test_on_paper_without_colour_no_subject_has_one(little: Atlas) -> None:
    printed = sheet_of(little, style=Style.PRINT)
    assert "Subject" not in {entry.group for entry in printed.legend}
    ink = MAP_COLOURS[Style.PRINT]["ink"]
    assert {symbol.colour for symbol in printed.symbols} == {ink}


@pytest.mark.parametrize(
    ("lat", "lon", "told"), [(34.5, 76.0, True), (-15.0, -50.0, False)], ids=["Kashmir", "Brazil"]
)
def test_disputed_areas_are_explained_where_one_is_in_the_frame(
    little: Atlas, lat: float, lon: float, told: bool
) -> None:
    event = record("event", "it", event="meeting", places=["there"])
    made = atlas_of(dossier_of([event], [place("there", lat, lon)]), little)
    sheet = sheet_of(made, screen=Screen())
    assert ("Disputed area" in {entry.label for entry in sheet.legend}) is told


def test_what_lies_beyond_the_frame_is_not_drawn(little: Atlas) -> None:
    around = (28.0, 48.5, 33.0, 52.5)
    sheet = sheet_of(little, screen=Screen(), extent=VIEW, bounds=around)
    assert [shown.id for shown in sheet.records] == ["kyiv-warning", "rus-ukr-conflict"]
    assert [symbol.of.place for symbol in sheet.symbols] == ["Kyiv"]
    assert [line.of.records for line in sheet.lines] == [("rus-ukr-conflict",)]
