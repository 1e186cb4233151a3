"""Names on a map never overlap one another, what is taken, or the frame."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.drawing.labels import (
    BESIDE_COSTS,
    Name,
    along,
    beside,
    boxes_at,
    overlapping,
    place,
    points_within,
)

FRAME = (300.0, 200.0)
NOTHING = np.zeros((0, 4))
NO_LINES = np.zeros((0, 2))


def a_name(x: float, y: float, width: float = 40, height: float = 9, gap: float = 6) -> Name:
    spots = beside(x, y, gap, gap, width, height)
    return Name(width, height, spots, BESIDE_COSTS)


def called(x: float, y: float, *spots: tuple[float, float]) -> Name:
    at = np.array(spots)
    return Name(40, 9, at, np.zeros(len(at)), from_=np.array([x, y]), called=0)


@st.composite
def requests(draw: st.DrawFn) -> tuple[list[Name], np.ndarray, np.ndarray]:
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    names = [
        a_name(*(generator.uniform(0, 1, 2) * FRAME), width=generator.uniform(8, 90))
        for _ in range(draw(st.integers(0, 40)))
    ]
    middles = generator.uniform(0, 1, (draw(st.integers(0, 15)), 2)) * FRAME
    lines = generator.uniform(0, 1, (200, 2)) * FRAME
    return names, boxes_at(middles, 16, 16), lines


@settings(max_examples=60, deadline=None)
@given(requests())
def test_no_two_names_overlap_and_none_leaves_the_frame(
    asked: tuple[list[Name], np.ndarray, np.ndarray],
) -> None:
    names, taken, lines = asked
    boxes = [p.box for p in place(names, taken, lines, FRAME) if p is not None]
    for index, box in enumerate(boxes):
        others = np.array([*boxes[:index], *boxes[index + 1 :], *taken]).reshape(-1, 4)
        assert not overlapping(np.array([box]), others)[0]
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= FRAME[0]
        assert box[3] <= FRAME[1]


def test_a_name_stands_to_the_right_where_nothing_is_in_the_way() -> None:
    (placed,) = place([a_name(100, 100)], NOTHING, NO_LINES, FRAME)
    assert placed is not None
    assert placed.x > 100
    assert placed.y == 100


def test_a_name_avoids_a_line_where_another_spot_is_free() -> None:
    line = along(104, 100, 160, 100)
    (placed,) = place([a_name(100, 100)], NOTHING, line, FRAME)
    assert placed is not None
    assert points_within(np.array([placed.box]), line)[0] == 0


def test_a_name_crosses_a_line_rather_than_being_left_out() -> None:
    every = np.stack(np.meshgrid(np.arange(0, 300, 4), np.arange(0, 200, 4)), -1).reshape(-1, 2)
    assert place([a_name(100, 100)], NOTHING, every, FRAME)[0] is not None


def test_what_has_no_room_is_left_out_and_the_important_one_stays() -> None:
    only = Name(40, 9, np.array([[100.0, 100.0]]), np.zeros(1))
    first, second = place([only, only], NOTHING, NO_LINES, FRAME)
    assert first is not None
    assert second is None


def test_spots_of_infinite_cost_are_never_taken() -> None:
    name = Name(40, 9, np.array([[100.0, 100.0]]), np.array([np.inf]))
    assert place([name], NOTHING, NO_LINES, FRAME) == [None]


def test_points_to_avoid_are_avoided() -> None:
    spots = np.array([[100.0, 100.0], [100.0, 150.0]])
    name = Name(40, 9, spots, np.array([0.0, 5.0]), avoid=np.array([[100.0, 100.0]]))
    (placed,) = place([name], NOTHING, NO_LINES, FRAME)
    assert placed is not None
    assert placed.y == 150


def test_a_name_that_is_called_out_has_a_line_to_its_edge() -> None:
    (placed,) = place([called(50, 50, (120, 50))], NOTHING, NO_LINES, FRAME)
    assert placed is not None
    assert placed.leader == (50, 50, 100, 50)


def test_the_line_of_a_call_out_does_not_run_through_what_is_taken() -> None:
    wall = np.array([[80.0, 40.0, 90.0, 60.0]])
    (placed,) = place([called(50, 50, (120, 50), (50, 120))], wall, NO_LINES, FRAME)
    assert placed is not None
    assert placed.y == 120


def test_later_names_keep_off_the_line_of_a_call_out() -> None:
    on_line = Name(20, 9, np.array([[80.0, 50.0]]), np.zeros(1))
    assert place([called(50, 50, (150, 50)), on_line], NOTHING, NO_LINES, FRAME)[1] is None


@pytest.mark.parametrize("side", range(12))
def test_a_spot_beside_a_symbol_does_not_cover_it(side: int) -> None:
    box = boxes_at(beside(100, 100, 9, 9, 30, 8)[side : side + 1], 30, 8)[0]
    nearest = np.clip([100, 100], box[:2], box[2:])
    assert np.hypot(*(nearest - [100, 100])) > 6
