"""What Python sends keeps to the contract by which the browser's code is checked."""

from __future__ import annotations

import copy
import json
from typing import Any, get_type_hints

import pytest

from dashboard.atlas import contract, data
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import packed
from dashboard.formats.standalone import scene_of, update_of
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief, Style
from dashboard.web.assets import GEODATA_FILES, assets
from dashboard.web.atlas_map import OPTIONS
from dashboard.web.handing import packed_file
from tests.dossiers.shelf import EVERY
from tests.js.contract import DECLARATIONS, declarations, faults
from tests.js.random_dossier import SEEDS, random_atlas
from tests.js.test_update import contents
from tests.nonempty import nonempty


@pytest.fixture(scope="module", params=[*EVERY, *SEEDS])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    if request.param in EVERY:
        return data.load(EVERY[request.param])
    return random_atlas(request.param)


def as_sent(value: Any) -> Any:
    return json.loads(json.dumps(value))


def told(value: Any, kind: Any) -> list[str]:
    return list(faults(as_sent(value), kind))


def test_the_browsers_half_is_made_of_pythons() -> None:
    assert DECLARATIONS.read_text(encoding="utf-8") == declarations(), "make schema"


def test_the_scene(atlas: Atlas) -> None:
    assert list(faults(json.loads(atlas.scene.body), contract.Scene)) == []


def test_updates_as_they_are_meant_and_as_they_are_sent(atlas: Atlas) -> None:
    for content in nonempty(contents(atlas)):
        assert told(content, contract.Update) == []
        assert told(packed(content), contract.SentUpdate) == []


@pytest.mark.parametrize("style", [Style.LIGHT, Style.PRINT])
def test_the_page_that_stands_alone(atlas: Atlas, style: Style) -> None:
    sheet = compose(atlas, Brief(screen=Screen(), style=style))
    scene = scene_of(atlas, sheet)
    page = {"options": OPTIONS, "update": update_of(atlas, sheet, scene), "select": None}
    assert told(scene, contract.StandaloneScene) == []
    assert told(page, contract.StandalonePage) == []


def test_what_stands_before_outlines_and_files() -> None:
    for name in nonempty([*GEODATA_FILES, "countries-overview"]):
        body = assets()[f"geodata/{name}.outlines"].body
        head = body[4 : 4 + int.from_bytes(body[:4], "little")]
        assert list(faults(json.loads(head), contract.OutlinesHead)) == []
    about, _, _ = packed_file("a.csv", "text/csv", b"a\n").partition(b"\n")
    assert list(faults(json.loads(about), contract.SavedFile)) == []


# Each a change of one part of a scene that keeps to the contract.
BREAKS: dict[str, Any] = {
    "it lacks themes": lambda scene: scene.pop("themes"),
    "it has weather": lambda scene: scene.update(weather="fair"),
    "it.records[0].title is 7, no <class 'str'>": lambda scene: scene["records"][0].update(title=7),
    "it.points[0].at is no tuple[float, float]": lambda scene: scene["points"][0].update(at=[1]),
    "it.lines[0].type is 'ferry', no typing.Literal['relation']": lambda scene: scene["lines"][
        0
    ].update(type="ferry"),
    "it.light is no list[str]": lambda scene: scene.update(light="allegation"),
    "it.terms is no mapping": lambda scene: scene.update(terms=[]),
    "it.alliances[0].members[0].full is 1, no <class 'bool'>": lambda scene: scene["alliances"][0][
        "members"
    ][0].update(full=1),
}


@pytest.mark.parametrize("said", BREAKS)
def test_what_does_not_keep_to_it_is_named(said: str) -> None:
    scene = copy.deepcopy(json.loads(random_atlas(SEEDS[0]).scene.body))
    BREAKS[said](scene)
    assert list(faults(scene, contract.Scene)) == [said]


def test_every_type_says_what_it_is() -> None:
    kinds = [kind for kind in vars(contract).values() if hasattr(kind, "__required_keys__")]
    assert len(kinds) > 25
    for kind in nonempty(kinds):
        assert kind.__doc__ and kind.__doc__.strip(), kind
        assert get_type_hints(kind), kind
