"""Symbols never cover one another, and none is lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.drawing.gather import MOST_FANNED, gather

FRAME = (400.0, 250.0)
RADIUS = 8.0


def circles(spots: np.ndarray) -> np.ndarray:
    return np.array([c for group in gather(spots, RADIUS, FRAME) for c in group.circles(RADIUS)])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_nothing_overlaps_or_leaves_the_frame_and_all_are_there(seed: int, count: int) -> None:
    generator = np.random.default_rng(seed)
    spots = generator.normal([200, 120], [90, 50], (count, 2)).clip([0, 0], FRAME)
    groups = gather(spots, RADIUS, FRAME)
    assert sorted(member for group in groups for member in group.members) == list(range(count))
    drawn = circles(spots)
    apart = np.hypot(*(drawn[:, None, :2] - drawn[None, :, :2]).transpose(2, 0, 1))
    room = drawn[:, None, 2] + drawn[None, :, 2]
    assert (apart + 1e-6 >= room)[~np.eye(len(drawn), dtype=bool)].all()
    assert (drawn[:, :2] >= drawn[:, 2:]).all()
    assert (drawn[:, :2] <= np.array(FRAME) - drawn[:, 2:]).all()


def test_a_symbol_that_stands_alone_stays_at_its_place() -> None:
    spots = np.array([[50.0, 50.0], [300.0, 200.0]])
    at = [group.at[0] for group in gather(spots, RADIUS, FRAME)]
    np.testing.assert_allclose(at, spots, atol=0.1)


def test_few_at_one_place_stand_side_by_side_around_it() -> None:
    (group,) = gather(np.full((3, 2), 100.0), RADIUS, FRAME)
    assert not group.ring
    np.testing.assert_allclose(np.mean(group.at, axis=0), [100, 100], atol=0.1)


def test_many_at_one_place_are_one_ring() -> None:
    (group,) = gather(np.full((MOST_FANNED + 1, 2), 100.0), RADIUS, FRAME)
    assert group.ring
    assert len(group.members) == MOST_FANNED + 1


def test_neighbours_are_moved_apart_not_gathered() -> None:
    groups = gather(np.array([[100.0, 100.0], [110.0, 100.0]]), RADIUS, FRAME)
    assert [len(group.members) for group in groups] == [1, 1]


def test_no_symbols_give_no_groups() -> None:
    assert gather(np.zeros((0, 2)), RADIUS, FRAME) == []
