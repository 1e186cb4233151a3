"""The address bar as the app's state: read on each run, written by what the user does.

What a page says was said before it had the answer to what it said last: a second click comes with
the address from before the first. So a session remembers which addresses it has left for which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.atlas import data
from dashboard.atlas.address import PARAMETERS, WRITTEN_BY_MAP, Screen, read, write
from dashboard.atlas.data import Atlas

LEFT = "atlas-left"
"""Session's key of the page, the addresses that were left on it, oldest first, and the one now."""

MOST_LEFT = 20

Parameters = dict[str, list[str]]


def all_parameters() -> Parameters:
    """Everything that stands in the address, unchecked."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def leads_back() -> bool:
    """Whether this run is there because the reader went back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def address() -> str:
    """The address as this run knows it, but for what the map writes."""
    return urlencode(_of_screen(all_parameters()), doseq=True)


def current_screen(atlas: Atlas) -> Screen:
    """The screen that the address names; nonsense in it is passed over."""
    return read(all_parameters(), atlas.choices)


def go(screen: Screen) -> None:
    """Make `screen` the address; the run that follows draws it. A page's own parameters stay."""
    own = {key: values for key, values in all_parameters().items() if key not in PARAMETERS}
    write_parameters({**write(screen, data.load().choices), **own})


def write_parameters(parameters: Mapping[str, str | list[str]]) -> None:
    """Make them the address."""
    before = _of_screen(all_parameters())
    st.query_params.from_dict(parameters)
    after = _of_screen(all_parameters())
    page, left, now = _left()
    left = [address for address in [*left, now, before] if address not in (None, after)]
    st.session_state[LEFT] = (page, left[-MOST_LEFT:], after)


def catch_up() -> None:
    """Where the page speaks from an address that was left, go on from the one that it will have.

    Back and forward do lead to an address that was left: then nothing is remembered.
    """
    if leads_back():
        st.session_state.pop(LEFT, None)
        return
    _, left, now = _left()
    if now is not None and _of_screen(all_parameters()) in left:
        st.query_params.from_dict(now)


def _of_screen(parameters: Parameters) -> Parameters:
    return {key: values for key, values in parameters.items() if key not in WRITTEN_BY_MAP}


def _left() -> tuple[str, list[Parameters], Parameters | None]:
    """What is remembered of this page."""
    context = get_script_run_ctx()
    page = context.page_script_hash if context is not None else ""
    remembered = st.session_state.get(LEFT)
    return remembered if remembered and remembered[0] == page else (page, [], None)


def forget() -> None:
    """Remember nothing: the address is about to be another one."""
    st.session_state.pop(LEFT, None)


def parameter(key: str) -> list[str]:
    """Values of a page's own parameter, as they stand in the address: nothing is checked yet."""
    return all_parameters().get(key, [])


def set_parameters(**changes: list[str] | None) -> None:
    """Change a page's own parameters in the address; None or no value takes one away."""
    kept = _of_screen(all_parameters())
    for key, values in changes.items():
        kept.pop(key, None)
        if values:
            kept[key] = values
    write_parameters(kept)


def change(**changes: Any) -> None:
    """Go to the current screen with some of its parts changed."""
    go(replace(current_screen(data.load()), **changes))


def change_filters(**changes: Any) -> None:
    """Go to the current screen with some of its filters changed."""
    screen = current_screen(data.load())
    go(replace(screen, filters=replace(screen.filters, **changes)))


def select(thing: str | None) -> None:
    """Select a thing by id, or nothing; an unknown id selects nothing."""
    selectable = data.load().choices.selectable
    change(select=thing if thing in selectable else None)
