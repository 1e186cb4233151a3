"""Frees something large little by little. No Streamlit.

What holds a million objects takes a fifth of a second to free, and meanwhile no other thread runs.
"""

from __future__ import annotations

from threading import Thread
from time import monotonic, sleep
from weakref import ref

FEW = 2_000
"""Parts that are freed at once."""

PATIENCE = 60.0
"""Seconds after which what is still in use is left to whoever uses it."""

POLL = 0.05
"""Seconds between two looks whether it is still in use."""


def let_go(whole: object, parts: list[object]) -> None:
    """Free something in a thread of its own as soon as the caller, and all others, let it go.

    Parameters
    ----------
    whole : object
        That is to be freed; nothing of it is changed.
    parts : list of object
        What it mostly consists of; emptied.
    """
    if len(parts) > FEW:
        Thread(target=_free, args=(ref(whole), parts), name="free", daemon=True).start()


def _free(whole: ref[object], parts: list[object]) -> None:
    until = monotonic() + PATIENCE
    while whole() is not None and monotonic() < until:
        sleep(POLL)
    # One by one: between two of them another thread may run.
    while parts:
        parts.pop()
