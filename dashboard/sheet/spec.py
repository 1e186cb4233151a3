"""What a briefing can be asked for: frame, extent, projection, style, and the words on it.

No Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from annotations.head import OTHER_EXTENTS, DossierHead
from dashboard.atlas.address import Screen
from dashboard.atlas.shown import PLAIN, Extra

MOST_POINTS = 5
"""Key points on a briefing."""

LONGEST_TEXT = 500
"""Characters of a title, subtitle or key point that are kept."""


@dataclass(frozen=True)
class Frame:
    """A sheet or slide.

    Attributes
    ----------
    id : str
        Value of ``frame`` in the address and on the command line.
    label : str
        For readers.
    width, height : float
        Inches.
    """

    id: str
    label: str
    width: float
    height: float

    @property
    def upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.height > self.width


FRAMES: dict[str, Frame] = {
    frame.id: frame
    for frame in (
        Frame("16:9", "Slide 16:9", 13.333, 7.5),
        Frame("4:3", "Slide 4:3", 10.0, 7.5),
        Frame("a4-landscape", "A4 landscape", 11.693, 8.268),
        Frame("a4-portrait", "A4 portrait", 8.268, 11.693),
        Frame("square", "Square", 8.0, 8.0),
    )
}
"""By id, in the order offered."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4326; west is greater than east across ±180°."""

VIEW, FIT, WORLD = OTHER_EXTENTS
"""Extents that every dossier has: the map's current view; all that is shown; the world."""

THE_WORLD: Bounds = (-180, -56, 180, 78)
"""Where people live."""


def extents(head: DossierHead) -> dict[str, str]:
    """Extents of a briefing: what each is called, by id, in the order offered."""
    own = {extent.id: extent.label for extent in head.extents}
    return {VIEW: "Current view", FIT: "All shown", **own, WORLD: "World"}


def bounds_of(head: DossierHead, extent: str) -> Bounds | None:
    """What a named extent must show; None for `VIEW` and `FIT`, which depend on the rest."""
    own = {extent.id: extent.bounds for extent in head.extents}
    return {**own, WORLD: THE_WORLD}.get(extent)


class Projection(StrEnum):
    """How the globe is laid flat."""

    EQUAL_AREA = "equal-area"
    CONFORMAL = "conformal"
    WEB_MERCATOR = "web-mercator"


class Style(StrEnum):
    """How it looks; each is a key of `dashboard.look.palette.MAP_COLOURS`."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True)
class KeyPoint:
    """One key point.

    Attributes
    ----------
    text : str
        Plain text.
    record : str or None
        The record that it was taken from; its place bears the point's number on the map.
    """

    text: str
    record: str | None = None


@dataclass(frozen=True)
class Brief:
    """What is asked for.

    Attributes
    ----------
    screen : Screen
        Filters, alliances filled and what is selected, as on the page it came from.
    records : tuple of str
        Only these records, by id; empty for all that the filters leave.
    extra : Extra
        What the page drew beyond the screen: a day, detours, legs.
    off : tuple of str
        Layers that the reader has switched off on the map: not drawn, and not counted.
    page : str
        Name and parameters of the page that the link reopens, e.g. ``corridors?closed=suez``;
        empty for the map.
    asked : str
        What that page shows beyond the filters, in words: routes, words searched for.
    heading : str
        What the page would call it: suggested as title. Empty where the filters give one.
    empty : str
        Why the page shows no record at all; empty where it shows some.
    frame : str
        Key of `FRAMES`.
    extent : str
        A key of `extents`.
    bounds : Bounds or None
        The current view, for `VIEW`; without it `FIT` holds.
    projection : Projection
    style : Style
    labels, legend, sources : bool
        Whether they are shown.
    title, subtitle : str or None
        None for what is suggested.
    points : tuple of KeyPoint or None
        At most `MOST_POINTS`; None for what is suggested.
    """

    screen: Screen = field(default_factory=Screen)
    records: tuple[str, ...] = ()
    extra: Extra = PLAIN
    off: tuple[str, ...] = ()
    page: str = ""
    asked: str = ""
    heading: str = ""
    empty: str = ""
    frame: str = "16:9"
    extent: str = FIT
    bounds: Bounds | None = None
    projection: Projection = Projection.EQUAL_AREA
    style: Style = Style.LIGHT
    labels: bool = True
    legend: bool = True
    sources: bool = True
    title: str | None = None
    subtitle: str | None = None
    points: tuple[KeyPoint, ...] | None = None

    @property
    def day(self) -> date | None:
        """Day on which alliances are drawn; None for the dossier's date."""
        return self.extra.day
