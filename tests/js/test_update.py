"""What Python sends on each run, as the browser's own modules read it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import drawn_detour
from dashboard.atlas.filters import ANSWERED_AT_ONCE, Filters
from dashboard.atlas.scene import Scene
from dashboard.atlas.shown import Extra, packed, update_content
from geodata.joined import LegKey
from tests.js.node import BEYOND_JSON, call, each
from tests.js.random_dossier import SEEDS, random_atlas
from tests.nonempty import nonempty


@pytest.fixture(scope="module", params=SEEDS)
def atlas(request: pytest.FixtureRequest) -> Atlas:
    return random_atlas(request.param)


def contents(atlas: Atlas) -> list[dict[str, Any]]:
    """Updates of many screens and pages."""
    random = Random(3)
    options = atlas.choices.options
    extras = (
        Extra(),
        Extra(day=date(2010, 1, 1)),
        Extra(extent=[[-10.5, 20.0], [30.0, 190.0]]),
        Extra(
            legs=(LegKey("record-1", "main", 1),),
            detours=(drawn_detour((np.array([[2.0, 1.0], [4.0, 3.0]]),), 300, "By sea"),),
        ),
    )
    found = []
    for number in range(100):
        chosen = {
            key: tuple(option for option in options[key] if random.random() < 0.2)
            for key in (*ANSWERED_AT_ONCE, "alliance")
        }
        alliance = chosen.pop("alliance")
        screen = Screen(
            Filters(**chosen) if number % 3 else Filters(),
            alliance=alliance if number % 2 else (),
            select=random.choice([None, "actor:IRN", "record-3", "place:place-3"]),
            present=random.random() < 0.2,
        )
        ids = [record for record in atlas.scene.record_ids if random.random() < 0.6]
        visible = [] if number % 10 == 0 else ids
        found.append(update_content(atlas, screen, visible, extra=random.choice(extras)))
    return found


def test_the_browser_reads_all_that_was_meant(atlas: Atlas) -> None:
    meant = contents(atlas)
    sent = [packed(content) for content in meant]
    read = each("update.js", "unpacked", [[one] for one in sent])
    for content, short, found in nonempty(zip(meant, sent, read, strict=True)):
        # Of the address the map is told only that it is another one.
        assert found == content | {"query": short["query"]}
    assert {bool(content["places"]) for content in meant} == {True, False}
    assert {content["layers"] is None for content in meant} == {True, False}
    assert {content["shown"] == "" for content in meant} == {True, False}


MANY = 3000
SCENE = Scene("version", b"", tuple(f"record-{number}" for number in range(MANY)))


@settings(deadline=None, max_examples=50)
@given(st.sets(st.integers(0, MANY - 1), max_size=50) | st.integers(0, MANY).map(range))
def test_positions_come_out_as_they_went_in(chosen: set[int] | range) -> None:
    wanted = sorted(chosen)
    text = SCENE.positions(f"record-{number}" for number in wanted)
    assert call("positions.js", "positions", text) == wanted
    assert call("positions.js", "positions", wanted) == wanted


@settings(deadline=None, max_examples=50)
@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_what_is_shown_is_told_apart(one: set[int], other: set[int]) -> None:
    found = call(BEYOND_JSON, "shown", sorted(one), sorted(other), 61)
    assert found == {
        "size": len(one),
        "has": [number in one for number in range(61)],
        "equals": one == other,
    }
