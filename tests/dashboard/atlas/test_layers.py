"""Layers, signs and colours: each thing drawn has one place, one sign and a colour one can see."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from annotations.schema import KINDS
from annotations.vocabulary import (
    EventType,
    EvidenceStatus,
    FlowState,
    LegMode,
    LegStatus,
    RelationType,
)
from dashboard.atlas.address import build_choices
from dashboard.atlas.card_items import Items
from dashboard.atlas.data import Atlas
from dashboard.atlas.layer import Layer, RecordLayer
from dashboard.atlas.layer_parts import GROUPS, RowContext
from dashboard.atlas.layers import (
    BY_ID,
    BY_KIND,
    FIRM,
    GLYPHS,
    LAYERS,
    RECORD_LAYERS,
    SIGNS,
    layer_of,
)
from dashboard.formats.record_columns import COLUMNS as TABLE
from dashboard.look.palette import (
    ALLIANCE_COLOURS,
    MAP_COLOURS,
    PAGE,
    THEME_COLOURS,
    alliance_colour,
    theme_colour,
)
from dashboard.look.stylesheet import map_css
from tests.dashboard.colour import SIGHT, contrast, difference
from tests.nonempty import nonempty

STATIC = Path(__file__).parents[3] / "dashboard" / "static" / "atlas"

STYLE = (STATIC / "atlas.css").read_text(encoding="utf-8") + map_css()
KEYS = [sign.key for sign in SIGNS]


# Layers


def test_every_kind_of_record_has_one_layer() -> None:
    kinds = [layer.kind for layer in LAYERS if layer.kind]
    assert sorted(kinds) == sorted(KINDS)
    assert set(BY_KIND) == set(KINDS)


def test_layers_are_told_apart() -> None:
    for field in ("id", "label", "one"):
        values = [getattr(layer, field) for layer in LAYERS]
        assert len(values) == len(set(values)), field
    assert list(BY_ID) == [layer.id for layer in LAYERS]


@pytest.mark.parametrize("layer", LAYERS, ids=list(BY_ID))
def test_a_layer_is_a_module_that_has_all_its_parts(layer: Layer) -> None:
    assert type(layer).__module__ == f"dashboard.atlas.{layer.id}"
    assert layer.label and layer.one and layer.definition.endswith(".")
    assert {sign.group for sign in nonempty(layer.signs)} <= set(GROUPS)
    assert [s.key for s in layer.signs if "glyph" in s.sample and not s.glyph] == []


@pytest.mark.parametrize("layer", RECORD_LAYERS, ids=list(BY_KIND))
def test_a_kind_says_all_that_is_asked_of_it(layer: RecordLayer[Any], atlas: Atlas) -> None:
    """On its card, in a table, in the search, and in the profiles of whom it names."""
    assert KINDS[layer.kind] == layer.id
    assert [c.name for c in layer.columns if not c.definition.endswith(".")] == []
    assert [role.id for role in layer.roles if not (role.label and role.heading)] == []
    items = Items(atlas.joined, atlas.choices.selectable, "")
    day = atlas.dossier.head.as_of.last_day
    rows, cells, profiled = set(), set(), set()
    records = [r for r in atlas.dossier.records.values() if layer_of(r) is layer]
    for record in nonempty(records):
        assert layer.type_in_words(record) in layer.kind_in_words(record).lower()
        assert [said for said in layer.search_fields(record) if not all(said)] == []
        rows |= {row.label for row in layer.facts(record, items)}
        rows |= {section.heading for section in layer.details(record, items)}
        cells |= set(layer.cells(record, RowContext(atlas.joined, day, ())))
        named = {m.actor for m in getattr(record, "members", ())} | set(record.all_actors)
        profiled |= {
            role.id
            for role in layer.roles
            for actor in named
            if role.entries(record, actor, atlas.dossier)
        }
    assert rows
    assert {column.name for column in layer.columns} <= set(nonempty(cells)) <= set(TABLE)
    assert profiled == {role.id for role in layer.roles}


def test_layers_are_values_of_the_address(atlas: Atlas) -> None:
    choices = build_choices(atlas.dossier, atlas.index, ())
    assert choices.options["layer"] == tuple(BY_ID)
    assert all(re.fullmatch(r"[a-z-]+", layer.id) for layer in LAYERS)


# Signs


def test_signs_have_keys_of_their_own() -> None:
    assert len(KEYS) == len(set(KEYS))


def test_signs_of_a_group_stand_together() -> None:
    """The legend makes one heading of each group."""
    groups = [sign.group for sign in SIGNS]
    assert groups == sorted(groups, key=groups.index)


@pytest.mark.parametrize("sign", SIGNS, ids=KEYS)
def test_a_sign_can_be_drawn_and_is_explained(sign: object) -> None:
    [(form, name)] = sign.sample.items()  # type: ignore[attr-defined]
    assert sign.label and sign.definition  # type: ignore[attr-defined]
    if form == "glyph":
        assert name in GLYPHS
    elif form == "line":
        plain = {
            "state-delivered",
            "stance-supports",
            "status-operating",
        }  # what a line is without more
        classes = set(name.split()) - plain
        assert [c for c in classes if f".{c}" not in STYLE] == []
    else:
        assert form == "fill"
        assert f".sample.fill.{name}" in STYLE


@pytest.mark.parametrize(
    ("prefix", "terms"),
    [
        ("flow", list(FlowState)),
        ("relation", ["supports", "opposes"]),
        ("mode", list(LegMode)),
        # A leg that operates looks as its mode does.
        ("status", [status for status in LegStatus if status is not LegStatus.OPERATING]),
        ("event", list(EventType)),
    ],
)
def test_every_term_that_is_drawn_has_a_sign(prefix: str, terms: list[str]) -> None:
    assert [key for key in KEYS if key.startswith(f"{prefix}:")] == [f"{prefix}:{t}" for t in terms]


def test_every_relation_supports_or_opposes() -> None:
    assert {relation.stance for relation in RelationType} == {"supports", "opposes"}


def test_whatever_the_scene_draws_has_a_sign(atlas: Atlas) -> None:
    scene = json.loads(atlas.scene.body)
    drawn = {key for shape in [*scene["lines"], *scene["points"]] for key in shape["legend"]}
    assert drawn - set(KEYS) <= {"status:operating"}


def test_whatever_the_scene_draws_has_a_symbol(atlas: Atlas) -> None:
    scene = json.loads(atlas.scene.body)
    assert {point["glyph"] for point in scene["points"]} <= set(scene["glyphs"])


def test_every_event_has_a_symbol_of_its_own() -> None:
    samples = [s.sample["glyph"] for s in SIGNS if s.key.startswith("event:")]
    assert len(samples) == len(set(samples)) == len(EventType)


def test_lighter_is_what_the_article_does_not_state() -> None:
    light = set(EvidenceStatus) - FIRM
    assert light == {EvidenceStatus.ALLEGATION, EvidenceStatus.FORECAST, EvidenceStatus.OPINION}
    assert all(f".evidence-{status.value} .body" in STYLE for status in nonempty(light))


# Colours


MODES = {"light": 0, "dark": 1}
EACH_COLOUR = pytest.mark.parametrize("position", range(len(THEME_COLOURS)))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("land", ["land", "land-in-play"])
@EACH_COLOUR
def test_lines_stand_out_from_land(position: int, land: str, mode: str) -> None:
    """3 : 1 is what WCAG asks of graphics."""
    assert contrast(theme_colour(position)[MODES[mode]], MAP_COLOURS[mode][land]) >= 3


@pytest.mark.parametrize("mode", MODES)
@EACH_COLOUR
def test_lines_stand_out_from_the_sea(position: int, mode: str) -> None:
    """Teal is at 2.96 by day, the one colour below 3; lines have a pale casing there."""
    assert contrast(theme_colour(position)[MODES[mode]], MAP_COLOURS[mode]["sea"]) >= 2.9


@pytest.mark.parametrize("mode", MODES)
def test_alerts_can_be_read(mode: str) -> None:
    """4.5 : 1 is what WCAG asks of text; it stands on the page, on the map's boxes and on land."""
    colours = MAP_COLOURS[mode]
    for ground in (PAGE[MODES[mode]], colours["paper"]):
        assert contrast(colours["alert"], ground) >= 4.5
    assert contrast(colours["alert"], colours["land"]) >= 3


@pytest.mark.parametrize("mode", MODES)
@EACH_COLOUR
def test_marks_stand_out_from_symbols(position: int, mode: str) -> None:
    assert contrast(MAP_COLOURS[mode]["mark"], theme_colour(position)[MODES[mode]]) >= 3


# What holds today; 2.3 is just noticeable. The closest pairs are teal and grey (deuteranopia),
# sand and olive (protanopia). Shape, dash and words carry the meaning beside colour.
LEAST_APART = {
    ("light", "normal"): 24.0,
    ("light", "protanopia"): 10.0,
    ("light", "deuteranopia"): 7.0,
    ("dark", "normal"): 11.0,
    ("dark", "protanopia"): 3.0,
    ("dark", "deuteranopia"): 1.8,
}


@pytest.mark.parametrize(("mode", "sight"), LEAST_APART)
def test_themes_are_told_apart(mode: str, sight: str) -> None:
    colours = [pair[MODES[mode]] for pair in THEME_COLOURS]
    closest = min(difference(one, other, sight) for one, other in combinations(colours, 2))
    assert closest >= LEAST_APART[mode, sight]


@pytest.mark.parametrize("sight", SIGHT)
def test_the_first_six_alliances_are_told_apart(sight: str) -> None:
    """The seventh, an olive, is orange to protanopes: see the first."""
    six = ALLIANCE_COLOURS[:6]
    assert min(difference(one, other, sight) for one, other in combinations(six, 2)) >= 12


def test_the_simulation_confuses_what_it_should() -> None:
    """Red and green of one brightness are close for deuteranopes, blue and yellow are not."""
    red, green = "#c0504d", "#6f8f3a"
    assert difference(red, green, "deuteranopia") < difference(red, green) / 3
    assert difference("#0000ff", "#ffff00", "deuteranopia") > 100
    assert difference("#808080", "#808080", "protanopia") == 0


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_is_a_colour_for_every_theme(atlas: Atlas) -> None:
    themes = len(atlas.dossier.head.themes)
    assert len({theme_colour(position) for position in range(themes)}) == themes


def test_more_themes_than_colours_share_the_last() -> None:
    assert theme_colour(len(THEME_COLOURS) + 5) == THEME_COLOURS[-1]


def test_more_alliances_than_colours_begin_anew() -> None:
    assert alliance_colour(len(ALLIANCE_COLOURS)) == alliance_colour(0)
