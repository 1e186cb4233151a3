"""Areas on the sphere: how large one is, and where its name goes."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.coverage import parts
from geodata.routes import WGS84

# Three decimals of a degree are about 100 m, a tenth of a pixel at web-map zoom 7.
DECIMALS = 3

_EARTH_RADIUS_KM = 6371.0088


def to_equal_area(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes in degrees on a plane of kilometres on which areas are true."""
    # Lambert's cylindrical equal-area projection on a sphere: simplifying in kilometres
    # rather than degrees spends no detail on the far north, where a degree is short.
    angle = np.radians(lonlat)
    return np.column_stack([angle[:, 0], np.sin(angle[:, 1])]) * _EARTH_RADIUS_KM


def from_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way back: longitudes and latitudes in degrees."""
    unit = xy / _EARTH_RADIUS_KM
    lonlat = np.degrees(np.column_stack([unit[:, 0], np.arcsin(np.clip(unit[:, 1], -1, 1))]))
    # Simplifying only removes vertices, so rounding restores exactly those that went in.
    rounded: NDArray[np.float64] = lonlat.round(DECIMALS) + 0.0
    return rounded


def area_km2(geometry: BaseGeometry) -> int | float:
    """Area on the WGS 84 ellipsoid.

    Parameters
    ----------
    geometry : shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Returns
    -------
    int or float
        Square kilometres; whole numbers from 10 km² upwards, one decimal below.
    """
    square_metres = sum(abs(WGS84.geometry_area_perimeter(part)[0]) for part in parts(geometry))
    area = square_metres / 1e6
    return round(area) if area >= 10 else round(area, 1)


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Place for a label: the middle of the largest circle inside the largest part.

    Parameters
    ----------
    geometry : shapely geometry
        Polygon or MultiPolygon, EPSG:4326.

    Returns
    -------
    (float, float)
        Longitude and latitude in degrees, inside the geometry.
    """
    largest = max(parts(geometry), key=lambda part: (area_km2(part), part.area))
    # East-west degrees are shortened to their true length there, or the circle is an ellipse.
    shrink = math.cos(math.radians(largest.centroid.y))
    local = shapely.transform(largest, lambda xy: xy * [shrink, 1.0])
    width = max(local.bounds[2] - local.bounds[0], local.bounds[3] - local.bounds[1])
    circle = shapely.maximum_inscribed_circle(local, tolerance=width / 200)
    x, y = circle.coords[0]
    lon, lat = round(x / shrink, DECIMALS), round(y, DECIMALS)
    if not largest.contains(Point(lon, lat)):
        # Rounding can leave a very small island.
        lon, lat = largest.representative_point().coords[0]
    return lon, lat
