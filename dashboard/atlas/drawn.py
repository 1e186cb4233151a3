"""What is drawn of the world, by map and paper alike: lines, points, areas, things to select.

`dashboard.atlas.draw` makes it once and it is never changed; `dashboard.atlas.scene` writes it for
the browser, `dashboard.sheet.styled` is how a sheet draws it. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any, Self, TypeAlias

from shapely.geometry.base import BaseGeometry

from annotations.head import Theme
from annotations.schema import Place, Record
from dashboard.atlas.positions import Parts, parts_of
from dashboard.atlas.standings import Fill
from dashboard.look.strokes import Stroke, line_stroke
from geodata.joined import JoinedDossier, LegKey

# --- lines -------------------------------------------------------------------------------------


class Ends(IntFlag):
    """Which ends of a line carry a sign."""

    NEITHER = 0
    LAST = 1
    FIRST = 2
    BOTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line, from the layer that draws it.

    Attributes
    ----------
    parts : tuple of arrays of shape (n, 2)
        (lon, lat) in degrees, in the direction of travel; several where it is cut at ±180°.
    records : tuple of str
        Ids of those that it stands for; none for a detour, which is not of the world.
    km : int
        Length of the way itself, geodesic.
    type : str
        Key of `dashboard.look.strokes.TYPES`.
    stroke : Stroke
        How it is drawn on paper.
    legend : tuple of str
        Keys of `dashboard.atlas.layers.SIGNS`.
    tip : str
        What it says where a reader points at it; empty where that depends on its records.
    head : str or None
        ``arrow``, ``bar`` or ``dot``.
    ends : Ends
        Which bear the head.
    leg : LegKey or None
        Of a corridor.
    said : mapping of str
        What else the browser is told of it.
    """

    parts: Parts = field(compare=False)  # arrays have no equality of their own
    records: tuple[str, ...]
    km: int
    type: str
    stroke: Stroke
    legend: tuple[str, ...]
    tip: str = ""
    head: str | None = None
    ends: Ends = Ends.NEITHER
    leg: LegKey | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    def of(self, records: Collection[str]) -> Self | None:
        """The line as far as it stands for some of these records."""
        return self if any(record in records for record in self.records) else None


def drawn_detour(parts: Parts, km: int, tip: str) -> DrawnLine:
    """A way round what is closed on a page."""
    return DrawnLine(
        parts=parts,
        records=(),
        km=km,
        type="detour",
        stroke=line_stroke("detour"),
        legend=("detour",),
        tip=tip,
    )


def line_rows(joined: JoinedDossier, type_: str) -> Iterator[tuple[Any, Parts]]:
    """Rows of the join's lines of one type, with their columns as attributes, and their parts."""
    rows = joined.lines[joined.lines["type"] == type_]
    return zip(rows.itertuples(), parts_of(rows.geometry.array), strict=True)


# --- points, areas, things to select -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """What all symbols have.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    place : str
        Name of the place.
    glyph : str
        Key of `dashboard.atlas.layers.GLYPHS`.
    legend : str
        Key of `dashboard.atlas.layers.SIGNS`.
    """

    lon: float
    lat: float
    place: str
    glyph: str
    legend: str


@dataclass(frozen=True, slots=True)
class DrawnRecord(DrawnPoint):
    """A record at one of its places: its id and kind, and what is said of it there."""

    record: str
    kind: str
    tip: str


@dataclass(frozen=True, slots=True)
class DrawnThing(DrawnPoint):
    """A thing of a layer without records, by what an address names it."""

    thing: str
    layer: str


Point: TypeAlias = DrawnRecord | DrawnThing


@dataclass(frozen=True, slots=True)
class DrawnAlliance:
    """An alliance as the countries that it fills on the dossier's date.

    Attributes
    ----------
    id, short, title : str
    colour : str
        ``#rrggbb``.
    usual : bool
        Whether it is filled where an address names none.
    fills : sequence of Fill
    """

    id: str
    short: str
    title: str
    colour: str
    usual: bool
    fills: Sequence[Fill]


@dataclass(frozen=True, slots=True)
class DrawnTheme:
    """A theme with its colours on a light and on a dark page, as ``#rrggbb``."""

    theme: Theme
    colour: str
    colour_dark: str


@dataclass(frozen=True, eq=False, slots=True)
class Selectable:
    """What can be selected besides records: an actor, or a thing of a layer without records.

    Attributes
    ----------
    id : str
        As an address names it: ``actor:KEN``.
    title : str
    kicker : str
        What it is.
    of : Actor, Place or row of a table
        What its card is written from.
    layer : str
        Id of the layer that draws it; empty for an actor.
    said : mapping of str to str or None
        What else the browser is told of it.
    place : Place or None
        Where it stands as a symbol.
    area : shapely geometry or None
        What of the base map it is.
    helps : tuple of str, or None
        Ids of the records that it helps to read: it is in play while one of them is shown. None
        where it always is.
    """

    id: str
    title: str
    kicker: str
    of: Any
    layer: str = ""
    said: Mapping[str, str | None] = field(default_factory=dict)
    place: Place | None = None
    area: BaseGeometry | None = None
    helps: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class DrawnWorld:
    """All that is drawn of a dossier, or of a part of it.

    Attributes
    ----------
    records : sequence of Record
    lines : sequence of DrawnLine
    points : sequence of Point
    alliances : sequence of DrawnAlliance
    themes : sequence of DrawnTheme
    things : mapping of str to Selectable
        By what an address names them.
    """

    records: Sequence[Record]
    lines: Sequence[DrawnLine]
    points: Sequence[Point]
    alliances: Sequence[DrawnAlliance]
    themes: Sequence[DrawnTheme]
    things: Mapping[str, Selectable]

    @property
    def places(self) -> dict[str, str]:
        """What an address names for a place that can be selected, by the place's id."""
        return {thing.place.id: thing.id for thing in self.things.values() if thing.place}

    def lines_of(
        self, records: Collection[str], legs: Collection[LegKey] | None = None
    ) -> Iterator[DrawnLine]:
        """Lines of these records, each as far as it is theirs; of legs only those named."""
        for line in self.lines:
            left_out = legs is not None and line.leg is not None and line.leg not in legs
            if not left_out and (theirs := line.of(records)):
                yield theirs

    def points_of(self, records: Collection[str]) -> Iterator[DrawnRecord]:
        """Symbols of these records."""
        for point in self.points:
            if isinstance(point, DrawnRecord) and point.record in records:
                yield point

    def things_at(self, things: Collection[str]) -> Iterator[DrawnThing]:
        """Symbols of these things."""
        for point in self.points:
            if isinstance(point, DrawnThing) and point.thing in things:
                yield point
