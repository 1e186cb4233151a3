"""Python's garbage collector, kept from walking what is loaded. No Streamlit.

A walk over a dossier of ten thousand records holds up every thread for half a second. All of an
atlas goes by its reference counts as soon as nobody uses it, so none is needed for that.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

RARELY = 3600.0
"""Seconds after which what sessions and loads have left in circles is worth one walk."""


class Collector:
    """Lets none walk while something large is made, and leaves it out of all walks afterwards."""

    def __init__(self) -> None:
        self._walked = float("-inf")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Collect nothing meanwhile; what is there in the end is not walked again."""
        gc.disable()
        gc.unfreeze()
        try:
            yield
        finally:
            if monotonic() - self._walked > RARELY:
                gc.collect()
                self._walked = monotonic()
            gc.freeze()
            gc.enable()
