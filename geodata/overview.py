"""Countries for a map of half the world: corners that nobody could see there are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

ZOOM = 3.5
"""Web-map zoom up to which the overview does; a world is 256 pixels wide at zoom 0."""

TOLERANCE_PX = 1.5
"""Side of a square, in pixels at `ZOOM`, as large as the triangle that a corner may take along."""

DECIMALS = 3
"""Places of the coordinates in ``countries.geojson``."""


def _to_mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    # As the web map draws it, in units of a degree at the equator: a pixel is as wide as high.
    north = np.degrees(np.arctanh(np.sin(np.radians(lonlat[:, 1]))))
    return np.column_stack([lonlat[:, 0], north])


def _from_mercator(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    lat = np.degrees(np.arcsin(np.tanh(np.radians(xy[:, 1]))))
    # Simplifying only removes vertices, so rounding restores exactly those that went in.
    rounded: NDArray[np.float64] = np.column_stack([xy[:, 0], lat]).round(DECIMALS) + 0.0
    return rounded


def overview(countries: Mapping[str, Any]) -> dict[str, Any]:
    """The same countries with fewer corners.

    Parameters
    ----------
    countries : mapping
        GeoJSON feature collection of areas that do not overlap, EPSG:4326, between 85° south and
        85° north, rounded to `DECIMALS`.

    Returns
    -------
    dict
        The collection with the same features and properties, in the same order. Common borders
        stay common (Visvalingam-Whyatt on the coverage), no part is lost, and each vertex is one
        of the input's. Its member ``zoom`` says up to which zoom it does.
    """
    areas = np.array([shape(feature["geometry"]) for feature in countries["features"]])
    tolerance = TOLERANCE_PX * 360 / (256 * 2**ZOOM)
    fewer = shapely.coverage_simplify(shapely.transform(areas, _to_mercator), tolerance)
    features = [
        {**feature, "geometry": mapping(area)}
        for feature, area in zip(
            countries["features"], shapely.transform(fewer, _from_mercator), strict=True
        )
    ]
    return {**countries, "features": features, "zoom": ZOOM}
