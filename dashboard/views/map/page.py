"""The map page: filters left, map in the middle, panel right."""

from __future__ import annotations

import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.words import filters_in_words
from dashboard.shell import sidebar
from dashboard.shell.location import current_screen
from dashboard.shell.map_frame import show_map
from dashboard.shell.panel import show_panel
from dashboard.shell.site import Site
from dashboard.shell.title import show_footer, show_title


def show(site: Site) -> None:
    """Draw the page for the screen that the address names."""
    atlas = data.load()
    screen = current_screen(atlas)
    visible = atlas.index.visible(screen.filters)
    count = f"{len(visible)} of {len(atlas.dossier.records)} records"
    words = f"{count}; {filters_in_words(atlas, screen)}"
    show_title(atlas, site, screen, words)
    with st.sidebar:
        asked = sidebar.show(atlas, screen)
    map_column, panel_column = st.columns([2.35, 1], gap="small")
    with map_column, st.container(key="atlas-map"):
        show_map(atlas, screen, visible)
    with panel_column, st.container(key="atlas-panel"):
        show_panel(atlas, site, screen, visible, asked)
    show_footer(atlas, visible, words)
