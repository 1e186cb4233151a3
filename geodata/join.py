"""The dossier joined to geometry: each record becomes points, lines or areas on the map.

Everything that a record names resolves to geometry here, or is a `Problem`: the record is listed
and left out, the rest is shown. All geometry is WGS 84 (EPSG:4326), lon/lat degrees; lengths are
geodesic kilometres.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from annotations.dossier import Dossier
from annotations.problems import Problem
from annotations.schema import (
    KINDS,
    Actor,
    Alliance,
    Corridor,
    Flow,
    Indicator,
    Leg,
    Record,
    Relation,
)
from annotations.vocabulary import LegMode
from geodata import routes
from geodata.arcs import Bow, arcs
from geodata.boundaries import nearest_codes
from geodata.coordinates import LonLat
from geodata.errors import GeodataError, UnknownCountryError
from geodata.joined import (
    LINE_COLUMNS,
    MEMBER_COLUMNS,
    POINT_COLUMNS,
    JoinedDossier,
    LegKey,
    Row,
    table_of,
)
from geodata.sea_legs import sea_leg


class _End(NamedTuple):
    """A point that a line joins: a place's or, with no place, a country's label."""

    place: str | None
    name: str
    at: LonLat


class RecordRows(NamedTuple):
    """Rows of points, lines and members of one record."""

    points: Sequence[Row] = ()
    lines: Sequence[Row] = ()
    members: Sequence[Row] = ()


class _Unresolved(Exception):
    """A record cannot be placed; carries the field and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class _Joiner:
    """One pass over a dossier."""

    def __init__(self, dossier: Dossier, countries: gpd.GeoDataFrame) -> None:
        self.dossier = dossier
        self.countries = countries
        self.labels = {code: (float(x), float(y)) for code, (x, y) in countries["label"].items()}
        self.lanes: defaultdict[tuple[LonLat, LonLat], int] = defaultdict(int)
        self.bundles: dict[tuple[LonLat, LonLat, str], tuple[int, Bow]] = {}
        self.lengths: dict[tuple[LonLat, LonLat], float] = {}

    def country(self, actor: Actor) -> str:
        """Alpha-3 code of an actor's country, checked against the country data."""
        if actor.country is None:
            raise _Unresolved("country", f"actor '{actor.id}' has no country to draw it in")
        if actor.country not in self.labels:
            near = nearest_codes(actor.country, self.countries)
            error = UnknownCountryError(actor.country, near)
            raise _Unresolved("country", f"actor '{actor.id}': {error}")
        return actor.country

    def anchor(self, actor_id: str) -> _End:
        """The point that stands for an actor: its seat, or its country."""
        actor = self.dossier.actors[actor_id]
        # The country is checked even where a seat gives the point: names and fills go by it.
        country = self.country(actor) if actor.country or not actor.seat else None
        if actor.seat or country is None:
            return self.end(str(actor.seat))
        return _End(None, actor.name, self.labels[country])

    def end(self, place_id: str) -> _End:
        """A place as the end of a line."""
        place = self.dossier.places[place_id]
        return _End(place.id, place.name, (place.lon, place.lat))

    def point(self, record: Record, place_id: str) -> Row:
        """One row of `points`."""
        place = self.dossier.places[place_id]
        return {
            "record": record.id,
            "place": place.id,
            "place_name": place.name,
            "precision": place.precision.value,
            "geometry": (place.lon, place.lat),
        }

    def actor_point(self, record: Record, actor_id: str) -> Row:
        """One row of `points` at an actor's seat or, without one, in its country."""
        actor = self.dossier.actors[actor_id]
        if actor.seat:
            return self.point(record, actor.seat)
        end = self.anchor(actor_id)
        return {
            "record": record.id,
            "place": None,
            "place_name": end.name,
            "precision": "country",
            "geometry": end.at,
        }

    def km(self, start: LonLat, end: LonLat) -> float:
        """Geodesic kilometres between two points, of which there are fewer than records."""
        if (start, end) not in self.lengths:
            self.lengths[start, end] = routes.geodesic_km([start, end])
        return self.lengths[start, end]

    def next_arc(self, start: LonLat, end: LonLat) -> Bow:
        """A bowed great circle in the next free lane between two points, yet to be drawn."""
        lane = self.lanes[start, end]
        self.lanes[start, end] += 1
        return Bow(start, end, lane)

    def bundle(self, start: LonLat, end: LonLat, stance: str) -> tuple[int, Bow]:
        """The one arc that all relations of a stance between two points share, and its number."""
        first, last = sorted((start, end))
        if (first, last, stance) not in self.bundles:
            number = len(self.bundles)
            self.bundles[first, last, stance] = number, self.next_arc(first, last)
        return self.bundles[first, last, stance]

    def flow(self, record: Flow) -> RecordRows:
        """A flow's arc; a symbol where both ends are one point."""
        start = self.end(record.from_place) if record.from_place else self.anchor(record.from_)
        end = self.end(record.to_place) if record.to_place else self.anchor(record.to)
        if start.at == end.at:
            place = record.to_place or record.from_place
            point = self.point(record, place) if place else self.actor_point(record, record.to)
            return RecordRows(points=[point])
        row = {
            "record": record.id,
            "type": "flow",
            "by": record.from_,
            "toward": record.to,
            **_between(start, end),
            "state": record.state.value,
            "mutual": False,
            "forward": True,
            "km": self.km(start.at, end.at),
            "geometry": self.next_arc(start.at, end.at),
        }
        return RecordRows(lines=[row])

    def relation(self, record: Relation) -> RecordRows:
        """An arc from each acting party to each other; a symbol where both share a point."""
        points: list[Row] = []
        lines: list[Row] = []
        for acting in record.by:
            for other in record.toward:
                start, end = self.anchor(acting), self.anchor(other)
                if start.at == end.at:
                    points.append(self.actor_point(record, other))
                    continue
                number, arc = self.bundle(start.at, end.at, record.relation.stance)
                lines.append(
                    {
                        "record": record.id,
                        "type": "relation",
                        "bundle": number,
                        "by": acting,
                        "toward": other,
                        **_between(start, end),
                        "state": record.state.value,
                        "mutual": record.mutual,
                        "forward": start.at <= end.at,
                        "km": self.km(start.at, end.at),
                        "geometry": arc,
                    }
                )
        return RecordRows(points, lines)

    def leg(self, key: LegKey, leg: Leg) -> Row:
        """One row of `lines`: by sea lane where ships go, by waypoints elsewhere."""
        stops = [self.end(place) for place in (leg.from_, *leg.via, leg.to)]
        at = [stop.at for stop in stops]
        if leg.mode is not LegMode.SEA:
            geometry = routes.land_leg(at)
        elif leg.direct:
            geometry = routes.open_water_leg(at)
        else:
            geometry = sea_leg(at)
        return {
            "record": key.corridor,
            "type": "leg",
            "leg": key,
            **_between(stops[0], stops[-1]),
            "mode": leg.mode.value,
            "status": leg.status.value,
            "mutual": False,
            "forward": True,
            "km": routes.line_km(geometry),
            "geometry": geometry,
        }

    def at_places(self, record: Record) -> RecordRows:
        """A symbol at each of the places that a record names."""
        return RecordRows(points=[self.point(record, place) for place in record.all_places])

    def indicator(self, record: Indicator) -> RecordRows:
        """A symbol at its place or, without one, where its actor is."""
        if record.place:
            return self.at_places(record)
        return RecordRows(points=[self.actor_point(record, record.actor)])

    def corridor(self, record: Corridor) -> RecordRows:
        """Its legs, branch by branch."""
        return RecordRows(
            lines=[
                self.leg(LegKey(record.id, branch.id, number), leg)
                for branch in record.branches
                for number, leg in enumerate(branch.legs, start=1)
            ]
        )

    def alliance(self, record: Alliance) -> RecordRows:
        """Its members; each resolves to a country, or to a point for a body without one."""
        return RecordRows(
            members=[
                {
                    "alliance": record.id,
                    "actor": member.actor,
                    "country": self.country(self.dossier.actors[member.actor]),
                    "status": member.status.value,
                    "start": member.from_,
                    "end": member.to,
                    "note": member.note,
                }
                for member in record.members
            ]
        )


WAYS: Mapping[str, Callable[[_Joiner, Any], RecordRows]] = {
    "flow": _Joiner.flow,
    "relation": _Joiner.relation,
    "corridor": _Joiner.corridor,
    "event": _Joiner.at_places,
    "presence": _Joiner.at_places,
    "statement": _Joiner.at_places,
    "indicator": _Joiner.indicator,
    "alliance": _Joiner.alliance,
}
"""How the records of each kind are placed."""


def _between(start: _End, end: _End) -> Row:
    """Columns of a line's two ends."""
    return {
        "from_place": start.place,
        "from_name": start.name,
        "to_place": end.place,
        "to_name": end.name,
    }


def join(dossier: Dossier, countries: gpd.GeoDataFrame) -> JoinedDossier:
    """Give each record of a dossier its geometry.

    Parameters
    ----------
    dossier : Dossier
        As loaded.
    countries : geopandas.GeoDataFrame
        From `geodata.boundaries.load_countries`, indexed by code, EPSG:4326.

    Returns
    -------
    JoinedDossier
        With the records that resolved; those that did not are in `problems`, by file and field.
    """
    joiner = _Joiner(dossier, countries)
    points: list[Row] = []
    lines: list[Row] = []
    members: list[Row] = []
    problems: list[Problem] = []
    kept: dict[str, Record] = {}
    # Flows first: they get the inner lanes, relations those outside.
    for record in sorted(dossier.records.values(), key=lambda record: record.kind != "flow"):
        try:
            placed = WAYS[record.kind](joiner, record)
        except (_Unresolved, GeodataError) as error:
            file = f"{KINDS[record.kind]}/{record.id}.yml"
            problems.append(Problem(file, 0, getattr(error, "field", ""), str(error)))
            continue
        points += placed.points
        lines += placed.lines
        members += placed.members
        kept[record.id] = record
    return JoinedDossier(
        dossier=replace(dossier, records=dict(sorted(kept.items()))),
        points=table_of(points, POINT_COLUMNS, _placed([row["geometry"] for row in points])),
        lines=table_of(lines, LINE_COLUMNS, _drawn([row["geometry"] for row in lines])),
        members=pd.DataFrame(members, columns=MEMBER_COLUMNS, dtype=object),
        problems=(*dossier.problems, *sorted(problems)),
    )


def _placed(positions: Sequence[LonLat]) -> Sequence[BaseGeometry]:
    """Points at positions."""
    # Also where there are none, it is an array of pairs.
    points: list[BaseGeometry] = shapely.points(np.reshape(positions, (-1, 2))).tolist()
    return points


def _drawn(lines: Sequence[routes.Line | Bow]) -> Sequence[BaseGeometry]:
    """Lines, those that were only noted so far among them."""
    drawn = arcs(line for line in lines if isinstance(line, Bow))
    return [drawn[line] if isinstance(line, Bow) else line for line in lines]


def paths(geometry: BaseGeometry) -> list[list[tuple[float, float]]]:
    """The parts of a line as lists of (lon, lat) in degrees; several where it is cut at ±180°."""
    if isinstance(geometry, MultiLineString):
        return [[(x, y) for x, y, *_ in part.coords] for part in geometry.geoms]
    return [[(x, y) for x, y, *_ in geometry.coords]]
