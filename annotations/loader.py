"""From a folder of YAML files to a `Dossier`, with every problem of every file in one pass.

What a single file can be checked for is in `annotations.schema`. Here are the rules between files:
names, folders, ids, and that whatever one file refers to exists in another.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotations.coverage import Coverage, unaccounted
from annotations.dossier import Dossier
from annotations.files import (
    ACTORS,
    COVERAGE,
    FOLDERS,
    HEAD,
    PLACES,
    File,
    ModelType,
    _is_folder,
    _no_folder,
    _visible,
    read_folders,
    read_head,
    validate,
)
from annotations.head import DossierHead
from annotations.problems import DossierError, Problem, one_of, quoted
from annotations.references import (
    Known,
    Reference,
    References,
    Sort,
    reference_fields,
    refuse_lines,
    refuse_references,
)
from annotations.schema import KINDS, RECORD_TYPES, Actor, Alliance, Place, Record
from annotations.yaml_text import read_file


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
        files, strays, unread = read_folders(folder)
    except OSError as error:
        reason = _no_folder(folder, error)
        raise DossierError(name, [Problem(str(folder), 0, "", reason)]) from error
    head_file = File(HEAD, read_head(folder / HEAD))
    head = _load_head(head_file)
    line_count = None if head is None else head.article.lines

    places = _load_places(files[PLACES], line_count)
    known: dict[Sort, Known[Any]] = {"place": places}
    known["actor"] = actors = _load_actors(files[ACTORS], known)
    if head is not None:
        labels = {theme.label: theme.id for theme in head.themes}
        known["theme"] = Known("theme", {theme.id: theme for theme in head.themes}, set(), labels)
    corridors = files[KINDS["corridor"]]
    known["corridor"] = Known("corridor", {file.stem: file for file in corridors})
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


def _load_head(file: File) -> DossierHead | None:
    """Load ``dossier.yml``; None if anything is wrong with it."""
    head = validate(file, DossierHead)
    if head is not None:
        for index, theme in enumerate(head.themes):
            if theme.id in head.theme_ids[:index]:
                file.refuse(("themes", index, "id"), f"theme '{theme.id}' is defined twice")
        extents = [extent.id for extent in head.extents]
        for index, extent in enumerate(extents):
            if extent in extents[:index]:
                file.refuse(("extents", index, "id"), f"extent '{extent}' is defined twice")
    return None if file.problems else head


def _load_places(files: list[File], line_count: int | None) -> Known[Place]:
    """Load the places."""
    loaded: dict[str, Place] = {}
    for file in files:
        handled = refuse_lines(file, ("lines",), line_count)
        place = validate(file, Place, frozenset(handled))
        _refuse_other_id(file)
        if place is not None:
            loaded[file.stem] = place
    _refuse_repeated_ids(files)
    usable, broken = _split(files, loaded)
    return Known("place", usable, broken, {place.name: name for name, place in usable.items()})


def _load_actors(files: list[File], known: References) -> Known[Actor]:
    """Load the actors. One whose seat is no place stays, without it."""
    loaded: dict[str, Actor] = {}
    for file in files:
        actor = validate(file, Actor)
        _refuse_other_id(file)
        if actor is not None:
            loaded[file.stem] = actor
    _refuse_repeated_ids(files)
    usable, broken = _split(files, loaded)
    for file in files:
        seats: list[Reference] = [(("seat",), "place")]
        if file.stem in usable and refuse_references(file, seats, known):
            usable[file.stem] = usable[file.stem].model_copy(update={"seat": None})
    aliases: dict[str, str] = {}
    for actor in usable.values():
        for name in (actor.name, *actor.aliases):
            aliases.setdefault(name, actor.id)
    return Known("actor", usable, broken, aliases)


def _load_records(
    files: Mapping[str, list[File]], known: References, line_count: int | None
) -> tuple[dict[str, Record], set[str]]:
    """Load all records: those that are usable by id, and the ids of the broken ones."""
    loaded: dict[str, Record] = {}
    for folder in RECORD_TYPES:
        for file in files[folder]:
            model = _model_for(file, folder)
            # References and line numbers are judged here, in words that know what there is.
            handled = refuse_references(file, reference_fields(model), known)
            handled |= refuse_lines(file, ("source", "lines"), line_count)
            record = validate(file, model, frozenset({*handled, ("kind",)}))
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
    file = File(COVERAGE, read_file(path))
    coverage = validate(file, Coverage)
    if coverage is not None and line_count is not None:
        for at, reason in unaccounted(coverage, records, broken, line_count):
            file.refuse(at, reason)
    return coverage, file.problems


def _split(
    files: list[File], loaded: Mapping[str, ModelType]
) -> tuple[dict[str, ModelType], set[str]]:
    """Split what was loaded by whether its file has a problem: models by id, ids of the broken."""
    sound = {file.stem for file in files if not file.problems and file.stem in loaded}
    named = {file.stem for file in files} | {str(file.own_id) for file in files}
    return {name: model for name, model in loaded.items() if name in sound}, named - sound


# --- rules between files -----------------------------------------------------------------------


def _refuse_other_id(file: File) -> None:
    """Refuse an id that is not the file's name, unless something else is wrong with it already."""
    given = file.own_id
    refused = any(problem.field == "id" for problem in file.problems)
    if isinstance(given, str) and given != file.stem and not refused:
        name = file.name.rpartition("/")[2]
        file.refuse(("id",), f"{quoted(given)} differs from the file's name '{name}'")


def _refuse_repeated_ids(files: list[File]) -> None:
    """Refuse the second file of a name; upper and lower case are one on many file systems."""
    first: dict[str, File] = {}
    for file in files:
        earlier = first.setdefault(file.stem.lower(), file)
        if earlier is not file and file.own_id in (None, file.stem):
            file.refuse(("id",), f"'{file.stem}' is taken: {earlier.name} has it")


def _model_for(file: File, folder: str) -> type[Record]:
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


def _without_unknown_alliances(
    head: DossierHead, file: File, records: Mapping[str, Record], broken: set[str]
) -> DossierHead:
    """Take out of the head's lists of alliances what is no alliance of the dossier."""
    alliances = {name: record for name, record in records.items() if isinstance(record, Alliance)}
    known: dict[Sort, Known[Any]] = {"alliance": Known("alliance", alliances, broken)}
    kept: dict[str, list[str]] = {}
    for key in ("alliances_shown", "alliances_compared"):
        reference: Reference = ((key,), "alliance")
        positions = {path[-1] for path in refuse_references(file, [reference], known)}
        named: list[str] = getattr(head, key)
        kept[key] = [name for index, name in enumerate(named) if index not in positions]
    return head.model_copy(update=kept)
