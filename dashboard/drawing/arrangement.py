"""Where everything on a map goes: symbols, lines, numbers of key points, names, the scale.

Pure: a sheet and a size give an `Arrangement`; `dashboard.drawing.picture` draws it. Lengths are
points (1/72 inch) from the map's lower left corner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotations.vocabulary import PlaceType
from dashboard.atlas.data import Atlas
from dashboard.drawing.basemap import Base, base_map
from dashboard.drawing.courses import Course, course, in_points, runs
from dashboard.drawing.gather import SymbolGroup, gather
from dashboard.drawing.labels import overlapping, points_within
from dashboard.drawing.naming import Beneath, MapText, Stop, name_all, scale_of, square
from dashboard.drawing.sizes import BADGE, NODE, SMALL, SYMBOL
from dashboard.look.units import INCH
from dashboard.sheet.fonts import width_of
from dashboard.sheet.mapview import MapView
from dashboard.sheet.sheet import Sheet

_AFAR = 60e6
"""Scale from which on a map shows a continent or more."""


@dataclass(frozen=True, eq=False)
class Scale:
    """The projection's name in a corner, and a scale bar above it.

    Attributes
    ----------
    x, y, length : float
        Left end, base line and length of the bar.
    km : int
        What it stands for; 0 where there is no bar, since no scale holds all over the map.
    right : bool
        Whether it stands in the right corner.
    box : tuple of float
    """

    x: float
    y: float
    length: float
    km: int
    right: bool
    box: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Where everything on a map goes.

    Attributes
    ----------
    size : tuple of float
        Width and height of the map.
    base : Base
    groups : tuple of SymbolGroup
        Of `Sheet.symbols`.
    courses : tuple of Course
        Of `Sheet.lines`.
    nodes : array of shape (n, 2)
        Stops of corridors.
    badges : tuple of MapText
        Numbers of the key points.
    texts : tuple of MapText
        Names.
    scale : Scale
    """

    size: tuple[float, float]
    base: Base
    groups: tuple[SymbolGroup, ...]
    courses: tuple[Course, ...]
    nodes: np.ndarray
    badges: tuple[MapText, ...]
    texts: tuple[MapText, ...]
    scale: Scale


# --- where -------------------------------------------------------------------------------------


def arrange(atlas: Atlas, sheet: Sheet, size: tuple[float, float]) -> Arrangement:
    """Decide where everything goes.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet
    size : tuple of float
        Width and height of the map in points.

    Returns
    -------
    Arrangement
        No two symbols, badges or names in it overlap, and all lie in the frame.
    """
    view = sheet.view
    base = base_map(atlas, view, round(size[0], 2))
    radius = SYMBOL / 2
    spots = spots_of(sheet, size)
    groups = gather(spots, radius + 0.4, size)
    circles = np.array(
        [circle for group in groups for circle in group.circles(radius)], dtype=float
    ).reshape(-1, 3)
    courses = tuple(
        course(
            runs(line.of.parts, view, size),
            size,
            line.head,
            line.ends,
            circles,
            # A leg's corners are meant.
            curved=line.leg is None,
        )
        for line in sheet.lines
    )
    nodes, stops = _stops(atlas, sheet, size)
    if len(nodes) and len(circles):
        apart = np.hypot(*(nodes[:, None] - circles[None, :, :2]).transpose(2, 0, 1))
        free = ~(apart < circles[:, 2] + NODE + 1).any(axis=1)
        nodes, stops = (
            nodes[free],
            [stop for stop, is_free in zip(stops, free, strict=True) if is_free],
        )
    taken = [square(x, y, r + 0.6) for x, y, r in circles]
    taken += [
        (*head.outline.min(axis=0), *head.outline.max(axis=0)) for c in courses for head in c.heads
    ]
    scale = _scale(
        view, size, circles, np.vstack([c.points for c in courses] or [np.zeros((0, 2))])
    )
    taken.append(scale.box)
    badges = _badges(sheet, groups, courses, base, size, taken)
    taken += [badge.box for badge in badges]
    texts: tuple[MapText, ...] = ()
    if sheet.brief.labels:
        beneath = Beneath(base, groups, courses, nodes, stops, size)
        texts = name_all(atlas, sheet, beneath, taken)
    return Arrangement(size, base, tuple(groups), courses, nodes, badges, texts, scale)


def spots_of(sheet: Sheet, size: tuple[float, float]) -> np.ndarray:
    """True places of a sheet's symbols, in points."""
    lon = np.array([symbol.of.lon for symbol in sheet.symbols])
    lat = np.array([symbol.of.lat for symbol in sheet.symbols])
    if not len(lon):
        return np.zeros((0, 2))
    return in_points(np.column_stack(sheet.view.project(lon, lat)), sheet.view, size)


def _stops(atlas: Atlas, sheet: Sheet, size: tuple[float, float]) -> tuple[np.ndarray, list[Stop]]:
    """Stops of the corridors shown: their dots, and name, place and how many legs meet there."""
    drawn = {line.leg for line in sheet.lines if line.leg}
    corridors = {key.corridor for key in drawn}
    legs = atlas.joined.legs
    places = atlas.dossier.places
    # A waypoint only gives a route its shape.
    stopped_at = {
        place
        for key in drawn
        for place in (legs[key].from_place, legs[key].to_place)
        if places[place].type is not PlaceType.WAYPOINT
    }
    # A corridor that leaves the frame does not end at its edge: legs beyond it count too.
    met: dict[str, Counter[str]] = {}
    for key, leg in legs.items():
        for place in (leg.from_place, leg.to_place):
            if key.corridor in corridors and place in stopped_at:
                met.setdefault(place, Counter())[key.corridor] += 1
    if not met:
        return np.zeros((0, 2)), []
    at = np.array([(places[place].lon, places[place].lat) for place in met])
    points = in_points(np.column_stack(sheet.view.project(at[:, 0], at[:, 1])), sheet.view, size)
    kept = (points > 2).all(axis=1) & (points < np.array(size) - 2).all(axis=1)
    stops = [
        Stop(places[place].name, float(point[0]), float(point[1]), min(legs.values()))
        for (place, legs), point, inside in zip(met.items(), points, np.asarray(kept), strict=True)
        if inside
    ]
    # From afar only where corridors begin and end; the rest would be a string of pearls.
    if scale_of(sheet.view, size) > _AFAR:
        stops = [stop for stop in stops if stop.legs == 1]
    return np.array([[stop.x, stop.y] for stop in stops]).reshape(-1, 2), stops


def _scale(
    view: MapView, size: tuple[float, float], circles: np.ndarray, lines: np.ndarray
) -> Scale:
    """A bar of a round number of kilometres, about a sixth of the map long, and a free corner."""
    km, length = 0, 0.0
    if view.true_scale:
        metres = (view.x1 - view.x0) / size[0]
        most = size[0] / 5 * metres / 1000
        power = 10 ** int(np.floor(np.log10(most)))
        km = int(max(step * power for step in (1, 2, 5) if step * power <= most))
        length = km * 1000 / metres
    width = max(length, width_of(view.name, SMALL) * INCH) + 6
    height = 29.0 if km else 14.0
    corners = [Scale(9.0, 17.0, length, km, False, (3, 2, 9 + width, height))]
    right = size[0] - 9
    corners.append(
        Scale(right - length, 17.0, length, km, True, (right - width, 2, size[0] - 3, height))
    )
    symbols = np.hstack([circles[:, :2] - circles[:, 2:], circles[:, :2] + circles[:, 2:]])
    boxes = np.array([scale.box for scale in corners])
    # The lower left corner, unless a symbol lies there, or more of the lines than in the other.
    costs = overlapping(boxes, symbols) * 1e6 + points_within(boxes, lines)
    return corners[int(np.argmin(costs))]


def _badges(
    sheet: Sheet,
    groups: Sequence[SymbolGroup],
    courses: Sequence[Course],
    base: Base,
    size: tuple[float, float],
    taken: Sequence[tuple[float, ...]],
) -> tuple[MapText, ...]:
    """Numbers of the key points: at the record's symbol, else on its line, else in its country."""
    radius = SYMBOL / 2
    boxes = np.array(taken, dtype=float).reshape(-1, 4)
    badges: list[MapText] = []
    turns = np.radians([45, 135, 90, 0, 180, -45, -135, -90, 65, 115, 20, 160])
    ring = np.column_stack([np.cos(turns), np.sin(turns)])
    for number, point in enumerate(sheet.points, start=1):
        tries: list[np.ndarray] = []
        origins: list[np.ndarray] = []
        for group in groups:
            for seat, member in enumerate(group.members):
                if sheet.symbols[member].record == point.record:
                    x, y, r = (
                        (group.x, group.y, group.radius)
                        if group.ring
                        else (*group.at[seat], radius)
                    )
                    # Diagonals of a round symbol lie closer than its box.
                    for more in (0, 4, 9, 15, 22):
                        tries.append(np.array([x, y]) + ring * (r + BADGE + 0.3 + more))
                        # One that stands off has a thin line to what it numbers.
                        origin = (x, y) if more > 4 else (np.nan, np.nan)
                        origins.append(np.tile(origin, (len(ring), 1)))
        lines = [
            c.points
            for line, c in zip(sheet.lines, courses, strict=True)
            if point.record in line.of.records and len(c.points) > 1
        ]
        for points in sorted(lines, key=len, reverse=True):
            # From the middle outwards.
            shares = 0.5 + np.array([0.04 * n * (-1) ** n for n in range(24)])
            shares = np.clip(np.concatenate([shares, 1 - shares]), 0, 1)
            on_line = points[(shares * (len(points) - 1)).astype(int)]
            tries.append(on_line)
            origins.append(np.full(on_line.shape, np.nan))
            # Where all of a short line is hidden, next to it.
            for more in (9, 15, 22):
                tries.append(on_line[0] + ring * more)
                origins.append(np.tile(on_line[0], (len(ring), 1)))
        members = [
            code
            for code, standings in sheet.fills.items()
            if code in base.countries and any(s.alliance == point.record for s in standings)
        ]
        for code in sorted(members, key=lambda c: -base.countries[c].area)[:6]:
            middle = base.countries[code].representative_point()
            at = in_points(np.array([[middle.x, middle.y]]), sheet.view, size)
            tries.append(at + np.array([[0, 0], [0, 14], [0, -14], [20, 0], [-20, 0]]))
            origins.append(np.full((5, 2), np.nan))
        if not tries:
            continue
        at = np.vstack(tries)
        squares = np.hstack([at - BADGE, at + BADGE])
        free = (at > BADGE + 1).all(axis=1) & (at < np.array(size) - BADGE - 1).all(axis=1)
        free &= ~_covers(at, boxes, groups)
        if not free.any():
            continue
        index = int(np.flatnonzero(free)[0])
        x, y = at[index]
        origin = np.vstack(origins)[index]
        leader = (*origin.tolist(), float(x), float(y)) if np.isfinite(origin).all() else None
        box = tuple(float(v) for v in squares[index])
        badges.append(MapText(str(number), "badge", float(x), float(y), 7.5, box, leader))  # type: ignore[arg-type]
        boxes = np.vstack([boxes, box])
    return tuple(badges)


def _covers(at: np.ndarray, boxes: np.ndarray, groups: Sequence[SymbolGroup]) -> np.ndarray:
    """Which badges would touch a symbol (a circle) or one of the boxes that are none."""
    circles = np.array([c for group in groups for c in group.circles(SYMBOL / 2)]).reshape(-1, 3)
    others = boxes[len(circles) :]
    squares = np.hstack([at - BADGE, at + BADGE])
    hit = overlapping(squares, others)
    if len(circles):
        apart = np.hypot(at[:, None, 0] - circles[None, :, 0], at[:, None, 1] - circles[None, :, 1])
        hit |= (apart < circles[None, :, 2] + BADGE).any(axis=1)
    return hit
