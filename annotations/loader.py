"""From a folder of YAML files to a `Dossier`, with every problem of every file in one pass.

What a single file can be checked for is in `annotations.schema`. Here are the rules between files:
names, folders, ids, and that whatever one file refers to exists in another.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from annotations.coverage import Coverage, unaccounted
from annotations.dossier import Dossier
from annotations.problems import (
    DossierError,
    Problem,
    did_you_mean,
    dotted,
    explain,
    one_of,
    quoted,
)
from annotations.schema import (
    KINDS,
    RECORD_TYPES,
    Actor,
    Alliance,
    Corridor,
    DossierHead,
    Place,
    Record,
)
from annotations.yaml_text import FieldPath, Flaw, Reading, read_file

HEAD, COVERAGE = "dossier.yml", "coverage.yml"
ACTORS, PLACES = "actors", "places"
FOLDERS = (ACTORS, PLACES, *RECORD_TYPES)
"""The folders of a dossier, in the order in which they are read."""

ModelType = TypeVar("ModelType", bound=BaseModel)
Sort = Literal["actor", "place", "theme", "alliance"]

_MOST_PROBLEMS = (
    50  # of one file; a file with more is not an annotation gone wrong but another thing
)


@dataclass
class _File:
    """A file on its way to a model."""

    name: str
    reading: Reading
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """List what is wrong with the file as YAML."""
        for flaw in self.reading.flaws[:_MOST_PROBLEMS]:
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
        return len(self.problems) >= _MOST_PROBLEMS

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


@dataclass
class _Known(Generic[ModelType]):
    """What one sort of reference may lead to.

    `usable` holds what loaded, by id; `broken` the ids whose files have a problem; `aliases` other
    names that hints understand.
    """

    sort: Sort
    usable: dict[str, ModelType]
    broken: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)

    def fault(self, name: str) -> str | None:
        """Say why `name` cannot be referred to; None if it can."""
        if name in self.usable:
            return None
        if name in self.broken:
            return f"{self.sort} {quoted(name)} is not usable: its file has a problem"
        hint = did_you_mean(name, self.usable, self.aliases)
        return f"unknown {self.sort} {quoted(name)}{hint}"


References = Mapping[Sort, _Known[Any]]

Reference = tuple[tuple[str, ...], Sort]
"""The names that lead to a field, as files write them and through any list; what it refers to."""


def dossier_folders(root: Path = Path(__file__).parent) -> list[Path]:
    """List the dossiers in `root`, by default those of this package.

    Parameters
    ----------
    root : Path
        The folder in which dossiers lie side by side.

    Returns
    -------
    list of Path
        Folders that hold a ``dossier.yml``, or that lack just that, sorted by name.
    """
    parts = (HEAD, *FOLDERS)
    return [
        folder
        for folder in _visible(root)
        if _is_folder(folder) and any(os.path.lexists(folder / part) for part in parts)
    ]


def load_dossier(folder: Path | str) -> Dossier:
    """Load the dossier in `folder`.

    A file with a problem is left out and listed in ``problems``; the rest loads. That includes a
    record that refers to what does not exist: whoever draws records can rely on every reference,
    and half a record (an alliance without one of its members, a corridor with a hole) would be a
    claim that nobody made. Two references are merely dropped, since nothing false remains without
    them: the seat of an actor, and an entry of ``alliances_shown`` or ``alliances_compared``.

    Parameters
    ----------
    folder : Path or str
        Folder with ``dossier.yml``, ``actors/``, ``places/`` and one folder for each kind.

    Returns
    -------
    Dossier
        What could be loaded, and the problems of the rest.

    Raises
    ------
    DossierError
        If the folder or its ``dossier.yml`` is missing or broken. It carries the problems of all
        files.
    """
    folder = Path(folder)
    # A link that leads in a circle has no end to resolve: this gives the name all the same.
    name = Path(os.path.realpath(folder)).name
    try:
        files, strays, unread = _read_folders(folder)
    except OSError as error:
        reason = _no_folder(folder, error)
        raise DossierError(name, [Problem(str(folder), 0, "", reason)]) from error
    head_file = _File(HEAD, _read_head(folder / HEAD))
    head = _load_head(head_file)
    line_count = None if head is None else head.article.lines

    places = _load_places(files[PLACES], line_count)
    known: dict[Sort, _Known[Any]] = {"place": places}
    known["actor"] = actors = _load_actors(files[ACTORS], known)
    if head is not None:
        labels = {theme.label: theme.id for theme in head.themes}
        known["theme"] = _Known("theme", {theme.id: theme for theme in head.themes}, set(), labels)
    records, broken_records = _load_records(files, known, line_count)

    problems = [
        *strays,
        *(problem for sub in FOLDERS for f in files[sub] for problem in f.problems),
    ]
    coverage, coverage_problems = _load_coverage(folder, records, broken_records, line_count)
    problems += coverage_problems
    if head is None:
        raise DossierError(name, [*sorted(head_file.problems), *sorted(problems)])
    head = _without_unknown_alliances(head, head_file, records, broken_records)
    for read in files.values():
        # One by one: thousands at once would hold up all other threads.
        while read:
            read.pop()
    return Dossier(
        folder=folder,
        head=head,
        actors=dict(sorted(actors.usable.items())),
        places=dict(sorted(places.usable.items())),
        records=dict(sorted(records.items())),
        coverage=coverage,
        problems=tuple(sorted([*head_file.problems, *problems])),
        unread=unread,
    )


# --- files and folders -------------------------------------------------------------------------


def is_visible(name: str) -> bool:
    """Whether a file or folder of that name counts: no hidden one, and no editor's backup.

    Parameters
    ----------
    name : str
        Its own name, without those of the folders above.
    """
    return not name.startswith((".", "#")) and not name.endswith("~")


def _read_folders(
    folder: Path,
) -> tuple[dict[str, list[_File]], list[Problem], tuple[str, ...]]:
    """Read the files of each folder, sorted; also list what does not belong, and what is shut."""
    files: dict[str, list[_File]] = {sub: [] for sub in FOLDERS}
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
                    files[entry.name].append(_File(name, read_file(path)))
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


def _read_head(path: Path) -> Reading:
    """Read ``dossier.yml``, whose absence has words of its own."""
    if not os.path.lexists(path):
        return Reading(flaws=[Flaw(0, (), "is missing: a dossier begins with it")])
    return read_file(path)


# --- models ------------------------------------------------------------------------------------


def _validate(
    file: _File, model: type[ModelType], unless: frozenset[FieldPath] = frozenset()
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


def _load_head(file: _File) -> DossierHead | None:
    """Load ``dossier.yml``; None if anything is wrong with it."""
    head = _validate(file, DossierHead)
    if head is not None:
        for index, theme in enumerate(head.themes):
            if theme.id in head.theme_ids[:index]:
                file.refuse(("themes", index, "id"), f"theme '{theme.id}' is defined twice")
        extents = [extent.id for extent in head.extents]
        for index, extent in enumerate(extents):
            if extent in extents[:index]:
                file.refuse(("extents", index, "id"), f"extent '{extent}' is defined twice")
    return None if file.problems else head


def _load_places(files: list[_File], line_count: int | None) -> _Known[Place]:
    """Load the places."""
    loaded: dict[str, Place] = {}
    for file in files:
        handled = _refuse_lines(file, ("lines",), line_count)
        place = _validate(file, Place, frozenset(handled))
        _refuse_other_id(file)
        if place is not None:
            loaded[file.stem] = place
    _refuse_repeated_ids(files)
    usable, broken = _split(files, loaded)
    return _Known("place", usable, broken, {place.name: name for name, place in usable.items()})


def _load_actors(files: list[_File], known: References) -> _Known[Actor]:
    """Load the actors. One whose seat is no place stays, without it."""
    loaded: dict[str, Actor] = {}
    for file in files:
        actor = _validate(file, Actor)
        _refuse_other_id(file)
        if actor is not None:
            loaded[file.stem] = actor
    _refuse_repeated_ids(files)
    usable, broken = _split(files, loaded)
    for file in files:
        seats: list[Reference] = [(("seat",), "place")]
        if file.stem in usable and _refuse_references(file, seats, known):
            usable[file.stem] = usable[file.stem].model_copy(update={"seat": None})
    aliases: dict[str, str] = {}
    for actor in usable.values():
        for name in (actor.name, *actor.aliases):
            aliases.setdefault(name, actor.id)
    return _Known("actor", usable, broken, aliases)


def _load_records(
    files: Mapping[str, list[_File]], known: References, line_count: int | None
) -> tuple[dict[str, Record], set[str]]:
    """Load all records: those that are usable by id, and the ids of the broken ones."""
    loaded: dict[str, Record] = {}
    for folder in RECORD_TYPES:
        for file in files[folder]:
            model = _model_for(file, folder)
            # References and line numbers are judged here, in words that know what there is.
            handled = _refuse_references(file, reference_fields(model), known)
            handled |= _refuse_lines(file, ("source", "lines"), line_count)
            record = _validate(file, model, frozenset({*handled, ("kind",)}))
            _refuse_other_id(file)
            if record is not None:
                loaded.setdefault(file.stem, record)
    all_files = [file for folder in RECORD_TYPES for file in files[folder]]
    _refuse_repeated_ids(all_files)
    return _split(all_files, loaded)


def _load_coverage(
    folder: Path, records: Mapping[str, Record], broken: set[str], line_count: int | None
) -> tuple[Coverage | None, list[Problem]]:
    """Load ``coverage.yml`` and check it against the records; it may be missing."""
    path = folder / COVERAGE
    if not os.path.lexists(path):
        return None, []
    file = _File(COVERAGE, read_file(path))
    coverage = _validate(file, Coverage)
    if coverage is not None and line_count is not None:
        for at, reason in unaccounted(coverage, records, broken, line_count):
            file.refuse(at, reason)
    return coverage, file.problems


def _split(
    files: list[_File], loaded: Mapping[str, ModelType]
) -> tuple[dict[str, ModelType], set[str]]:
    """Split what was loaded by whether its file has a problem: models by id, ids of the broken."""
    sound = {file.stem for file in files if not file.problems and file.stem in loaded}
    named = {file.stem for file in files} | {str(file.own_id) for file in files}
    return {name: model for name, model in loaded.items() if name in sound}, named - sound


# --- rules between files -----------------------------------------------------------------------


def _refuse_other_id(file: _File) -> None:
    """Refuse an id that is not the file's name, unless something else is wrong with it already."""
    given = file.own_id
    refused = any(problem.field == "id" for problem in file.problems)
    if isinstance(given, str) and given != file.stem and not refused:
        name = file.name.rpartition("/")[2]
        file.refuse(("id",), f"{quoted(given)} differs from the file's name '{name}'")


def _refuse_repeated_ids(files: list[_File]) -> None:
    """Refuse the second file of a name; upper and lower case are one on many file systems."""
    first: dict[str, _File] = {}
    for file in files:
        earlier = first.setdefault(file.stem.lower(), file)
        if earlier is not file and file.own_id in (None, file.stem):
            file.refuse(("id",), f"'{file.stem}' is taken: {earlier.name} has it")


def _model_for(file: _File, folder: str) -> type[Record]:
    """Return the model to check a record with; list a kind that is unknown or lies elsewhere."""
    data = file.reading.data
    own = RECORD_TYPES[folder]
    if data is None:
        return own
    kind = data.get("kind")
    if kind is None:
        reason = "is empty" if "kind" in data else "is missing"
        expected = next(name for name, sub in KINDS.items() if sub == folder)
        file.refuse(("kind",), f"{reason} (write 'kind: {expected}')")
    elif not isinstance(kind, str) or kind not in KINDS:
        terms = list(KINDS)
        file.refuse(("kind",), one_of(kind, terms).replace("is not allowed", "is no kind", 1))
    elif KINDS[kind] != folder:
        article = "an" if kind[0] in "aeiou" else "a"
        file.refuse(("kind",), f"{article} {kind} lies in {KINDS[kind]}/, not in {folder}/")
        return RECORD_TYPES[KINDS[kind]]
    return own


def reference_fields(model: type[Record]) -> list[Reference]:
    """List the fields of a record that hold ids of something else.

    Parameters
    ----------
    model : type of Record
        One of the models in `annotations.schema.RECORD_TYPES`.

    Returns
    -------
    list of tuple
        The names that lead to the field as files write them (lists on the way are implied), and
        the sort of thing that it refers to.
    """
    fields: list[Reference] = [(("themes",), "theme"), (("actors",), "actor")]
    roles: list[tuple[tuple[str, ...], Sort]] = [
        (model.role_fields, "actor"),
        (model.place_fields, "place"),
    ]
    for names, sort in roles:
        fields += [((model.model_fields[name].alias or name,), sort) for name in names]
    if model is Alliance:
        fields.append((("members", "actor"), "actor"))
    if model is Corridor:
        fields += [(("branches", "legs", end), "place") for end in ("from", "via", "to")]
    return fields


def _refuse_references(file: _File, fields: list[Reference], known: References) -> set[FieldPath]:
    """Refuse references to what does not exist; return where they stand.

    The file's data is read, not its model, so that a record with other problems too shows all.
    """
    found: set[FieldPath] = set()
    for names, sort in fields:
        if sort not in known:
            continue
        for path, value in _values(file.reading.data, names):
            if file.full:
                return found
            if isinstance(value, str) and value and (fault := known[sort].fault(value)):
                shown = path[:-1] if isinstance(path[-1], int) else path
                file.refuse(path, fault, shown)
                found.add(path)
    return found


def _values(
    data: Any, names: tuple[str, ...], at: FieldPath = ()
) -> Iterator[tuple[FieldPath, Any]]:
    """Yield the values that `names` lead to, through whatever lists lie on the way."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _values(item, names, (*at, index))
    elif not names:
        yield at, data
    elif isinstance(data, dict) and names[0] in data:
        yield from _values(data[names[0]], names[1:], (*at, names[0]))


def _refuse_lines(file: _File, names: tuple[str, ...], count: int | None) -> set[FieldPath]:
    """Refuse numbers of lines that the article does not have; return where they stand."""
    found: set[FieldPath] = set()
    for path, value in _values(file.reading.data, names):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if count is not None and whole and not 1 <= value <= count:
            file.refuse(path, f"the article has lines 1–{count}, not {value}", names)
            found.add(path)
    return found


def _without_unknown_alliances(
    head: DossierHead, file: _File, records: Mapping[str, Record], broken: set[str]
) -> DossierHead:
    """Take out of the head's lists of alliances what is no alliance of the dossier."""
    alliances = {name: record for name, record in records.items() if isinstance(record, Alliance)}
    known: dict[Sort, _Known[Any]] = {"alliance": _Known("alliance", alliances, broken)}
    kept: dict[str, list[str]] = {}
    for key in ("alliances_shown", "alliances_compared"):
        reference: Reference = ((key,), "alliance")
        positions = {path[-1] for path in _refuse_references(file, [reference], known)}
        named: list[str] = getattr(head, key)
        kept[key] = [name for index, name in enumerate(named) if index not in positions]
    return head.model_copy(update=kept)
