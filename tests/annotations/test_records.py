"""Every record of a sound dossier, one case a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import Dossier
from annotations.parts import SUMMARY_LENGTH, TITLE_LENGTH
from annotations.schema import KINDS, RECORD_TYPES, Alliance
from tests.dossiers.shelf import LAKES

FILES = [path for folder in RECORD_TYPES for path in sorted((LAKES / folder).glob("*.yml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_record(path: Path, lakes: Dossier) -> None:
    """The file has no problem, and all that it refers to is there."""
    name = f"{path.parent.name}/{path.name}"
    assert [str(problem) for problem in lakes.problems if problem.file == name] == []
    record = lakes.records[path.stem]
    assert record.id == path.stem
    assert KINDS[record.kind] == path.parent.name
    assert 3 <= len(record.title) <= TITLE_LENGTH
    assert 1 <= len(record.summary) <= SUMMARY_LENGTH
    assert "\n" not in record.title + record.summary
    assert set(record.themes) <= set(lakes.head.theme_ids)
    assert set(record.all_actors) <= set(lakes.actors)
    assert set(record.all_places) <= set(lakes.places)
    assert 1 <= record.source.lines[0] <= record.source.lines[-1] <= lakes.head.article.lines
    if isinstance(record, Alliance):
        assert {member.actor for member in record.members} <= set(lakes.actors)


def test_no_problem_at_all(lakes: Dossier) -> None:
    """The other files are sound as well."""
    assert [str(problem) for problem in lakes.problems] == []


def test_ids_are_sorted(lakes: Dossier) -> None:
    """Whatever iterates over the dossier has the same order everywhere."""
    for things in (lakes.records, lakes.actors, lakes.places):
        assert list(things) == sorted(things)


def test_records_by_model(lakes: Dossier) -> None:
    for kind, folder in KINDS.items():
        found = lakes.of_type(RECORD_TYPES[folder])
        assert [record.kind for record in found] == [kind] * len(
            list((LAKES / folder).glob("*.yml"))
        )
