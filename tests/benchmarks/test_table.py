"""The pure parts of the benchmarks: what a table says of what was measured."""

from __future__ import annotations

import pytest

from benchmarks.table import (
    Cell,
    Row,
    Table,
    cell_text,
    failures,
    figures,
    markdown,
    number,
    ratio_text,
    ratios,
)

CLICK = Row("filter click", "time", "ms")
BYTES = Row("filter click", "websocket", "KB")


@pytest.fixture
def table() -> Table:
    table = Table(["floor", "usual", "atlas"])
    table.cell(CLICK, "floor").values += [100, 90, 130]
    table.cell(CLICK, "usual").failures += ["not shown in 60 s", "not shown in 60 s"]
    table.cell(CLICK, "atlas").values += [150, 140]
    table.cell(BYTES, "atlas").values += [4.2]
    return table


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.0"), (0.04, "0.0"), (3.84, "3.8"), (9.96, "10"), (162.4, "162"), (1480.2, "1,480")],
)
def test_numbers_have_about_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_cell_gives_median_and_spread() -> None:
    assert cell_text(Cell([100, 90, 130])) == "100 (90–130)"
    assert cell_text(Cell([100, 90])) == "95 (90–100)"
    assert cell_text(Cell([4.2])) == "4.2"


def test_one_slow_round_does_not_move_the_median() -> None:
    assert Cell([100, 100, 9000]).median == 100


def test_what_failed_is_no_number() -> None:
    assert Cell(failures=["why"]).median is None
    assert cell_text(Cell(failures=["why"])) == "failed"
    assert ratio_text(Cell(failures=["why"]), Cell([100])) == "failed"


def test_what_failed_at_times_says_how_often() -> None:
    assert cell_text(Cell([4, 5], ["why"])) == "4.5 (4.0–5.0), 1 of 3 failed"


def test_what_was_never_tried_is_a_dash() -> None:
    assert cell_text(None) == "—"
    assert cell_text(Cell()) == "—"
    assert ratio_text(None, Cell([100])) == "—"


@pytest.mark.parametrize("base", [None, Cell(), Cell(failures=["why"]), Cell([0])])
def test_no_ratio_to_nothing(base: Cell | None) -> None:
    assert ratio_text(Cell([150]), base) == "—"


def test_ratio_is_of_medians() -> None:
    assert ratio_text(Cell([100, 300, 200]), Cell([90, 100, 9000])) == "2.00"
    assert ratio_text(Cell([1234]), Cell([100])) == "12.3"


def test_figures_have_a_row_for_each_measure(table: Table) -> None:
    lines = figures(table).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == ["work", "measure", "floor", "usual", "atlas"]
    assert cells[2] == ["filter click", "time, ms", "100 (90–130)", "failed", "145 (140–150)"]
    assert cells[3] == ["filter click", "websocket, KB", "—", "—", "4.2"]


def test_ratios_are_of_one_measure(table: Table) -> None:
    lines = ratios(table, "floor").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == ["time ÷ floor", "floor", "usual", "atlas"]
    assert cells[2:] == [["filter click", "1.00", "failed", "1.45"]]


def test_each_reason_for_a_failure_is_given_once(table: Table) -> None:
    assert failures(table) == "- usual, filter click: not shown in 60 s"
    assert failures(Table(["floor"])) == ""


def test_all_lines_of_a_table_are_of_one_width() -> None:
    lines = markdown(["a", "b"], [["long text", "1"], ["x", "1,480 (1–2)"]]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set(lines[1]) == set("| -:")
