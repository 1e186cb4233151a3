"""The scene: what the browser draws, and how it is told where what lies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.draw import draw
from dashboard.atlas.layers import BY_KIND, GLYPHS, LAYERS
from dashboard.atlas.pieced_json import json_bytes as _json
from dashboard.atlas.scene import Scene, build_scene
from dashboard.look.glyphs import Glyph
from tests.dashboard.editing import copy, rewrite
from tests.js.node import call
from tests.nonempty import nonempty
from tests.scenes import coordinates, scene_of

Parsed = dict[str, Any]

ROOT = Path(__file__).parents[3]

Load = Callable[[], Atlas]


def shapes(scene: Parsed) -> list[dict[str, Any]]:
    return [*scene["lines"], *scene["points"]]


# Bytes and version


def test_the_same_files_give_the_same_bytes(atlas: Atlas) -> None:
    pills = scene_of(atlas)["pills"]
    again = build_scene(draw(atlas.joined, atlas.disputed), atlas.borders.short, pills)
    assert (again.version, again.body) == (atlas.scene.version, atlas.scene.body)


@pytest.mark.sweep
def test_another_process_gives_the_same_bytes(load_small: Load) -> None:
    """Hashing of text differs between processes; nothing may depend on it."""
    program = "from dashboard.atlas import data; print(data.load().scene.version)"
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "123"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == load_small().scene.version


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        ("flows/drones.yml", {"title": "Another title"}),
        ("flows/drones.yml", {"state": "agreed"}),
        ("flows/drones.yml", {"evidence": {"status": "opinion"}}),
        ("flows/drones.yml", {"source": {"lines": [5]}}),
        ("places/tehran.yml", {"lat": 35.0}),
        ("actors/IRN.yml", {"name": "Persia"}),
        ("alliances/brics.yml", {"short": "Others"}),
    ],
)
def test_the_version_changes_with_what_is_drawn(
    load_small: Load, small: Path, file: str, fields: dict[str, Any]
) -> None:
    before = load_small().scene.version
    rewrite(small / file, **fields)
    assert load_small().scene.version != before


def test_the_version_is_in_the_scene(atlas: Atlas, scene: Parsed) -> None:
    assert scene["version"] == atlas.scene.version


def test_the_browser_gets_what_paper_draws(atlas: Atlas, scene: Parsed) -> None:
    ids = atlas.scene.record_ids
    for line, there in nonempty(zip(atlas.drawn.lines, scene["lines"], strict=True)):
        assert [ids[i] for i in there["records"]] == list(line.records)
        assert there["legend"] == list(line.legend)
        assert coordinates(there) == np.concatenate(line.parts)[:, ::-1].tolist()
    for point, there in nonempty(zip(atlas.drawn.points, scene["points"], strict=True)):
        assert there["at"] == [point.lat, point.lon]
        assert (there["place"], there["glyph"]) == (point.place, point.glyph)


def test_symbols_come_with_the_scene(scene: Parsed) -> None:
    assert {
        name: Glyph(symbol["shape"], symbol["mark"]) for name, symbol in scene["glyphs"].items()
    } == GLYPHS


def test_online_tiles_name_whose_they_are(scene: Parsed) -> None:
    assert scene["tiles"]["attribution"] == "© OpenStreetMap contributors"


def test_themes_and_layers_come_with_their_words(atlas: Atlas, scene: Parsed) -> None:
    themes = [(theme["id"], theme["label"], theme["definition"]) for theme in scene["themes"]]
    assert themes == [(one.id, one.label, one.definition) for one in atlas.dossier.head.themes]
    layers = [(layer["id"], layer["label"], layer["definition"]) for layer in scene["layers"]]
    assert layers == [(one.id, one.label, one.definition) for one in LAYERS]


def test_what_can_be_selected_comes_with_its_words(load_small: Load, small: Path) -> None:
    copy(small / "places/anzali.yml", "narrows", type="chokepoint", country=None, lines=[3, 4])
    rewrite(small / "places/narrows.yml", name="The narrows", relevance="Ships pass here.")
    objects = scene_of(load_small())["objects"]
    assert objects["actor:IRN"] == {"title": "Iran", "kicker": "State", "country": "IRN"}
    assert objects["place:narrows"] == {
        "title": "The narrows",
        "kicker": "Chokepoint · context",
        "text": "Ships pass here.",
        "lines": "helps to read lines 3–4",
        "layer": "chokepoints",
        "helps": "2,7",  # the records of these lines, by their places in the scene
    }


def test_a_record_comes_with_what_lists_and_popups_say_of_it(load_small: Load) -> None:
    [drones] = [one for one in scene_of(load_small())["records"] if one["id"] == "drones"]
    assert drones == {
        "id": "drones",
        "kind": "flow",
        "layer": "flows",
        "layer_label": "Flow",
        "title": "Drones from Iran to Russia",
        "themes": ["arms-transfers"],
        "evidence": "reported",
        "verdict": "unverified",
        "when": "from September 2022",
        "start": "2022-09",
        "lines": "line 4",
        "glyph": "flow",
    }


def test_whatever_is_drawn_is_explained_by_the_legend(scene: Parsed) -> None:
    # A leg that operates is drawn in full, which needs no sign.
    signs = {sign["key"] for sign in scene["legend"]} | {"status:operating"}
    for shape in nonempty(shapes(scene)):
        assert shape["legend"]
        assert set(shape["legend"]) <= signs


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_what_is_written_in_pieces_is_the_same(count: int) -> None:
    """Of a large dossier not all is written at once."""
    content = {
        "some": [{"id": f"é{number}"} for number in range(count)],
        "by name": {f"name {number}": [number, None] for number in range(count)},
        "other": [0.5, {"deep": {}}],
    }
    assert json.loads(_json(content)) == content
    assert b" " not in _json({"a": [1, 2], "b": {"c": None}})


# Records


def test_positions_are_those_of_the_ids(atlas: Atlas, scene: Parsed) -> None:
    ids = [record["id"] for record in scene["records"]]
    assert ids == list(atlas.scene.record_ids) == list(atlas.dossier.records)


def test_every_record_is_drawn(atlas: Atlas, scene: Parsed) -> None:
    drawn = {atlas.scene.record_ids[i] for shape in shapes(scene) for i in shape.get("records", ())}
    drawn |= {alliance["id"] for alliance in scene["alliances"]}
    assert drawn == set(atlas.dossier.records)


def test_records_are_drawn_as_their_kind_is(atlas: Atlas, scene: Parsed) -> None:
    records = atlas.dossier.records
    types = {"flow": "flow", "relation": "relation", "corridor": "leg"}
    for line in nonempty(scene["lines"]):
        for i in nonempty(line["records"]):
            assert line["type"] == types[records[atlas.scene.record_ids[i]].kind]


def test_summaries_stay_at_home(atlas: Atlas) -> None:
    """They are shown one at a time, by the panel, which escapes them."""
    text = atlas.scene.body.decode()
    assert not [r.id for r in nonempty(atlas.dossier.records.values()) if r.summary in text]


def test_hostile_text_is_carried_as_text(load_small: Load, small: Path) -> None:
    title = '</script><img src=x onerror="x()"> {{7*7}}'
    rewrite(small / "flows/drones.yml", title=title, summary="<b>bold</b>")
    rewrite(small / "actors/IRN.yml", name="<i>Iran</i>")
    scene = scene_of(load_small())
    [record] = [record for record in scene["records"] if record["id"] == "drones"]
    assert record["title"] == title
    assert scene["objects"]["actor:IRN"]["title"] == "<i>Iran</i>"


def test_words_for_every_value(scene: Parsed) -> None:
    """What a popup shows of a record has a label in the scene."""
    for record in nonempty(scene["records"]):
        assert record["evidence"] in scene["terms"]
        assert record["verdict"] in scene["terms"]
    for alliance in nonempty(scene["alliances"]):
        assert all(member["status"] in scene["terms"] for member in nonempty(alliance["members"]))


def test_what_can_be_selected_is_known_to_the_browser(atlas: Atlas, scene: Parsed) -> None:
    known = {record["id"] for record in scene["records"]} | set(scene["objects"])
    assert atlas.choices.selectable == known


def test_themes_and_layers_exist(scene: Parsed) -> None:
    themes = {theme["id"] for theme in scene["themes"]}
    for record in nonempty(scene["records"]):
        assert set(record["themes"]) <= themes
        assert record["layer"] == BY_KIND[record["kind"]].id


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([], ""),
        ([0], "0"),
        ([0, 1], "0-1"),
        ([0, 1, 2, 5, 7, 8], "0-2,5,7-8"),
        ([99], "99"),
        (range(100), "0-99"),
    ],
)
def test_positions_are_sent_as_spans(chosen: list[int], text: str) -> None:
    scene = Scene("version", b"", tuple(f"record-{i}" for i in range(100)))
    assert scene.positions(f"record-{i}" for i in chosen) == text
    assert call("positions.js", "positions", text) == list(chosen)


# Coordinates


def test_coordinates_are_latitude_first_and_on_the_globe(scene: Parsed) -> None:
    pairs = [pair for line in scene["lines"] for pair in coordinates(line)]
    pairs += [point["at"] for point in scene["points"]]
    assert all(abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in nonempty(pairs))


@pytest.mark.parametrize("lat", [51.6755, 2.6745, -0.0005, -0.0004, 1.0045, 89.9995, 35.0])
def test_coordinates_are_rounded_as_python_rounds(
    load_small: Load, small: Path, lat: float
) -> None:
    rewrite(small / "places/moscow.yml", lat=lat)
    [line] = [line for line in scene_of(load_small())["lines"] if line["type"] == "flow"]
    assert repr(line["path"][-1]) == repr([round(lat, 3), 37.62])


def test_a_dossier_without_lines_has_a_scene(load_small: Load, small: Path) -> None:
    for folder in ("flows", "relations", "corridors"):
        for path in (small / folder).glob("*.yml"):
            path.unlink()
    scene = scene_of(load_small())
    assert scene["lines"] == []
    assert scene["points"]


def test_a_flow_ends_at_its_receiver(load_small: Load) -> None:
    atlas = load_small()
    [line] = [line for line in scene_of(atlas)["lines"] if line["type"] == "flow"]
    assert line["path"][0] == [35.69, 51.39]
    assert line["path"][-1] == [55.75, 37.62]


def test_a_point_lies_at_its_place(load_small: Load) -> None:
    atlas = load_small()
    points = {p["records"][0]: p for p in scene_of(atlas)["points"] if "records" in p}
    meeting = points[atlas.scene.record_ids.index("tehran-meeting")]
    assert (meeting["at"], meeting["place"]) == ([35.69, 51.39], "Tehran")


def test_a_line_across_the_antimeridian_is_in_parts(load_small: Load, small: Path) -> None:
    rewrite(small / "places/moscow.yml", lat=60.0, lon=170.0)
    rewrite(small / "places/tehran.yml", lat=60.0, lon=-170.0)
    [line] = [line for line in scene_of(load_small())["lines"] if line["type"] == "flow"]
    assert len(line["path"]) == 2
    assert all(abs(lon) > 165 for _, lon in nonempty(coordinates(line)))


# Words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([9], "line 9"),
        ([1, 2], "lines 1–2"),
        ([3, 5], "lines 3, 5"),
        ([26, 27, 28, 33], "lines 26–28, 33"),
        ([1, 3, 4, 6], "lines 1, 3–4, 6"),
    ],
)
def test_lines_in_words(numbers: list[int], words: str) -> None:
    assert lines_in_words(numbers) == words
