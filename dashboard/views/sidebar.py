"""The filters. Each widget shows what the address says and writes what the user does to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.address import Screen, cleared
from dashboard.data import Atlas
from dashboard.labels import label_of
from dashboard.views.callbacks import safely
from dashboard.views.location import change, change_filters, current_screen, go


def show(atlas: Atlas, screen: Screen) -> None:
    """Draw all filters.

    Counts are of the whole dossier: what the filters leave is counted in the panel.
    """
    filters = screen.filters
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="filters-head",
    ):
        st.html("<h2>Filters</h2>")
        st.button("Reset", key="reset", on_click=safely(_reset))
    st.session_state["q"] = filters.q
    st.text_input(
        "Search",
        key="q",
        placeholder="Title, text, actor, place",
        on_change=safely(lambda: change_filters(q=st.session_state["q"])),
    )
    _facet(
        atlas, screen, "actor", "Actors", st.multiselect, placeholder="All actors", select_all=False
    )
    _facet(atlas, screen, "theme", "Themes", st.pills, selection_mode="multi")
    _dates(atlas, screen)
    _alliances(atlas, screen)
    _facet(atlas, screen, "layer", "Kinds of record", st.pills, selection_mode="multi")
    _facet(
        atlas, screen, "status", "How firmly the article says it", st.pills, selection_mode="multi"
    )
    _facet(atlas, screen, "verdict", "Does it stand?", st.pills, selection_mode="multi")


def _reset() -> None:
    atlas = data.load()
    go(cleared(current_screen(atlas), atlas.choices))


def _facet(
    atlas: Atlas,
    screen: Screen,
    facet: str,
    label: str,
    widget: Callable[..., object],
    **options: object,
) -> None:
    totals = atlas.index.totals[facet]
    values = atlas.choices.offered[facet]

    # Words, not what makes them: a session keeps what its widgets are given, and would keep the
    # dossier as it is now along with it.
    words = {
        value: f"{label_of(atlas, facet, value)} {totals[value] or ''}".rstrip() for value in values
    }
    st.session_state[facet] = list(getattr(screen.filters, facet))
    widget(
        label,
        values,
        key=facet,
        format_func=words.__getitem__,
        on_change=safely(lambda: change_filters(**{facet: tuple(st.session_state[facet])})),
        **options,
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
                label,
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
        format_func={value: label_of(atlas, "alliance", value) for value in options}.__getitem__,
        on_change=safely(lambda: change(alliance=tuple(st.session_state["alliance"]))),
    )
