"""Readers whose page is older than their session: the server restarted, or another one answers.

Such a page goes on where it was. What its widgets say arrives with its first message, but the
session does not know them yet, so that Streamlit calls no callback: a click would be lost. So the
page is first drawn as its address says, which makes its widgets known; then what they say is taken
up, as in a session that has been there all along. Where clicks follow each other before that, the
first widgets may be known and the others not: all wait, so that each counts after those before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.state.common import unpack_widget_state_value

from dashboard.atlas.address import WRITTEN_BY_MAP
from dashboard.shell.location import all_parameters, leads_back

KNOWN = "atlas-known"
"""Session's key of whether a page has been drawn whole, with all its widgets."""

ASIDE = "atlas-aside"
"""Session's key of what was set aside until then, by widget."""

AGAIN = "again"
"""Name by which a page says that it is connected again, with what its address bar says."""

Said = Sequence[Any]
"""What widgets say, as messages of Streamlit's protocol."""


def waits() -> bool:
    """Whether this session has yet to draw its page whole: until then nothing said counts."""
    return ASIDE in st.session_state


def set_aside() -> Said:
    """Take from a new session what its page's widgets say, and go to where the page is.

    Returns
    -------
    sequence
        What was taken; empty in a session that knows its widgets, or whose page is new too.
    """
    # Streamlit tells in public neither of the two: a test restarts the server and clicks.
    context = get_script_run_ctx()
    if context is None or KNOWN in st.session_state:
        return ()
    try:
        with context.session_state._lock:
            said = _taken(context.session_state._state)
    except AttributeError:
        return ()
    # Back and forward: the address says where to, and the widgets where from.
    if leads_back():
        st.session_state[ASIDE] = {}
        return ()
    _go_to_bar(said)
    return said


def _taken(session: Any) -> Said:
    """What is taken now, and what an earlier run took that was overtaken before it was whole."""
    states = session._new_widget_state
    taken = {state.id: state for state in states.as_widget_states()}
    aside = session._new_session_state.get(ASIDE) or session._old_state.get(ASIDE) or {}
    # What a widget says now counts. Where a page was then is no news either.
    kept = {
        widget: state
        for widget, state in aside.items()
        if widget not in states.states and AGAIN not in _events(state)
    }
    for widget in taken:
        states.states.pop(widget, None)
    # Kept by the session: a run that is overtaken may take what came for the one that follows.
    session._new_session_state[ASIDE] = kept | taken
    return tuple(session._new_session_state[ASIDE].values())


def _go_to_bar(said: Said) -> None:
    """Have the address that the page shows, where it foresaw more than was confirmed to it."""
    for state in said:
        for bar in _events(state).get(AGAIN, ()):
            query = parse_qs(str(bar).removeprefix("?"), keep_blank_values=True)
            shown, known = (_without_view(those) for those in (query, all_parameters()))
            if isinstance(bar, str) and shown != known:
                st.query_params.from_dict(shown)


def _without_view(parameters: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without what the map writes, which the page's address keeps by itself."""
    return {key: values for key, values in parameters.items() if key not in WRITTEN_BY_MAP}


def _events(state: Any) -> dict[str, list[Any]]:
    """What a component of ours says, by name; nothing where it is not as our scripts say it."""
    found: dict[str, list[Any]] = {}
    if state.WhichOneof("value") == "json_trigger_value":
        with suppress(ValueError):
            events = json.loads(state.json_trigger_value)
            for event in events if isinstance(events, list) else [events]:
                if isinstance(event, dict):
                    found.setdefault(str(event.get("event")), []).append(event.get("value"))
    return found


def take_up(said: Said) -> None:
    """Have the page drawn once more where what was set aside is news; its widgets are known now.

    Parameters
    ----------
    said : sequence
        From `set_aside`.
    """
    st.session_state[KNOWN] = True
    st.session_state.pop(ASIDE, None)
    context = get_script_run_ctx()
    if context is None or context.script_requests is None:
        return
    if any(_is_news(context.session_state._state, state) for state in said):
        context.script_requests.request_rerun(
            RerunData(
                query_string=context.query_string,
                widget_states=WidgetStates(widgets=said),
                page_script_hash=context.page_script_hash,
                cached_message_hashes=context.cached_message_hashes,
                context_info=context.context_info,
            )
        )


def _is_news(known: Any, state: Any) -> bool:
    """Whether a widget says something else than the page was just drawn with."""
    if set(_events(state)) == {AGAIN}:
        return False
    try:
        widget = known._new_widget_state.widget_metadata.get(state.id)
        return widget is not None and bool(
            widget.deserializer(unpack_widget_state_value(state)) != known[state.id]
        )
    except (AttributeError, KeyError, ValueError):
        return True
