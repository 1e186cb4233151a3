"""The same records drawn twice: by the map in the browser and on a sheet.

Which lines and symbols are there, in which colour and with which heads, what the legend explains,
and how the list beside it is ordered: each rule stands in both languages.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.schema import RECORD_TYPES
from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.layers import FIRM
from dashboard.atlas.list_order import list_order
from dashboard.atlas.shown import Extra, update_content
from dashboard.formats.standalone import entries_of
from dashboard.look.palette import theme_colour
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief, Projection
from tests.js.node import BEYOND_JSON, call
from tests.js.random_dossier import SEEDS, random_atlas
from tests.nonempty import nonempty
from tests.scenes import scene_of

BRIEFS = 14

WORLD = [-90, -180, 90, 180]
"""South, west, north and east of a map that shows everything."""

Pair = tuple[Sheet, dict[str, Any]]


def briefs(atlas: Atlas) -> list[Brief]:
    """Briefings of the whole world with many combinations of filters and switches."""
    random = Random(464)
    options = atlas.choices.options
    legs = sorted(atlas.joined.legs, key=str)

    def some(key: str, share: float) -> tuple[str, ...]:
        return tuple(option for option in options[key] if random.random() < share)

    found = []
    for number in range(BRIEFS):
        filters = Filters(
            theme=some("theme", 0.4) if number % 3 else (),
            layer=some("layer", 0.6) if number % 4 == 3 else (),
            status=some("status", 0.5) if number % 5 == 4 else (),
        )
        # Alliances of a day before any has members, or of the dossier's.
        day = date(1995, 1, 1) if number % 7 == 4 else None
        some_legs = random.sample(legs, len(legs) // 2) if number % 6 == 5 else None
        found.append(
            Brief(
                screen=Screen(filters, alliance=some("alliance", 0.4)),
                off=some("layer", 0.15) if number % 2 else (),
                extra=Extra(day=day, legs=some_legs),
                extent="world",
                projection=Projection.WEB_MERCATOR,
            )
        )
    return found


@pytest.fixture(scope="module", params=SEEDS)
def atlas(request: pytest.FixtureRequest) -> Atlas:
    return random_atlas(request.param)


@pytest.fixture(scope="module")
def pairs(atlas: Atlas) -> list[Pair]:
    """Sheets, and what the browser draws of the same."""
    sheets, updates = [], []
    for brief in briefs(atlas):
        try:
            sheet = compose(atlas, brief)
        except EmptyBriefError:
            continue
        visible = atlas.index.visible(brief.screen.filters)
        sheets.append(sheet)
        content = update_content(atlas, brief.screen, visible, extra=brief.extra)
        updates.append(content | {"off": brief.off, "sight": WORLD})
    drawn = call(BEYOND_JSON, "drawnEach", scene_of(atlas), updates)
    assert len(sheets) > BRIEFS / 2
    return list(zip(sheets, drawn, strict=True))


def test_the_same_lines_end_in_the_same_heads(pairs: list[Pair]) -> None:
    heads = set()
    for sheet, drawn in nonempty(pairs):
        there = sorted([*line.of.records, line.head or "", line.ends] for line in sheet.lines)
        here = sorted(
            [*line["records"], line["head"] or "", line["ends"]] for line in drawn["lines"]
        )
        assert here == there
        heads |= {(line["head"], line["ends"]) for line in drawn["lines"]}
    assert {(None, 0), ("arrow", 1), ("bar", 3), ("dot", 3)} <= heads
    assert {ends for head, ends in heads if head in ("bar", "dot")} == {1, 2, 3}


def test_the_same_lines_and_symbols_have_the_same_colours(atlas: Atlas, pairs: list[Pair]) -> None:
    themes = atlas.dossier.head.theme_ids
    colour_of = {theme: theme_colour(number)[0] for number, theme in enumerate(themes)}
    seen = set()
    for sheet, drawn in nonempty(pairs):
        themed = {line.of.records[0]: line.colour for line in sheet.lines if line.head}
        here = {one["records"][0]: colour_of[one["theme"]] for one in drawn["lines"] if one["head"]}
        assert here == themed
        there = {(s.of.place, s.record, s.of.glyph): s.colour for s in sheet.symbols if s.record}
        assert there == {
            (one["place"], one["record"], one["glyph"]): colour_of[one["colour"][12:-1]]
            for one in drawn["points"]
            if one["record"]
        }
        # As many of them as gather in rings take their colours by another way.
        numbered = dict(zip(atlas.scene.record_ids, drawn["themes"], strict=True))
        assert {s.record: s.colour for s in sheet.symbols if s.record} == {
            one["record"]: colour_of[numbered[one["record"]]]
            for one in drawn["points"]
            if one["record"]
        }
        seen |= set(here.values())
    assert seen == set(colour_of.values())


def test_the_same_chokepoints_help_to_read_them(pairs: list[Pair]) -> None:
    counts = set()
    for sheet, drawn in nonempty(pairs):
        if sheet.brief.off:  # the map's own switch, of which Python hears nothing
            continue
        there = sorted(symbol.of.place for symbol in sheet.symbols if symbol.record is None)
        assert sorted(one["place"] for one in drawn["points"] if not one["record"]) == there
        counts.add(len(there))
    assert len(counts) > 2


def test_what_nobody_states_is_lighter_on_both(atlas: Atlas, pairs: list[Pair]) -> None:
    records = atlas.dossier.records
    said = set()
    for sheet, drawn in nonempty(pairs):
        assert {tuple(one["records"]): one["light"] for one in drawn["lines"] if one["head"]} == {
            line.of.records: all(
                records[r].evidence.status not in FIRM for r in nonempty(line.of.records)
            )
            for line in sheet.lines
            if line.head
        }
        said |= {one["light"] for one in drawn["lines"]}
    assert said == {True, False}
    assert set(scene_of(atlas)["light"]) == {s.value for s in EvidenceStatus if s not in FIRM}


def test_the_legends_explain_the_same(pairs: list[Pair]) -> None:
    labels = set()
    for sheet, drawn in nonempty(pairs):
        assert drawn["legend"] == [[entry.group, entry.label] for entry in sheet.legend]
        labels |= {tuple(entry) for entry in drawn["legend"]}
    assert {group for group, _ in labels} >= {"Subject", "Filled"}
    assert len(labels) > 30


def test_what_is_out_of_sight_is_not_explained(atlas: Atlas) -> None:
    content = scene_of(atlas)
    update = update_content(atlas, Screen(alliance=()), list(atlas.dossier.records))
    nowhere = {"off": [], "sight": [91, 0, 92, 1]}
    [drawn] = call(BEYOND_JSON, "drawnEach", content, [update | nowhere])
    assert [group for group, _ in drawn["legend"]] == ["Areas"]
    assert drawn["lines"]


# The list


def test_both_lists_have_the_same_order(atlas: Atlas, pairs: list[Pair]) -> None:
    scene = {key: scene_of(atlas)[key] for key in ("records", "layers")}
    for sheet, _ in nonempty(pairs):
        shown = [atlas.scene.record_ids.index(record.id) for record in sheet.records]
        listed = call(BEYOND_JSON, "listed", scene, shown)
        there = entries_of(atlas, sheet)
        assert listed == [[layer, [e.record.id for e in entries]] for layer, _, entries in there]


# What Python and Node.js know of Unicode may differ where characters are new.
OLD = st.characters(exclude_categories=["Cs", "Cn", "Cc", "Co"]).filter(
    lambda c: unicodedata.ucd_3_2_0.category(c) != "Cn"
)
TITLES = st.text(OLD, min_size=3, max_size=8).filter(lambda t: len(t.strip()) > 2)


def title_of(title: str) -> Any:
    content = {
        "id": "it",
        "kind": "indicator",
        "title": title,
        "summary": "None.",
        "themes": ["alpha"],
        "when": {"date": "2023"},
        "source": {"lines": [1]},
        "evidence": {"status": "reported"},
        "check": {"verdict": "unverified"},
        "actor": "IRN",
        "value": 1.0,
        "unit": "tonnes",
        "year": 2023,
    }
    return RECORD_TYPES["indicators"].model_construct(**content)


@settings(deadline=None, max_examples=50)
@given(st.lists(TITLES | st.sampled_from(["Éa", "éa", "EA", "eb", "e a", "ÉA."]), max_size=8))
def test_any_titles_are_ordered_alike(titles: list[str]) -> None:
    layers = [{"id": "figures"}]
    records = [{"id": t, "title": t, "start": "2023", "layer": "figures"} for t in titles]
    scene = {"records": records, "layers": layers}
    ordered = call(BEYOND_JSON, "listed", scene, list(range(len(titles))))
    when = RECORD_TYPES["indicators"].model_fields["when"].annotation
    assert when
    day = when.model_validate({"date": "2023"})
    there = sorted((title_of(t).model_copy(update={"when": day}) for t in titles), key=list_order)
    assert ordered == ([["figures", [record.title for record in there]]] if titles else [])


def test_titles_are_ordered_as_readers_look_for_them() -> None:
    titles = ["zebra", "Éclair", "Eel", "eclipse", "Arms", "ärger"]
    records = [{"id": t, "title": t, "start": "2023", "layer": "a"} for t in titles]
    later = {"id": "Aa", "title": "Aa", "start": "2023-01", "layer": "a"}
    earlier = {"id": "Zz", "title": "Zz", "start": "1991", "layer": "a"}
    scene = {"records": [*records, later, earlier], "layers": [{"id": "a"}]}
    [[_, ordered]] = call(BEYOND_JSON, "listed", scene, list(range(8)))
    assert ordered == ["Zz", "ärger", "Arms", "Éclair", "eclipse", "Eel", "zebra", "Aa"]
