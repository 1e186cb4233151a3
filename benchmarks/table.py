"""What was measured, as one table: medians with their spread, ratios, Markdown. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

NONE = "—"
"""Stands where a subject has no such thing."""

FAILED = "failed"


@dataclass
class Cell:
    """All values of one measure of one work of one subject.

    Attributes
    ----------
    values : list of float
        In the unit of the row.
    failures : list of str
        Why it could not be measured, once for each attempt in vain.
    """

    values: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def median(self) -> float | None:
        """The median; None where there is no value."""
        return statistics.median(self.values) if self.values else None


@dataclass(frozen=True)
class Row:
    """A measure of a work.

    Attributes
    ----------
    work : str
        What was done.
    measure : str
        What was taken: ``time``, ``websocket``, ``HTTP``, ``server CPU``, ``memory``.
    unit : str
        ``ms``, ``KB`` (10³ bytes) or ``MB`` (10⁶ bytes).
    """

    work: str
    measure: str
    unit: str


@dataclass
class Table:
    """Rows by columns.

    Attributes
    ----------
    columns : sequence of str
        Names of the subjects.
    cells : dict
        By row and column, rows in the order of the table.
    """

    columns: Sequence[str]
    cells: dict[Row, dict[str, Cell]] = field(default_factory=dict)

    def cell(self, row: Row, column: str) -> Cell:
        """The cell at a row and a column; a new one where there is none."""
        return self.cells.setdefault(row, {}).setdefault(column, Cell())


def number(value: float) -> str:
    """A number with about three digits: ``0.4``, ``3.8``, ``162``, ``1,480``."""
    return f"{value:.1f}" if abs(value) < 9.95 else f"{value:,.0f}"


def cell_text(cell: Cell | None) -> str:
    """``162 (148–190)``; how many attempts failed; a dash where none was made.

    A failure is never a number: where all attempts failed the text says so.
    """
    if cell is None or not (cell.values or cell.failures):
        return NONE
    if cell.median is None:
        return FAILED
    text = number(cell.median)
    if len(cell.values) > 1:
        text += f" ({number(min(cell.values))}–{number(max(cell.values))})"
    if cell.failures:
        tried = len(cell.values) + len(cell.failures)
        text += f", {len(cell.failures)} of {tried} {FAILED}"
    return text


def ratio_text(cell: Cell | None, base: Cell | None) -> str:
    """``1.5``: the ratio of two medians; a dash or ``failed`` where there is none."""
    if cell is None or not (cell.values or cell.failures):
        return NONE
    if cell.median is None:
        return FAILED
    if base is None or not base.median:
        return NONE
    ratio = cell.median / base.median
    return f"{ratio:.2f}" if ratio < 9.995 else f"{ratio:.1f}"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A table in Markdown, padded to be read as plain text too.

    Parameters
    ----------
    head : sequence of str
    rows : sequence of sequence of str
        As long as `head`.
    left : int
        How many of the first columns hold text; all other are set to the right.
    """
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]

    def line(row: Sequence[str]) -> str:
        parts = [
            text.ljust(width) if at < left else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(parts)} |"

    rule = ["-" * w if at < left else "-" * (w - 1) + ":" for at, w in enumerate(widths)]
    return "\n".join([line(head), line(rule), *(line(row) for row in rows)])


def figures(table: Table) -> str:
    """Medians with minimum and maximum."""
    rows = [
        [row.work, f"{row.measure}, {row.unit}", *(cell_text(of.get(c)) for c in table.columns)]
        for row, of in table.cells.items()
    ]
    return markdown(["work", "measure", *table.columns], rows, left=2)


def ratios(table: Table, base: str, measure: str = "time") -> str:
    """Medians of one measure as multiples of those of the subject `base`."""
    rows = [
        [row.work, *(ratio_text(of.get(c), of.get(base)) for c in table.columns)]
        for row, of in table.cells.items()
        if row.measure == measure
    ]
    return markdown([f"{measure} ÷ {base}", *table.columns], rows)


def failures(table: Table) -> str:
    """A list of why something failed, each reason once; empty if nothing did."""
    reasons: dict[str, None] = {}
    for row, of in table.cells.items():
        for column, cell in of.items():
            for reason in cell.failures:
                reasons[f"- {column}, {row.work}: {' '.join(reason.split())[:300]}"] = None
    return "\n".join(reasons)
