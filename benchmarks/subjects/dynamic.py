"""dynamic: as usual, but the map stays and `feature_group_to_add` brings the records.

This is the way that streamlit-folium's manual shows for a map that shall keep its view. Only what
the app uses is returned, so that panning causes no rerun.
"""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from benchmarks.subjects import page
from benchmarks.subjects.folium_layers import base, records_group
from benchmarks.subjects.records import Records


def show(data: Records) -> None:
    """Filter, map, panel with what was clicked."""
    shown = page.ask(data)
    map_column, panel_column = st.columns([2.35, 1])
    with map_column:
        # A new base each time: `st_folium` changes the map that it is given. Its text stays the
        # same, so that the browser keeps what it has drawn.
        clicked = st_folium(
            base(data),
            key="map",
            use_container_width=True,
            feature_group_to_add=records_group(shown),
            returned_objects=["last_object_clicked_tooltip"],
        )
    with panel_column:
        page.panel(data, shown, (clicked["last_object_clicked_tooltip"] or "").strip())


page.run(show)
