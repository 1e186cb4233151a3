"""Folders stand on storeys: each above all that it imports, and none of them in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.test_architecture import PACKAGES, ROOT, imports, modules

MOST = 8
"""Storeys of the house, `annotations` being the first."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {name_of(path): path for package in PACKAGES for path in modules(package)}


def room(module: str) -> str:
    """The folder of a module; those of the dashboard itself stand alone."""
    path = PATHS[module]
    alone = path.parent == ROOT / "dashboard"
    return (path if alone else path.parent).relative_to(ROOT).as_posix()


def beneath() -> dict[str, set[str]]:
    """Of each room those whose modules it imports, wherever in its own."""
    found: dict[str, set[str]] = {room(module): set() for module in PATHS}
    for module, path in PATHS.items():
        found[room(module)] |= {room(name) for name in imports(path) if name in PATHS}
    # What goes through all pages names none.
    pages = {room(module) for module in PATHS if module.startswith("dashboard.views.")}
    for module in ("dashboard.main", "dashboard.brief.origins"):
        found[room(module)] |= pages
    # A package is imported with each module in it, and says nothing itself.
    return {
        here: {there for there in rooms if there != here and there not in ABOVE_ALL}
        for here, rooms in found.items()
    }


ABOVE_ALL = {"dashboard/__init__.py"}


def storeys(below: dict[str, set[str]]) -> dict[str, int]:
    """The storey of each room, from 1.

    Raises
    ------
    graphlib.CycleError
        Where rooms stand on each other.
    """
    found: dict[str, int] = {}
    for here in TopologicalSorter(below).static_order():
        found[here] = 1 + max((found[there] for there in below[here]), default=0)
    return found


def test_the_house_has_at_most_eight_storeys_and_no_circle() -> None:
    found = storeys(beneath())
    assert found["annotations"] == 1
    assert found["dashboard/main.py"] == max(found.values()) <= MOST


def test_no_page_imports_another() -> None:
    below = beneath()
    pages = [here for here in below if Path(here).parent.as_posix() == "dashboard/views"]
    assert len(pages) > 6
    assert [(a, b) for a in pages for b in below[a] if b in pages] == []


def test_no_modules_of_a_folder_import_each_other() -> None:
    found = {module: {m for m in imports(path) if m in PATHS} for module, path in PATHS.items()}
    packages = {module for module, path in PATHS.items() if path.name == "__init__.py"}
    TopologicalSorter(
        {module: names - packages for module, names in found.items() if module not in packages}
    ).prepare()


def test_a_circle_is_found() -> None:
    with pytest.raises(CycleError):
        storeys({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert storeys({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"c": 1, "b": 2, "a": 3}


def test_each_folder_says_what_it_holds() -> None:
    faces = [path for path in PATHS.values() if path.name == "__init__.py"]
    silent = [path for path in faces if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert len(faces) > 10
    assert silent == []
