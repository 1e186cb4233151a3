"""Our browser modules as scripts: each can be read, and finds what it imports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.atlas import layers as layers_of_python
from dashboard.atlas.layers import LAYERS
from dashboard.web.assets import STATIC, modules
from tests.js.node import exports, link
from tests.js.random_dossier import SEEDS, random_atlas
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    found = modules()
    assert len(found) > 20
    return found


def test_every_module_can_be_read_and_finds_what_it_imports(sources: dict[str, str]) -> None:
    assert link(sources) == {}


@pytest.mark.parametrize(
    ("text", "instead", "fault"),
    [
        ("export function positions(", "function positions(", "does not provide an export"),
        ('from "./columns.js"', 'from "./column.js"', "there is no column.js"),
        ("return all;", "return all);", "SyntaxError"),
        ("const all = [];", "const all = await [];", "SyntaxError"),
    ],
)
def test_a_module_that_could_not_run_is_found(
    sources: dict[str, str], text: str, instead: str, fault: str
) -> None:
    broken = {name: source.replace(text, instead) for name, source in sources.items()}
    assert broken != sources
    assert fault in " ".join(link(broken).values())


def test_layers_have_their_names_from_python_and_lines_their_strokes() -> None:
    layers = exports(STATIC / "layers.js")["LAYERS"]
    known = {layer.id for layer in LAYERS}
    assert layers.keys() < known, "those with symbols alone need nothing here"
    for name in nonempty(layers):
        assert (STATIC / f"{name}.js").exists()
        assert (Path(layers_of_python.__file__).parent / f"{name}.py").exists()
    scene = json.loads(random_atlas(SEEDS[0]).scene.body)
    drawn = {scene["records"][line["records"][0]]["layer"] for line in scene["lines"]}
    assert {name for name, layer in layers.items() if "line" in layer} == drawn
