"""Where a picture looks: a projection suited to an extent, and the part of its plane in the frame.

Geometry comes in as EPSG:4326 degrees and is projected to metres; Web Mercator is used only when
asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from pyproj import CRS, Transformer

from dashboard.sheet.spec import Bounds, Projection
from geodata.boundaries import CRS as DEGREES

WORLD_SPAN = 200.0
"""Degrees of longitude from which on an extent is drawn as the world."""

CONIC_FROM = 12.0
"""Degrees of latitude that the middle must be off the equator for a conic projection."""

ATLANTIC = 11.0
"""Longitude in the middle of the whole world: it is cut through the Bering Strait, where
there is least land."""

OPEN_SEA = 0.93
"""Share of the whole world's width that must be seen: beyond lies the middle of the Pacific, with a
few of its islands."""

SOUTHMOST = -60.0
"""Latitude at which the world is cut off: the data has no Antarctica."""

_STEPS = 33


class ProjectionSort(StrEnum):
    """What projections there are, as PROJ calls them."""

    AZIMUTHAL = "laea"
    CONIC = "lcc"
    EQUAL_EARTH = "eqearth"
    MERCATOR = "merc"
    WEB_MERCATOR = "webmerc"


MERCATORS = frozenset({ProjectionSort.MERCATOR, ProjectionSort.WEB_MERCATOR})
"""Projections in which the poles lie infinitely far off."""

_NAMES = {
    ProjectionSort.AZIMUTHAL: "Lambert azimuthal equal-area",
    ProjectionSort.CONIC: "Lambert conformal conic",
    ProjectionSort.EQUAL_EARTH: "Equal Earth",
    ProjectionSort.MERCATOR: "Mercator",
    ProjectionSort.WEB_MERCATOR: "Web Mercator",
}


@dataclass(frozen=True)
class Plane:
    """A projection.

    Attributes
    ----------
    sort : ProjectionSort
    lon : float
        Longitude in its middle, in degrees: it is cut open on the other side.
    lat : float
        Latitude in its middle, where its sort has one.
    parallels : tuple of float
        Latitudes on which a conic one is true to scale.
    """

    sort: ProjectionSort
    lon: float = 0.0
    lat: float = 0.0
    parallels: tuple[float, ...] = ()

    @property
    def crs(self) -> str:
        """PROJ string."""
        asked = {"lon_0": self.lon}
        if self.sort in (ProjectionSort.AZIMUTHAL, ProjectionSort.CONIC):
            asked["lat_0"] = self.lat
        asked |= {f"lat_{number}": lat for number, lat in enumerate(self.parallels, start=1)}
        words = " ".join(f"+{name}={degrees:.3f}" for name, degrees in asked.items())
        return f"+proj={self.sort.value} {words} +datum=WGS84"


@dataclass(frozen=True)
class MapView:
    """A rectangle in the plane of a projection.

    Attributes
    ----------
    plane : Plane
    x0, y0, x1, y1 : float
        Corners in metres.
    world : bool
        Whether the whole world is shown: distances then differ too much for a scale bar.
    true_scale : bool
        Whether a scale bar holds all over the picture, within a few per cent.
    """

    plane: Plane
    x0: float
    y0: float
    x1: float
    y1: float
    world: bool
    true_scale: bool

    @property
    def crs(self) -> str:
        """PROJ string of its plane."""
        return self.plane.crs

    @property
    def name(self) -> str:
        """The projection for a reader, e.g. ``Lambert azimuthal equal-area``."""
        return _NAMES[self.plane.sort]

    def project(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Degrees to metres; what cannot be projected becomes infinite."""
        x, y = _transformer(self.crs).transform(lon, lat)
        return np.asarray(x), np.asarray(y)

    def unproject(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Metres to degrees; what lies off the globe becomes infinite."""
        lon, lat = _transformer(self.crs).transform(x, y, direction="INVERSE")
        return np.asarray(lon), np.asarray(lat)

    def sees(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Which of the points (degrees) lie in the frame."""
        x, y = self.project(lon, lat)
        return (x >= self.x0) & (x <= self.x1) & (y >= self.y0) & (y <= self.y1)


@lru_cache(maxsize=32)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs(DEGREES, CRS.from_user_input(crs), always_xy=True)


def _projection(bounds: Bounds, wanted: Projection) -> Plane:
    """The projection for an extent, its degrees rounded."""
    west, south, east, north = map(float, bounds)
    span = (east - west) % 360 or 360
    lon = round(ATLANTIC if span > 359 else ((west + span / 2) + 180) % 360 - 180, 3)
    lat = (south + north) / 2
    if wanted is Projection.WEB_MERCATOR:
        # Beyond ±180° the map's middle moves there: its edge would part what lies together.
        return Plane(ProjectionSort.WEB_MERCATOR, lon if west > east else 0.0)
    if wanted is Projection.CONFORMAL:
        if span >= WORLD_SPAN or abs(lat) < CONIC_FROM:
            return Plane(ProjectionSort.MERCATOR, lon)
        sixth = (north - south) / 6
        parallels = round(south + sixth, 3), round(north - sixth, 3)
        return Plane(ProjectionSort.CONIC, lon, round(lat, 3), parallels)
    if span >= WORLD_SPAN:
        return Plane(ProjectionSort.EQUAL_EARTH, lon)
    return Plane(ProjectionSort.AZIMUTHAL, lon, round(lat, 3))


def natural_aspect(bounds: Bounds, wanted: Projection) -> float:
    """Width by height of the smallest rectangle around an extent, in its projection."""
    slim, flat = make_view(bounds, wanted, 1e-6), make_view(bounds, wanted, 1e6)
    return (slim.x1 - slim.x0) / (flat.y1 - flat.y0)


def make_view(bounds: Bounds, wanted: Projection, aspect: float, margin: float = 0.03) -> MapView:
    """Choose the projection for an extent, and the rectangle of the frame's shape around it.

    Parameters
    ----------
    bounds : Bounds
        What must be seen: west, south, east, north in degrees.
    wanted : Projection
    aspect : float
        Width by height of the frame.
    margin : float
        Share of the extent that is added on each side.

    Returns
    -------
    MapView
    """
    west, south, east, north = bounds
    limit = 84.0 if wanted is not Projection.EQUAL_AREA else 90.0
    south, north = max(south, -limit), min(north, limit)
    plane = _projection((west, south, east, north), wanted)
    span = (east - west) % 360 or 360
    if span > 359 and wanted is not Projection.WEB_MERCATOR:
        west = ATLANTIC - 180
    # A hair less than the full circle: both ends would fall on one meridian.
    lons = west + np.linspace(0.0005, span - 0.0005, _STEPS)
    lats = np.linspace(south, north, _STEPS)
    grid_lon, grid_lat = np.meshgrid(lons, lats)
    x, y = _transformer(plane.crs).transform(grid_lon.ravel(), grid_lat.ravel())
    x, y = np.asarray(x), np.asarray(y)
    kept = np.isfinite(x) & np.isfinite(y)
    x0, x1, y0, y1 = x[kept].min(), x[kept].max(), y[kept].min(), y[kept].max()
    width, height = (x1 - x0) * (1 + 2 * margin), (y1 - y0) * (1 + 2 * margin)
    if plane.sort is ProjectionSort.EQUAL_EARTH and span > 359:
        width = (x1 - x0) * OPEN_SEA
    width, height = max(width, height * aspect), max(height, width / aspect)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    if plane.sort is ProjectionSort.EQUAL_EARTH:
        # No more beyond the globe's edge than the shape asks for, and then on both sides.
        ends = _transformer(plane.crs).transform([0, 0], [min(south, SOUTHMOST), 90])[1]
        low, high = ends[0] + height / 2, ends[1] - height / 2
        middle_y = min(max(middle_y, low), high) if low <= high else (low + high) / 2
    return MapView(
        plane=plane,
        x0=float(middle_x - width / 2),
        y0=float(middle_y - height / 2),
        x1=float(middle_x + width / 2),
        y1=float(middle_y + height / 2),
        world=span >= WORLD_SPAN,
        true_scale=span < 75 and not (plane.sort in MERCATORS and north - south > 12),
    )
