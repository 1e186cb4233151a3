"""Command line: ``python -m annotations check | list | schema | new | fingerprints``."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence, Sized
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from annotations.assertions import unmet
from annotations.coverage import Coverage
from annotations.dossier import Dossier
from annotations.fingerprints import fingerprint
from annotations.loader import HEAD, dossier_folders, load_dossier, reference_fields
from annotations.problems import DossierError
from annotations.schema import (
    KINDS,
    RECORD_TYPES,
    Actor,
    ActorId,
    Alliance,
    DossierHead,
    Place,
    Record,
    Slug,
)
from annotations.vocabulary import Term

SCHEMA_FOLDER = Path(__file__).parent / "schema"

MODELS: dict[str, type[BaseModel]] = {
    **{kind: RECORD_TYPES[folder] for kind, folder in KINDS.items()},
    "actor": Actor,
    "place": Place,
    "dossier": DossierHead,
    "coverage": Coverage,
}
"""What a file can be → its model; the names of the files in `SCHEMA_FOLDER`."""

NEW_FOLDERS = {**KINDS, "actor": "actors", "place": "places"}
"""What ``new`` can begin → the folder in which it lies."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WIDTH = 98


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
        print(f"{folder.resolve().name}: cannot be loaded, {_count(error.problems, 'problem')}")
        return 1
    problems = [*dossier.problems, *unmet(dossier)]
    for problem in problems:
        print(problem)
    counted = [
        _count(dossier.records, "record"),
        _count(dossier.places, "place"),
        _count(dossier.actors, "actor"),
        _count(problems, "problem"),
    ]
    print(f"{dossier.name}: {', '.join(counted)}")
    return 1 if problems else 0


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


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
        left_out = _count(dossier.problems, "problem")
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


# --- schema ------------------------------------------------------------------------------------


class _WithDefinitions(GenerateJsonSchema):
    """JSON Schema whose vocabularies carry the definition of each term."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Add the definitions term by term, in the form that editors show while one chooses."""
        result = super().enum_schema(schema)
        terms = [term for term in schema["members"] if isinstance(term, Term)]
        if terms:
            result["markdownEnumDescriptions"] = [term.definition for term in terms]
        return result


def json_schema(name: str | None = None) -> dict[str, Any]:
    """Make the JSON Schema of one sort of file, or of all.

    Parameters
    ----------
    name : str, optional
        A key of `MODELS`; without it the schema accepts any file of a dossier.

    Returns
    -------
    dict
        A schema of draft 2020-12, with every term's definition in it.
    """
    if name is not None:
        schema = MODELS[name].model_json_schema(schema_generator=_WithDefinitions)
    else:
        inputs = [(model, "validation") for model in MODELS.values()]
        references, schema = models_json_schema(
            inputs,  # type: ignore[arg-type]
            schema_generator=_WithDefinitions,
            title="A file of a dossier",
        )
        schema = {"anyOf": list(references.values()), **schema}
    for definition in schema.get("$defs", {}).values():
        # In the description too, for readers of the schema and for other editors. Pydantic sets it
        # from the docstring after enum_schema, so that it can only be extended here.
        terms = zip(
            definition.get("enum", []), definition.get("markdownEnumDescriptions", []), strict=False
        )
        for term, meaning in terms:
            definition["description"] += f"\n- {term}: {meaning}"
    return {"$schema": _DIALECT, **schema}


def schema_text(name: str | None = None) -> str:
    """Return `json_schema` as the text that is committed in ``annotations/schema``."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path = SCHEMA_FOLDER) -> list[Path]:
    """Write the schema of each sort of file to `folder`; return the files."""
    folder.mkdir(exist_ok=True)
    written = []
    for name in MODELS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
        written.append(path)
    return written


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


def skeleton(kind: str, name: str) -> str:
    """Return the text of a new file: required fields empty, the others as comments.

    Parameters
    ----------
    kind : str
        A key of `NEW_FOLDERS`.
    name : str
        The id.

    Returns
    -------
    str
        YAML that ``check`` refuses field by field until it is filled in.
    """
    model = MODELS[kind]
    top = f"{_about(model)} Fill in what is empty, uncomment what applies, delete these comments."
    hints: dict[tuple[str, ...], str] = {("seat",): _WHERE["place"]} if kind == "actor" else {}
    if issubclass(model, Record):
        hints = {names: _WHERE[sort] for names, sort in reference_fields(model)}
    lines = [*_comment(top), *_skeleton_fields(model, {"id": name, "kind": kind}, hints)]
    return "\n".join(lines) + "\n"


_WHERE = {
    "actor": "Id of a file in actors/.",
    "place": "Id of a file in places/.",
    "theme": f"Id of a theme in {HEAD}.",
}


def _skeleton_fields(
    model: type[BaseModel],
    given: Mapping[str, str],
    hints: Mapping[tuple[str, ...], str],
    at: tuple[str, ...] = (),
) -> Iterator[str]:
    """Yield the lines of a model's fields, without indentation."""
    for field_name, info in model.model_fields.items():
        name = info.alias or field_name
        if name in given and not at:
            yield f"{name}: {given[name]}"
            continue
        path = (*at, name)
        words, terms = _help(info, hints.get(path))
        is_list = getattr(info.annotation, "__origin__", None) is list
        if not info.is_required():
            line = f"# {name}:{' []' if is_list else ''}"
            yield f"{line}  # {words}" if words else line
            yield from terms
            continue
        yield from _comment(words)
        yield from terms
        yield f"{name}:"
        inner = _inner(info.annotation, BaseModel)
        if inner is not None:
            nested = list(_skeleton_fields(inner, {}, hints, path))
            yield from (f"  {line}" for line in (_as_item(nested) if is_list else nested))
        elif is_list:
            yield "  -"


def _as_item(lines: list[str]) -> list[str]:
    """Indent the lines of a model as the first item of a list."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [f"- {line}" if number == first else f"  {line}" for number, line in enumerate(lines)]


def _help(info: FieldInfo, hint: str | None) -> tuple[str, list[str]]:
    """Say what a field is for, and list the terms that it may hold as comment lines."""
    words = [info.description or "", hint or ""]
    vocabulary: type[Term] | None = _inner(info.annotation, Term)
    limit = next((mark.max_length for mark in info.metadata if hasattr(mark, "max_length")), None)
    if limit and not hint:
        words.append(f"At most {limit} characters.")
    if vocabulary is None:
        return " ".join(filter(None, words)), []
    width = max(len(term) for term in vocabulary)
    terms = [f"#   {term.value.ljust(width)}  {term.definition}" for term in vocabulary]
    return " ".join(filter(None, [*words, _about(vocabulary)])), terms


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _about(thing: type) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join(inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].split())


def _inner(annotation: Any, base: type) -> Any:
    """Find a subclass of `base` within an annotation such as ``list[Member] | None``."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, base) else None
    found = (_inner(argument, base) for argument in get_args(annotation))
    return next((inner for inner in found if inner is not None), None)


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
