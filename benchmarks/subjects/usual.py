"""usual: a folium map, rebuilt on each rerun with its GeoJSON inlined, `st_folium` as it comes."""

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
        drawn = base(data)
        records_group(shown).add_to(drawn)
        clicked = st_folium(drawn, use_container_width=True)
    with panel_column:
        page.panel(data, shown, (clicked["last_object_clicked_tooltip"] or "").strip())


page.run(show)
