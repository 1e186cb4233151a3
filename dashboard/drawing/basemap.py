"""The base map in the plane of a view: land, borders, water, disputed areas and the globe's edge.

What the frame cannot see is cut off in degrees before it is projected: the far side of a conic and
the antipode of an azimuthal projection would otherwise run across the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import GeometryCollection, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from dashboard.sheet.mapview import MERCATORS, SOUTHMOST, MapView, ProjectionSort

EARTH = 6378137.0
"""Radius in metres."""

DENSE = 1.0
"""Degrees: longer edges are broken, so that they bend as the projection has it."""

DETAIL = 0.12
"""Points (1/72 inch) that simplification may move an outline."""

_MARGIN = 4.0
_SAMPLES = 41


@dataclass(frozen=True, eq=False)
class Base:
    """Projected geometry of one view, in metres.

    Attributes
    ----------
    globe : shapely geometry
        What of the frame lies on the globe.
    countries : mapping of str
        By code, clipped to the frame; only those in it.
    whole : mapping of str
        Share of each country's corners that are in the frame.
    borders, coast : shapely geometry
        Lines: between two countries, and along water.
    lakes, rivers : shapely geometry
    disputed : mapping of str
        By id.
    """

    globe: BaseGeometry
    countries: dict[str, BaseGeometry]
    whole: dict[str, float]
    borders: BaseGeometry
    coast: BaseGeometry
    lakes: BaseGeometry
    rivers: BaseGeometry
    disputed: dict[str, BaseGeometry]


def turned(lon: np.ndarray, middle: float) -> np.ndarray:
    """Longitudes as degrees east of `middle`, from -180 to 180."""
    return (np.asarray(lon) - middle + 180) % 360 - 180


def turn(geometries: np.ndarray, middle: float) -> np.ndarray:
    """Geometries in degrees east of `middle`, cut where the projection is cut.

    Parameters
    ----------
    geometries : array of shapely geometries
        EPSG:4326; none crosses ±180°.
    middle : float
        Longitude in degrees.

    Returns
    -------
    array of shapely geometries
        Parts that met at ±180° are one again, unless the projection is cut there.
    """
    if not len(geometries):
        return geometries
    cut = (middle + 360) % 360 - 180
    low, _, high, _ = shapely.bounds(geometries).T
    # What does not cross the cut is told by its middle which way it goes.
    centre = (low + high) / 2
    shift = turned(centre, middle) - centre
    counts = shapely.get_num_coordinates(geometries)
    xy = shapely.get_coordinates(geometries)
    xy[:, 0] += np.repeat(shift, counts)
    result = np.asarray(shapely.set_coordinates(geometries.copy(), xy))
    for index in np.flatnonzero((low < cut) & (high > cut)):
        pieces = []
        for west, east in ((-180.0, cut), (cut, 180.0)):
            piece = shapely.clip_by_rect(geometries[index], west, -90, east, 90)
            if not piece.is_empty:
                pieces.append(_moved(piece, (west + east) / 2, middle))
        result[index] = _seamless(pieces, float(turned(np.array(180.0), middle)))
    return result


def _moved(geometry: BaseGeometry, centre: float, middle: float) -> BaseGeometry:
    """Shift a geometry that lies on one side of the cut, around `centre`."""
    shift = float(turned(np.array(centre), middle)) - centre
    # Rounded, so that both sides of ±180° fall on the same numbers.
    return shapely.transform(geometry, lambda xy: np.round(xy + np.array([shift, 0.0]), 9))


def _seamless(pieces: Sequence[BaseGeometry], seam: float) -> BaseGeometry:
    """Put pieces together; those that meet where ±180° was become one."""
    parts = shapely.get_parts(shapely.get_parts(np.array(pieces, dtype=object)))
    if not len(parts):
        return GeometryCollection()
    low, _, high, _ = shapely.bounds(parts).T
    meet = (np.abs(low - seam) < 1e-6) | (np.abs(high - seam) < 1e-6)
    joined = list(parts[~meet])
    if meet.any():
        joined += list(shapely.get_parts(shapely.union_all(parts[meet])))
    if all(isinstance(part, Polygon) for part in joined):
        return shapely.multipolygons(joined)
    return shapely.geometrycollections(joined)


@dataclass(frozen=True, eq=False)
class _Edges:
    """Borders and coasts of an atlas in degrees, each drawn once."""

    borders: np.ndarray
    coast: np.ndarray


def _segments(geometries: np.ndarray) -> np.ndarray:
    """All edges of areas, as rows of x0, y0, x1, y1, the smaller end first."""
    rings = shapely.get_rings(shapely.get_parts(geometries))
    xy, index = shapely.get_coordinates(rings, return_index=True)
    same = index[1:] == index[:-1]
    a, b = xy[:-1][same], xy[1:][same]
    swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[swap], b[swap] = b[swap], a[swap].copy()
    return np.round(np.hstack([a, b]), 4)


def _merged(segments: np.ndarray) -> np.ndarray:
    if not len(segments):
        return np.array([], dtype=object)
    lines = shapely.linestrings(segments.reshape(-1, 2, 2))
    return np.asarray(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))))


@derived(most=1)
def _edges(atlas: Atlas) -> _Edges:
    # Neighbours share every vertex: an edge of two countries is a border, an edge of one a coast.
    edges, counts = np.unique(
        _segments(np.asarray(atlas.countries.geometry.array)), axis=0, return_counts=True
    )
    # Countries are cut at ±180°; that is no coast.
    cut = (np.abs(edges[:, 0]) >= 179.999) & (np.abs(edges[:, 2]) >= 179.999)
    # The edge of a disputed area is dashed, not drawn as a border.
    disputed = {tuple(row) for row in _segments(np.asarray(atlas.disputed.geometry.array))}
    contested = np.array([tuple(row) in disputed for row in edges])
    inland = atlas.water[atlas.water["kind"] == "lake"].geometry.array
    lakes = {tuple(row) for row in _segments(np.asarray(inland))}
    # Lakes bring their own shore.
    shore = np.array([tuple(row) in lakes for row in edges])
    return _Edges(
        borders=_merged(edges[(counts > 1) & ~cut & ~contested]),
        coast=_merged(edges[(counts == 1) & ~cut & ~shore]),
    )


def _seen(view: MapView, middle: float) -> tuple[float, float, float, float]:
    """Degrees (east of the middle) that the frame can see, with a margin."""
    x, y = np.meshgrid(
        np.linspace(view.x0, view.x1, _SAMPLES), np.linspace(view.y0, view.y1, _SAMPLES)
    )
    lon, lat = view.unproject(x.ravel(), y.ravel())
    kept = np.isfinite(lon) & np.isfinite(lat)
    east = turned(lon[kept], middle)
    west_, east_ = float(east.min()) - _MARGIN, float(east.max()) + _MARGIN
    south, north = float(lat[kept].min()) - _MARGIN, float(lat[kept].max()) + _MARGIN
    # Where the world is cut, the frame may show the cut between two of the samples.
    along = np.linspace(-84, 84, _SAMPLES)
    if view.sees(np.full(_SAMPLES, middle - 180 + 1e-6), along).any():
        west_ = -180.0
    if view.sees(np.full(_SAMPLES, middle + 180 - 1e-6), along).any():
        east_ = 180.0
    for pole in (-90.0, 90.0):
        if view.sees(np.array([middle]), np.array([pole]))[0]:
            west_, east_ = -180.0, 180.0
            south, north = min(south, pole), max(north, pole)
    limit = 85.0 if view.plane.sort in MERCATORS else 90.0
    if view.plane.sort is ProjectionSort.CONIC:
        limit = 89.5
    return max(west_, -180.0), max(south, -limit), min(east_, 180.0), min(north, limit)


def projected_window(view: MapView) -> BaseGeometry:
    """What is projected for a view: all that its frame sees, and little more.

    Parameters
    ----------
    view : MapView

    Returns
    -------
    shapely geometry
        Degrees of latitude, and of longitude east of the middle of its plane.
    """
    window: BaseGeometry = box(*_seen(view, view.plane.lon))
    if view.plane.sort is ProjectionSort.AZIMUTHAL:
        # The antipode is a circle around everything.
        for side in (-180, 180):
            window = window.difference(Point(side, -view.plane.lat).buffer(25))
    return window


def _globe(view: MapView, middle: float) -> BaseGeometry:
    """What of the frame lies on the globe, in metres."""
    frame = box(view.x0, view.y0, view.x1, view.y1)
    if view.plane.sort is ProjectionSort.AZIMUTHAL:
        return frame.intersection(Point(0, 0).buffer(2 * EARTH * 0.9999, quad_segs=90))
    if view.plane.sort in MERCATORS:
        half = np.pi * EARTH
        return frame.intersection(box(-half, -1e9, half, 1e9))
    _, south, _, north = _seen(view, middle)
    lower = max(south, SOUTHMOST) if view.world else south
    # A pole is a line in some projections: its latitude is taken a hair short.
    outline = shapely.segmentize(box(-180 + 1e-6, lower, 180 - 1e-6, min(north, 89.99)), DENSE)
    return shapely.make_valid(_projected(np.array([outline]), view, middle)[0]).intersection(frame)


def _projected(geometries: np.ndarray, view: MapView, middle: float) -> np.ndarray:
    def metres(xy: np.ndarray) -> np.ndarray:
        # Kept just inside of the cut, or one end would fall on the other side of the map.
        east = np.clip(xy[:, 0], -180 + 1e-7, 180 - 1e-7)
        x, y = view.project(east + middle, xy[:, 1])
        return np.column_stack([x, y])

    return np.asarray(shapely.transform(geometries, metres))


def _in_plane(
    geometries: np.ndarray, view: MapView, middle: float, window: BaseGeometry, detail: float
) -> np.ndarray:
    """Degrees to metres, cut to the frame."""
    if not len(geometries):
        return geometries
    turned_ = turn(geometries, middle)
    west, south, east, north = window.bounds
    low_x, low_y, high_x, high_y = shapely.bounds(turned_).T
    with np.errstate(invalid="ignore"):
        near = (high_x >= west) & (low_x <= east) & (high_y >= south) & (low_y <= north)
        across = near & ((low_x < west) | (high_x > east) | (low_y < south) | (high_y > north))
    shapely.prepare(window)
    if not window.equals(box(west, south, east, north)):
        across = near & ~shapely.contains_properly(window, turned_)
        turned_[across] = shapely.intersection(turned_[across], window)
    else:
        turned_[across] = shapely.clip_by_rect(turned_[across], west, south, east, north)
    turned_[~near] = GeometryCollection()
    projected = _projected(shapely.segmentize(turned_, DENSE), view, middle)
    # Not clipped to the very edge: the pen would follow the cut.
    clipped = shapely.clip_by_rect(projected, view.x0, view.y0, view.x1, view.y1)
    return np.asarray(shapely.simplify(clipped, detail, preserve_topology=False))


def _collected(geometries: np.ndarray) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(geometries))
    # Clipping leaves lines of no length.
    kept = parts[shapely.length(parts) > 0]
    return shapely.geometrycollections(kept) if len(kept) else GeometryCollection()


@derived(most=12)
def base_map(atlas: Atlas, view: MapView, width: float) -> Base:
    """Project the base map for a view.

    Parameters
    ----------
    atlas : Atlas
    view : MapView
    width : float
        Width of the map in points: what is finer than its pen is left out.

    Returns
    -------
    Base
        Shared between calls: never changed.
    """
    middle = view.plane.lon
    window = projected_window(view)
    detail = DETAIL * (view.x1 - view.x0) / width
    edges = _edges(atlas)

    def plane(geometries: np.ndarray, fine: float = detail) -> np.ndarray:
        return _in_plane(geometries, view, middle, window, fine)

    areas = np.asarray(atlas.countries.geometry.array)
    countries = plane(areas)
    shown = ~shapely.is_empty(countries) & (shapely.area(countries) > 0)
    codes = np.asarray(atlas.countries.index)
    water = atlas.water
    kind = water["kind"].to_numpy()
    lakes = plane(np.asarray(water.geometry.array)[kind == "lake"])
    rivers = plane(np.asarray(water.geometry.array)[kind == "river"])
    disputed = plane(np.asarray(atlas.disputed.geometry.array), 0)
    return Base(
        globe=_globe(view, middle),
        countries={
            str(code): area for code, area in zip(codes[shown], countries[shown], strict=True)
        },
        whole=_shares(view, areas[shown], codes[shown]),
        borders=_collected(plane(edges.borders)),
        coast=_collected(plane(edges.coast)),
        lakes=_collected(lakes),
        rivers=_collected(rivers),
        disputed={
            str(name): area
            for name, area in zip(atlas.disputed.index, disputed, strict=True)
            if not area.is_empty
        },
    )


def _shares(view: MapView, areas: np.ndarray, codes: np.ndarray) -> dict[str, float]:
    """Share of each country's corners that lie in the frame."""
    xy, index = shapely.get_coordinates(areas, return_index=True)
    seen = view.sees(xy[:, 0], xy[:, 1])
    count = np.bincount(index, minlength=len(areas))
    inside = np.bincount(index, weights=seen, minlength=len(areas))
    return {str(code): float(share) for code, share in zip(codes, inside / count, strict=True)}
