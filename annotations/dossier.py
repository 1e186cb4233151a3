"""A dossier in memory: everything that its folder holds, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from annotations.coverage import Coverage
from annotations.head import DossierHead
from annotations.problems import Problem
from annotations.schema import Actor, Place, Record

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True)
class Dossier:
    """One dossier. Every reference between its parts resolves.

    Attributes
    ----------
    folder : Path
        Where it was read from.
    head : DossierHead
        Title, date, article, themes, opening view.
    actors, places, records : mapping of str
        By id, sorted by id; records of all kinds together.
    coverage : Coverage or None
        What became of each line of the article; None if there is no ``coverage.yml``.
    problems : tuple of Problem
        What was wrong with the files, sorted by file and line. What they concern is left out.
    unread : tuple of str
        Names of the folders that are there and cannot be read: all that lies in them is missing.
    """

    folder: Path
    head: DossierHead
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    records: Mapping[str, Record]
    coverage: Coverage | None = None
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The folder's name, e.g. ``lakes``."""
        return self.folder.name

    def of_type(self, model: type[RecordType]) -> list[RecordType]:
        """List the records of one model, e.g. ``of_type(Flow)``, sorted by id."""
        return [record for record in self.records.values() if isinstance(record, model)]
