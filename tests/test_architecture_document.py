"""What `docs/architecture.md` says of the code is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.nonempty import nonempty
from tests.test_storeys import beneath, storeys

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
HOUSE, WAY, TASKS, WORDS = (
    TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    for title in (
        "The house",
        "The way of a record",
        "Where would you look?",
        "One word for one thing",
    )
)
SMALL = {"dashboard/__init__.py", "dashboard/log.py", "dashboard/views"}
"""Rooms that are no folder with something in it; what they hold is said where it is used."""


def defined(path: str) -> set[str]:
    """Names that a module of Python or JavaScript defines, methods too."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".js"):
        return set(re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", text, re.M))
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_each_folder_stands_on_the_storey_that_is_named() -> None:
    told = {folder: int(at) for at, folder in re.findall(r"^\| (\d) \| `(.+?)` \|", HOUSE, re.M)}
    built = {room: at for room, at in storeys(beneath()).items() if room not in SMALL}
    assert told == built


def test_the_way_has_ten_steps_through_what_is_there() -> None:
    steps = re.findall(r"^\d+\. .*", WAY, re.M)
    assert len(steps) == 10
    for step in nonempty(steps):
        files = re.findall(r"`([\w/]+\.(?:py|js))`", step)
        names = set(re.findall(r"`(\w+)`", step)) - {"Problem"}
        there = set().union(*map(defined, nonempty(files)))
        assert names - there == set(), step


@pytest.mark.parametrize(
    ("task", "path", "name"), re.findall(r"^\| ([^|`]+?) \| `(.+?)` \| `(\w+)` \|", TASKS, re.M)
)
def test_what_is_looked_for_is_where_it_is_said(task: str, path: str, name: str) -> None:
    assert name in defined(path), task


def test_twelve_tasks_are_answered() -> None:
    assert len(re.findall(r"^\| [^|`]+ \| `", TASKS, re.M)) == 12


def test_each_word_names_what_there_is() -> None:
    rows = re.findall(r"^\| [\w, ]+ \| .*\| (`.*) \|$", WORDS, re.M)
    assert len(rows) > 12
    for row in nonempty(rows):
        for names, path in nonempty(re.findall(r"(`\w+`(?:, `\w+`)*) in `(.+?)`", row)):
            assert set(re.findall(r"\w+", names)) <= defined(path), row
