"""Turns at making files: who is before whom, and what becomes of a place that is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import pytest

from dashboard.brief.turns import Turn, Turns


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_each_knows_how_many_are_before_them(stack: ExitStack) -> None:
    turns = Turns()
    places = [stack.enter_context(turns.place()) for _ in range(3)]
    assert [place.before for place in places] == [0, 1, 2]
    assert len(turns) == 3


def test_several_may_have_their_turn_at_once(stack: ExitStack) -> None:
    turns = Turns(at_once=2)
    places = [stack.enter_context(turns.place()) for _ in range(4)]
    assert [place.before for place in places] == [0, 0, 2, 3]


def test_whoever_leaves_lets_those_behind_move_up() -> None:
    turns = Turns()
    first, second, third = ExitStack(), ExitStack(), ExitStack()
    places = [stack.enter_context(turns.place()) for stack in (first, second, third)]
    second.close()
    assert [places[0].before, places[2].before] == [0, 1]
    first.close()
    assert places[2].before == 0
    third.close()
    assert len(turns) == 0


def test_who_comes_last_is_last(stack: ExitStack) -> None:
    turns = Turns()
    leaving = ExitStack()
    leaving.enter_context(turns.place())
    waiting = stack.enter_context(turns.place())
    leaving.close()
    late = stack.enter_context(turns.place())
    assert [waiting.before, late.before] == [0, 1]


@pytest.mark.parametrize("end", [ValueError, SystemExit, KeyboardInterrupt, MemoryError])
def test_whatever_ends_it_frees_the_place(end: type[BaseException]) -> None:
    turns = Turns()
    with pytest.raises(end), turns.place():
        raise end
    assert len(turns) == 0


def test_waiting_ends_when_somebody_leaves() -> None:
    """Not after the hour that it might last."""
    turns = Turns()
    found: list[int] = []

    def wait(place: Turn) -> None:
        found.append(place.wait(3600))

    leaving = ExitStack()
    leaving.enter_context(turns.place())
    with turns.place() as place:
        thread = Thread(target=wait, args=(place,))
        thread.start()
        leaving.close()
        thread.join(60)
    assert found == [0]


def test_waiting_ends_with_its_time_and_is_none_for_who_has_their_turn() -> None:
    turns = Turns()
    with turns.place() as first, turns.place() as second:
        assert first.wait(3600) == 0
        assert second.wait(0) == 1


def test_turns_are_taken_one_at_a_time_in_order() -> None:
    turns = Turns()
    made: list[int] = []
    beside: list[int] = []
    at_work: set[int] = set()

    def work(number: int, place: Turn, done: ExitStack) -> None:
        while place.wait(3600):
            pass
        at_work.add(number)
        made.append(number)
        beside.append(len(at_work))
        at_work.remove(number)
        done.close()

    stacks = [ExitStack() for _ in range(10)]
    places = [stack.enter_context(turns.place()) for stack in stacks]
    threads = [
        Thread(target=work, args=(number, place, stack))
        for number, (place, stack) in enumerate(zip(places, stacks, strict=True))
    ]
    for thread in reversed(threads):
        thread.start()
    for thread in threads:
        thread.join(60)
    assert made == list(range(10))
    assert beside == [1] * 10
    assert len(turns) == 0
