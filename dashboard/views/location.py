"""The address bar as the app's state: read on each run, written by what the user does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import data
from dashboard.address import PARAMETERS, WRITTEN_BY_MAP, Screen, read, write
from dashboard.data import Atlas


def all_parameters() -> dict[str, list[str]]:
    """Everything that stands in the address, unchecked."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def current_screen(atlas: Atlas) -> Screen:
    """The screen that the address names; nonsense in it is passed over."""
    return read(all_parameters(), atlas.choices)


def go(screen: Screen) -> None:
    """Make `screen` the address; the run that follows draws it. A page's own parameters stay."""
    own = {key: values for key, values in all_parameters().items() if key not in PARAMETERS}
    st.query_params.from_dict({**write(screen, data.load().choices), **own})


def parameter(key: str) -> list[str]:
    """Values of a page's own parameter, as they stand in the address: nothing is checked yet."""
    return all_parameters().get(key, [])


def set_parameters(**changes: list[str] | None) -> None:
    """Change a page's own parameters in the address; None or no value takes one away."""
    kept = {key: values for key, values in all_parameters().items() if key not in WRITTEN_BY_MAP}
    for key, values in changes.items():
        kept.pop(key, None)
        if values:
            kept[key] = values
    st.query_params.from_dict(kept)


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
