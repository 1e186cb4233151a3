"""The scene: what is drawn, written for the browser, sent once and then only pointed at.

A filter change names positions in `records`; no geometry is sent again. The scene's version is a
digest of its content, so that a browser never mixes two states of the files. Nothing reads it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, assert_never

from annotations import vocabulary
from annotations.schema import Record
from annotations.vocabulary import CORRECTED, EvidenceStatus, Term, Verdict
from dashboard.atlas.article_lines import _as_text, lines_in_words
from dashboard.atlas.drawn import (
    DrawnLine,
    DrawnRecord,
    DrawnThing,
    DrawnWorld,
    Point,
    Selectable,
)
from dashboard.atlas.layers import FIRM, GLYPHS, LAYERS, SIGNS, layer_of
from dashboard.atlas.pieced_json import json_bytes
from dashboard.atlas.positions import Parts
from dashboard.look.stylesheet import drawn_by_scripts

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
    """

    version: str
    body: bytes
    record_ids: tuple[str, ...]

    def positions(self, ids: Iterable[str]) -> str:
        """Positions of records, as the browser reads them: ``0-23,25,30-41``.

        Parameters
        ----------
        ids : iterable of str
            In the scene's order.
        """
        index = {record_id: position for position, record_id in enumerate(self.record_ids)}
        return _as_text(index[record_id] for record_id in ids)


def _path(parts: Parts) -> list[Any]:
    """A line as [lat, lon] pairs for Leaflet; several lists for one that is cut at ±180°."""
    pairs = [part[:, ::-1].tolist() for part in parts]
    return pairs[0] if len(pairs) == 1 else pairs


def _line(line: DrawnLine, positions: Mapping[str, int]) -> dict[str, Any]:
    return {
        "records": [positions[record] for record in line.records],
        "type": line.type,
        "km": line.km,
        "path": _path(line.parts),
        **({"tip": line.tip} if line.tip else {}),
        **line.said,
        "legend": list(line.legend),
    }


def detour_written(detour: DrawnLine) -> dict[str, Any]:
    """A way round as an update has it: ``{"path": [[lat, lon], …], "tip": text}``."""
    return {"path": _path(detour.parts), "tip": detour.tip}


def _point(point: Point, positions: Mapping[str, int]) -> dict[str, Any]:
    at = {"at": [point.lat, point.lon], "place": point.place, "glyph": point.glyph}
    legend = {"legend": [point.legend]}
    match point:
        case DrawnRecord(record=record, kind=kind, tip=tip):
            return {"records": [positions[record]]} | at | {"shape": kind, "tip": tip} | legend
        case DrawnThing(thing=thing, layer=layer):
            return {"id": thing, "layer": layer} | at | {"shape": point.glyph} | legend
    assert_never(point)


def _thing(thing: Selectable, positions: Mapping[str, int]) -> dict[str, Any]:
    said: dict[str, Any] = {"title": thing.title, "kicker": thing.kicker, **thing.said}
    if thing.place:
        said["layer"] = thing.layer
    if thing.helps is not None:
        said["helps"] = _as_text(positions[record] for record in thing.helps)
    return said


def _terms() -> dict[str, str]:
    """Every vocabulary term's label; a value means the same wherever it occurs."""
    terms: dict[str, str] = {}
    for item in vars(vocabulary).values():
        if isinstance(item, type) and issubclass(item, Term) and item is not Term:
            terms |= {term.value: term.label for term in item}
    return terms


def _record(record: Record) -> dict[str, Any]:
    layer = layer_of(record)
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
        "glyph": layer.glyph(record),
    }


def signs_written(drawn: DrawnWorld) -> dict[str, Any]:
    """Words, signs and colours that explain what is drawn, as the browser reads them."""
    return {
        "themes": [
            {
                "id": one.theme.id,
                "label": one.theme.label,
                "definition": one.theme.definition,
                "colour": one.colour,
                "colour_dark": one.colour_dark,
            }
            for one in drawn.themes
        ],
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
        "glyphs": {name: asdict(shape) for name, shape in GLYPHS.items()},
        "look": drawn_by_scripts(),
        "corrected": [term.value for term in Verdict if term in CORRECTED],
        "light": [status.value for status in EvidenceStatus if status not in FIRM],
    }


def drawn_written(drawn: DrawnWorld) -> dict[str, Any]:
    """What is drawn, as the browser reads it: positions are those in `drawn.records`.

    What may be long is an iterator, not a list: it is made while it is written.
    """
    positions = {record.id: position for position, record in enumerate(drawn.records)}
    return {
        "records": map(_record, drawn.records),
        "lines": (_line(line, positions) for line in drawn.lines),
        "points": (_point(point, positions) for point in drawn.points),
        "alliances": [
            {
                "id": alliance.id,
                "short": alliance.short,
                "title": alliance.title,
                "colour": alliance.colour,
                "members": [asdict(fill) for fill in alliance.fills],
            }
            for alliance in drawn.alliances
        ],
        "alliances_shown": [alliance.id for alliance in drawn.alliances if alliance.usual],
        "objects": {name: _thing(thing, positions) for name, thing in drawn.things.items()},
    }


def build_scene(
    drawn: DrawnWorld,
    attribution: str,
    pills: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Scene:
    """Write the scene of a dossier.

    Parameters
    ----------
    drawn : DrawnWorld
        From `dashboard.atlas.draw.draw`.
    attribution : str
        Note on borders for the map's corner, as plain text.
    pills : mapping of str to sequence of str
        Values of the filters that the page offers as buttons, in their order.

    Returns
    -------
    Scene
        Deterministic: the same input gives the same bytes.
    """
    content = {
        "attribution": attribution,
        "tiles": ONLINE_TILES,
        **signs_written(drawn),
        "pills": {key: list(values) for key, values in pills.items()},
        **drawn_written(drawn),
    }
    text = json_bytes(content)
    digest = hashlib.sha256(text).hexdigest()[:12]
    # Written into the text: writing all of it a second time takes seconds where there is much.
    body = b'{"version":"%s",' % digest.encode() + text[1:]
    return Scene(digest, body, tuple(record.id for record in drawn.records))
