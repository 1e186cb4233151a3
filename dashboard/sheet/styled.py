"""What is drawn, in the strokes and colours of a sheet's style; an entry of its legend."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.atlas.drawn import DrawnLine, DrawnRecord, DrawnThing, Ends, Point
from dashboard.look.strokes import Stroke
from geodata.joined import LegKey


@dataclass(frozen=True)
class StyledLine:
    """A line of the records shown, or a detour.

    Attributes
    ----------
    of : DrawnLine
        As far as it is of the records shown.
    colour : str
        ``#rrggbb``.
    opacity : float
        0 to 1: lighter where the article does not state it as fact.
    """

    of: DrawnLine
    colour: str
    opacity: float

    @property
    def stroke(self) -> Stroke:
        """See `DrawnLine`."""
        return self.of.stroke

    @property
    def head(self) -> str | None:
        """See `DrawnLine`."""
        return self.of.head

    @property
    def ends(self) -> Ends:
        """See `DrawnLine`."""
        return self.of.ends

    @property
    def leg(self) -> LegKey | None:
        """See `DrawnLine`."""
        return self.of.leg


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
        """Id of its record; None for a thing that hangs on none."""
        return self.of.record if isinstance(self.of, DrawnRecord) else None

    @property
    def thing(self) -> str | None:
        """What an address names it by where it hangs on no record."""
        return self.of.thing if isinstance(self.of, DrawnThing) else None


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
