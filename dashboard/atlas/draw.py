"""Makes what is drawn of a dossier from its joined tables. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
from shapely.geometry import Point as Position

from annotations.dossier import Dossier
from annotations.schema import Alliance, Event, Flow, Record, Relation
from annotations.vocabulary import FlowState, LegMode, LegStatus, PlaceType
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.drawn import (
    DrawnAlliance,
    DrawnChokepoint,
    DrawnFlow,
    DrawnLeg,
    DrawnRecord,
    DrawnRelations,
    DrawnTheme,
    DrawnWorld,
    Ends,
    Line,
    Point,
    Selectable,
    Sort,
)
from dashboard.atlas.layers import BY_ID, BY_KIND
from dashboard.atlas.positions import Parts, parts_of, positions_of
from dashboard.atlas.standings import fills_at
from dashboard.look.palette import alliance_colours, theme_colour
from geodata.joined import JoinedDossier


def glyph(record: Record) -> str:
    """Name of a record's symbol where it is drawn as a point."""
    return record.event.value if isinstance(record, Event) else record.kind


def _point_sign(record: Record) -> str:
    """Key of the legend's entry for a record that is drawn as a point."""
    if isinstance(record, Event):
        return f"event:{record.event.value}"
    if isinstance(record, Relation):
        return f"relation:{record.relation.stance}"
    if isinstance(record, Flow):
        return f"flow:{record.state.value}"
    return record.kind


def _relations(joined: JoinedDossier) -> Iterator[Line]:
    """Relations of one stance between the same two points, as one line with all its records."""
    rows = joined.lines[joined.lines["type"] == "relation"]
    firsts = rows.drop_duplicates("bundle")
    ends: dict[int, dict[str, Ends]] = {bundle: {} for bundle in firsts["bundle"]}
    for row in rows.itertuples():
        there = Ends.BOTH if row.mutual else Ends.LAST if row.forward else Ends.FIRST
        # Several parties with one seat give one line.
        theirs = ends[row.bundle]
        theirs[row.record] = theirs.get(row.record, Ends.NEITHER) | there
    for row, parts in zip(firsts.itertuples(), parts_of(firsts.geometry.array), strict=True):
        record = joined.dossier.records[row.record]
        assert isinstance(record, Relation)
        of = ends[row.bundle]
        stance = record.relation.stance
        yield DrawnRelations(parts, tuple(of), round(row.km), stance, tuple(of.values()))


def _flow_or_leg(joined: JoinedDossier, row: Any, parts: Parts) -> Line:
    what, tip = (parts, (row.record,), round(row.km)), f"{row.from_name} → {row.to_name}"
    if row.leg is None:
        state = FlowState(row.state)
        return DrawnFlow(*what, state, f"{tip} · {state.label.lower()}")
    mode, status = LegMode(row.mode), LegStatus(row.status)
    tip += f" · {mode.value}, {status.label.lower()}, {round(row.km):,} km"
    return DrawnLeg(*what, row.leg, mode, status, tip)


def _lines(joined: JoinedDossier) -> Iterator[Line]:
    yield from _relations(joined)
    rows = joined.lines[joined.lines["type"] != "relation"]
    for row, parts in zip(rows.itertuples(), parts_of(rows.geometry.array), strict=True):
        yield _flow_or_leg(joined, row, parts)


def _points(joined: JoinedDossier) -> Iterator[Point]:
    places = positions_of(joined.points.geometry.array).tolist()
    for row, (lon, lat) in zip(joined.points.itertuples(), places, strict=True):
        record = joined.dossier.records[row.record]
        tip = f"{row.place_name} · {BY_KIND[record.kind].one.lower()}"
        yield DrawnRecord(
            *(lon, lat, row.place_name, glyph(record), _point_sign(record)),
            *(record.id, record.kind, tip),
        )
    for place in joined.dossier.places.values():
        if place.type is PlaceType.CHOKEPOINT:
            [(lon, lat)] = positions_of([Position(place.lon, place.lat)]).tolist()
            yield DrawnChokepoint(lon, lat, place.name, "chokepoint", "chokepoint", place.id)


def _alliances(joined: JoinedDossier) -> Iterator[DrawnAlliance]:
    head, alliances = joined.dossier.head, joined.dossier.of_type(Alliance)
    colours = alliance_colours(alliance.id for alliance in alliances)
    for alliance in alliances:
        yield DrawnAlliance(
            *(alliance.id, alliance.short, alliance.title, colours[alliance.id]),
            usual=alliance.id in head.alliances_shown,
            fills=fills_at(joined, alliance.id, head.as_of.last_day),
        )


def _things(dossier: Dossier, disputed: gpd.GeoDataFrame) -> Iterator[Selectable]:
    lines = [(record.id, set(record.source.lines)) for record in dossier.records.values()]
    for actor in dossier.actors.values():
        yield Selectable(Sort.ACTOR, actor.id, actor.name, actor.type.label, actor.country)
    for place in dossier.places.values():
        if place.type is PlaceType.CHOKEPOINT:
            yield Selectable(
                *(Sort.PLACE, place.id, place.name),
                kicker=f"{BY_ID['chokepoints'].one} · context",
                text=place.relevance,
                lines=f"helps to read {lines_in_words(place.lines)}",
                helps=tuple(id_ for id_, of in lines if not of.isdisjoint(place.lines)),
            )
    for area in disputed.itertuples():
        yield Selectable(Sort.AREA, area.Index, area.name, BY_ID["disputed"].one, text=area.note)


def draw(joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> DrawnWorld:
    """Say what is drawn of a dossier.

    Parameters
    ----------
    joined : JoinedDossier
        From `geodata.join.join`.
    disputed : geopandas.GeoDataFrame
        From `geodata.boundaries.load_disputed`.

    Returns
    -------
    DrawnWorld
        Relations first, then flows and legs in the order of the join.
    """
    dossier = joined.dossier
    return DrawnWorld(
        records=tuple(dossier.records.values()),
        lines=tuple(_lines(joined)),
        points=tuple(_points(joined)),
        alliances=tuple(_alliances(joined)),
        themes=tuple(
            DrawnTheme(theme, *theme_colour(number))
            for number, theme in enumerate(dossier.head.themes)
        ),
        things={thing.select: thing for thing in _things(dossier, disputed)},
    )
