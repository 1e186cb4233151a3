"""One rule in two languages: which records a filter leaves, and which of its pills are pressed.

The browser answers a click before Python does, so that both must answer alike, whatever is clicked.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from dashboard.atlas.address import PILLS, Screen, pressed, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import ANSWERED_AT_ONCE, Filters
from dashboard.atlas.shown import things_in_play
from dashboard.look.record_colour import theme_of
from tests.js.node import BEYOND_JSON, each
from tests.js.random_dossier import SEEDS, random_atlas
from tests.nonempty import nonempty
from tests.scenes import scene_of

CASES = 200

QUERIES = ("", "", "", "bridge", "zebra eel", "state")


@pytest.fixture(scope="module", params=SEEDS)
def atlas(request: pytest.FixtureRequest) -> Atlas:
    return random_atlas(request.param)


def screens(atlas: Atlas, seed: int = 0) -> list[Screen]:
    """Screens that readers could click together."""
    random = Random(seed)
    options = atlas.choices.options

    def some(key: str, most: int = 3) -> tuple[str, ...]:
        chosen = random.sample(options[key], random.choice([0, 0, min(1, most), most]))
        return tuple(option for option in options[key] if option in chosen)

    return [
        Screen(
            Filters(
                **{facet: some(facet) for facet in ANSWERED_AT_ONCE},
                actor=some("actor", 2),
                q=random.choice(QUERIES),
            ),
            alliance=some("alliance", 2),
        )
        for _ in range(CASES)
    ]


def chosen(screen: Screen) -> dict[str, list[str]]:
    """What is pressed, as the browser reads it off the page."""
    own = {facet: list(getattr(screen.filters, facet)) for facet in ANSWERED_AT_ONCE}
    return own | {"alliance": list(screen.alliance)}


def positions(atlas: Atlas, ids: list[str]) -> list[int]:
    return [atlas.scene.record_ids.index(record_id) for record_id in ids]


def test_the_browser_shows_what_python_will_show(atlas: Atlas) -> None:
    scene = {"records": scene_of(atlas)["records"]}
    asked = screens(atlas)
    # The scene is sent once: it is the same for all.
    passed = each(
        BEYOND_JSON,
        "passingEach",
        [
            [
                scene,
                [
                    [positions(atlas, atlas.index.reachable(screen.filters)), chosen(screen)]
                    for screen in asked
                ],
            ]
        ],
    )[0]
    expected = [positions(atlas, atlas.index.visible(screen.filters)) for screen in asked]
    assert passed == expected
    # Nothing, everything and something in between: else the table asks for too little.
    sizes = {len(shown) for shown in expected}
    assert {0, len(scene["records"])} < sizes
    assert len(sizes) > 10


def test_a_click_may_reach_what_any_pressed_pill_hides(atlas: Atlas) -> None:
    """What the browser may show must not depend on what it answers itself."""
    for screen in nonempty(screens(atlas, seed=1)):
        bare = Filters(actor=screen.filters.actor, q=screen.filters.q)
        assert atlas.index.reachable(screen.filters) == atlas.index.visible(bare)


@pytest.mark.parametrize("facet", ANSWERED_AT_ONCE)
def test_no_pill_narrows_what_is_in_reach(atlas: Atlas, facet: str) -> None:
    for value in nonempty(atlas.choices.options[facet]):
        assert atlas.index.reachable(Filters(**{facet: (value,)})) == list(atlas.dossier.records)


def test_both_say_alike_which_pills_are_pressed(atlas: Atlas) -> None:
    asked = screens(atlas, seed=2)
    # In the order of the pills: as the scene lists them for the browser.
    pills = scene_of(atlas)["pills"]
    ordered: list[list[Any]] = [[{key: chosen(screen)[key] for key in pills}] for screen in asked]
    assert each("forecast.js", "pressed", ordered) == [pressed(screen) for screen in asked]
    assert list(pills) == list(PILLS)


def test_the_browser_keeps_a_column_of_each_facet_that_it_answers(atlas: Atlas) -> None:
    scene = {"records": scene_of(atlas)["records"]}
    shown = list(range(0, len(scene["records"]), 2))
    ids = [atlas.scene.record_ids[position] for position in shown]
    counted = each(BEYOND_JSON, "counts", [[scene, facet, shown] for facet in ANSWERED_AT_ONCE])
    for facet, found in zip(ANSWERED_AT_ONCE, counted, strict=True):
        assert found == dict(atlas.index.counts(ids, facet))


def test_the_browser_writes_the_address_that_python_will_write(atlas: Atlas) -> None:
    """A click has its step in the address before Python has answered: one step, not two."""
    pills = list(scene_of(atlas)["pills"])
    usual = scene_of(atlas)["alliances_shown"]
    assert usual == list(atlas.choices.default_alliance)
    before, after = screens(atlas, seed=3), screens(atlas, seed=4)
    asked = []
    expected = []
    for one, other in nonempty(zip(before, after, strict=True)):
        # A click changes what is pressed, and nothing else.
        filters = replace(
            one.filters, **{facet: getattr(other.filters, facet) for facet in ANSWERED_AT_ONCE}
        )
        clicked = replace(one, filters=filters, alliance=other.alliance, select="record-1")
        address = urlencode(write(replace(one, select="record-1"), atlas.choices), doseq=True)
        pressed_then = {key: chosen(clicked)[key] for key in pills}
        asked.append([f"?{address}", pressed_then, usual])
        expected.append(write(clicked, atlas.choices))
    found = each("query.js", "withButtons", asked)
    assert [list(parse_qs(text[1:], keep_blank_values=True).items()) for text in found] == [
        list(screen.items()) for screen in expected
    ]


def test_both_give_a_record_the_colour_of_the_same_theme(atlas: Atlas) -> None:
    records = list(atlas.dossier.records.values())
    drawn = scene_of(atlas)["records"]
    assert [record["id"] for record in drawn] == [record.id for record in records]
    random = Random(6)
    themes = atlas.choices.options["theme"]
    asked = [random.sample(themes, random.choice([0, 1, len(themes) // 2])) for _ in range(40)]
    pairs = [(place, chosen) for chosen in asked for place in range(len(records))]
    found = each("columns.js", "themeOf", [(drawn[place], chosen) for place, chosen in pairs])
    assert found == [theme_of(records[place], chosen) for place, chosen in pairs]
    firsts = [records[place].themes[0] for place, _ in pairs]
    assert found != firsts, "no filter changes a colour: the table asks for too little"


@pytest.mark.sweep
def test_both_have_the_same_chokepoints_at_hand(atlas: Atlas) -> None:
    content = scene_of(atlas)
    scene = {"records": content["records"], "objects": content["objects"]}
    asked = [
        replace(screen.filters, layer=layer)
        for screen in screens(atlas, seed=5)
        for layer in ((), ("flows",), ("flows", "chokepoints"), ("chokepoints",))
    ]
    given = [
        [scene, list(filters.layer), *(positions(atlas, ids) for ids in read_by(atlas, filters))]
        for filters in asked
    ]
    expected = [
        [
            thing.id
            for thing in things_in_play(atlas, filters, atlas.index.visible(filters))
            if thing.place
        ]
        for filters in asked
    ]
    assert each("things.js", "helping", given) == expected
    assert len({len(places) for places in expected}) > 1


def read_by(atlas: Atlas, filters: Filters) -> tuple[list[str], list[str]]:
    """Records that are shown, and those of any kind that pass all other filters."""
    return atlas.index.visible(filters), atlas.index.visible(replace(filters, layer=()))
