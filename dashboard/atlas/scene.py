"""The scene: everything the browser needs to draw the map, sent once and then only pointed at.

A filter change names positions in `records`; no geometry is sent again. The scene's version is a
digest of its content, so that a browser never mixes two states of the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from annotations import vocabulary
from annotations.dossier import Dossier
from annotations.schema import Alliance, Corridor, Event, Flow, Leg, Record, Relation
from annotations.spans import holding
from annotations.vocabulary import (
    CORRECTED,
    ActorType,
    EvidenceStatus,
    MemberStatus,
    PlaceType,
    Term,
    Verdict,
)
from dashboard.atlas.layers import BY_ID, BY_KIND, FIRM, LAYERS, SIGNS
from dashboard.look.glyphs import GLYPHS
from dashboard.look.palette import alliance_colours, theme_colour
from geodata.join import JoinedDossier

OUTSIDE = frozenset({MemberStatus.DECLINED, MemberStatus.FORMER})
"""Standings that are not drawn: the party is not in."""

ONLINE_TILES = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": "© OpenStreetMap contributors",
}
"""The only thing that ever comes from elsewhere, and only when a reader switches it on."""

FULL = frozenset({MemberStatus.MEMBER, MemberStatus.PARTNER})
"""Standings that are filled plainly; all other are striped."""


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


def _as_text(numbers: Iterable[int]) -> str:
    """Ascending numbers as spans: ``0-23,25,30-41``."""
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in _spans(numbers))


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of successive numbers, as first and last of each."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def lines_in_words(numbers: Sequence[int]) -> str:
    """Article lines for a reader: ``line 9``, ``lines 26–28, 33``."""
    words = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in _spans(numbers))
    return f"line{'s' if len(numbers) > 1 else ''} {words}"


def _round(pair: tuple[float, float]) -> list[float]:
    """[lat, lon] to a hundred metres: finer than the places are known."""
    lon, lat = pair
    return [round(lat, 3), round(lon, 3)]


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


def _rounded(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """As `round` does it with three places, for many numbers at once."""
    thousandths = degrees * 1000
    rounded = np.rint(thousandths) / 1000
    # A product is not exact: next to a half it may lie on the other side of it.
    doubtful = np.abs(np.abs(thousandths - np.trunc(thousandths)) - 0.5) < 1e-6
    rounded[doubtful] = [round(number, 3) for number in degrees[doubtful].tolist()]
    return rounded


_VERTICES_AT_ONCE = 20_000
"""As `_AT_ONCE`, for numbers."""


def _pairs(geometries: Sequence[BaseGeometry]) -> list[list[float]]:
    """All vertices of shapes, one after the other, as `_round` gives each."""
    rounded = _rounded(shapely.get_coordinates(geometries)[:, ::-1])
    pairs: list[list[float]] = []
    for first in range(0, len(rounded), _VERTICES_AT_ONCE):
        pairs += rounded[first : first + _VERTICES_AT_ONCE].tolist()
    return pairs


def _paths(geometries: Sequence[BaseGeometry]) -> list[list[Any]]:
    """Lines as [lat, lon] pairs for Leaflet; several lists for one that is cut at ±180°."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    pairs = iter(_pairs(parts))
    cut: list[list[Any]] = [[] for _ in geometries]
    lengths = shapely.get_num_coordinates(parts).tolist()
    for owner, length in zip(owners.tolist(), lengths, strict=True):
        cut[owner].append(list(islice(pairs, length)))
    return [lists[0] if len(lists) == 1 else lists for lists in cut]


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
    for bundle, path in zip(bundles.values(), _paths(drawn), strict=True):
        bundle["path"] = path
    return list(bundles.values())


def spans_at(members: pd.DataFrame, alliance: str, day: date) -> list[Any]:
    """Rows of an alliance that hold on a day, with those of parties that refused or have left.

    Parameters
    ----------
    members : pandas.DataFrame
        As in `JoinedDossier.members`.
    alliance : str
        Id of the alliance.
    day : datetime.date
        The day asked for.

    Returns
    -------
    list of namedtuple
        With the columns of `members` as attributes; at most one a party.
    """
    parties: dict[str, list[Any]] = {}
    for row in members[members["alliance"] == alliance].itertuples():
        parties.setdefault(row.actor, []).append(row)
    held = [
        rows[position]
        for rows in parties.values()
        if (position := holding([(row.start, row.end) for row in rows], day)) is not None
    ]
    return sorted(held, key=lambda row: row.Index)


def standing_at(members: pd.DataFrame, alliance: str, day: date) -> list[dict[str, str]]:
    """Who stands how to an alliance on a day.

    Parameters
    ----------
    members : pandas.DataFrame
        As in `JoinedDossier.members`.
    alliance : str
        Id of the alliance.
    day : datetime.date
        The day asked for.

    Returns
    -------
    list of dict
        ``{"actor", "country", "status"}`` of each party that is in, or near, on that day.
    """
    return [
        {"actor": row.actor, "country": row.country, "status": row.status}
        for row in spans_at(members, alliance, day)
        if MemberStatus(row.status) not in OUTSIDE
    ]


def fills_at(joined: JoinedDossier, alliance: str, day: date) -> list[dict[str, Any]]:
    """Countries to fill for an alliance on a day.

    A movement's country is not itself a party: it is filled as less than a member. A body of
    several states has no country to fill.

    Parameters
    ----------
    joined : JoinedDossier
    alliance : str
        Id of the alliance.
    day : datetime.date

    Returns
    -------
    list of dict
        ``{"actor", "country", "status", "full"}``; what is not `full` is striped.
    """
    dossier = joined.dossier
    fills = []
    for standing in standing_at(joined.members, alliance, day):
        actor = dossier.actors[standing["actor"]]
        if actor.type is ActorType.STATE:
            fills.append(standing | {"full": standing["status"] in FULL})
        elif actor.type is ActorType.ARMED_GROUP:
            fills.append(standing | {"full": False})
    # A state that is a party itself outweighs the movements in it.
    states = {fill["country"] for fill in fills if fill["country"] == fill["actor"]}
    return [f for f in fills if f["country"] == f["actor"] or f["country"] not in states]


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
    for row, path in zip(rows.itertuples(), _paths(rows.geometry.array), strict=True):
        record = dossier.records[row.record]
        assert isinstance(record, Flow | Corridor)
        lines.append(_line(record, row, path, position[record.id]))
    points: list[dict[str, Any]] = []
    places = _pairs(joined.points.geometry.array)
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
                    "at": _round((place.lon, place.lat)),
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
        "legend": [asdict(sign) for sign in SIGNS],
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
    text = _json(content)
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


_AT_ONCE = 100
"""Items that are written together: while all of a large dossier are, no other thread could run."""


def _json(content: Mapping[str, Any]) -> bytes:
    """JSON as `json.dumps` writes it, long lists and mappings in pieces."""
    written = [b"{"]
    for key, value in content.items():
        written.append(f"{_dumped(key)}:".encode())
        written += [piece.encode() for piece in _pieces(value)]
        written.append(b",")
    written[-1] = b"}"
    return b"".join(written)


def _pieces(value: Any) -> Iterator[str]:
    if not isinstance(value, list | dict) or len(value) <= _AT_ONCE:
        yield _dumped(value)
        return
    items = iter(value) if isinstance(value, list) else iter(value.items())
    yield "[" if isinstance(value, list) else "{"
    between = ""
    while some := list(islice(items, _AT_ONCE)):
        yield between + _dumped(some if isinstance(value, list) else dict(some))[1:-1]
        between = ","
    yield "]" if isinstance(value, list) else "}"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
