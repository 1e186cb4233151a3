"""The scene: everything the browser needs to draw the map, sent once and then only pointed at.

A filter change names positions in `records`; no geometry is sent again. The scene's version is a
digest of its content, so that a browser never mixes two states of the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from annotations import vocabulary
from annotations.dossier import Dossier
from annotations.schema import Alliance, Corridor, Event, Flow, Leg, Record, Relation
from annotations.vocabulary import CORRECTED, EvidenceStatus, PlaceType, Term, Verdict
from dashboard.atlas.article_lines import _as_text, lines_in_words
from dashboard.atlas.layers import BY_ID, BY_KIND, FIRM, GLYPHS, LAYERS, SIGNS
from dashboard.atlas.pieced_json import json_bytes
from dashboard.atlas.scene_paths import pairs_of, paths_of, rounded_pair
from dashboard.atlas.standings import fills_at
from dashboard.look.palette import alliance_colours, theme_colour
from geodata.join import JoinedDossier

ONLINE_TILES = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": "© OpenStreetMap contributors",
}
"""The only thing that ever comes from elsewhere, and only when a reader switches it on."""


@dataclass(frozen=True)
class Scene:
    """What the browser gets.

    Attributes
    ----------
    version : str
        Digest of `body`.
    body : bytes
        UTF-8 JSON.
    record_ids : tuple of str
        Ids in the order that positions refer to.
    content : mapping of str
        What `body` says: never changed.
    """

    version: str
    body: bytes
    record_ids: tuple[str, ...]
    content: Mapping[str, Any]

    def positions(self, ids: Iterable[str]) -> str:
        """Positions of records, as the browser reads them: ``0-23,25,30-41``.

        Parameters
        ----------
        ids : iterable of str
            In the scene's order.
        """
        index = {record_id: position for position, record_id in enumerate(self.record_ids)}
        return _as_text(index[record_id] for record_id in ids)


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


def _leg(record: Corridor, part: str) -> Leg:
    branch_id, number = part.rsplit(".", 1)
    branch = next(branch for branch in record.branches if branch.id == branch_id)
    return branch.legs[int(number) - 1]


def _line(record: Flow | Corridor, row: Any, path: list[Any], index: int) -> dict[str, Any]:
    """A flow's arc or a corridor's leg."""
    line: dict[str, Any] = {
        "records": [index],
        "type": row.type,
        "km": round(row.km),
        "path": path,
        "tip": f"{row.from_name} → {row.to_name}",
    }
    legend = []
    if isinstance(record, Flow):
        line["state"] = record.state.value
        legend.append(f"flow:{record.state.value}")
        line["tip"] += f" · {record.state.label.lower()}"
    else:
        leg = _leg(record, row.part)
        line |= {"mode": leg.mode.value, "status": leg.status.value}
        line["part"] = f"{record.id}.{row.part}"
        legend += [f"mode:{leg.mode.value}", f"status:{leg.status.value}"]
        line["tip"] += f" · {leg.mode.value}, {leg.status.label.lower()}, {round(row.km):,} km"
    return line | {"legend": legend}


def _bundles(joined: JoinedDossier, position: Mapping[str, int]) -> list[dict[str, Any]]:
    """Relations of one stance between the same two points, as one line with all its records."""
    bundles: dict[tuple[str, bytes], dict[str, Any]] = {}
    rows = joined.lines[joined.lines["type"] == "relation"]
    drawn: list[BaseGeometry] = []
    for row, shape in zip(rows.itertuples(), shapely.to_wkb(rows.geometry.array), strict=True):
        record = joined.dossier.records[row.record]
        assert isinstance(record, Relation)
        stance = record.relation.stance
        if (stance, shape) not in bundles:
            drawn.append(row.geometry)
            bundles[stance, shape] = {
                "records": [],
                "ends": [],
                "type": "relation",
                "stance": stance,
                "km": round(row.km),
                "path": [],
                "legend": [f"relation:{stance}"],
            }
        bundle = bundles[stance, shape]
        # Which ends carry a sign: 1 the line's end, 2 its start, 3 both.
        ends = 3 if record.mutual else 1 if row.forward else 2
        index = position[record.id]
        # Several parties with one seat give one line.
        if index in bundle["records"]:
            bundle["ends"][bundle["records"].index(index)] |= ends
        else:
            bundle["records"].append(index)
            bundle["ends"].append(ends)
    for bundle, path in zip(bundles.values(), paths_of(drawn), strict=True):
        bundle["path"] = path
    return list(bundles.values())


def _objects(dossier: Dossier, disputed: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """What can be selected on the map besides records: actors, chokepoints, disputed areas."""
    objects: dict[str, dict[str, Any]] = {}
    lines = [set(record.source.lines) for record in dossier.records.values()]
    for actor in dossier.actors.values():
        objects[f"actor:{actor.id}"] = {
            "title": actor.name,
            "kicker": actor.type.label,
            "country": actor.country,
        }
    for place in dossier.places.values():
        if place.type is PlaceType.CHOKEPOINT:
            objects[f"place:{place.id}"] = {
                "title": place.name,
                "kicker": f"{BY_ID['chokepoints'].one} · context",
                "text": place.relevance,
                "lines": f"helps to read {lines_in_words(place.lines)}",
                "helps": _as_text(
                    number for number, of in enumerate(lines) if not of.isdisjoint(place.lines)
                ),
            }
    for area in disputed.itertuples():
        objects[f"area:{area.Index}"] = {
            "title": area.name,
            "kicker": BY_ID["disputed"].one,
            "text": area.note,
        }
    return objects


def _terms() -> dict[str, str]:
    """Every vocabulary term's label; a value means the same wherever it occurs."""
    terms: dict[str, str] = {}
    for item in vars(vocabulary).values():
        if isinstance(item, type) and issubclass(item, Term) and item is not Term:
            terms |= {term.value: term.label for term in item}
    return terms


def build_scene(
    joined: JoinedDossier,
    disputed: gpd.GeoDataFrame,
    attribution: str,
    pills: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Scene:
    """Write the scene of a joined dossier.

    Parameters
    ----------
    joined : JoinedDossier
        From `geodata.join.join`.
    disputed : geopandas.GeoDataFrame
        From `geodata.boundaries.load_disputed`.
    attribution : str
        Note on borders for the map's corner, as plain text.
    pills : mapping of str to sequence of str
        Values of the filters that the page offers as buttons, in their order.

    Returns
    -------
    Scene
        Deterministic: the same input gives the same bytes.
    """
    dossier = joined.dossier
    ids = tuple(dossier.records)
    position = {record_id: index for index, record_id in enumerate(ids)}
    records = [_record(record) for record in dossier.records.values()]
    lines = _bundles(joined, position)
    rows = joined.lines[joined.lines["type"] != "relation"]
    for row, path in zip(rows.itertuples(), paths_of(rows.geometry.array), strict=True):
        record = dossier.records[row.record]
        assert isinstance(record, Flow | Corridor)
        lines.append(_line(record, row, path, position[record.id]))
    points: list[dict[str, Any]] = []
    places = pairs_of(joined.points.geometry.array)
    for row, at in zip(joined.points.itertuples(), places, strict=True):
        record = dossier.records[row.record]
        points.append(
            {
                "records": [position[row.record]],
                "at": at,
                "place": row.place_name,
                "glyph": glyph(record),
                "shape": record.kind,
                "tip": f"{row.place_name} · {BY_KIND[record.kind].one.lower()}",
                "legend": [_point_sign(record)],
            }
        )
    for place in dossier.places.values():
        if place.type is PlaceType.CHOKEPOINT:
            points.append(
                {
                    "id": f"place:{place.id}",
                    "layer": "chokepoints",
                    "at": rounded_pair((place.lon, place.lat)),
                    "place": place.name,
                    "glyph": "chokepoint",
                    "shape": "chokepoint",
                    "legend": ["chokepoint"],
                }
            )
    colours = alliance_colours(alliance.id for alliance in dossier.of_type(Alliance))
    alliances = [
        {
            "id": alliance.id,
            "short": alliance.short,
            "title": alliance.title,
            "colour": colours[alliance.id],
            "members": fills_at(joined, alliance.id, dossier.head.as_of.last_day),
        }
        for alliance in dossier.of_type(Alliance)
    ]
    themes = [
        {
            "id": theme.id,
            "label": theme.label,
            "definition": theme.definition,
            "colour": theme_colour(index)[0],
            "colour_dark": theme_colour(index)[1],
        }
        for index, theme in enumerate(dossier.head.themes)
    ]
    content: Mapping[str, Any] = {
        "attribution": attribution,
        "tiles": ONLINE_TILES,
        "themes": themes,
        "terms": _terms(),
        "order": {
            "evidence": [term.value for term in EvidenceStatus],
            "verdict": [term.value for term in Verdict],
        },
        "layers": [
            {"id": layer.id, "label": layer.label, "definition": layer.definition}
            for layer in LAYERS
        ],
        "legend": [sign.explained for sign in SIGNS],
        "glyphs": {name: asdict(drawn) for name, drawn in GLYPHS.items()},
        "corrected": [term.value for term in Verdict if term in CORRECTED],
        "light": [status.value for status in EvidenceStatus if status not in FIRM],
        "pills": {key: list(values) for key, values in pills.items()},
        "records": records,
        "lines": lines,
        "points": points,
        "alliances": alliances,
        "alliances_shown": [
            alliance["id"]
            for alliance in alliances
            if alliance["id"] in dossier.head.alliances_shown
        ],
        "objects": _objects(dossier, disputed),
    }
    text = json_bytes(content)
    digest = hashlib.sha256(text).hexdigest()[:12]
    # Written into the text: writing all of it a second time takes seconds where there is much.
    return Scene(digest, b'{"version":"%s",' % digest.encode() + text[1:], ids, content)


def _record(record: Record) -> dict[str, Any]:
    layer = BY_KIND[record.kind]
    return {
        "id": record.id,
        "kind": record.kind,
        "layer": layer.id,
        "layer_label": layer.one,
        "title": record.title,
        "themes": record.themes,
        "evidence": record.evidence.status.value,
        "verdict": record.check.verdict.value,
        "when": record.when.words,
        "start": record.when.start,
        "lines": lines_in_words(record.source.lines),
        "glyph": glyph(record),
    }
