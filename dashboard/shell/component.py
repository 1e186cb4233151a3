"""The files of the map's frame, served from the start and not only when somebody has come."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime import Runtime

_WARNS = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""Streamlit's logger that warns of a component imported by no session: here that is meant."""


def declare() -> None:
    """Have the server serve the map's frame before its first session.

    Streamlit takes a component for known when a session has imported it. Behind a balancer a page's
    frame may be asked for at a server that has run none, and the page had no map. See `Preload`.
    """
    with _unwarned():
        import streamlit_folium
    # Named nowhere in public; a test asks a server that nobody has visited for the frame.
    component = getattr(streamlit_folium, "_component_func", None)
    if component is not None:
        Runtime.instance().component_registry.register_component(component)


@contextmanager
def _unwarned() -> Iterator[None]:
    warns = logging.getLogger(_WARNS)
    before = warns.level
    warns.setLevel(logging.ERROR)
    try:
        yield
    finally:
        warns.setLevel(before)
