"""What all subjects with a map have around it: filter, layer switch, panel, a second page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import streamlit as st

from benchmarks.subjects import records
from benchmarks.subjects.records import LEG, Records

HEIGHT = 700
"""Height of the maps in pixels: what `st_folium` has by default."""


@dataclass(frozen=True)
class Shown:
    """What the filter and the switch leave."""

    ids: set[str]
    points: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame


def ask(data: Records) -> Shown:
    """Show the filter and the layer switch; give what they leave."""
    # Beside the map, so that all of a map of 700 pixels is in sight: Leaflet scrolls the page to
    # show all of itself on the first press of the mouse, which then hits something else.
    with st.sidebar:
        themes = st.pills(
            "Themes",
            list(data.themes),
            selection_mode="multi",
            format_func=lambda theme: data.themes[theme],
            key="theme",
        )
        corridors = st.checkbox("Corridors", value=True, key="corridors")
    ids = data.visible(themes)
    lines = data.lines[data.lines["record"].isin(ids)]
    if not corridors:
        lines = lines[lines["type"] != LEG]
    return Shown(ids, data.points[data.points["record"].isin(ids)], lines)


def panel(data: Records, shown: Shown, title: str | None = None) -> None:
    """Say how many records are shown and, of the clicked one, what it says."""
    with st.container(key="panel"):
        st.write(f"{len(shown.ids)} of {len(data.themes_of)} records shown")
    with st.container(key="card"):
        if title in data.cards:
            st.subheader(title)
            st.write(data.cards[title])


def _about() -> None:
    with st.container(key="about"):
        st.write("The same records on a map.")


def run(show: Callable[[Records], None]) -> None:
    """Run an app of two pages: the map that `show` draws, and a few words."""
    st.set_page_config(layout="wide")
    st.navigation(
        [
            st.Page(lambda: show(records.load()), title="Map", url_path="map", default=True),
            st.Page(_about, title="About", url_path="about"),
        ],
        position="top",
    ).run()
