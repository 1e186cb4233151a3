"""Layers of the two folium subjects."""

from __future__ import annotations

from typing import Any

import folium

from benchmarks.subjects.page import Shown
from benchmarks.subjects.records import POINT_COLOUR, Records


class LocalMap(folium.Map):
    """A map with Leaflet from the app's own server, two folders above the map's frame.

    Only circles and lines are drawn, so nothing else of what folium would load is missed.
    """

    default_js = [("leaflet", "../../leaflet/leaflet.js")]  # noqa: RUF012 - as folium has it
    default_css = [("leaflet", "../../leaflet/leaflet.css")]  # noqa: RUF012


def _land(feature: dict[str, Any]) -> dict[str, Any]:
    return {"fillColor": "#e9e7e1", "color": "#b9b5aa", "weight": 0.5, "fillOpacity": 1}


def _line(feature: dict[str, Any]) -> dict[str, Any]:
    colour = feature["properties"]["colour"]
    return {"color": colour, "weight": 2, "className": "record-line"}


def base(data: Records) -> folium.Map:
    """A map of the countries."""
    drawn = LocalMap(location=[data.lat, data.lon], zoom_start=round(data.zoom), tiles=None)
    folium.GeoJson(data.countries_json, name="Countries", style_function=_land).add_to(drawn)
    return drawn


def records_group(shown: Shown) -> folium.FeatureGroup:
    """Lines and points of what is shown."""
    group = folium.FeatureGroup(name="Records")
    if len(shown.lines):
        folium.GeoJson(
            shown.lines[["title", "colour", "geometry"]],
            style_function=_line,
            tooltip=folium.GeoJsonTooltip(["title"], labels=False),
        ).add_to(group)
    for row in shown.points.itertuples():
        folium.CircleMarker(
            [row.geometry.y, row.geometry.x],
            radius=6,
            color=POINT_COLOUR,
            fill=True,
            fill_opacity=0.8,
            tooltip=row.title,
            class_name="record-point",
        ).add_to(group)
    return group
