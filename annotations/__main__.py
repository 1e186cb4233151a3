"""Command line: ``python -m annotations check | list | schema | new | fingerprints``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from annotations.assertions import unmet
from annotations.dossier import Dossier
from annotations.english import counted
from annotations.files import HEAD
from annotations.fingerprints import fingerprint
from annotations.json_schema import MODELS, SCHEMA_FOLDER, schema_text, write_schemas
from annotations.loader import dossier_folders, load_dossier
from annotations.parts import ActorId, Slug
from annotations.problems import DossierError
from annotations.schema import KINDS, RECORD_TYPES, Alliance, Record
from annotations.skeleton import skeleton

NEW_FOLDERS = {**KINDS, "actor": "actors", "place": "places"}
"""What ``new`` can begin → the folder in which it lies."""


# --- check -------------------------------------------------------------------------------------


def check(folder: Path) -> int:
    """Print every problem of the dossier in `folder`, what it asserts in vain, and a summary line.

    Returns
    -------
    int
        Exit status: 1 if there is a problem, else 0.
    """
    try:
        dossier = load_dossier(folder)
    except DossierError as error:
        for problem in error.problems:
            print(problem)
        print(
            f"{folder.resolve().name}: cannot be loaded, {counted(len(error.problems), 'problem')}"
        )
        return 1
    problems = [*dossier.problems, *unmet(dossier)]
    for problem in problems:
        print(problem)
    held = [
        counted(len(dossier.records), "record"),
        counted(len(dossier.places), "place"),
        counted(len(dossier.actors), "actor"),
        counted(len(problems), "problem"),
    ]
    print(f"{dossier.name}: {', '.join(held)}")
    return 1 if problems else 0


# --- list --------------------------------------------------------------------------------------


def as_listed(record: Record) -> dict[str, Any]:
    """Describe a record in the form that other tools rely on.

    Parameters
    ----------
    record : Record
        Any record.

    Returns
    -------
    dict
        ``id``, ``kind``, ``title``, ``summary``, ``actors`` (an alliance's members included),
        ``themes``, ``when``, ``lines``, ``evidence`` and ``check``. ``when`` has ``from`` and
        ``to`` (the same for a single date; ``to`` is None while it lasts), the ``precision`` of
        the start, ``open`` and ``expected``.
    """
    members = [member.actor for member in record.members] if isinstance(record, Alliance) else []
    when = record.when
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "summary": record.summary,
        "actors": list(dict.fromkeys([*record.all_actors, *members])),
        "themes": record.themes,
        "when": {
            "from": str(when.start),
            "to": None if when.end is None else str(when.end),
            "precision": when.start.precision,
            "open": when.open,
            "expected": when.expected,
        },
        "lines": record.source.lines,
        "evidence": {
            "status": str(record.evidence.status),
            "attributed_to": record.evidence.attributed_to,
        },
        "check": {
            "verdict": str(record.check.verdict),
            "note": record.check.note,
            "reference": record.check.reference,
        },
    }


def list_records(folder: Path, as_json: bool) -> int:
    """Print the records of the dossier in `folder`, sorted by id, as a table or as JSON.

    Returns
    -------
    int
        Exit status: 1 if the dossier cannot be loaded, else 0.
    """
    try:
        dossier = load_dossier(folder)
    except DossierError as error:
        print(error, file=sys.stderr)
        return 1
    if dossier.problems:
        left_out = counted(len(dossier.problems), "problem")
        print(f"{left_out}, see 'check'; what they concern is not listed", file=sys.stderr)
    if as_json:
        listed = [as_listed(record) for record in dossier.records.values()]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for row in _table(dossier):
            print(row)
    return 0


def _table(dossier: Dossier) -> Iterator[str]:
    """Align the main fields of all records in columns."""
    rows = [("ID", "KIND", "WHEN", "EVIDENCE", "VERDICT", "LINES", "TITLE")]
    for record in dossier.records.values():
        when, lines = record.when, ",".join(str(line) for line in record.source.lines)
        span = (
            f"{when.start}–{when.to or '' if not when.open else ''}" if when.from_ else when.start
        )
        status, verdict = str(record.evidence.status), str(record.check.verdict)
        rows.append((record.id, record.kind, str(span), status, verdict, lines, record.title))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]])


# --- new ---------------------------------------------------------------------------------------


def new(folder: Path, kind: str, name: str) -> int:
    """Write a skeleton for a new file into the right folder of a dossier.

    Parameters
    ----------
    folder : Path
        The dossier.
    kind : str
        A key of `NEW_FOLDERS`.
    name : str
        The id, which becomes the file's name.

    Returns
    -------
    int
        Exit status: 1 if the id is bad or taken, or there is no such dossier; else 0.
    """
    if not (folder / HEAD).is_file():
        return _refuse(f"{folder} is no dossier: it has no {HEAD}")
    try:
        form: Any = ActorId if kind == "actor" else Slug
        TypeAdapter(form).validate_python(name)
    except ValidationError:
        actor = "three capitals for a state, or " if kind == "actor" else ""
        wanted = f"{actor}2 to 64 lower-case letters and digits in words joined by hyphens"
        return _refuse(f"'{name}' cannot be an id: {wanted}")
    target = NEW_FOLDERS[kind]
    rivals = list(RECORD_TYPES) if kind in KINDS else [target]
    for rival in rivals:
        for path in (folder / rival).glob("*.yml"):
            if path.stem.lower() == name.lower():
                return _refuse(f"'{name}' is taken: {rival}/{path.name} has it")
    path = folder / target / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:  # "x": never overwrite
        file.write(skeleton(kind, name))
    print(f"{path}: fill in what is empty, then run 'python -m annotations check'")
    return 0


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


# --- fingerprints ------------------------------------------------------------------------------


def fingerprints(article: Path) -> int:
    """Print the fingerprint of each line of a text, in the form that ``dossier.yml`` takes.

    Returns
    -------
    int
        Exit status: 1 if the text cannot be read, else 0.
    """
    try:
        lines = article.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{article} cannot be read: {error}")
    print(f"  lines: {len(lines)}")
    print("  fingerprints:")
    for line in lines:
        print(f"    - '{fingerprint(line)}'")  # in quotes: some would be read as numbers
    return 0


# --- the command line --------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    parser = argparse.ArgumentParser(
        prog="python -m annotations",
        description="Check, list and begin the files that say what an article claims.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument(
        "--dossier",
        type=Path,
        metavar="DIR",
        help="folder of the dossier (default: those in the package annotations)",
    )
    commands.add_parser(
        "check",
        parents=[where],
        help="print every problem; exit status 1 if there is one",
        description="Print every problem as 'file:line: field: reason', then a summary line. "
        "Files are named relative to the dossier's folder. Exit status 1 with problems.",
    )
    listing = commands.add_parser(
        "list",
        parents=[where],
        help="print the records as a table, or as JSON for other tools",
        description="Print the records sorted by id.",
    )
    listing.add_argument(
        "--json",
        action="store_true",
        help="an array of {id, kind, title, summary, actors, themes, when, lines, evidence, check}",
    )
    schema = commands.add_parser(
        "schema",
        help="print the form of the files as JSON Schema",
        description="Print the JSON Schema of one sort of file, or of any file of a dossier.",
    )
    schema.add_argument(
        "kind", nargs="?", choices=list(MODELS), metavar="KIND", help=_names(MODELS)
    )
    schema.add_argument(
        "--write",
        action="store_true",
        help="write annotations/schema/KIND.json for every kind; editors complete by them",
    )
    beginning = commands.add_parser(
        "new",
        parents=[where],
        help="begin a file: a commented skeleton in the right folder",
        description="Write a commented skeleton; 'check' then names what is still to be filled in.",
    )
    beginning.add_argument(
        "kind", choices=list(NEW_FOLDERS), metavar="KIND", help=_names(NEW_FOLDERS)
    )
    beginning.add_argument("id", metavar="ID", help="the id, e.g. copper-to-the-coast")
    prints = commands.add_parser(
        "fingerprints",
        help="print the fingerprints of an article's lines, for dossier.yml",
        description="Print what dossier.yml holds of an article instead of its text.",
    )
    prints.add_argument("article", type=Path, metavar="ARTICLE", help="text file, a line a line")
    return parser


def _names(names: Mapping[str, Any]) -> str:
    return f"one of: {', '.join(names)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process by default.

    Returns
    -------
    int
        Exit status: 0 if all is well, 1 if something is wrong with the files or the request.

    Raises
    ------
    SystemExit
        With status 2 if the arguments make no sense, with 0 after ``--help``.
    """
    parser = _parser()
    args = parser.parse_args(argv)
    if args.command == "schema":
        if args.write:
            for path in write_schemas():
                print(path.relative_to(SCHEMA_FOLDER.parent).as_posix())
        else:
            print(schema_text(args.kind), end="")
        return 0
    if args.command == "fingerprints":
        return fingerprints(args.article)
    folders = [args.dossier] if args.dossier else dossier_folders()
    if args.command == "check":
        return max([check(folder) for folder in folders], default=0)
    if len(folders) != 1:
        parser.error(f"choose one with --dossier: {', '.join(str(path) for path in folders)}")
    if args.command == "list":
        return list_records(folders[0], args.json)
    return new(folders[0], args.kind, args.id)


def _run() -> int:
    """Run `main` on the terminal or pipe at hand."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name may not fit the encoding
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, e.g. "list | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


if __name__ == "__main__":
    sys.exit(_run())
