"""plotly: `st.plotly_chart` with the same layers, on a geo subplot, which needs no tiles."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import streamlit as st
from shapely import orient_polygons

from benchmarks.subjects import page, records
from benchmarks.subjects.page import Shown
from benchmarks.subjects.records import COLOURS, POINT_COLOUR, Records


def _lines(shown: Shown, kind: str) -> go.Scattergeo:
    """All lines of a type as one trace, with gaps between them."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    titles: list[str] = []
    rows = shown.lines[shown.lines["type"] == kind]
    for title, line in zip(rows["title"], rows.geometry, strict=True):
        for x, y in line.coords:
            lon.append(x)
            lat.append(y)
            titles.append(title)
        lon.append(None)
        lat.append(None)
        titles.append("")
    style = {"color": COLOURS[kind], "width": 2}
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        text=titles,
        customdata=[[title] for title in titles],
        mode="lines",
        line=style,
        hoverinfo="text",
    )


@st.cache_resource(show_spinner=False)
def land_json() -> dict[str, Any]:
    """Countries, their outlines clockwise: plotly.js takes other ones for all the rest."""
    countries = records.load().countries
    turned = countries.geometry.map(lambda shape: orient_polygons(shape, exterior_cw=True))
    return countries.set_geometry(turned).to_geo_dict()


def figure(data: Records, shown: Shown) -> go.Figure:
    """Countries, lines by type, points."""
    # Lines first: plotly.js asks a CDN for outlines of its own if the first trace is a choropleth,
    # and draws nothing when that does not answer. Areas lie beneath lines in any order.
    traces = [_lines(shown, kind) for kind in COLOURS]
    land = go.Choropleth(
        geojson=land_json(),
        locations=data.countries.index,
        z=[0] * len(data.countries),
        colorscale=[[0, "#e9e7e1"], [1, "#e9e7e1"]],
        marker_line={"color": "#b9b5aa", "width": 0.5},
        showscale=False,
        hoverinfo="skip",
    )
    points = go.Scattergeo(
        lon=shown.points.geometry.x,
        lat=shown.points.geometry.y,
        text=shown.points["title"],
        customdata=shown.points[["title"]],
        mode="markers",
        marker={"color": POINT_COLOUR, "size": 12},
        hoverinfo="text",
    )
    # About the same stretch of the world as the other maps show.
    geo = {
        "visible": False,
        "projection_type": "mercator",
        "lonaxis_range": [data.lon - 60, data.lon + 60],
        "lataxis_range": [data.lat - 50, data.lat + 35],
    }
    layout = {"showlegend": False, "margin": dict.fromkeys("lrtb", 0), "uirevision": "constant"}
    return go.Figure([*traces, land, points], {"geo": geo, "height": page.HEIGHT, **layout})


def show(data: Records) -> None:
    """Filter, map, panel with what was clicked."""
    shown = page.ask(data)
    map_column, panel_column = st.columns([2.35, 1])
    with map_column:
        clicked = st.plotly_chart(
            figure(data, shown), key="map", on_select="rerun", selection_mode="points"
        )
    picked = [point for point in clicked.selection["points"] if point.get("customdata")]
    with panel_column:
        page.panel(data, shown, picked[0]["customdata"][0] if picked else None)


page.run(show)
