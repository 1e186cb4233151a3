"""Turns at making files: one at a time, first come, first served; who waits knows their place.

Of ten decks made at once each would take as long as the last of ten in a line, and all other
readers would be held up meanwhile. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """A line in which threads wait for their turn.

    Parameters
    ----------
    at_once : int
        How many have their turn at the same time.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._at_once = at_once
        self._line: list[Turn] = []
        self._changed = Condition()

    def __len__(self) -> int:
        """How many wait or have their turn."""
        return len(self._line)

    @contextmanager
    def place(self) -> Iterator[Turn]:
        """Join the line at its end; leave it with the block, whatever ends it.

        Yields
        ------
        Turn
            Whoever has it waits for its turn themselves.
        """
        place = Turn(self)
        with self._changed:
            self._line.append(place)
        try:
            yield place
        finally:
            with self._changed:
                self._line.remove(place)
                self._changed.notify_all()

    def _before(self, place: Turn) -> int:
        position = self._line.index(place)
        return position if position >= self._at_once else 0


class Turn:
    """A place in a line."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    @property
    def before(self) -> int:
        """How many are before it, those whose turn it is included; 0 where it has its turn."""
        with self._turns._changed:
            return self._turns._before(self)

    def wait(self, seconds: float) -> int:
        """Wait until somebody leaves who is before it, but no longer than that.

        Parameters
        ----------
        seconds : float

        Returns
        -------
        int
            As `before`.
        """
        with self._turns._changed:
            known = self._turns._before(self)
            if known:
                self._turns._changed.wait_for(lambda: self._turns._before(self) < known, seconds)
            return self._turns._before(self)


DECKS = Turns()
"""For files of several sheets, which take long."""

FILES = Turns()
"""For all others: none waits for a deck."""
