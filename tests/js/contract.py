"""The browser's half of the contract, and whether what is sent keeps to it.

``python -m tests.js.contract`` writes the declarations by which the browser's code is checked.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from dashboard.atlas import contract
from dashboard.web.assets import STATIC

DECLARATIONS = STATIC / "contract.d.ts"
HEAD = "// Written by `make schema` from dashboard/atlas/contract.py: see docs/contract.md.\n"
WORDS = {"str": "string", "int": "number", "float": "number", "bool": "boolean", "Any": "any"}


def _listed(nodes: ast.expr) -> list[str]:
    return [_written(node) for node in (nodes.elts if isinstance(nodes, ast.Tuple) else [nodes])]


def _written(node: ast.expr) -> str:
    """A type of Python's as TypeScript writes it."""
    match node:
        case ast.Name(id=name):
            return WORDS.get(name, name)
        case ast.Constant(value=None):
            return "null"
        case ast.Constant(value=value):
            return f'"{value}"'
        case ast.BinOp(left=left, right=right):
            return f"{_written(left)} | {_written(right)}"
        case ast.Subscript(value=ast.Name(id=name), slice=inner):
            parts = _listed(inner)
            forms = {
                "list": f"Array<{parts[0]}>",
                "tuple": f"[{', '.join(parts)}]",
                "dict": f"Record<{', '.join(parts)}>",
                "Literal": " | ".join(parts),
            }
            return forms[name]
    raise ValueError(f"the contract has a form that is not known here: {ast.unparse(node)}")


def _field(node: ast.AnnAssign, optional: bool) -> str:
    kind = node.annotation
    if isinstance(kind, ast.Subscript) and ast.unparse(kind.value) == "NotRequired":
        kind, optional = kind.slice, True
    return f"  {ast.unparse(node.target)}{'?' if optional else ''}: {_written(kind)};\n"


def _comment(text: str | None) -> str:
    lines = inspect.cleandoc(text or "").splitlines()
    return "".join(["/**\n", *(f" * {line}".rstrip() + "\n" for line in lines), " */\n"])


def declarations() -> str:
    """The contract in TypeScript."""
    tree = ast.parse(inspect.getsource(contract))
    parts = [HEAD]
    for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                said = after.value if isinstance(after, ast.Expr) else None
                text = said.value if isinstance(said, ast.Constant) else None
                comment = _comment(str(text)) if text else ""
                parts.append(f"{comment}export type {name} = {_written(value)};\n")
            case ast.ClassDef(name=name, bases=bases, keywords=keywords, body=body):
                above = [ast.unparse(base) for base in bases if ast.unparse(base) != "TypedDict"]
                extends = f" extends {', '.join(above)}" if above else ""
                fields = [_field(f, bool(keywords)) for f in body if isinstance(f, ast.AnnAssign)]
                head = f"{_comment(ast.get_docstring(node))}export interface {name}{extends} {{\n"
                parts.append("".join([head, *fields, "}\n"]))
    return "\n".join(parts)


def faults(value: Any, kind: Any, where: str = "it") -> Iterator[str]:
    """What of a value, read from JSON, is not as a type of the contract has it.

    Parameters
    ----------
    value : object
        As `json.loads` gives it.
    kind : type
        Of `dashboard.atlas.contract`.
    where : str
        Name of the value in what is said.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin is NotRequired:
        yield from faults(value, inner[0], where)
    elif is_typeddict(kind) or origin is dict:
        yield from _of_mapping(value, kind, where)
    elif origin in (Union, UnionType):
        # Of several forms the one that comes nearest says what is wrong.
        yield from min((list(faults(value, one, where)) for one in inner), key=len)
    elif origin in (list, tuple):
        yield from _of_list(value, kind, where)
    elif value not in inner if origin is Literal else not _is(value, kind):
        yield f"{where} is {value!r}, no {kind}"


def _is(value: Any, kind: Any) -> bool:
    if kind is float:
        kind = int | float
    return kind is Any or (isinstance(value, kind) and isinstance(value, bool) <= (kind is bool))


def _of_mapping(value: Any, kind: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no mapping"
        return
    if get_origin(kind) is dict:
        hints = dict.fromkeys(value, get_args(kind)[1])
    else:
        hints = get_type_hints(kind, include_extras=True)
        # Annotations that are text keep from Python which keys are required.
        needed = {
            n for n, one in hints.items() if kind.__total__ and get_origin(one) != NotRequired
        }
        yield from (f"{where} lacks {name}" for name in sorted(needed - value.keys()))
    for name, one in value.items():
        if name in hints:
            yield from faults(one, hints[name], f"{where}.{name}")
        else:
            yield f"{where} has {name}"


def _of_list(value: Any, kind: Any, where: str) -> Iterator[str]:
    inner = get_args(kind)
    if not isinstance(value, list) or (get_origin(kind) is tuple and len(value) != len(inner)):
        yield f"{where} is no {kind}"
        return
    kinds = inner if get_origin(kind) is tuple else inner * len(value)
    for number, (one, its) in enumerate(zip(value, kinds, strict=True)):
        yield from faults(one, its, f"{where}[{number}]")


if __name__ == "__main__":
    DECLARATIONS.write_text(declarations(), encoding="utf-8")
