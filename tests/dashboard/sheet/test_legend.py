"""A legend is arranged: whole where there is room, and never out of its rectangle."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.sheet.fonts import width_of
from dashboard.sheet.legend import SIZES, Arranged, arrange
from dashboard.sheet.styled import LegendEntry


def signs(groups: Mapping[str, int]) -> list[LegendEntry]:
    return [
        LegendEntry(group, f"Sign {number} of {group}", "#000000", glyph="dot")
        for group, count in groups.items()
        for number in range(count)
    ]


def entries_of(legend: Arranged) -> list[LegendEntry]:
    return [item.entry for item in legend.items if item.entry]


def test_a_legend_with_room_is_large_and_whole() -> None:
    legend = arrange(signs({"Flows": 3, "Symbols": 3}), 3, 3)
    assert (legend.size, legend.more, len(entries_of(legend))) == (SIZES[0], 0, 6)


def test_a_legend_becomes_smaller_before_it_loses_an_entry() -> None:
    entries = signs({"Flows": 10, "Symbols": 20})
    legend = arrange(entries, 2.4, 2.4)
    assert legend.size < SIZES[0]
    assert entries_of(legend) == entries


def test_a_legend_without_room_says_how_many_it_leaves_out() -> None:
    entries = signs({"Filled": 5, "Flows": 10, "Symbols": 200})
    legend = arrange(entries, 2.4, 2.0)
    kept = entries_of(legend)
    assert legend.items[-1].lines == (f"+ {legend.more} more",)
    assert legend.more == len(entries) - len(kept) > 0
    # What matters least gives way.
    assert [e for e in entries if e.group != "Symbols"] == [e for e in kept if e.group != "Symbols"]


@pytest.mark.sweep
@given(
    counts=st.lists(st.integers(1, 30), min_size=1, max_size=6),
    width=st.floats(1.0, 7.5),
    height=st.floats(0.4, 5.0),
)
@settings(max_examples=20, deadline=None)
def test_a_legend_never_leaves_its_rectangle(
    counts: list[int], width: float, height: float
) -> None:
    entries = signs({f"Group {number}": count for number, count in enumerate(counts)})
    legend = arrange(entries, width, height)
    assert len(entries_of(legend)) + legend.more == len(entries)
    for item in legend.items:
        assert item.y + item.height <= height + 1e-6
        assert item.x + max(width_of(line, legend.size) for line in item.lines) <= width + 0.02
