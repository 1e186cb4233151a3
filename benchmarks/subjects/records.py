"""The same records and countries for every subject, through the product's own loader and join."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import streamlit as st

from annotations.loader import load_dossier
from geodata.boundaries import load_countries
from geodata.join import join

ENVIRONMENT = "DOSSIER_ATLAS_DOSSIER"
"""Environment variable that names another dossier folder: the product's own."""

DOSSIER = Path(__file__).parents[2] / "annotations" / "russia-iran"

LEG = "leg"
"""Value of a line's `type` where it is part of a corridor."""

COLOURS = {"flow": "#882255", "relation": "#2b8cbe", LEG: "#a67c00"}
"""Colour of lines by type."""

POINT_COLOUR = "#d1495b"


@dataclass(frozen=True)
class Records:
    """What every subject shows. Shared by all sessions: never changed.

    Attributes
    ----------
    points, lines : geopandas.GeoDataFrame
        A row a record and place, and a row a line, with `record`, `title`, `geometry`; lines also
        with `type` and `colour`. EPSG:4326.
    countries : geopandas.GeoDataFrame
        Index ISO alpha-3, with `name` and `geometry`.
    countries_json : dict
        The same as a GeoJSON feature collection, with `name` as the only property.
    themes : dict of str
        Label by id, in the dossier's order.
    themes_of : dict of str
        Theme ids by record.
    cards : dict of str
        By title: what a card says.
    lat, lon, zoom : float
        Where maps open, in degrees; zoom as Leaflet counts it.
    """

    points: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    countries_json: dict[str, Any]
    themes: dict[str, str]
    themes_of: dict[str, frozenset[str]]
    cards: dict[str, str]
    lat: float
    lon: float
    zoom: float

    def visible(self, themes: Iterable[str]) -> set[str]:
        """Ids of the records with any of the themes; of all records without one."""
        wanted = set(themes)
        return {r for r, has in self.themes_of.items() if not wanted or not wanted.isdisjoint(has)}


def build() -> Records:
    """Load and join the dossier."""
    countries = load_countries()
    joined = join(load_dossier(Path(os.environ.get(ENVIRONMENT) or DOSSIER)), countries)
    records = joined.dossier.records
    titles = {record.id: record.title for record in records.values()}
    points = joined.points[["record", "geometry"]].copy()
    lines = joined.lines[["record", "type", "geometry"]].copy()
    for frame in (points, lines):
        frame["title"] = frame["record"].map(titles)
    lines["colour"] = lines["type"].map(COLOURS)
    countries = countries[["name", "geometry"]]
    view = joined.dossier.head.view
    return Records(
        points=points,
        lines=lines,
        countries=countries,
        countries_json=countries.to_geo_dict(),
        themes={theme.id: theme.label for theme in joined.dossier.head.themes},
        themes_of={record.id: frozenset(record.themes) for record in records.values()},
        cards={record.title: record.summary for record in records.values()},
        lat=view.lat,
        lon=view.lon,
        zoom=view.zoom,
    )


load = st.cache_resource(build, show_spinner=False)
"""`build`, once per process."""
