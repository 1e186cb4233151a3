"""What is entered in one list is thought of in every place that goes through it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.schema import RECORD_TYPES
from dashboard.atlas.address import BRIEFING
from dashboard.brief.origins import ORIGINS

ROOT = Path(__file__).parents[1]
KINDS = {model.__name__ for model in RECORD_TYPES.values()}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def matches() -> Iterator[tuple[str, ast.Match]]:
    """Every ``match record``, with where it stands."""
    for package in ("annotations", "geodata", "dashboard"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Match) and ast.unparse(node.subject) == "record":
                    yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node


def classes(pattern: ast.pattern) -> Iterator[str]:
    """Names of the classes that a pattern lets through, whatever else they must be."""
    if isinstance(pattern, ast.MatchOr):
        for one in pattern.patterns:
            yield from classes(one)
    elif isinstance(pattern, ast.MatchClass) and not pattern.patterns:
        yield ast.unparse(pattern.cls)


MATCHES = list(matches())


def test_records_are_told_apart_somewhere() -> None:
    modules = {where.partition(":")[0] for where, _ in MATCHES}
    assert {
        "geodata/join.py",
        "dashboard/atlas/cards.py",
        "dashboard/formats/record_rows.py",
    } <= modules


@pytest.mark.parametrize(("where", "match"), MATCHES, ids=[where for where, _ in MATCHES])
def test_each_kind_of_record_is_thought_of(where: str, match: ast.Match) -> None:
    """A kind that has nothing of its own there is named as one that has not."""
    named = {name for case in match.cases if case.guard is None for name in classes(case.pattern)}
    assert named == KINDS


def pages() -> set[str]:
    """Names of the pages that the app enters in its navigation."""
    found: set[str] = set()
    for node in ast.walk(tree(ROOT / "dashboard/main.py")):
        if isinstance(node, ast.AugAssign) and ast.unparse(node.target) == "site.pages":
            assert isinstance(node.value, ast.Dict)
            found |= {ast.literal_eval(key) for key in node.value.keys if key is not None}
    return found


def test_each_page_can_be_briefed() -> None:
    """A page that is missing there would brief the whole map, without a word."""
    assert pages() == {*ORIGINS, BRIEFING}
