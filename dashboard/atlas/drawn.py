"""What is drawn of the world, by map and paper alike: lines, points, areas, things to select.

`dashboard.atlas.draw` makes it once and it is never changed; `dashboard.atlas.scene` writes it for
the browser, `dashboard.sheet.styled` is how a sheet draws it. No Streamlit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag, StrEnum
from typing import Self, TypeAlias

from annotations.head import Theme
from annotations.schema import Record
from annotations.vocabulary import FlowState, LegMode, LegStatus
from dashboard.atlas.positions import Parts
from dashboard.atlas.standings import Fill
from geodata.joined import LegKey

# --- lines -------------------------------------------------------------------------------------


class Ends(IntFlag):
    """Which ends of a line carry a sign."""

    NEITHER = 0
    LAST = 1
    FIRST = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class DrawnLine(ABC):
    """What all lines have.

    Attributes
    ----------
    parts : tuple of arrays of shape (n, 2)
        (lon, lat) in degrees, in the direction of travel; several where it is cut at ±180°.
    records : tuple of str
        Ids of those that it stands for.
    km : int
        Length of the way itself, geodesic.
    """

    parts: Parts = field(compare=False)  # arrays have no equality of their own
    records: tuple[str, ...]
    km: int

    @property
    @abstractmethod
    def legend(self) -> tuple[str, ...]:
        """Keys of `dashboard.atlas.layers.SIGNS`."""

    def of(self, records: Collection[str]) -> Self | None:
        """The line as far as it stands for some of these records."""
        return self if any(record in records for record in self.records) else None


@dataclass(frozen=True, slots=True)
class DrawnFlow(DrawnLine):
    """A flow's arc, from sender to receiver; `tip` says between whom, and how far it has come."""

    state: FlowState
    tip: str

    @property
    def legend(self) -> tuple[str, ...]:
        """See `DrawnLine`."""
        return (f"flow:{self.state.value}",)


@dataclass(frozen=True, slots=True)
class DrawnRelations(DrawnLine):
    """All relations of one stance between the same two points.

    Attributes
    ----------
    stance : str
        As `RelationType.stance` has it.
    ends : tuple of Ends
        For each record, the ends at those whom it concerns.
    """

    stance: str
    ends: tuple[Ends, ...]

    @property
    def legend(self) -> tuple[str, ...]:
        """See `DrawnLine`."""
        return (f"relation:{self.stance}",)

    def of(self, records: Collection[str]) -> Self | None:
        """See `DrawnLine`."""
        kept = [pair for pair in zip(self.records, self.ends, strict=True) if pair[0] in records]
        if not kept:
            return None
        return replace(self, records=tuple(r for r, _ in kept), ends=tuple(e for _, e in kept))


@dataclass(frozen=True, slots=True)
class DrawnLeg(DrawnLine):
    """A leg of a corridor; `tip` says from where to where, and how."""

    key: LegKey
    mode: LegMode
    status: LegStatus
    tip: str

    @property
    def legend(self) -> tuple[str, ...]:
        """See `DrawnLine`."""
        return (f"mode:{self.mode.value}", f"status:{self.status.value}")


Line: TypeAlias = DrawnFlow | DrawnRelations | DrawnLeg
"""What is drawn of records."""


@dataclass(frozen=True, slots=True)
class DrawnDetour(DrawnLine):
    """A way round what is closed on a page: of no record, and not of the world."""

    tip: str

    @property
    def legend(self) -> tuple[str, ...]:
        """See `DrawnLine`."""
        return ("detour",)


# --- points, areas, things to select -----------------------------------------------------------


class Sort(StrEnum):
    """What can be selected besides records, by what its `select` begins with."""

    ACTOR = "actor"
    PLACE = "place"
    AREA = "area"


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
class DrawnChokepoint(DrawnPoint):
    """A chokepoint: of no record; `id` is its place's."""

    id: str

    @property
    def select(self) -> str:
        """As an address names it."""
        return f"{Sort.PLACE.value}:{self.id}"


Point: TypeAlias = DrawnRecord | DrawnChokepoint


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


@dataclass(frozen=True, slots=True)
class Selectable:
    """An actor, a chokepoint or a disputed area.

    Attributes
    ----------
    sort : Sort
    id, title : str
    kicker : str
        What it is.
    country : str or None
        An actor's.
    text : str or None
        Of a chokepoint, why it matters; of an area, how it is drawn.
    lines : str
        Of a chokepoint, the article's lines that it helps to read.
    helps : tuple of str, or None
        Ids of the records that those lines tell of; None where nobody asks.
    """

    sort: Sort
    id: str
    title: str
    kicker: str
    country: str | None = None
    text: str | None = None
    lines: str = ""
    helps: tuple[str, ...] | None = None

    @property
    def select(self) -> str:
        """As an address names it: ``actor:KEN``."""
        return f"{self.sort.value}:{self.id}"


@dataclass(frozen=True, eq=False)
class DrawnWorld:
    """All that is drawn of a dossier, or of a part of it.

    Attributes
    ----------
    records : sequence of Record
    lines : sequence of Line
    points : sequence of Point
    alliances : sequence of DrawnAlliance
    themes : sequence of DrawnTheme
    things : mapping of str to Selectable
        By what an address names them.
    """

    records: Sequence[Record]
    lines: Sequence[Line]
    points: Sequence[Point]
    alliances: Sequence[DrawnAlliance]
    themes: Sequence[DrawnTheme]
    things: Mapping[str, Selectable]

    def lines_of(
        self, records: Collection[str], legs: Collection[LegKey] | None = None
    ) -> Iterator[Line]:
        """Lines of these records, each as far as it is theirs; of legs only those named."""
        for line in self.lines:
            left_out = legs is not None and isinstance(line, DrawnLeg) and line.key not in legs
            if not left_out and (theirs := line.of(records)):
                yield theirs

    def points_of(self, records: Collection[str]) -> Iterator[DrawnRecord]:
        """Symbols of these records."""
        for point in self.points:
            if isinstance(point, DrawnRecord) and point.record in records:
                yield point

    def chokepoints_of(self, places: Collection[str]) -> Iterator[DrawnChokepoint]:
        """Those of the chokepoints that are these places."""
        for point in self.points:
            if isinstance(point, DrawnChokepoint) and point.id in places:
                yield point
