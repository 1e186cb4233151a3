"""For programs that read a page without a browser: there no script of ours makes the list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib import agent_spec

from dashboard.atlas.data import Atlas
from dashboard.shell.shown_table import shown_table


def is_read_by_a_program() -> bool:
    """Whether this run is one of Streamlit's agent API, which whoever runs the app switches on."""
    # There is no public way to ask; without this one, programs get what browsers get.
    asked = getattr(agent_spec, "is_recording", None)
    return bool(asked and asked())


def show_records(atlas: Atlas, ids: Sequence[str]) -> None:
    """The records shown as a table; nothing for a browser, which lists them by itself."""
    if is_read_by_a_program():
        st.dataframe(shown_table(atlas, ids), key="records-shown", hide_index=True)
