"""All routes of a dossier, measured: branches, their ways, and detours. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import geopandas as gpd

from annotations.schema import Branch, Corridor, Event, Leg, Place, Presence, Record, Relation
from annotations.vocabulary import EventType, EvidenceStatus, LegMode, PlaceType, RelationType
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from dashboard.views.corridors.crossed import crossed_by
from dashboard.views.corridors.route import (
    THREATENED_WITHIN_KM,
    WATER,
    Detour,
    Route,
    Stretch,
    Study,
    Threat,
)
from geodata.boundaries import load_countries
from geodata.coordinates import LonLat
from geodata.corridors import Near, Span, land_spans, passage_at, passed, way_round
from geodata.joined import LegKey
from geodata.routes import Line


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
        part = branch.short or branch.title
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
        self.legs = atlas.joined.legs
        self.measured: dict[tuple[object, ...], tuple[tuple[Span, ...], tuple[Near, ...]]] = {}
        self.attacks = [
            event
            for event in atlas.dossier.of_type(Event)
            if event.event is EventType.ATTACK and not event.when.expected
        ]

    def stretch(self, record: Corridor, branch: Branch, position: int) -> Stretch:
        leg = branch.legs[position]
        drawn = self.legs[LegKey(record.id, branch.id, position + 1)]
        # Branches share legs: each is measured once.
        key = (leg.from_, leg.to, *leg.via, leg.mode, leg.direct)
        if key not in self.measured:
            self.measured[key] = self.measure(leg, drawn.geometry)
        spans, near = self.measured[key]
        return Stretch(
            leg=leg,
            from_name=drawn.from_name,
            to_name=drawn.to_name,
            km=drawn.km,
            key=drawn.leg,
            line=drawn.geometry,
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
                crossed = crossed_by(stretches, self.places)
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
