"""What lies where on the derived map."""

from __future__ import annotations

import geopandas as gpd
from shapely.geometry import Point


def country_at(lon: float, lat: float, countries: gpd.GeoDataFrame) -> str | None:
    """Code of the country at a place, the first by code on a common border; None at sea."""
    found = countries.index[countries.sindex.query(Point(lon, lat), predicate="intersects")]
    return min(found, default=None)
