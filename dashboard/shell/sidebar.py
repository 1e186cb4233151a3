"""The filters. Each widget shows what the address says and writes what the user does to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.address import PILLS, Screen, cleared, pressed, pressed_of
from dashboard.atlas.data import Atlas
from dashboard.atlas.labels import label_of
from dashboard.look.markup import plain, plain_words
from dashboard.shell.callbacks import safely
from dashboard.shell.location import change, change_filters, current_screen, go

RESET = "reset"
"""Key of the button that clears all filters; the browser knows it by that, too."""


def show(atlas: Atlas, screen: Screen) -> str | None:
    """Draw all filters.

    Counts are of the whole dossier: what the filters leave is counted in the panel.

    Returns
    -------
    str or None
        The pills as the reader had pressed them, written like `address.pressed`, where
        the screen has others: the page then takes back what it foresaw.
    """
    asked = _asked(atlas)
    filters = screen.filters
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="filters-head",
    ):
        st.html("<h2>Filters</h2>")
        st.button("Reset", key=RESET, on_click=safely(_reset))
    st.session_state["q"] = filters.q
    st.text_input(
        "Search",
        key="q",
        placeholder="Title, text, actor, place",
        on_change=safely(lambda: change_filters(q=st.session_state["q"])),
    )
    _actors(atlas, screen)
    _facet(atlas, screen, "theme", "Themes")
    _dates(atlas, screen)
    _alliances(atlas, screen)
    _facet(atlas, screen, "layer", "Kinds of record")
    _facet(atlas, screen, "status", "How firmly the article says it")
    _facet(atlas, screen, "verdict", "Does it stand?")
    return asked if asked != pressed(screen) else None


def _asked(atlas: Atlas) -> str | None:
    """What the pills say before they are drawn; None where this session does not know them yet."""
    if not all(key in st.session_state for key in PILLS):
        return None
    if st.session_state.get(RESET):
        return pressed(cleared(Screen(), atlas.choices))
    return pressed_of({key: _chosen_in(atlas, key) for key in PILLS})


def _chosen_in(atlas: Atlas, key: str) -> tuple[str, ...]:
    """What a widget says is chosen, in the order offered: it gives the order of the clicks."""
    chosen = set(st.session_state[key])
    return tuple(value for value in atlas.choices.options[key] if value in chosen)


def _reset() -> None:
    atlas = data.load()
    go(cleared(current_screen(atlas), atlas.choices))


def _counted(atlas: Atlas, facet: str) -> dict[str, str]:
    """What each value of a facet is called, and how many records have it.

    Words, not what makes them: a session keeps what its widgets are given, and would keep the
    dossier as it is now along with it.
    """
    totals = atlas.index.totals[facet]
    return {
        value: f"{label_of(atlas, facet, value)} {totals[value] or ''}".rstrip()
        for value in atlas.choices.offered[facet]
    }


def _chosen(screen: Screen, facet: str) -> Callable[..., None]:
    """Have the facet's widget show what the address says; gives what writes what is chosen."""
    st.session_state[facet] = list(getattr(screen.filters, facet))
    return lambda: change_filters(**{facet: _chosen_in(data.load(), facet)})


def _actors(atlas: Atlas, screen: Screen) -> None:
    words = _counted(atlas, "actor")
    st.multiselect(
        "Actors",
        list(words),
        key="actor",
        format_func=words.__getitem__,
        on_change=safely(_chosen(screen, "actor")),
        placeholder="All actors",
        select_all=False,
    )


def _facet(atlas: Atlas, screen: Screen, facet: str, label: str) -> None:
    words = _counted(atlas, facet)
    st.pills(
        plain(label),
        list(words),
        key=facet,
        selection_mode="multi",
        format_func=plain_words(words, words.__getitem__),
        on_change=safely(_chosen(screen, facet)),
    )


def _dates(atlas: Atlas, screen: Screen) -> None:
    """Beginning and end of the span: two lists, since a slider of Streamlit's weighs 130 KB."""
    steps = atlas.choices.dates
    filters = screen.filters
    st.session_state["from"] = filters.from_ or steps[0]
    st.session_state["to"] = filters.to or steps[-1]

    def store(moved: str) -> None:
        start, end = st.session_state["from"], st.session_state["to"]
        if steps.index(end) < steps.index(start):
            # The end that was moved takes the other along.
            start = end = st.session_state[moved]
        change_filters(
            from_=None if start == steps[0] else start, to=None if end == steps[-1] else end
        )

    with st.container(horizontal=True, key="dates"):
        for key, label in (("from", "From"), ("to", "To")):
            st.selectbox(
                plain(label),
                steps,
                key=key,
                format_func=lambda step: step.words,
                on_change=safely(store),
                args=(key,),
            )


def _alliances(atlas: Atlas, screen: Screen) -> None:
    st.session_state["alliance"] = list(screen.alliance)
    options = atlas.choices.options["alliance"]
    st.pills(
        "Alliances to fill",
        options,
        key="alliance",
        selection_mode="multi",
        format_func=plain_words(options, lambda value: label_of(atlas, "alliance", value)),
        on_change=safely(lambda: change(alliance=_chosen_in(data.load(), "alliance"))),
    )
