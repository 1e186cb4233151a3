"""The map page: filters left, map in the middle, panel right."""

from __future__ import annotations

import streamlit as st

from annotations.problems import DossierError
from dashboard import data, sidebar
from dashboard.location import current_screen
from dashboard.map_view import show_map
from dashboard.panel_view import show_panel, show_problems
from dashboard.title_view import show_footer, show_style, show_title


def show() -> None:
    """Draw the page for the screen that the address names."""
    try:
        atlas = data.load()
    except DossierError as error:
        st.error("The dossier cannot be read. Mend what is listed, then reload the page.")
        st.code("\n".join(str(problem) for problem in error.problems), language=None)
        return
    screen = current_screen(atlas)
    visible = atlas.index.visible(screen.filters)
    show_style()
    show_title(atlas, screen)
    with st.sidebar:
        sidebar.show(atlas, screen)
    map_column, panel_column = st.columns([2.35, 1], gap="small")
    with map_column, st.container(key="atlas-map"):
        show_map(atlas, screen, visible)
    with panel_column, st.container(key="atlas-panel"):
        show_panel(atlas, screen, visible)
        if not screen.present:
            show_problems(atlas)
    if screen.present:
        show_footer(atlas, screen, visible)
