"""No test passes because what it goes through is empty.

A loop that asserts, and ``assert all(…)``, say nothing of nothing. So what they go through is
given by `nonempty`, or stands there to be seen: a literal, a constant of the module, a range.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FILES = sorted(path for path in TESTS.rglob("*.py"))
FILLED = {"nonempty", "range"}
KEEPING = {"enumerate", "list", "tuple", "set", "dict", "sorted", "reversed", "product", "zip"}
"""Functions that give as much as they are given."""


def is_filled(node: ast.expr) -> bool:
    """Whether something cannot be empty, as far as can be seen where it stands."""
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(e, ast.Starred) or is_filled(e.value) for e in elements)
        case ast.Dict(keys=keys):
            return bool(keys)
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper():
            return True
        case ast.Subscript(value=value, slice=part):
            return is_filled(value) and not isinstance(part, ast.Slice)
        case ast.Call(func=ast.Attribute(value=value, attr="items" | "values" | "keys")):
            return is_filled(value)
        case ast.Call(func=ast.Name(id=name), args=given, keywords=said):
            if name == "zip" and any(k.arg == "strict" and _is_true(k.value) for k in said):
                return any(is_filled(each) for each in given)
            return name in FILLED or (name in KEEPING and all(is_filled(e) for e in given))
    return False


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def surely_asserts(body: list[ast.stmt]) -> bool:
    """Whether each round of a loop comes to an assertion, whatever it goes through."""
    for statement in body:
        match statement:
            case ast.Assert():
                return True
            case ast.For(body=inner) | ast.With(body=inner) if surely_asserts(inner):
                return True
            case ast.Try(body=tried, handlers=handlers, orelse=other):
                if surely_asserts([*tried, *other]) and all(
                    surely_asserts(handler.body) for handler in handlers
                ):
                    return True
            case ast.If(body=inner, orelse=other):
                if surely_asserts(inner) and surely_asserts(other):
                    return True
                if any(isinstance(x, ast.Continue | ast.Break) for x in ast.walk(statement)):
                    return False
    return False


def vacuous(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines that may assert nothing, with what they go through.

    A property may: hypothesis asks it of many things, and some have nothing in them. So may a loop
    whose rounds are counted, where the count is asserted behind it, and a function that only helps:
    what it gives is asserted by others.
    """
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef) and _is_let_off(node):
            continue
        if isinstance(node, ast.FunctionDef):
            asserted = {name for s in node.body if isinstance(s, ast.Assert) for name in _names(s)}
            waiting += [s for s in node.body if not (asserted & _counted(s))]
        else:
            waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.For) and any(isinstance(x, ast.Assert) for x in _inside(node)):
            if not is_filled(node.iter):
                yield node.lineno, ast.unparse(node.iter)
            elif not surely_asserts(node.body):
                yield node.lineno, f"{ast.unparse(node.iter)}: choose before the loop, not in it"
        if isinstance(node, ast.Assert):
            for part in ast.walk(node.test):
                for loop in _of_all(part):
                    if not is_filled(loop.iter):
                        yield node.lineno, ast.unparse(loop.iter)


def _is_let_off(function: ast.FunctionDef) -> bool:
    drawn = any("given(" in ast.unparse(decorator) for decorator in function.decorator_list)
    helps = isinstance(function.body[-1], ast.Return)
    return drawn or helps


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _counted(statement: ast.stmt) -> set[str]:
    """What a loop adds to."""
    found: set[str] = set()
    for part in ast.walk(statement) if isinstance(statement, ast.For) else ():
        match part:
            case ast.AugAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="add" | "append")):
                found.add(name)
    return found


def _inside(loop: ast.For) -> Iterator[ast.AST]:
    return (part for statement in loop.body for part in ast.walk(statement))


def _of_all(node: ast.AST) -> list[ast.comprehension]:
    match node:
        case ast.Call(func=ast.Name(id="all"), args=[ast.GeneratorExp(generators=loops)]):
            return loops
        case ast.Call(func=ast.Name(id="all"), args=[ast.ListComp(generators=loops)]):
            return loops
    return []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("for a in f():\n    assert a", ["f()"]),
        ("for a in f():\n    g(a)", []),
        ("for a in nonempty(f()):\n    assert a", []),
        ("for a in (1, 2):\n    for b in a.parts:\n        assert b", ["a.parts"]),
        ("for a in [*f()]:\n    assert a", ["[*f()]"]),
        ("for a, b in zip(f(), [1], strict=True):\n    assert a == b", []),
        ("for a, b in zip(f(), [1]):\n    assert a == b", ["zip(f(), [1])"]),
        ("for a in CASES[1:]:\n    assert a", ["CASES[1:]"]),
        ("for a in module.CASES.values():\n    assert a", []),
        ("assert all(a for a in f())", ["f()"]),
        ("assert all(a for a in nonempty(f()) for b in a)", ["a"]),
        ("@given(st.text())\ndef test(a):\n    for b in a:\n        assert b", []),
        ("def test():\n    for a in f():\n        n += 1\n        assert a\n    assert n", []),
        ("def test():\n    for a in f():\n        n += 1\n        assert a", ["f()"]),
        ("def test():\n    for a in f():\n        assert a", ["f()"]),
        ("def helps():\n    for a in f():\n        assert a\n    return a", []),
        ("for a in CASES:\n    if a:\n        assert b",
         ["CASES: choose before the loop, not in it"]),
        ("for a in CASES:\n    if a:\n        continue\n    assert b",
         ["CASES: choose before the loop, not in it"]),
    ],
)  # fmt: skip
def test_the_rule(text: str, found: list[str]) -> None:
    assert [what for _, what in vacuous(ast.parse(text))] == found


def test_nothing_is_asserted_of_nothing() -> None:
    assert len(FILES) > 100
    found = [
        f"{path.relative_to(TESTS)}:{line}: {what}"
        for path in FILES
        for line, what in vacuous(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == [], "go through nonempty(…), see tests/nonempty.py"
