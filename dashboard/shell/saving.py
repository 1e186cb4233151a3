"""Files for the reader: they come with the page's own messages.

Streamlit would keep a file in this process and have the browser ask for it. Behind a balancer that
request may reach another process, which has no such file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import pandas as pd
import streamlit as st

from dashboard.look.markup import plain
from dashboard.look.tables import csv_bytes
from dashboard.shell.callbacks import safely
from dashboard.shell.links import loader
from dashboard.web.handing import packed_file

HANDED = "atlas-handed"
"""Session's key of the file that was handed over last."""

LONG_ENOUGH = 30.0
"""Seconds for which runs bring it. A run may be overtaken by the next before the browser has drawn
it; the browser saves a file once, however often it comes."""

_save = st.components.v2.component("atlas_save", js=loader("save"), isolate_styles=False)


@dataclass(frozen=True)
class _Handed:
    place: str
    packed: bytes
    since: float


def hand_over(place: str, name: str, media_type: str, content: bytes) -> None:
    """Have the reader's browser save a file, as soon as the page comes to `deliver` that place.

    Parameters
    ----------
    place : str
    name : str
        That it is saved under, with its ending.
    media_type : str
    content : bytes
    """
    packed = packed_file(name, media_type, content)
    st.session_state[HANDED] = _Handed(place, packed, monotonic())


def deliver(place: str) -> None:
    """Bring the browser what was handed over at that place, if anything was."""
    handed: _Handed | None = st.session_state.get(HANDED)
    if handed is None or handed.place != place:
        return
    if monotonic() - handed.since > LONG_ENOUGH:
        del st.session_state[HANDED]
        return
    # Out of sight, and where it moves nothing.
    with st.container(key=f"atlas-save-{place}"):
        _save(key=f"atlas-saver-{place}", data=handed.packed)


def offer_table(
    label: str, name: str, table: Callable[[], pd.DataFrame], key: str, quiet: bool = False
) -> None:
    """A button that saves a table as CSV; it is written when somebody presses it.

    Parameters
    ----------
    label : str
        On the button.
    name : str
        Of the file, without its ending.
    table : callable
        Gives the table.
    key : str
        Of the button.
    quiet : bool
        Whether the button looks like a link.
    """
    wanted = f"{key}-wanted"

    def want() -> None:
        st.session_state[wanted] = True

    with st.container():
        st.button(
            plain(label), key=key, on_click=safely(want), type="tertiary" if quiet else "secondary"
        )
        if st.session_state.pop(wanted, False):
            hand_over(key, f"{name}.csv", "text/csv", csv_bytes(table()))
        deliver(key)
