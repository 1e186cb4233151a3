"""Makes what is drawn of a dossier from its joined tables, layer by layer. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import geopandas as gpd
from shapely.geometry import Point as Position

from dashboard.atlas.alliances import drawn_alliances
from dashboard.atlas.drawn import DrawnRecord, DrawnTheme, DrawnThing, DrawnWorld, Selectable
from dashboard.atlas.layers import RECORD_LAYERS, THING_LAYERS, layer_of
from dashboard.atlas.positions import positions_of
from dashboard.look.palette import theme_colour
from geodata.joined import JoinedDossier


def _records(joined: JoinedDossier) -> Iterator[DrawnRecord]:
    places = positions_of(joined.points.geometry.array).tolist()
    for row, (lon, lat) in zip(joined.points.itertuples(), places, strict=True):
        record = joined.dossier.records[row.record]
        layer = layer_of(record)
        tip = f"{row.place_name} · {layer.one.lower()}"
        yield DrawnRecord(
            *(lon, lat, row.place_name, layer.glyph(record), layer.sign_of(record)),
            *(record.id, record.kind, tip),
        )


def _things_at(things: Iterable[Selectable]) -> Iterator[DrawnThing]:
    for thing in things:
        if place := thing.place:
            [(lon, lat)] = positions_of([Position(place.lon, place.lat)]).tolist()
            sign = THING_LAYERS[thing.layer].sign_of(thing)
            yield DrawnThing(
                *(lon, lat, place.name, sign.sample["glyph"], sign.key), thing.id, thing.layer
            )


def _things(joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> Iterator[Selectable]:
    for actor in joined.dossier.actors.values():
        said = {"country": actor.country}
        yield Selectable(f"actor:{actor.id}", actor.name, actor.type.label, actor, said=said)
    for layer in THING_LAYERS.values():
        yield from layer.things(joined, disputed)


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
        Lines by the depth of their layer, those of one layer in the order of the join.
    """
    dossier = joined.dossier
    things = {thing.id: thing for thing in _things(joined, disputed)}
    layers = sorted(RECORD_LAYERS, key=lambda layer: layer.depth)
    return DrawnWorld(
        records=tuple(dossier.records.values()),
        lines=tuple(line for layer in layers for line in layer.lines(joined)),
        points=(*_records(joined), *_things_at(things.values())),
        alliances=tuple(drawn_alliances(joined)),
        themes=tuple(
            DrawnTheme(theme, *theme_colour(number))
            for number, theme in enumerate(dossier.head.themes)
        ),
        things=things,
    )
