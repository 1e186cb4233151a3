"""How areas are filled: plain, striped for several or lesser standings, hatched where disputed.

Stripes are lines, cut to an area by a clip path: they stay lines in every vector format. On paper
without colour each alliance has its own lines, dots or dashes instead of its own colour. Picture
and legend draw the same `Pattern`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Transform

from dashboard.look.areas import (
    HATCH,
    HATCH_PERIOD,
    HATCH_SLANT,
    LESSER,
    SLANT,
    STRENGTH,
    STRIPE,
)
from dashboard.look.palette import PATTERN_GREY
from dashboard.look.units import PX
from dashboard.sheet.spec import Style
from dashboard.sheet.styled import StyledFill

_DOT = (0.01, 4.2)

GREYS = (
    (45.0, 0.75, 3.8, 0.0, ()),
    (0.0, 0.75, 3.8, 0.0, ()),
    (90.0, 0.75, 3.8, 0.0, ()),
    (0.0, 1.9, 4.2, 1.9, _DOT),
    (-30.0, 0.9, 5.0, 0.0, (4.0, 3.0)),
    (65.0, 1.5, 7.0, 0.0, ()),
    (20.0, 1.0, 6.0, 0.0, (7.0, 2.0, 0.01, 2.0)),
    (-65.0, 0.6, 2.6, 0.0, ()),
)
"""Degrees, width, period, offset and dash by position of the alliance on the sheet: lines, dots and
dashes tell alliances apart on paper without colour, alone and over one another."""


@dataclass(frozen=True)
class Stripes:
    """Parallel lines.

    Attributes
    ----------
    angle : float
        Degrees, counter-clockwise from the horizontal.
    width, period, offset : float
        Points: of a line, from one to the next, and where the first begins.
    colour : str
    dash : tuple of float
        Strokes and gaps in points, with round ends: a stroke of no length is a dot.
    """

    angle: float
    width: float
    period: float
    offset: float
    colour: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A plain colour, or None, and stripes on it."""

    base: str | None
    stripes: tuple[Stripes, ...] = ()


def mixed(colour: str, ground: str, share: float = STRENGTH) -> str:
    """Colour laid over a ground at some strength, as one opaque colour."""
    over, under = np.array(to_rgb(colour)), np.array(to_rgb(ground))
    return str(to_hex(tuple((over * share + under * (1 - share)).tolist())))


def alliance_pattern(
    standings: Sequence[StyledFill],
    style: Style,
    colours: Mapping[str, str],
    order: Sequence[str],
) -> Pattern:
    """Fill of a country.

    Parameters
    ----------
    standings : sequence of StyledFill
        Of one country, one per alliance.
    style : Style
    colours : mapping of str
        From `dashboard.look.palette.MAP_COLOURS`.
    order : sequence of str
        Alliances that the sheet shows: on paper without colour the pattern goes by it.

    Returns
    -------
    Pattern
        One full member is plain; otherwise there is a stripe per alliance, narrower where the
        standing is less than full.
    """
    land = colours["land"]
    if style is Style.PRINT:
        return _grey(standings, colours, order)
    if len(standings) == 1 and standings[0].full:
        return Pattern(mixed(standings[0].colour, land))
    stripe = STRIPE * PX
    stripes = tuple(
        Stripes(
            angle=SLANT,
            width=stripe * (1 if standing.full else LESSER),
            period=stripe * len(standings),
            offset=stripe * number,
            colour=mixed(standing.colour, land),
        )
        for number, standing in enumerate(standings)
    )
    return Pattern(land, stripes)


def _grey(
    standings: Sequence[StyledFill], colours: Mapping[str, str], order: Sequence[str]
) -> Pattern:
    stripes = []
    for standing in standings:
        position = order.index(standing.alliance) if standing.alliance in order else 0
        angle, width, period, offset, dash = GREYS[position % len(GREYS)]
        full = standing.full
        stripes.append(
            Stripes(
                angle=angle,
                width=width if full else width * 0.75,
                period=period if full else period * 2,
                offset=offset,
                colour=PATTERN_GREY,
                dash=dash,
            )
        )
    return Pattern(colours["land-in-play"], tuple(stripes))


def disputed_pattern(colours: Mapping[str, str]) -> Pattern:
    """Hatching of disputed areas: lines on whatever lies beneath."""
    hatch = Stripes(HATCH_SLANT, HATCH * PX, HATCH_PERIOD * PX, 0.0, colours["hatch"])
    return Pattern(None, (hatch,))


def stripe_lines(stripes: Stripes, box: tuple[float, float, float, float]) -> np.ndarray:
    """Lines that cover a rectangle.

    Parameters
    ----------
    stripes : Stripes
    box : tuple of float
        Left, bottom, right, top in points.

    Returns
    -------
    array of shape (n, 2, 2)
        Points. They begin at the origin, not at the rectangle: neighbours' stripes meet.
    """
    left, bottom, right, top = box
    angle = math.radians(stripes.angle)
    along = np.array([math.cos(angle), math.sin(angle)])
    across = np.array([-along[1], along[0]])
    corners = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    offsets, reach = corners @ across, corners @ along
    first = math.ceil((offsets.min() - stripes.width - stripes.offset) / stripes.period)
    last = math.floor((offsets.max() + stripes.width - stripes.offset) / stripes.period)
    at = stripes.offset + np.arange(first, last + 1) * stripes.period
    start = at[:, None] * across + (reach.min() - 1) * along
    end = at[:, None] * across + (reach.max() + 1) * along
    return np.stack([start, end], axis=1)


def drawn_stripes(
    stripes: Stripes,
    box: tuple[float, float, float, float],
    transform: Transform,
    zorder: float = 1,
    alpha: float = 1,
) -> LineCollection:
    """Stripes that cover a rectangle, not yet cut to an area.

    Parameters
    ----------
    stripes : Stripes
    box : tuple of float
        As for `stripe_lines`.
    transform : Transform
        From points to the picture.
    zorder, alpha : float
    """
    return LineCollection(
        list(stripe_lines(stripes, box)),
        colors=stripes.colour,
        linewidths=stripes.width,
        # Matplotlib counts dashes in widths of the line.
        linestyles=[(0, tuple(part / stripes.width for part in stripes.dash) or None)],
        capstyle="round" if stripes.dash else "butt",
        transform=transform,
        zorder=zorder,
        alpha=alpha,
    )


def fill(
    axes: Axes,
    path: Path,
    pattern: Pattern,
    transform: Transform,
    zorder: float,
    alpha: float = 1.0,
) -> None:
    """Fill an outline.

    Parameters
    ----------
    axes : Axes
    path : Path
        In points.
    pattern : Pattern
    transform : Transform
        From points to the picture.
    zorder : float
    alpha : float
        Of the stripes.
    """
    if pattern.base:
        axes.add_artist(
            PathPatch(path, facecolor=pattern.base, lw=0, transform=transform, zorder=zorder)
        )
    extents = path.get_extents()
    for stripes in pattern.stripes:
        box = (extents.x0, extents.y0, extents.x1, extents.y1)
        lines = drawn_stripes(stripes, box, transform, zorder, alpha)
        axes.add_collection(lines, autolim=False)
        lines.set_clip_path(path, transform)
