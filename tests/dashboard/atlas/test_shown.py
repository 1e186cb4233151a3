"""The base map that never changes, and the update that may hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_leaflet_string

from annotations.head import DefaultView
from dashboard.atlas import shown
from dashboard.atlas.address import Screen, read
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.shown import (
    MOST_LABELS,
    Extra,
    beside_records,
    countries_in_play,
    packed,
    things_in_play,
    update_content,
)
from dashboard.web.atlas_map import AtlasMap, AtlasUpdate, _script
from tests.dashboard.editing import rewrite
from tests.js.node import call
from tests.nonempty import nonempty

Load = Callable[[], Atlas]

VIEW = DefaultView(lat=37, lon=48, zoom=3.25)
HOSTILE = ["</script><script>alert(1)</script>", "<!--", "]]>", "\u2028\u2029", "'\"\\", "{{7*7}}"]


def rendered(base: AtlasMap) -> str:
    """What `st_folium` sends of a map, and makes its frame's key of."""
    base.get_root().render()
    return generate_leaflet_string(base)


def sent(content: dict[str, Any]) -> str:
    """What `st_folium` sends of an update."""
    base, update = AtlasMap(VIEW), AtlasUpdate(content)
    update.add_to(base)
    base.get_root().render()
    return generate_leaflet_string(update)


def everything(atlas: Atlas) -> list[str]:
    return list(atlas.dossier.records)


# The base


def test_two_instances_are_sent_alike() -> None:
    """Else each run would load the frame anew."""
    assert rendered(AtlasMap(VIEW)) == rendered(AtlasMap(VIEW))


def test_the_view_is_part_of_the_base() -> None:
    assert rendered(AtlasMap(VIEW)) != rendered(AtlasMap(VIEW.model_copy(update={"zoom": 5})))


def test_the_base_does_not_depend_on_the_screen_or_the_records(
    load_small: Load, small: Path
) -> None:
    before = rendered(AtlasMap(load_small().dossier.head.view))
    rewrite(small / "flows/drones.yml", title="Another title")
    assert rendered(AtlasMap(load_small().dossier.head.view)) == before


def test_the_base_names_no_other_host() -> None:
    base = AtlasMap(VIEW)
    urls = [url for _, url in [*base.default_js, *base.default_css]]
    assert all(url.startswith("../../atlas/") for url in nonempty(urls))
    assert "//" not in rendered(base)


def test_the_base_is_small() -> None:
    assert len(rendered(AtlasMap(VIEW))) < 1500


# Scripts


@pytest.mark.parametrize("text", HOSTILE)
def test_text_cannot_leave_its_script(text: str) -> None:
    written = _script({"q": text, text: 1})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"q": text, text: 1}


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_any_value_comes_out_as_it_went_in(value: Any) -> None:
    written = _script(value)
    assert "<" not in written
    assert written.isascii()
    assert json.loads(written) == value


@pytest.mark.parametrize("text", HOSTILE)
def test_an_update_carries_text_as_text(text: str) -> None:
    script = sent({"q": text})
    match = re.search(r"atlas\.receive\((.*)\)\);", script)
    assert match
    assert json.loads(match[1]) == {"q": text}


# The update


def test_an_update_says_what_is_shown(atlas: Atlas) -> None:
    filters = Filters(actor=("shore-guard",), theme=("border-war",), layer=("flows", "events"))
    screen = Screen(filters, alliance=("lake-union",), select="actor:ZMB", present=True)
    visible = atlas.index.visible(filters)
    content = update_content(atlas, screen, visible)
    assert content["shown"] == atlas.scene.positions(visible)
    assert content["layers"] == ["flows", "events"]
    assert content["themes"] == ["border-war"]
    assert content["alliances"] == ["lake-union"]
    assert content["select"] == "actor:ZMB"
    assert content["present"] is True
    assert content["version"] == atlas.scene.version


def test_what_is_sent_says_the_same_in_fewer_words(atlas: Atlas) -> None:
    filters = Filters(theme=("border-war", "copper"), layer=("flows",))
    screen = Screen(filters, alliance=("lake-union",), select="actor:ZMB")
    content = update_content(atlas, screen, atlas.index.visible(filters))
    sent = packed(content)
    assert call("update.js", "unpacked", sent) == content | {"query": sent["query"]}
    assert not {"themes", "layers", "alliances"} & set(sent)
    assert "present" not in sent
    assert len(json.dumps(sent)) < 0.75 * len(json.dumps(content))


def test_another_address_makes_another_update(atlas: Atlas) -> None:
    """Else the map would not be told to put its view back."""
    screens = [Screen(), Screen(Filters(q="Zambia")), Screen(Filters(actor=("ZMB",)))]
    sent = [packed(update_content(atlas, screen, []))["query"] for screen in screens]
    assert len(set(sent)) == len(sent)


def test_without_a_choice_all_layers_are_on(atlas: Atlas) -> None:
    assert update_content(atlas, Screen(), everything(atlas))["layers"] is None


def test_an_update_is_small(atlas: Atlas) -> None:
    content = update_content(atlas, Screen(alliance=atlas.choices.options["alliance"]),
                             everything(atlas)[::2])  # fmt: skip
    assert len(sent(content)) < 4096


@pytest.mark.parametrize(
    "parameters",
    [{"q": HOSTILE[:1]}, {"select": HOSTILE[:1]}, {"theme": HOSTILE}, {"alliance": HOSTILE}],
)
def test_a_hostile_address_ends_in_a_sound_update(
    atlas: Atlas, parameters: dict[str, list[str]]
) -> None:
    screen = read(parameters, atlas.choices)
    script = sent(update_content(atlas, screen, atlas.index.visible(screen.filters)))
    assert "<" not in script
    assert "alert(1)" not in script or "q" in parameters


def test_an_update_differs_where_the_address_does(atlas: Atlas) -> None:
    """A query that shows the same still lets the map put its view back."""
    one = update_content(atlas, Screen(Filters(q="iran")), [])
    other = update_content(atlas, Screen(Filters(q="Zambia")), [])
    assert one != other


def test_another_day_draws_the_members_of_that_day(atlas: Atlas) -> None:
    screen = Screen(alliance=("lake-union",))
    content = update_content(atlas, screen, [], extra=Extra(day=date(2012, 3, 1)))
    full = {one["actor"] for one in content["standings"]["lake-union"] if one["full"]}
    assert full == {"TZA", "UGA", "KEN", "RWA"}
    assert "standings" not in update_content(atlas, screen, [])


# What is labelled


def test_countries_in_play_are_those_that_are_named_most_first(atlas: Atlas) -> None:
    visible = [v for v in everything(atlas) if atlas.dossier.records[v].kind != "alliance"]
    named = atlas.index.counts(visible, "actor")
    countries = countries_in_play(atlas, visible, [])
    assert set(countries[:2]) == {"TZA", "ZMB"}
    assert [named[c] for c in countries] == sorted((named[c] for c in countries), reverse=True)


def test_only_states_are_labelled(atlas: Atlas) -> None:
    for actor in nonempty(countries_in_play(atlas, everything(atlas), [])):
        assert atlas.dossier.actors[actor].type.value == "state"


def test_members_of_a_filled_alliance_are_labelled(atlas: Atlas) -> None:
    countries = countries_in_play(atlas, [], ["lake-union"])
    assert {"TZA", "ZMB", "BWA"} <= set(countries)
    assert "COD" not in countries


def test_members_of_an_earlier_day_are_labelled(atlas: Atlas) -> None:
    countries = countries_in_play(atlas, [], ["lake-union"], date(2010, 1, 1))
    assert set(countries) == {"TZA", "UGA", "KEN"}


def test_nothing_shown_labels_nothing(atlas: Atlas) -> None:
    assert countries_in_play(atlas, [], []) == []


def test_there_is_an_end_to_labels(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    every = countries_in_play(atlas, everything(atlas), atlas.choices.options["alliance"])
    assert 5 < len(every) <= MOST_LABELS
    monkeypatch.setattr(shown, "MOST_LABELS", 5)
    few = countries_in_play(atlas, everything(atlas), atlas.choices.options["alliance"])
    assert few == every[:5]


def chokepoints(atlas: Atlas, visible: list[str], filters: Filters | None = None) -> list[str]:
    filters = filters or Filters()
    return [thing.place.id for thing in things_in_play(atlas, filters, visible) if thing.place]


def test_chokepoints_come_with_what_they_help_to_read(atlas: Atlas) -> None:
    places = atlas.dossier.places
    cites = [n for n, r in atlas.dossier.records.items() if 8 in r.source.lines]
    assert "suez" in chokepoints(atlas, cites)
    for place in nonempty(chokepoints(atlas, cites)):
        lines = {n for name in cites for n in atlas.dossier.records[name].source.lines}
        assert lines & set(places[place].lines)
    assert chokepoints(atlas, []) == []


# Chokepoints are no records: they can be chosen all the same


def sent_places(atlas: Atlas, **parameters: list[str]) -> set[str]:
    screen = read(parameters, atlas.choices)
    visible = atlas.index.visible(screen.filters)
    return set(update_content(atlas, screen, visible)["places"])


def test_chokepoints_alone_are_drawn(atlas: Atlas) -> None:
    alone = sent_places(atlas, layer=["chokepoints"])
    assert alone == sent_places(atlas)
    assert "place:suez" in alone


def test_chokepoints_alone_pass_the_other_filters(atlas: Atlas) -> None:
    """As they stand beside the records of the same filters without the choice of a kind."""
    few = sent_places(atlas, layer=["chokepoints"], actor=["shore-guard"])
    assert few == sent_places(atlas, actor=["shore-guard"])
    assert few < sent_places(atlas, layer=["chokepoints"])
    assert sent_places(atlas, layer=["chokepoints"], q=["zzzz"]) == set()


def test_chokepoints_beside_another_kind_are_no_fewer(atlas: Atlas) -> None:
    """Between the values of one filter, any will do."""
    with_flows = sent_places(atlas, layer=["chokepoints", "flows"])
    assert with_flows == sent_places(atlas, layer=["chokepoints"])


def test_without_their_kind_chosen_they_are_those_of_what_is_shown(atlas: Atlas) -> None:
    filters = Filters(layer=("flows",))
    visible = atlas.index.visible(filters)
    assert chokepoints(atlas, visible, filters) == chokepoints(atlas, visible)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"layer": ["chokepoints"]}, "{all} chokepoints"),
        ({"layer": ["disputed"]}, "{disputed} disputed areas"),
        (
            {"layer": ["chokepoints", "disputed"]},
            "{all} chokepoints and {disputed} disputed areas",
        ),
        ({"layer": ["chokepoints"], "q": ["zzzz"]}, ""),
        ({"layer": ["flows"]}, ""),
        ({}, ""),
    ],
    ids=str,
)
def test_what_is_shown_beside_records_is_counted(
    atlas: Atlas, parameters: dict[str, list[str]], words: str
) -> None:
    counts = {"all": len(sent_places(atlas)), "disputed": len(atlas.disputed)}
    assert counts["all"] > 1
    screen = read(parameters, atlas.choices)
    assert beside_records(atlas, screen.filters) == words.format(**counts)


def test_one_chokepoint_is_one(small: Path, load_small: Load) -> None:
    rewrite(
        small / "places/gate.yml",
        id="gate", name="Gate", lat=12.6, lon=43.4, type="chokepoint", precision="area",
        relevance="A strait.", lines=[1],
    )  # fmt: skip
    rewrite(small / "flows/drones.yml", source={"lines": [1]})
    loaded = load_small()
    assert loaded.problems == ()
    assert beside_records(loaded, Filters(layer=("chokepoints",))) == "1 chokepoint"
