"""What can be wrong with a dossier's files, in words that say how to mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from annotations.parts import ActorId, CountryCode, Slug
from annotations.yaml_text import FieldPath

_LONGEST_QUOTE = 40


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes
    ----------
    file : str
        Path relative to the dossier's folder, with ``/``.
    line : int
        1-based; 0 where the whole file or folder is meant.
    field : str
        Dotted path of the field, e.g. ``branches.0.legs.2.from``; empty where none is meant.
    reason : str
        What is wrong and, where that is known, how to mend it.
    """

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        """Return ``file:line: field: reason`` without the parts that are not known."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        text = ": ".join(part for part in (place, self.field, self.reason) if part)
        # A file's name or field may hold anything; it must not steer the reader's terminal.
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


class DossierError(Exception):
    """A dossier that cannot be loaded at all: its head is missing or broken.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that was found, in all files; those of ``dossier.yml`` come first.
    """

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        """Make the error for the dossier `name` out of `problems`."""
        self.problems = tuple(problems)
        first = self.problems[0] if self.problems else "no reason known"
        super().__init__(f"dossier '{name}' cannot be loaded: {first}")


def dotted(path: FieldPath) -> str:
    """Write a field's path as a reader sees it: ``branches.0.legs.2.from``."""
    return ".".join(str(part) for part in path)


def quoted(value: object) -> str:
    """Return a value in quotes, cut to a length that keeps a message on one line."""
    text = str(value)
    return f"'{text[:_LONGEST_QUOTE]}…'" if len(text) > _LONGEST_QUOTE else f"'{text}'"


def did_you_mean(word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> str:
    """Suggest what was meant.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What could have been written.
    aliases : mapping of str to str, optional
        Other names → which of `known` to suggest for them.

    Returns
    -------
    str
        ``" (did you mean 'ZMB'?)"``, or nothing if nothing is near.
    """
    by_lower = {name.lower(): meant for name, meant in (aliases or {}).items()}
    by_lower |= {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1)
    return f" (did you mean '{by_lower[near[0]]}'?)" if near else ""


def one_of(word: object, terms: list[str]) -> str:
    """Say that `word` is none of `terms`, name the nearest, and list them all."""
    hint = did_you_mean(str(word), terms)
    listed = ", ".join(terms)
    return f"{quoted(word)} is not allowed{hint}; one of: {listed}"


def explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[FieldPath, str]:
    """Put one of pydantic's errors into plain words.

    Parameters
    ----------
    error : ErrorDetails
        An entry of ``ValidationError.errors()``.
    model : type of BaseModel
        The model that refused the data.

    Returns
    -------
    tuple of FieldPath and str
        The field that is best pointed at, and the reason.
    """
    path: FieldPath = error["loc"]
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "complaint":
        return (*path, *context["at"]), context["reason"]
    if kind == "value_error":
        return path, str(context["error"])
    if kind == "missing":
        return path, "is missing"
    if kind == "extra_forbidden":
        return path, _unknown_field(model, path)
    if kind in {"enum", "literal_error"}:
        terms = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        if path[-1] == "[key]":  # pydantic's mark for what stands before a colon
            path = path[:-1]
        return path, _or_empty(value, one_of(value, terms), f"one of: {', '.join(terms)}")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return path, _out_of_range(model, path, value, context)
    return path, _wrong_form(kind, value, context, _model_at(model, path))


def _wrong_form(
    kind: str, value: Any, context: Mapping[str, Any], inner: type[BaseModel] | None
) -> str:
    """Reason for a value of the wrong type, length or form."""
    if kind == "string_type":
        return _or_empty(value, f"{_what(value)} where text is needed{_quote_it(value)}", "text")
    if kind == "string_too_long":
        return f"is {len(value.strip())} characters long, {context['max_length']} at most"
    if kind == "string_too_short":
        if not value.strip():
            return "is empty"
        return f"{quoted(value)} is too short, {context['min_length']} characters at least"
    if kind == "string_pattern_mismatch":
        return f"{quoted(value)} is not {_FORMS.get(str(context['pattern']), 'of the right form')}"
    if kind.startswith("int"):
        return _or_empty(
            value, f"{_shown(value)} is not a whole number{_unquote(value)}", "a number"
        )
    if kind in {"float_type", "float_parsing", "finite_number"}:
        return _or_empty(value, f"{_shown(value)} is not a number{_unquote(value)}", "a number")
    if kind.startswith("bool"):
        return _or_empty(value, f"{_shown(value)} is neither true nor false", "true or false")
    if kind == "too_short":
        return "the list is empty"
    if kind == "list_type":
        return _or_empty(value, f"{_what(value)} where a list is needed ('- ' lines)", "a list")
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        fields = ", ".join(_names(inner)) if inner else "fields"
        return _or_empty(
            value, f"{_what(value)} where fields are needed: {fields}", f"fields: {fields}"
        )
    return f"{_shown(value)} is not valid here"


def _or_empty(value: Any, reason: str, needed: str) -> str:
    """Return `reason`, unless nothing was given at all."""
    return f"is empty (give {needed})" if value is None else reason


def _shown(value: Any) -> str:
    """Return a value as a message names it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return quoted(value) if isinstance(value, str) else _what(value)


def _what(value: Any) -> str:
    """Say what sort of value it is."""
    if isinstance(value, bool):
        return "true/false"
    if isinstance(value, int | float):
        return "a number"
    names: dict[type, str] = {str: "text", list: "a list", dict: "fields"}
    return names.get(type(value), "something else")


def _quote_it(value: Any) -> str:
    return " (quote it)" if isinstance(value, int | float) else ""


def _unquote(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d+(\.\d+)?\s*", value):
        return " (drop the quotes)"
    return ""


def _pattern(annotated: Any) -> str:
    """Return the regular expression of an annotated string type of the schema."""
    return str(get_args(annotated)[1].pattern)


_FORMS: dict[str, str] = {
    _pattern(Slug): "an id (lower-case words joined by hyphens, e.g. 'patrol-boats')",
    _pattern(ActorId): "an actor's id (three capitals for a state, e.g. 'ZMB', else "
    "lower-case words joined by hyphens)",
    _pattern(CountryCode): "a country's code (three capitals, ISO 3166-1 alpha-3)",
    r"^\d+\.\d+\.\d+$": "a version (three numbers, e.g. 0.1.0)",
    r"^[0-9a-f]{16}$": "a fingerprint (16 hexadecimal digits; quote it if it is all digits)",
}


def _names(model: type[BaseModel]) -> list[str]:
    """Return the fields of `model` as files write them."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _field_at(model: type[BaseModel], path: FieldPath) -> FieldInfo | None:
    """Return the field of `model`, or of a model within it, that `path` leads to."""
    inner: type[BaseModel] | None = model
    info: FieldInfo | None = None
    for part in path:
        if isinstance(part, int):
            continue
        if inner is None:
            return None
        fields = {field.alias or name: field for name, field in inner.model_fields.items()}
        info = fields.get(part)
        inner = _model_in(info.annotation) if info else None
    return info


def _model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel] | None:
    """Return the model whose fields stand at `path`."""
    if not any(isinstance(part, str) for part in path):
        return model
    info = _field_at(model, path)
    return _model_in(info.annotation) if info else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model within an annotation such as ``list[Member]`` or ``Check | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((inner for inner in found if inner), None)


def _unknown_field(model: type[BaseModel], path: FieldPath) -> str:
    inner = _model_at(model, path[:-1])
    names = _names(inner) if inner else []
    hint = did_you_mean(str(path[-1]), names)
    return f"unknown field{hint or ' (fields here: ' + ', '.join(names) + ')'}"


def _out_of_range(
    model: type[BaseModel], path: FieldPath, value: Any, context: Mapping[str, Any]
) -> str:
    """Name both bounds where the field has two."""
    info = _field_at(model, path)
    metadata = info.metadata if info else []
    low = next((mark.ge for mark in metadata if isinstance(mark, Ge)), None)
    high = next((mark.le for mark in metadata if isinstance(mark, Le)), None)
    if low is not None and high is not None:
        return f"{value} is outside {low}…{high}".replace("-", "−")
    if "ge" in context:
        return f"{value} is less than {context['ge']}"
    return f"{value} is more than {context['le']}"
