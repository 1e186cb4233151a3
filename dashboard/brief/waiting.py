"""Waiting for one's turn in the page: the place is shown, and there is a way to leave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.brief.turns import Turn, Turns
from dashboard.look.markup import templates

PATIENCE = 0.25
"""Seconds after which who waits looks whether the reader has left."""


@contextmanager
def in_turn(turns: Turns, what: str) -> Iterator[None]:
    """Do something when it is this reader's turn.

    The run of the page waits, so nothing is asked again and again, and a message is sent only when
    the place changes. Whatever ends the run gives the place to the next: the button, another
    widget, another page, a closed window.

    Parameters
    ----------
    turns : Turns
    what : str
        What is waited for, as in "PowerPoint".
    """
    with turns.place() as place:
        if place.before:
            _wait(place, what)
        yield


def _wait(place: Turn, what: str) -> None:
    told = 0
    holder = st.empty()
    with holder.container(
        horizontal=True, key="briefing-waiting", vertical_alignment="center", gap="small"
    ):
        words = st.empty()
        # It need not do anything: any widget ends the run that waits.
        st.button("Leave the queue", key="briefing-leave", type="tertiary")
    while before := place.before:
        if before != told:
            words.html(waiting_html(before, what), width="content")
            told = before
        place.wait(PATIENCE)
        stop_if_left()
    holder.empty()


def waiting_html(before: int, what: str) -> str:
    """What a reader is told who waits; it is read out when it changes."""
    return templates.get_template("brief/waiting.html").render(before=before, what=what)


def stop_if_left() -> None:
    """End this run if Streamlit wants it to end; else it would notice at the next message only."""
    if context := get_script_run_ctx():
        context.yield_check()
