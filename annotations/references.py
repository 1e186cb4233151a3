"""What a record names must be there: actors, places, themes, alliances, lines of the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal

from annotations.files import File, ModelType
from annotations.problems import did_you_mean, quoted
from annotations.schema import Alliance, Corridor, Record
from annotations.yaml_text import FieldPath

Sort = Literal["actor", "place", "theme", "alliance", "corridor"]


@dataclass
class Known(Generic[ModelType]):
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


References = Mapping[Sort, Known[Any]]

Reference = tuple[tuple[str, ...], Sort]
"""The names that lead to a field, as files write them and through any list; what it refers to."""


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
        fields.append((("published", "corridor"), "corridor"))
    return fields


def refuse_references(file: File, fields: list[Reference], known: References) -> set[FieldPath]:
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


def refuse_lines(file: File, names: tuple[str, ...], count: int | None) -> set[FieldPath]:
    """Refuse numbers of lines that the article does not have; return where they stand."""
    found: set[FieldPath] = set()
    for path, value in _values(file.reading.data, names):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if count is not None and whole and not 1 <= value <= count:
            file.refuse(path, f"the article has lines 1–{count}, not {value}", names)
            found.add(path)
    return found
