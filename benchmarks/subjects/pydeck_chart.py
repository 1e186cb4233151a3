"""pydeck: `st.pydeck_chart` with the same layers, without tiles."""

from __future__ import annotations

import pandas as pd
import pydeck as pdk
import streamlit as st

from benchmarks.subjects import page
from benchmarks.subjects.page import Shown
from benchmarks.subjects.records import LEG, POINT_COLOUR, Records


def rgb(colour: str) -> list[int]:
    """``#rrggbb`` as deck.gl wants it."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def layers(data: Records, shown: Shown) -> list[pdk.Layer]:
    """Countries, corridors, other lines, points."""
    lines = pd.DataFrame(
        {
            "title": shown.lines["title"],
            "type": shown.lines["type"],
            "colour": shown.lines["colour"].map(rgb),
            "path": [[list(at) for at in line.coords] for line in shown.lines.geometry],
        }
    )
    points = pd.DataFrame(
        {
            "title": shown.points["title"],
            "at": [[point.x, point.y] for point in shown.points.geometry],
        }
    )
    style = {"get_path": "path", "get_color": "colour", "width_min_pixels": 2, "pickable": True}
    legs = lines["type"] == LEG
    return [
        pdk.Layer(
            "GeoJsonLayer",
            data.countries_json,
            id="countries",
            get_fill_color=[233, 231, 225],
            get_line_color=[185, 181, 170],
            line_width_min_pixels=0.5,
        ),
        *([pdk.Layer("PathLayer", lines[legs], id="corridors", **style)] if legs.any() else []),
        pdk.Layer("PathLayer", lines[~legs], id="lines", **style),
        pdk.Layer(
            "ScatterplotLayer",
            points,
            id="points",
            get_position="at",
            get_fill_color=rgb(POINT_COLOUR),
            get_radius=6,
            radius_units="'pixels'",
            pickable=True,
        ),
    ]


def show(data: Records) -> None:
    """Filter, map, panel with what was clicked."""
    shown = page.ask(data)
    map_column, panel_column = st.columns([2.35, 1])
    with map_column:
        # deck.gl counts zoom from tiles of 512 pixels, Leaflet from 256.
        view = pdk.ViewState(latitude=data.lat, longitude=data.lon, zoom=data.zoom - 1)
        clicked = st.pydeck_chart(
            pdk.Deck(
                layers(data, shown),
                initial_view_state=view,
                map_provider=None,  # and no `map_style`: Streamlit would fetch a basemap
                tooltip={"text": "{title}"},
            ),
            height=page.HEIGHT,
            on_select="rerun",
            selection_mode="single-object",
            key="map",
        )
    objects = [found for layer in clicked.selection["objects"].values() for found in layer]
    with panel_column:
        page.panel(data, shown, objects[0]["title"] if objects else None)


page.run(show)
