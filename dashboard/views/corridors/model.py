"""Corridors compared: each complete way through one is a route, measured leg by leg. No Streamlit.

A branch may fork, like one across a lake: then each complete way from its start to its end is a
route of its own, and the arms are never added together.

What is counted, in the words that the page prints, stands in `DEFINITIONS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise

import geopandas as gpd

from annotations.schema import Branch, Corridor, Event, Leg, Place, Presence, Record, Relation
from annotations.vocabulary import (
    EventType,
    EvidenceStatus,
    LegMode,
    LegStatus,
    PlaceType,
    RelationType,
)
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from geodata.boundaries import load_countries
from geodata.coordinates import LonLat
from geodata.corridors import (
    PASSED_WITHIN_KM,
    Near,
    Span,
    land_spans,
    passage_at,
    passed,
    way_round,
)
from geodata.join import paths
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
    part : str
        Its part in `JoinedDossier.lines`.
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
    part: str
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
class Change:
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
    def transshipments(self) -> list[Change]:
        """Where cargo is moved; see `DEFINITIONS`."""
        changes = []
        gauge: int | None = None
        for number, (before, after) in enumerate(pairwise(self.stretches), start=1):
            gauge = before.leg.gauge_mm or (gauge if before.leg.mode is LegMode.RAIL else None)
            here, there = _carrier(before.leg.mode), _carrier(after.leg.mode)
            new = after.leg.gauge_mm
            if here != there:
                changes.append(Change(number, after.from_name, f"{here} → {there}"))
            elif here == "rail" and gauge and new and gauge != new:
                what = f"{gauge:,} → {new:,} mm gauge"
                changes.append(Change(number, after.from_name, what))
        return changes

    @property
    def gauge_breaks(self) -> list[Change]:
        """Where the gauge of the railway is another than that of the last one before it."""
        breaks = []
        gauge: int | None = None
        for number, stretch in enumerate(self.stretches):
            new = stretch.leg.gauge_mm
            if gauge and new and gauge != new:
                what = f"{gauge:,} → {new:,} mm gauge"
                breaks.append(Change(number, stretch.from_name, what))
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


# --- routes ------------------------------------------------------------------------------------


def ways(branch: Branch) -> list[tuple[int, ...]]:
    """Complete ways through a branch.

    Parameters
    ----------
    branch : Branch
        Its legs join; several may start at one place.

    Returns
    -------
    list of tuple of int
        Positions of the legs of each way, in the order of travel. A way begins where the first leg
        does and ends where no leg goes on. No place is passed twice.
    """
    found: list[tuple[int, ...]] = []

    def go_on(place: str, taken: tuple[int, ...], seen: frozenset[str]) -> None:
        onward = [
            i for i, leg in enumerate(branch.legs) if leg.from_ == place and leg.to not in seen
        ]
        for i in onward:
            go_on(branch.legs[i].to, (*taken, i), seen | {branch.legs[i].to})
        if not onward and taken:
            found.append(taken)

    start = branch.legs[0].from_
    go_on(start, (), frozenset({start}))
    return found


def _choices(branch: Branch, way: Sequence[int]) -> list[str]:
    """Places taken where a branch forks."""
    starts = [leg.from_ for leg in branch.legs]
    return [branch.legs[i].to for i in way if starts.count(branch.legs[i].from_) > 1]


def _labels(
    atlas: Atlas, record: Corridor, branch: Branch, choices: Sequence[str]
) -> tuple[str, str]:
    """Name of a route for headings and for buttons: ``Line western branch``, ``Line western``."""
    places = atlas.dossier.places
    label = short = corridor = record.short or record.title
    if len(record.branches) > 1:
        part = branch.title.split(":")[0]
        label = f"{corridor} {part[0].lower()}{part[1:]}"
        short = f"{corridor} {branch.id}"
    if not choices:
        return label, short
    names = [places[choice].name for choice in choices]
    return f"{label} by {' and '.join(names)}", f"{short}: {' – '.join(names)}"


def _at(place: Place) -> LonLat:
    return place.lon, place.lat


class _Builder:
    """One pass over the corridors of a dossier."""

    def __init__(self, atlas: Atlas, countries: gpd.GeoDataFrame) -> None:
        self.atlas = atlas
        self.places = atlas.dossier.places
        self.countries = countries
        self.chokepoints = {
            place.id: place for place in self.places.values() if place.type is PlaceType.CHOKEPOINT
        }
        self.positions = {place.id: _at(place) for place in self.chokepoints.values()}
        lines = atlas.joined.lines
        self.lines = lines[lines["type"] == "leg"].set_index(["record", "part"])
        self.measured: dict[tuple[object, ...], tuple[tuple[Span, ...], tuple[Near, ...]]] = {}
        self.attacks = [
            event
            for event in atlas.dossier.of_type(Event)
            if event.event is EventType.ATTACK and not event.when.expected
        ]

    def stretch(self, record: Corridor, branch: Branch, position: int) -> Stretch:
        leg = branch.legs[position]
        row = self.lines.loc[(record.id, f"{branch.id}.{position + 1}")]
        # Branches share legs: each is measured once.
        key = (leg.from_, leg.to, *leg.via, leg.mode, leg.direct)
        if key not in self.measured:
            self.measured[key] = self.measure(leg, row["geometry"])
        spans, near = self.measured[key]
        return Stretch(
            leg=leg,
            from_name=row["from_name"],
            to_name=row["to_name"],
            km=float(row["km"]),
            part=f"{record.id}.{branch.id}.{position + 1}",
            line=row["geometry"],
            spans=spans,
            near=near,
        )

    def measure(self, leg: Leg, line: Line) -> tuple[tuple[Span, ...], tuple[Near, ...]]:
        spans: tuple[Span, ...] = ()
        if leg.mode is not LegMode.SEA:
            stops = [self.places[place] for place in (leg.from_, *leg.via, leg.to)]
            spans = land_spans([(_at(stop), stop.country) for stop in stops], self.countries)
        near = passed(line, self.positions) if leg.mode in WATER else ()
        return spans, near

    def routes(self, record: Corridor) -> Iterator[Route]:
        for branch in record.branches:
            for way in ways(branch):
                choices = _choices(branch, way)
                stretches = tuple(self.stretch(record, branch, i) for i in way)
                crossed = _crossed(stretches, self.places)
                label, short = _labels(self.atlas, record, branch, choices)
                yield Route(
                    id=".".join([record.id, branch.id, *choices]),
                    record=record,
                    branch=branch,
                    label=label,
                    short=short,
                    stretches=stretches,
                    countries=crossed.countries,
                    lands=crossed.lands,
                    corners=crossed.corners,
                    borders=crossed.borders,
                    threats=tuple(self.threats(stretches)),
                )

    def threats(self, stretches: Sequence[Stretch]) -> Iterator[Threat]:
        dossier = self.atlas.dossier
        afloat = [stretch.line for stretch in stretches if stretch.afloat]
        for attack in self.attacks:
            where = {place: _at(self.places[place]) for place in attack.places}
            if not any(passed(line, where, THREATENED_WITHIN_KM) for line in afloat):
                continue
            behind: list[Record] = [
                *(r for r in dossier.of_type(Presence) if r.actor in attack.by),
                *(
                    r
                    for r in dossier.of_type(Relation)
                    if r.relation is RelationType.BACKING and set(r.toward) & set(attack.by)
                ),
            ]
            answers = [
                e
                for e in dossier.of_type(Event)
                if e.event is EventType.STRIKE and set(e.against) & set(attack.by)
            ]
            yield Threat(attack, tuple(behind), tuple(answers))


@dataclass
class _Entered:
    """A country that a route enters on land, and the leg on which it does."""

    country: str
    km: float
    leg: int
    at_km: float


def _without_corners(entered: Sequence[_Entered]) -> tuple[list[_Entered], list[Span]]:
    """Take out the countries that are left for the one before them after a short way."""
    kept: list[_Entered] = []
    corners: list[Span] = []
    for i, here in enumerate(entered):
        if kept and kept[-1].country == here.country:
            kept[-1].km += here.km
            continue
        back = i + 1 < len(entered) and kept and entered[i + 1].country == kept[-1].country
        if back and here.km <= CORNER_KM:
            corners.append(Span(here.country, here.km))
        else:
            kept.append(_Entered(here.country, here.km, here.leg, here.at_km))
    return kept, corners


@dataclass(frozen=True)
class _Crossed:
    """Countries of a route in the order of travel, its borders, and the corners that it clips."""

    countries: tuple[str, ...]
    lands: tuple[Land, ...]
    borders: tuple[Border, ...]
    corners: tuple[Span, ...]


def _crossed(stretches: Sequence[Stretch], places: Mapping[str, Place]) -> _Crossed:
    """Follow a route from country to country; the sea parts what lies on its shores."""
    countries: dict[str, None] = {}
    borders: list[Border] = []
    corners: list[Span] = []
    lands: list[Land] = []
    along = [0.0, *accumulate(stretch.km for stretch in stretches)]
    for on_land, group in groupby(enumerate(stretches), key=lambda pair: bool(pair[1].spans)):
        legs = list(group)
        if not on_land:
            ports = (place for _, s in legs for place in (s.leg.from_, s.leg.to))
            countries |= dict.fromkeys(code for p in ports if (code := places[p].country))
            continue
        entered: list[_Entered] = []
        for position, stretch in legs:
            at_km = along[position]
            for span in stretch.spans:
                if entered and entered[-1].country == span.country:
                    entered[-1].km += span.km
                else:
                    entered.append(_Entered(span.country, span.km, position, at_km))
                at_km += span.km
        kept, clipped = _without_corners(entered)
        corners += clipped
        countries |= dict.fromkeys(one.country for one in kept)
        ends = [*(one.at_km for one in kept[1:]), along[legs[-1][0] + 1]]
        lands += [Land(one.country, one.at_km, end) for one, end in zip(kept, ends, strict=True)]
        for before, after in pairwise(kept):
            leg = stretches[after.leg]
            where = f"{leg.from_name} – {leg.to_name}"
            borders.append(Border(after.leg, before.country, after.country, where))
    return _Crossed(tuple(countries), tuple(lands), tuple(borders), tuple(corners))


@derived(most=1)
def build_study(atlas: Atlas) -> Study:
    """Measure all routes of a dossier, once for each state of its files.

    Parameters
    ----------
    atlas : Atlas
        From `dashboard.atlas.data.load`.

    Returns
    -------
    Study
        The corridors that the article speaks of first, then those that are context; the shorter
        before the longer.
    """
    countries = load_countries()
    builder = _Builder(atlas, countries)
    by_record = [list(builder.routes(record)) for record in atlas.dossier.of_type(Corridor)]
    by_record.sort(
        key=lambda routes: (
            routes[0].record.evidence.status is EvidenceStatus.CONTEXT,
            routes[0].km,
        )
    )
    routes = {route.id: route for group in by_record for route in group}
    aliases: dict[str, str] = {}
    for route in routes.values():
        aliases.setdefault(f"{route.record.id}.{route.branch.id}", route.id)
        aliases.setdefault(route.record.id, route.id)
    closable = {
        place.id: name
        for place in builder.chokepoints.values()
        if (name := passage_at(_at(place))) is not None
    }
    # What a route passes is offered first.
    on_the_way = [place for route in routes.values() for place in route.chokepoints]
    order = sorted(closable, key=lambda place: (place not in on_the_way, place))
    return Study(
        routes=routes,
        default=tuple(group[0].id for group in by_record),
        aliases=aliases,
        chokepoints=builder.chokepoints,
        closable={place: closable[place] for place in order},
        country_names={str(code): str(name) for code, name in countries["name"].items()},
    )


# --- closing chokepoints -----------------------------------------------------------------------


def voyages(route: Route) -> list[tuple[int, int]]:
    """Positions of the first and last leg of each stretch on which the cargo stays in a ship."""
    found = []
    for afloat, group in groupby(enumerate(route.stretches), key=lambda pair: pair[1].afloat):
        if afloat:
            positions = [position for position, _ in group]
            found.append((positions[0], positions[-1]))
    return found


def detours(
    study: Study, route: Route, closed: Iterable[str], places: Mapping[str, Place]
) -> list[Detour]:
    """What becomes of a route's voyages with chokepoints closed.

    A voyage that passes a closed chokepoint is sailed anew from its first port to its last, along
    the lanes that remain; the others stay as drawn.

    Parameters
    ----------
    study : Study
    route : Route
    closed : iterable of str
        Ids of chokepoints, from `Study.closable`.
    places : mapping of str to Place
        Of the dossier.

    Returns
    -------
    list of Detour
        One for each voyage concerned, in the order of travel.
    """
    shut_off = set(closed)
    passages = frozenset(study.closable[place] for place in shut_off)
    positions = {place.id: _at(place) for place in study.chokepoints.values()}
    found = []
    for first, last in voyages(route):
        legs = route.stretches[first : last + 1]
        shut = tuple(
            dict.fromkeys(near.id for leg in legs for near in leg.near if near.id in shut_off)
        )
        if not shut:
            continue
        start, end = places[legs[0].leg.from_], places[legs[-1].leg.to]
        line = way_round(_at(start), _at(end), passages)
        near = passed(line, positions) if line is not None else ()
        found.append(Detour(first, last, shut, sum(leg.km for leg in legs), line, near))
    return found


def detour_path(line: Line) -> list[list[list[float]]]:
    """A line as lists of [lat, lon] for the map; several where it is cut at ±180°."""
    return [[[round(lat, 3), round(lon, 3)] for lon, lat in part] for part in paths(line)]
