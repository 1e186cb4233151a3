"""What a sheet draws: lines, points, the standing of a country, an entry of its legend."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.look.strokes import Stroke


@dataclass(frozen=True)
class DrawnLine:
    """A flow, a bundle of relations, a corridor's leg or a detour.

    Attributes
    ----------
    parts : tuple of arrays of shape (n, 2)
        (lon, lat) in degrees, in the direction of travel; several where it is cut at ±180°.
    stroke : Stroke
    colour : str
        ``#rrggbb``.
    opacity : float
        0 to 1: lighter where the article does not state it as fact.
    head : str or None
        ``arrow``, ``bar`` or ``dot``.
    ends : int
        Which ends bear the head: 1 the line's end, 2 its start, 3 both.
    records : tuple of str
        Ids.
    legend : tuple of str
        Keys of `dashboard.atlas.layers.SIGNS`.
    leg : str or None
        Of a corridor: ``corridor.branch.number``.
    """

    parts: tuple[np.ndarray, ...]
    stroke: Stroke
    colour: str
    opacity: float
    head: str | None
    ends: int
    records: tuple[str, ...]
    legend: tuple[str, ...]
    leg: str | None = None


@dataclass(frozen=True)
class DrawnPoint:
    """A symbol.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    glyph : str
        Key of `dashboard.atlas.layers.GLYPHS`.
    colour : str
        ``#rrggbb``.
    light : bool
        Whether only its outline has the colour: the article does not state it as fact.
    place : str
        Name of the place.
    record : str or None
        Id; None for a chokepoint.
    legend : tuple of str
        Keys of `dashboard.atlas.layers.SIGNS`.
    chokepoint : str or None
        Id of the place; None for what is drawn of a record.
    """

    lon: float
    lat: float
    glyph: str
    colour: str
    light: bool
    place: str
    record: str | None
    legend: tuple[str, ...]
    chokepoint: str | None = None


@dataclass(frozen=True)
class Standing:
    """One alliance's share in the fill of a country."""

    alliance: str
    colour: str
    full: bool


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    Attributes
    ----------
    group, label : str
        For readers.
    colour : str
        ``#rrggbb`` of the sample.
    stroke : Stroke or None
        Where it explains a line.
    head : str or None
        Its head.
    glyph : str or None
        Where it explains a symbol.
    fill : str or None
        Where it explains an area: ``dot`` (a subject), ``plain`` (an alliance), ``lesser``,
        ``disputed`` or ``outline``.
    alliance : str or None
        Id, for `plain`.
    """

    group: str
    label: str
    colour: str
    stroke: Stroke | None = None
    head: str | None = None
    glyph: str | None = None
    fill: str | None = None
    alliance: str | None = None
