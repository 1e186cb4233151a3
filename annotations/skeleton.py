"""A new file of any kind, with every field explained where it stands."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from annotations.files import HEAD
from annotations.json_schema import MODELS
from annotations.references import reference_fields
from annotations.schema import Record
from annotations.vocabulary import Term

_WIDTH = 98


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
    "corridor": "Id of a file in corridors/.",
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
