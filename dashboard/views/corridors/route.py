"""A route: its legs, what it crosses, where it is threatened, what a detour costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotations.schema import Branch, Corridor, Event, Leg, Place, Record
from annotations.vocabulary import LegMode, LegStatus
from geodata.corridors import PASSED_WITHIN_KM, Near, Span
from geodata.joined import LegKey
from geodata.routes import Line, line_km

THREATENED_WITHIN_KM = 150.0
"""An attack that is drawn this close to a stretch at sea threatens it."""

CORNER_KM = 150.0
"""A country that is left for the one before it within this length is a corner that is clipped."""

WATER = frozenset({LegMode.SEA, LegMode.RIVER, LegMode.CANAL})
"""Modes between which the cargo stays in the ship."""

DEFINITIONS: Mapping[str, str] = {
    "Length": (
        "Geodesic kilometres of the lines as drawn: lanes at sea, straight from station to station "
        "on land. A railway is longer than that. Where a branch forks, each complete way from its "
        "start to its end is a route of its own: arms are never added together."
    ),
    "Transshipments": (
        "Cargo is moved when rail, road or ship changes, or when the gauge changes from one "
        "railway leg to the next. Sea, river and canal count as one ship; stretches being built "
        "count as if they were open."
    ),
    "Borders": (
        "From one country into the next on land or through a canal. A corner that is clipped "
        f"(within {CORNER_KM:.0f} km back into the country before) is named, not counted; a "
        "voyage crosses none."
    ),
    "Chokepoints": f"Within {PASSED_WITHIN_KM:.0f} km of the line at sea or in a canal.",
    "Threats": (
        f"Attacks in the dossier within {THREATENED_WITHIN_KM:.0f} km of the line at sea, then "
        "who is behind them and who strikes back."
    ),
    "Operates": "Share of the length whose legs are in use, and neither disrupted nor a gap.",
}
"""What each measure counts."""


@dataclass(frozen=True)
class Stretch:
    """One leg of a route, measured.

    Attributes
    ----------
    leg : Leg
        As in the dossier.
    from_name, to_name : str
        Names of its ends.
    km : float
        Geodesic kilometres as drawn.
    key : LegKey
    line : shapely.LineString or shapely.MultiLineString
        EPSG:4326.
    spans : tuple of Span
        Countries that it crosses; none at sea.
    near : tuple of Near
        Chokepoints that it passes; none on land.
    """

    leg: Leg
    from_name: str
    to_name: str
    km: float
    key: LegKey
    line: Line
    spans: tuple[Span, ...]
    near: tuple[Near, ...]

    @property
    def afloat(self) -> bool:
        """Whether the cargo is in a ship."""
        return self.leg.mode in WATER

    @property
    def operates(self) -> bool:
        """Whether it is in use, undisturbed."""
        return self.leg.status is LegStatus.OPERATING


@dataclass(frozen=True)
class Changeover:
    """Something that changes at a place between two legs.

    Attributes
    ----------
    after : int
        How many legs come before it.
    place : str
        Name of the place.
    what : str
        E.g. ``rail → road``.
    """

    after: int
    place: str
    what: str


@dataclass(frozen=True)
class Border:
    """A border on land.

    Attributes
    ----------
    leg : int
        Position of the leg that crosses it, from 0.
    out_of, into : str
        Codes of the countries.
    where : str
        The ends of the leg.
    """

    leg: int
    out_of: str
    into: str
    where: str


@dataclass(frozen=True)
class Land:
    """A part of a route within one country, clipped corners of others included.

    Attributes
    ----------
    country : str
        Code.
    from_km, to_km : float
        Kilometres along the route.
    """

    country: str
    from_km: float
    to_km: float


@dataclass(frozen=True)
class Threat:
    """An attack that threatens a route, and what belongs to it."""

    attack: Event
    behind: tuple[Record, ...]
    answers: tuple[Record, ...]


@dataclass(frozen=True)
class Route:
    """A complete way through a corridor.

    Attributes
    ----------
    id : str
        ``corridor.branch``, with the places chosen at forks: ``lake-line.western.kigoma``.
    record : Corridor
    branch : Branch
    label, short : str
        For headings, and for buttons.
    stretches : tuple of Stretch
        In the order of travel; each begins where the one before ends.
    countries : tuple of str
        Codes, in the order of travel, those of the ports called at included.
    lands : tuple of Land
        Where along the route it crosses which country.
    corners : tuple of Span
        Countries that are only clipped.
    borders : tuple of Border
    threats : tuple of Threat
    """

    id: str
    record: Corridor
    branch: Branch
    label: str
    short: str
    stretches: tuple[Stretch, ...]
    countries: tuple[str, ...]
    lands: tuple[Land, ...]
    corners: tuple[Span, ...]
    borders: tuple[Border, ...]
    threats: tuple[Threat, ...]

    @property
    def km(self) -> float:
        """Geodesic length as drawn."""
        return sum(stretch.km for stretch in self.stretches)

    @property
    def ends(self) -> tuple[str, str]:
        """Names of the first and the last place."""
        return self.stretches[0].from_name, self.stretches[-1].to_name

    @property
    def operating_share(self) -> float:
        """Share of the length that is in use, undisturbed; 0 to 1."""
        return sum(s.km for s in self.stretches if s.operates) / self.km

    @property
    def km_by_mode(self) -> dict[LegMode, float]:
        """Kilometres by mode, in the order of the vocabulary; modes that do not occur left out."""
        km = {mode: sum(s.km for s in self.stretches if s.leg.mode is mode) for mode in LegMode}
        return {mode: length for mode, length in km.items() if length}

    @property
    def km_by_status(self) -> dict[LegStatus, float]:
        """Kilometres by status, likewise."""
        km = {st: sum(s.km for s in self.stretches if s.leg.status is st) for st in LegStatus}
        return {status: length for status, length in km.items() if length}

    @property
    def gaps(self) -> list[Stretch]:
        """Stretches where the intended mode is missing."""
        return [s for s in self.stretches if s.leg.status is LegStatus.GAP]

    @property
    def transshipments(self) -> list[Changeover]:
        """Where cargo is moved; see `DEFINITIONS`."""
        changes = []
        gauge: int | None = None
        for number, (before, after) in enumerate(pairwise(self.stretches), start=1):
            gauge = before.leg.gauge_mm or (gauge if before.leg.mode is LegMode.RAIL else None)
            here, there = _carrier(before.leg.mode), _carrier(after.leg.mode)
            new = after.leg.gauge_mm
            if here != there:
                changes.append(Changeover(number, after.from_name, f"{here} → {there}"))
            elif here == "rail" and gauge and new and gauge != new:
                what = f"{gauge:,} → {new:,} mm gauge"
                changes.append(Changeover(number, after.from_name, what))
        return changes

    @property
    def gauge_breaks(self) -> list[Changeover]:
        """Where the gauge of the railway is another than that of the last one before it."""
        breaks = []
        gauge: int | None = None
        for number, stretch in enumerate(self.stretches):
            new = stretch.leg.gauge_mm
            if gauge and new and gauge != new:
                what = f"{gauge:,} → {new:,} mm gauge"
                breaks.append(Changeover(number, stretch.from_name, what))
            gauge = new or gauge
        return breaks

    @property
    def chokepoints(self) -> tuple[str, ...]:
        """Ids of the chokepoints passed, in the order of travel."""
        return tuple(dict.fromkeys(near.id for s in self.stretches for near in s.near))


def _carrier(mode: LegMode) -> str:
    return "ship" if mode in WATER else mode.value


@dataclass(frozen=True)
class Detour:
    """What becomes of one voyage when chokepoints are closed.

    Attributes
    ----------
    first, last : int
        Positions of the first and last leg of the voyage.
    shut : tuple of str
        The closed chokepoints that it passes.
    drawn_km : float
        Length as drawn.
    line : shapely.LineString or shapely.MultiLineString or None
        The way round; None where none remains.
    near : tuple of Near
        Chokepoints that the way round passes.
    """

    first: int
    last: int
    shut: tuple[str, ...]
    drawn_km: float
    line: Line | None
    near: tuple[Near, ...] = ()

    @property
    def passes(self) -> tuple[str, ...]:
        """Ids of the chokepoints that the way round passes."""
        return tuple(near.id for near in self.near)

    @property
    def extra_km(self) -> float | None:
        """How much longer the way round is than the voyage drawn; None where none remains."""
        return None if self.line is None else line_km(self.line) - self.drawn_km


@dataclass(frozen=True)
class Study:
    """All routes of a dossier.

    Attributes
    ----------
    routes : mapping of str to Route
        By id, in the order offered.
    default : tuple of str
        Routes shown when none is named: the first of each corridor.
    aliases : mapping of str to str
        A branch that forks, to its first way.
    chokepoints : mapping of str to Place
        By id.
    closable : mapping of str to str
        Chokepoints that can be closed, with their name in the network of sea lanes.
    country_names : mapping of str to str
        By code.
    """

    routes: Mapping[str, Route]
    default: tuple[str, ...]
    aliases: Mapping[str, str]
    chokepoints: Mapping[str, Place]
    closable: Mapping[str, str]
    country_names: Mapping[str, str] = field(default_factory=dict)

    def read_routes(self, asked: Sequence[str]) -> tuple[str, ...]:
        """Routes that an address asks for, in the order offered; nonsense is left out.

        One empty value means none; no valid value at all means those shown by default.
        """
        if list(asked) == [""]:
            return ()
        wanted = {self.aliases.get(route, route) for route in asked}
        return tuple(route for route in self.routes if route in wanted) or self.default

    def read_closed(self, asked: Sequence[str]) -> tuple[str, ...]:
        """Chokepoints that an address closes, in the order offered; nonsense is left out."""
        return tuple(place for place in self.closable if place in asked)
