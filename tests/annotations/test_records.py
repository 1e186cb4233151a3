"""Every committed record, one case a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import Dossier
from annotations.loader import dossier_folders
from annotations.schema import (
    KINDS,
    RECORD_TYPES,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    Alliance,
)

FILES = [
    path
    for dossier in dossier_folders()
    if dossier.name == "russia-iran"
    for folder in RECORD_TYPES
    for path in sorted((dossier / folder).glob("*.yml"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_record(path: Path, russia_iran: Dossier) -> None:
    """The file has no problem, and all that it refers to is there."""
    name = f"{path.parent.name}/{path.name}"
    assert [str(problem) for problem in russia_iran.problems if problem.file == name] == []
    record = russia_iran.records[path.stem]
    assert record.id == path.stem
    assert KINDS[record.kind] == path.parent.name
    assert 3 <= len(record.title) <= TITLE_LENGTH
    assert 1 <= len(record.summary) <= SUMMARY_LENGTH
    assert "\n" not in record.title + record.summary
    assert set(record.themes) <= set(russia_iran.head.theme_ids)
    assert set(record.all_actors) <= set(russia_iran.actors)
    assert set(record.all_places) <= set(russia_iran.places)
    assert 1 <= record.source.lines[0] <= record.source.lines[-1] <= russia_iran.head.article.lines
    if isinstance(record, Alliance):
        assert {member.actor for member in record.members} <= set(russia_iran.actors)


def test_no_problem_at_all(russia_iran: Dossier) -> None:
    """The other files are sound as well."""
    assert [str(problem) for problem in russia_iran.problems] == []


def test_ids_are_sorted(russia_iran: Dossier) -> None:
    """Whatever iterates over the dossier has the same order everywhere."""
    for things in (russia_iran.records, russia_iran.actors, russia_iran.places):
        assert list(things) == sorted(things)


def test_records_by_model_and_by_kind(russia_iran: Dossier) -> None:
    """Both ways of asking give the same records."""
    for kind, folder in KINDS.items():
        assert russia_iran.of_kind(kind) == russia_iran.of_type(RECORD_TYPES[folder])
