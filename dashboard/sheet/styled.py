"""What is drawn, in the strokes and colours of a sheet's style; an entry of its legend."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.atlas.drawn import (
    DrawnChokepoint,
    DrawnDetour,
    DrawnLeg,
    DrawnRecord,
    Ends,
    Line,
    Point,
)
from dashboard.look.strokes import Stroke
from geodata.joined import LegKey


@dataclass(frozen=True)
class StyledLine:
    """A line of the records shown, or a detour.

    Attributes
    ----------
    of : Line or DrawnDetour
        As far as it is of the records shown.
    stroke : Stroke
    colour : str
        ``#rrggbb``.
    opacity : float
        0 to 1: lighter where the article does not state it as fact.
    head : str or None
        ``arrow``, ``bar`` or ``dot``.
    ends : Ends
        Which bear the head.
    """

    of: Line | DrawnDetour
    stroke: Stroke
    colour: str
    opacity: float
    head: str | None
    ends: Ends

    @property
    def leg(self) -> LegKey | None:
        """Which leg of a corridor it is; None for all other lines."""
        return self.of.key if isinstance(self.of, DrawnLeg) else None


@dataclass(frozen=True)
class StyledSymbol:
    """A symbol.

    Attributes
    ----------
    of : Point
    colour : str
        ``#rrggbb``.
    light : bool
        Whether only its outline has the colour: the article does not state it as fact.
    """

    of: Point
    colour: str
    light: bool

    @property
    def record(self) -> str | None:
        """Id of its record; None for a chokepoint."""
        return self.of.record if isinstance(self.of, DrawnRecord) else None

    @property
    def chokepoint(self) -> str | None:
        """Id of its place; None for what is drawn of a record."""
        return self.of.id if isinstance(self.of, DrawnChokepoint) else None


@dataclass(frozen=True)
class StyledFill:
    """One alliance's share in the fill of a country."""

    alliance: str
    colour: str
    full: bool


SUBJECT, FILLED = "Subject", "Filled"
"""Groups of the legend for themes and alliances, beside those of the layers' signs."""


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
