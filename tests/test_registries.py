"""What is entered in one list is thought of in every place that goes through it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from annotations.schema import KINDS, RECORD_TYPES
from dashboard.atlas.layers import BY_ID, BY_KIND
from dashboard.brief.origins import ORIGINS
from dashboard.formats.registry import FORMATS
from dashboard.views import PAGES
from geodata.join import WAYS
from tests.nonempty import nonempty
from tests.test_architecture import imports

ROOT = Path(__file__).parents[1]
HELPS = "chokepoints"
"""A card of theirs says which corridors pass."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


KNOWING = {
    "dashboard/atlas/search.py": "suggests the short names of alliances",
    "dashboard/views/actors": "an actor's deals, figures, presences and standings",
    "dashboard/views/alliances": "alliances, and figures beside them",
    "dashboard/views/corridors": "corridors, and what threatens them",
}
"""What knows of a kind of record outside of the kinds' own modules, and what of it."""


def names_of_kinds(path: Path) -> set[str]:
    """Models of kinds that a module imports."""
    found = {name.removeprefix("annotations.schema.") for name in imports(path)}
    return found & {model.__name__ for model in RECORD_TYPES.values()}


def asks_for_a_kind(path: Path) -> bool:
    """Whether a module compares the name of a record's kind with one."""
    compared = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Compare))
    told = [{ast.unparse(part) for part in ast.walk(node)} for node in compared]
    return any("record.kind" in one and one & {repr(kind) for kind in KINDS} for one in told)


def test_only_the_module_of_a_kind_knows_it() -> None:
    """What is written for a kind elsewhere would be forgotten for the next one."""
    knowing, asking = set(), set()
    for path in nonempty((ROOT / "dashboard").rglob("*.py")):
        if path.parent.name == "atlas" and path.stem in BY_ID:
            assert len(names_of_kinds(path)) == (path.stem in RECORD_TYPES) or path.stem == HELPS
            continue
        name = path.relative_to(ROOT).as_posix()
        page = "/".join(name.split("/")[:3])
        if names_of_kinds(path):
            knowing.add(page if page in KNOWING else name)
        if asks_for_a_kind(path):
            asking.add(name)
    assert knowing == set(KNOWING)
    assert asking == set()


def test_each_kind_is_placed_and_drawn() -> None:
    assert set(WAYS) == set(KINDS) == set(BY_KIND)


def test_each_page_is_entered() -> None:
    """A folder that is not would be seen by nobody, and its page be briefed as the whole map."""
    folders = {path.parent.name for path in (ROOT / "dashboard" / "views").glob("*/page.py")}
    assert folders == set(PAGES) == set(ORIGINS)


def test_each_format_is_entered() -> None:
    """A module that is not would have no button, and the command line not know it."""
    modules = sorted((ROOT / "dashboard" / "formats").glob("*.py"))
    ids = {path.stem for path in modules if "(Format):" in path.read_text(encoding="utf-8")}
    assert ids == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_all_its_parts(name: str) -> None:
    """What is forgotten shows here, not on the page."""
    format_ = FORMATS[name]
    assert type(format_).__module__ == f"dashboard.formats.{name}"
    for part in ("id", "label", "help", "suffix", "media_type"):
        assert getattr(format_, part), part
    assert format_.offers[0].key == format_.id == name
    assert {type(format_.several), type(format_.dots)} == {bool}
