"""Names on a map: countries in play, places of symbols and stops, waters; and where each may go.

Lengths are points (1/72 inch) from the map's lower left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from annotations.english import unexplained
from dashboard.atlas.data import Atlas
from dashboard.drawing.basemap import Base
from dashboard.drawing.courses import Course, in_points
from dashboard.drawing.gather import SymbolGroup
from dashboard.drawing.labels import BESIDE_COSTS, LEADING, Name, beside, overlapping, place
from dashboard.drawing.sizes import NODE, SYMBOL
from dashboard.look.units import INCH
from dashboard.sheet.fonts import width_of
from dashboard.sheet.mapview import MapView
from dashboard.sheet.sheet import Sheet
from geodata.boundaries import WaterName, load_water_names

_METRES_PER_POINT = 0.0254 / INCH


@dataclass(frozen=True, eq=False)
class MapText:
    """One text on the map.

    Attributes
    ----------
    text : str
    kind : str
        ``country``, ``place``, ``water``, ``badge``, ``count``, ``scale``.
    x, y : float
        Middle.
    size : float
        Of the type.
    box : tuple of float
        Left, bottom, right, top.
    leader : tuple of float or None
        x0, y0, x1, y1.
    """

    text: str
    kind: str
    x: float
    y: float
    size: float
    box: tuple[float, float, float, float]
    leader: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Stop:
    """A stop: its name, its place, and how many legs of one corridor meet there, 1 at its end."""

    name: str
    x: float
    y: float
    legs: int


def square(x: float, y: float, half: float) -> tuple[float, float, float, float]:
    """A box around a middle."""
    return (x - half, y - half, x + half, y + half)


def scale_of(view: MapView, size: tuple[float, float]) -> float:
    """Denominator of a map's scale in its middle, roughly."""
    return (view.x1 - view.x0) / size[0] / _METRES_PER_POINT


@lru_cache(maxsize=1)
def _waters() -> tuple[WaterName, ...]:
    return load_water_names()


@dataclass(frozen=True, eq=False)
class Beneath:
    """What lies on a map of some `size` before it has names: `nodes` are dots of stops."""

    base: Base
    groups: Sequence[SymbolGroup]
    courses: Sequence[Course]
    nodes: np.ndarray
    stops: Sequence[Stop]
    size: tuple[float, float]


def name_all(
    atlas: Atlas, sheet: Sheet, beneath: Beneath, taken: Sequence[tuple[float, ...]]
) -> tuple[MapText, ...]:
    """Place the names: countries most concerned, places, other countries, waters.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet
    beneath : Beneath
    taken : sequence of (left, bottom, right, top)
        Boxes that must stay free.

    Returns
    -------
    tuple of MapText
        Those that have room.
    """
    base, size = beneath.base, beneath.size
    line_points = np.vstack([c.points for c in beneath.courses] or [np.zeros((0, 2))])
    land = _land(base, sheet.view, size)
    solid = np.array(taken).reshape(-1, 4)
    countries = _country_names(atlas, sheet, base, size, solid, land)
    waters = _water_names(sheet, base, size, land)
    # A place that stands for a country or a sea would repeat its name.
    called = {name.meta[0] for name in (*countries, *waters)}
    places = _place_names(sheet, beneath.groups, beneath.stops, called)
    first = countries[:14]
    dots = (square(x, y, NODE + 0.3) for x, y in beneath.nodes)
    boxes = np.array([*taken, *dots], dtype=float).reshape(-1, 4)
    ordered = [*first, *places, *countries[14:], *waters]
    placed = place(ordered, boxes, line_points, size)
    texts = []
    for name, where in zip(ordered, placed, strict=True):
        if where is not None:
            text, kind, type_size = name.meta
            texts.append(MapText(text, kind, where.x, where.y, type_size, where.box, where.leader))
    return tuple(texts)


def _room_of(text: str, size: float, weight: str) -> tuple[float, float]:
    return width_of(text, size, weight) * INCH + 2.6, size * LEADING


def _country_names(
    atlas: Atlas,
    sheet: Sheet,
    base: Base,
    size: tuple[float, float],
    taken: np.ndarray,
    land: BaseGeometry,
) -> list[Name]:
    """Countries in play that are in the frame, most important first."""
    names: list[Name] = []
    per_point = (sheet.view.x1 - sheet.view.x0) / size[0]
    for code in sheet.countries:
        area = base.countries.get(code)
        if area is None:
            continue
        actor = atlas.dossier.actors.get(code)
        text = actor.name if actor else str(atlas.countries.name[code])
        side = np.sqrt(area.area) / per_point
        type_size = float(np.clip(6.2 + 1.55 * np.log2(max(side, 8) / 8), 7.0, 10.5))
        lon, lat = atlas.countries.label[code]
        point = in_points(
            np.column_stack(sheet.view.project(np.array([lon]), np.array([lat]))), sheet.view, size
        )[0]
        outline = _outline(area, sheet.view, size)
        some = len(names) < (12 if sheet.view.world else 60)
        whole = base.whole[code]
        point = _in_sight(point, outline, size)
        name = _country(text, type_size, outline, whole, point, taken, land if some else None)
        if name is not None:
            names.append(name)
    return names


def _outline(area: BaseGeometry, view: MapView, size: tuple[float, float]) -> BaseGeometry:
    """An area in points."""
    return shapely.transform(area, lambda xy: in_points(xy, view, size))


def _largest(outline: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(outline)
    return parts[int(np.argmax(shapely.area(parts)))]


def _in_sight(label: np.ndarray, outline: BaseGeometry, size: tuple[float, float]) -> np.ndarray:
    """Where a country's name should be, or a place in what of it is in the frame."""
    if shapely.contains_xy(outline, *label) and ((label > 0) & (label < np.array(size))).all():
        return label
    middle = _largest(outline).representative_point()
    return np.array([middle.x, middle.y])


def _country(
    text: str,
    type_size: float,
    outline: BaseGeometry,
    whole: float,
    label: np.ndarray,
    taken: np.ndarray,
    land: BaseGeometry | None,
) -> Name | None:
    """Spots for a country's name: within it or, where land is given, called out by a thin line."""
    width, height = _room_of(text, type_size, "semibold")
    left, bottom, right, top = _largest(outline).bounds
    if whole < 0.25 and (right - left < width * 0.8 or top - bottom < height * 1.2):
        return None  # a sliver at the edge
    grid = np.stack(
        np.meshgrid(np.linspace(left, right, 17), np.linspace(bottom, top, 13)), axis=-1
    ).reshape(-1, 2)
    grid = np.vstack([label, *(label + np.array([[0, 0.9], [0, -0.9]]) * height), grid])
    # How much of the name would lie beyond the country's own land.
    samples = np.stack(
        np.meshgrid(np.linspace(-0.46, 0.46, 9) * width, np.linspace(-0.42, 0.42, 3) * height),
        axis=-1,
    ).reshape(-1, 2)
    every = (grid[:, None] + samples[None]).reshape(-1, 2)
    shapely.prepare(outline)
    within = shapely.contains_xy(outline, every[:, 0], every[:, 1]).reshape(len(grid), -1)
    beyond = 1 - within.mean(axis=1)
    far = np.hypot(*(grid - label).T) / max(np.sqrt(outline.area), 1)
    costs = far * 6 + beyond * 40
    costs[beyond > 0.45] = np.inf
    # Called out: at several distances, all around.
    turns = np.radians(np.arange(0, 360, 22.5))
    out = []
    out_costs: list[float] = []
    reach = min(np.sqrt(outline.area) / 2, 20)
    for step, distance in enumerate((12, 20, 30, 42)):
        for turn in turns:
            dx = np.cos(turn) * (distance + reach + width / 2)
            dy = np.sin(turn) * (distance + reach + height / 2)
            out.append(label + np.array([dx, dy]))
            out_costs.append(26 + 4 * step)
    # The line must start on free land of the country's own, if there is any.
    own = np.vstack([label, grid])
    own = own[shapely.contains_xy(outline, own[:, 0], own[:, 1])]
    free = own[~overlapping(np.hstack([own - 0.5, own + 0.5]), taken)]
    if np.sqrt(outline.area) > 45 or land is None or not len(free):
        out_costs = [float("inf")] * len(out)
    else:
        start = free[np.argmin(np.hypot(*(free - label).T))]
        out = [spot + start - label for spot in out]
        label = start
        # Rather on water than on a neighbour.
        ends = np.array([[-0.35, 0], [0, 0], [0.35, 0]]) * width
        spread = (np.array(out)[:, None] + ends[None]).reshape(-1, 2)
        abroad = shapely.contains_xy(land, spread) & ~shapely.contains_xy(outline, spread)
        out_costs = list(np.array(out_costs) + 9 * abroad.reshape(-1, 3).mean(axis=1))
    return Name(
        width,
        height,
        np.vstack([grid, out]),
        np.concatenate([costs, out_costs]),
        from_=label,
        called=len(grid),
        meta=(text, "country", type_size),
    )


def _place_names(
    sheet: Sheet,
    groups: Sequence[SymbolGroup],
    stops: Sequence[Stop],
    said: set[str],
) -> list[Name]:
    """Places of symbols, then of corridors' stops, ends first; none twice."""
    names: list[Name] = []
    said = set(said)
    every = np.array([c for group in groups for c in group.circles(SYMBOL / 2)]).reshape(-1, 3)
    for group in sorted(groups, key=lambda g: -len(g.members)):
        places: dict[str, list[int]] = {}
        for seat, member in enumerate(group.members):
            places.setdefault(sheet.symbols[member].of.place, []).append(seat)
        for text, seats in sorted(places.items(), key=lambda item: -len(item[1])):
            text = unexplained(text)
            if not text or text in said:
                continue
            if group.ring and len(seats) * 2 < len(group.members):
                continue
            said.add(text)
            circles = [(group.x, group.y, group.radius)]
            if not group.ring:
                circles = [(*group.at[seat], SYMBOL / 2) for seat in seats]
            others = every[~(every[:, None] == np.array(circles)[None]).all(axis=2).any(axis=1)]
            names.append(_beside(text, circles, 7.8, others))
    for stop in sorted(stops, key=lambda stop: stop.legs):
        text = unexplained(stop.name)
        if text not in said:
            said.add(text)
            names.append(_beside(text, [(stop.x, stop.y, NODE + 1)], 7.2))
    return names


def _beside(
    text: str,
    circles: Sequence[tuple[float, float, float]],
    size: float,
    others: np.ndarray | None = None,
) -> Name:
    """Spots next to the symbols of a place, and, where `others` are nearer, ones with a line."""
    width, height = _room_of(text, size, "normal")
    around = np.array(circles)
    low = (around[:, :2] - around[:, 2:]).min(axis=0)
    high = (around[:, :2] + around[:, 2:]).max(axis=0)
    x, y = (low + high) / 2
    gaps = (high - low) / 2 + 0.9
    spots = [beside(x, y, gaps[0], gaps[1], width, height)]
    costs = [BESIDE_COSTS]
    for more in (5.0, 11.0):
        spots.append(beside(x, y, gaps[0] + more, gaps[1] + more, width, height))
        costs.append(BESIDE_COSTS + 3 + more)
    if others is None or not len(others):
        return Name(
            width, height, np.vstack(spots), np.concatenate(costs), meta=(text, "place", size)
        )
    near = np.vstack(spots)
    # A name is read with the symbol that it stands nearest to.
    own_gap, other_gap = (_gaps(near, width, height, c) for c in (around, others))
    cost = np.where(other_gap < own_gap, np.inf, np.concatenate(costs))
    start = around[np.argmin(np.hypot(*(around[:, :2] - [x, y]).T)), :2]
    out = np.vstack(
        [beside(x, y, gaps[0] + more, gaps[1] + more, width, height) for more in (16, 26, 38)]
    )
    out_cost = np.concatenate([BESIDE_COSTS + 17 + more for more in (0, 5, 10)])
    return Name(
        width,
        height,
        np.vstack([near, out]),
        np.concatenate([cost, out_cost]),
        from_=start,
        called=len(near),
        meta=(text, "place", size),
    )


def _gaps(spots: np.ndarray, width: float, height: float, circles: np.ndarray) -> np.ndarray:
    """From a box around each spot to the nearest of the circles."""
    beyond = np.abs(spots[:, None] - circles[None, :, :2]) - np.array([width / 2, height / 2])
    return np.asarray((np.hypot(*np.maximum(beyond, 0).transpose(2, 0, 1)) - circles[:, 2]).min(1))


_WATER_SIZES = {3: 10.0, 2: 8.2, 1: 7.0}


def _land(base: Base, view: MapView, size: tuple[float, float]) -> BaseGeometry:
    """All land in the frame, in points, for asking what lies on it."""
    parts = shapely.get_parts(np.array(list(base.countries.values()), dtype=object))
    land = shapely.multipolygons([part for part in parts if part.geom_type == "Polygon"])
    land = _outline(land, view, size)
    shapely.prepare(land)
    return land


def _water_names(
    sheet: Sheet, base: Base, size: tuple[float, float], land: BaseGeometry
) -> list[Name]:
    """Seas and gulfs at this scale, on open water only."""
    view = sheet.view
    scale = scale_of(view, size)
    shore = shapely.get_coordinates(shapely.segmentize(base.coast, (view.x1 - view.x0) / 250))
    shore = in_points(shore, view, size)
    lakes = shapely.get_coordinates(base.lakes)
    if len(lakes):
        shore = np.vstack([shore, in_points(lakes, view, size)])
    shore = shore[(shore > 0).all(axis=1) & (shore < np.array(size)).all(axis=1)]
    names = []
    wanted = [water for water in _waters() if scale <= water.smallest_scale]
    for water in sorted(wanted, key=lambda water: -water.size):
        x, y = view.project(np.array([water.lon]), np.array([water.lat]))
        point = in_points(np.column_stack([x, y]), view, size)[0]
        if not np.isfinite(point).all() or not ((point > 0) & (point < np.array(size))).all():
            continue
        if not shapely.contains_xy(base.globe, x, y)[0]:
            continue
        type_size = _WATER_SIZES[water.size]
        width, height = _room_of(water.name, type_size, "normal")
        reach = {3: 60.0, 2: 26.0, 1: 12.0}[water.size]
        shifts = np.linspace(-reach, reach, 9)
        grid = np.stack(np.meshgrid(shifts, shifts * 0.8), axis=-1).reshape(-1, 2)
        # No shore beneath it, and water on this side of the shore; lakes lie on land.
        on_land = shapely.contains_xy(land, point + grid)
        costs = np.hypot(*grid.T) / 10
        if not on_land[len(grid) // 2]:
            costs[on_land] = np.inf
        names.append(
            Name(
                width,
                height,
                point + grid,
                costs,
                avoid=shore,
                meta=(water.name, "water", type_size),
            )
        )
    return names
