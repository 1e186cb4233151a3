"""The files of a dossier's folder: found, read, and told why not."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from annotations.problems import Problem, did_you_mean, dotted, explain
from annotations.schema import RECORD_TYPES
from annotations.yaml_text import FieldPath, Flaw, Reading, read_file

HEAD, COVERAGE = "dossier.yml", "coverage.yml"

ACTORS, PLACES = "actors", "places"

FOLDERS = (ACTORS, PLACES, *RECORD_TYPES)
"""The folders of a dossier, in the order in which they are read."""

ModelType = TypeVar("ModelType", bound=BaseModel)

MOST_PROBLEMS = (
    50  # of one file; a file with more is not an annotation gone wrong but another thing
)


@dataclass
class File:
    """A file on its way to a model."""

    name: str
    reading: Reading
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """List what is wrong with the file as YAML."""
        for flaw in self.reading.flaws[:MOST_PROBLEMS]:
            self.problems.append(Problem(self.name, flaw.line, dotted(flaw.path), flaw.reason))

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return self.name.rpartition("/")[2].removesuffix(".yml")

    @property
    def own_id(self) -> object:
        """What the file gives as its id."""
        return (self.reading.data or {}).get("id")

    @property
    def full(self) -> bool:
        """Whether no more problems are to be listed."""
        return len(self.problems) >= MOST_PROBLEMS

    def refuse(self, path: FieldPath, reason: str, shown: FieldPath | None = None) -> None:
        """List a problem at the line of `path`, under the name of `shown` or of `path`."""
        if self.full:
            return
        line = self.reading.line_of(path)
        label = dotted(path if shown is None else shown)
        self.problems.append(Problem(self.name, line, label, reason))
        if self.full:
            reason = "has more problems than are listed (mend these first)"
            self.problems.append(Problem(self.name, 0, "", reason))


def is_visible(name: str) -> bool:
    """Whether a file or folder of that name counts: no hidden one, and no editor's backup.

    Parameters
    ----------
    name : str
        Its own name, without those of the folders above.
    """
    return not name.startswith((".", "#")) and not name.endswith("~")


def read_folders(
    folder: Path,
) -> tuple[dict[str, list[File]], list[Problem], tuple[str, ...]]:
    """Read the files of each folder, sorted; also list what does not belong, and what is shut."""
    files: dict[str, list[File]] = {sub: [] for sub in FOLDERS}
    strays: list[Problem] = []
    unread: list[str] = []

    def stray(name: str, reason: str) -> None:
        strays.append(Problem(name, 0, "", reason))

    for entry in _listed(folder):
        if entry.name in files:
            try:
                inside = _listed(entry)
            except OSError as error:
                stray(entry.name, _no_folder(entry, error))
                unread.append(entry.name)
                continue
            for path in inside:
                name = f"{entry.name}/{path.name}"
                if _is_folder(path):
                    stray(name, "a folder within a folder is not read")
                elif path.suffix == ".yml":
                    files[entry.name].append(File(name, read_file(path)))
                else:
                    stray(name, _ending(path) or "only .yml files lie here")
        elif _is_folder(entry):
            listed = f" (the folders are {', '.join(FOLDERS)})"
            stray(entry.name, f"unknown folder{did_you_mean(entry.name, FOLDERS) or listed}")
        elif entry.name not in {HEAD, COVERAGE}:
            otherwise = f"only {HEAD}, {COVERAGE} and the folders lie here"
            stray(entry.name, _ending(entry) or otherwise)
    return files, strays, tuple(unread)


def _listed(folder: Path) -> list[Path]:
    """Visible entries of a folder, sorted; an `OSError` where they cannot be reached either."""
    paths = list(_visible(folder))
    # A folder that may be listed and not entered gives the names of its files, and none of them.
    if paths:
        os.lstat(paths[0])
    return paths


def _is_folder(path: Path) -> bool:
    """Whether it is one: nothing that the system refuses to tell is."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where a right is missing


def _no_folder(path: Path, error: OSError) -> str:
    """Why a folder cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "is a link that leads nowhere" if path.is_symlink() else "there is no such folder"
    if isinstance(error, NotADirectoryError):
        return "is a file where a folder is needed"
    if error.errno == errno.ELOOP:
        return "is a link that leads in a circle"
    return f"cannot be read ({error.strerror})"


def _visible(folder: Path) -> Iterator[Path]:
    """Entries of a folder, sorted, without hidden files and editors' backups."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if is_visible(path.name):
            yield path


def _ending(path: Path) -> str:
    """Say how to rename a file that only has another ending than ``.yml``; nothing for others."""
    name = path.name
    for ending in (".txt", ".yaml", ".yml"):  # editors append .txt to an ending they do not know
        if name.lower().endswith(ending) and name.lower().removesuffix(ending):
            name = name[: -len(ending)]
            if ending != ".txt":
                return f"rename to {name}.yml"
    return ""


def read_head(path: Path) -> Reading:
    """Read ``dossier.yml``, whose absence has words of its own."""
    if not os.path.lexists(path):
        return Reading(flaws=[Flaw(0, (), "is missing: a dossier begins with it")])
    return read_file(path)


# --- models ------------------------------------------------------------------------------------


def validate(
    file: File, model: type[ModelType], unless: frozenset[FieldPath] = frozenset()
) -> ModelType | None:
    """Make a model of a file, or list why not; say nothing about the fields in `unless`."""
    data = file.reading.data
    if data is None:
        return None
    try:
        # Strictly, and as JSON: text is never taken for a number nor a number for a boolean, while
        # the terms of a vocabulary are still made from their text.
        text = to_json(data)
        return model.model_validate_json(text, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["loc"] not in unless and not file.full:
                file.refuse(*explain(detail, model))
    return None
