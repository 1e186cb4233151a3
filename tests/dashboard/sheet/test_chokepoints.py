"""Chokepoints chosen as a kind: a briefing draws those that the map draws."""

from __future__ import annotations

import json

import pytest

from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import things_in_play
from dashboard.brief.address import read
from dashboard.formats.registry import export
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sheet import compose

BOTH = {"layer": ["chokepoints", "flows"], "extent": ["fit"]}


def test_a_briefing_and_its_records_have_those_of_the_map(atlas: Atlas) -> None:
    brief = read(BOTH, atlas)
    filters = brief.screen.filters
    near = things_in_play(atlas, filters, atlas.index.visible(filters))
    wanted = {thing.id for thing in near if thing.place}
    assert wanted
    sheet = compose(atlas, brief, "")
    assert {symbol.thing for symbol in sheet.symbols if symbol.thing} <= wanted
    whole = compose(atlas, read({**BOTH, "extent": ["world"]}, atlas), "")
    assert {symbol.thing for symbol in whole.symbols if symbol.thing} == wanted
    features = json.loads(export(atlas, [whole], "geojson"))["features"]
    parts = [feature["properties"]["part"] for feature in features]
    assert parts.count("chokepoint") == len(wanted)


def test_chokepoints_alone_are_no_briefing(atlas: Atlas) -> None:
    with pytest.raises(EmptyBriefError, match=r"\d+ chokepoints are none: choose another kind"):
        compose(atlas, read({"layer": ["chokepoints"]}, atlas), "")
