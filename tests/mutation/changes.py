"""Small faults that can be put into a module, each at one place of its text.

What is changed: comparisons, ``and`` and ``or``, signs and operators, numbers, words, conditions,
what a function gives back, pairs such as ``min`` and ``max``. Left alone are docstrings, types,
decorators, and the words of an error, which may be worded otherwise without a fault.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
}
OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "+"),
    ast.BitOr: (r"\|", "&"),
    ast.BitAnd: ("&", "|"),
}
TWINS = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}


@dataclass(frozen=True)
class Change:
    """One fault: bytes `start` to `end` of a module's text become `new`.

    Attributes
    ----------
    start, end : int
        Offsets in bytes.
    new : str
    line : int
        From 1.
    before, after : str
        The lines that it touches, without their indentation, as they are and as they would be.
    """

    start: int
    end: int
    new: str
    line: int
    before: str
    after: str

    def made_in(self, text: str) -> str:
        """The module's text with the fault."""
        raw = text.encode()
        return (raw[: self.start] + self.new.encode() + raw[self.end :]).decode()


class _Finder(ast.NodeVisitor):
    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self.starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: list[tuple[int, int, str]] = []

    def at(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def source(self, node: ast.expr) -> str:
        start, end = self.span(node)
        return self.raw[start:end].decode()

    def put(self, node: ast.expr, new: str) -> None:
        self.found.append((*self.span(node), new))

    def between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Change what stands between two operands, brackets and comments left as they are."""
        start, end = self.span(left)[1], self.span(right)[0]
        match = re.search(old, self.raw[start:end].decode())
        if match:
            gap = self.raw[start:end].decode()
            first = start + len(gap[: match.start()].encode())
            self.found.append((first, first + len(match[0].encode()), new))

    def condition(self, node: ast.expr) -> None:
        if not isinstance(node, ast.Compare | ast.UnaryOp):
            self.put(node, f"(not ({self.source(node)}))")

    # Left alone

    def visit_Raise(self, node: ast.Raise) -> None:
        return

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        return  # where the parts of such a text stand is not the same in all versions of Python

    # Changed

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for left, right, operator in zip(operands, operands[1:], node.ops, strict=False):
            self.between(left, right, *COMPARISONS[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, rf"\b{old}\b", new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.put(node, f"bool({self.source(node.operand)})")
        elif isinstance(node.op, ast.USub):
            self.put(node, f"({self.source(node.operand)})")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in OPERATORS:
            self.between(node.left, node.right, *OPERATORS[type(node.op)])
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.condition(test)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        nothing = isinstance(node.value, ast.Constant) and node.value.value is None
        if node.value and not nothing:
            self.put(node.value, "None")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in TWINS:
            self.put(node.func, TWINS[node.func.id])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self.put(node, str(not value))
        elif isinstance(value, int):
            self.put(node, str(value + 1))
        elif isinstance(value, float):
            self.put(node, repr(value * 2 + 1))
        elif isinstance(value, str) and value:
            self.put(node, repr(f"~{value}"))

    def visit_Break(self, node: ast.Break) -> None:
        self.found.append((*self.span(node), "continue"))

    def visit_Continue(self, node: ast.Continue) -> None:
        self.found.append((*self.span(node), "break"))


def changes(text: str) -> Iterator[Change]:
    """All faults that can be put into a module, in the order of its text.

    Parameters
    ----------
    text : str
        The module's source.

    Yields
    ------
    Change
    """
    finder = _Finder(text)
    finder.visit(ast.parse(text))
    raw = text.encode()
    for start, end, new in sorted(set(finder.found)):
        line = raw[:start].count(b"\n") + 1
        first = raw.rfind(b"\n", 0, start) + 1
        last = raw.find(b"\n", end) % (len(raw) + 1)
        before = raw[first:last].decode()
        after = (raw[first:start] + new.encode() + raw[end:last]).decode()
        if len(before.splitlines()) == 1 or new not in before:
            yield Change(start, end, new, line, _plain(before), _plain(after))


def _plain(lines: str) -> str:
    return " ".join(lines.split())


def sample(text: str, count: int, seed: str) -> list[Change]:
    """Some of the faults, always the same ones.

    Each fault has its lot by the seed and its own lines: a change elsewhere in the module draws no
    others.

    Parameters
    ----------
    text : str
        The module's source.
    count : int
        How many at most.
    seed : str

    Returns
    -------
    list of Change
        In the order of the text.
    """

    def lot(change: Change) -> bytes:
        return hashlib.sha256(f"{seed}\0{change.before}\0{change.after}".encode()).digest()

    drawn = sorted(changes(text), key=lot)[:count]
    return sorted(drawn, key=lambda change: (change.start, change.end, change.new))
