"""A briefing as one page: the interactive map in a file that opens from disk, with no network.

Everything is in it: Leaflet from its package, our own scripts joined into one, the base map, and of
the dossier only what the sheet shows. Its content policy lets nothing else run or load. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle
from typing import Any

from annotations.schema import Record
from dashboard.atlas.alliances import Alliances
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.card_parts import Row, Section
from dashboard.atlas.cards import build_card
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import DrawnWorld
from dashboard.atlas.layers import GLYPHS, RECORD_LAYERS, layer_of
from dashboard.atlas.list_order import list_order
from dashboard.atlas.scene import drawn_written, signs_written
from dashboard.atlas.shown import standings_on, update_content
from dashboard.formats.webfonts import font_css
from dashboard.look.markup import script_json, templates
from dashboard.look.palette import ALLIANCE_GREYS
from dashboard.look.stylesheet import colour_variables, map_css
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.spec import Bounds, Style
from dashboard.web import leaflet
from dashboard.web.assets import GEODATA, STATIC, modules
from dashboard.web.atlas_map import OPTIONS
from dashboard.web.bundle import bundle, harmless

ENTRY = "standalone.js"
"""The module that starts the page."""


LIMIT = 84.0
"""Degrees of latitude up to which the map opens."""

_BASE_PROPERTIES = {
    "countries": ("id", "name", "label", "area_km2"),
    "disputed": ("id",),
    "water": ("kind",),
}
"""What the scripts read of the base map."""


@dataclass(frozen=True)
class ListEntry:
    """A record in the list beside the map.

    Attributes
    ----------
    record : Record
    glyph : Glyph or None
        Its symbol; None for what is drawn as a line or an area.
    lines : str
        Lines of the article, for a reader.
    sections : sequence of Section
        Its card, without links into the app.
    """

    record: Record
    glyph: Any
    lines: str
    sections: Sequence[Section]


# --- what the map draws ------------------------------------------------------------------------


def drawn_on(atlas: Atlas, sheet: Sheet) -> DrawnWorld:
    """What is drawn of the dossier, cut down to what the sheet shows."""
    drawn, brief = atlas.drawn, sheet.brief
    known = {record.id for record in sheet.records}
    symbols = {symbol.thing for symbol in sheet.symbols if symbol.thing}
    filled = {fill.alliance for fills in sheet.fills.values() for fill in fills}
    alliances = [alliance for alliance in drawn.alliances if alliance.id in filled]
    used = {theme for record in sheet.records for theme in record.themes}
    themes = [theme for theme in drawn.themes if theme.theme.id in used]
    if brief.style is Style.PRINT:
        greys = cycle(ALLIANCE_GREYS)
        alliances = [replace(alliance, colour=next(greys)) for alliance in alliances]
        ink = sheet.colours["ink"]
        themes = [replace(theme, colour=ink, colour_dark=ink) for theme in themes]
    actors = {actor for record in sheet.records for actor in record.all_actors}
    actors |= {fill.actor for alliance in alliances for fill in alliance.fills}
    if brief.extra.day:
        standings = standings_on(atlas, brief.screen, brief.extra.day)
        actors |= {fill.actor for fills in standings.values() for fill in fills}
    actors |= set(sheet.countries)
    wanted = {f"actor:{actor}" for actor in actors} | symbols
    wanted |= {thing.id for thing in drawn.things.values() if thing.area is not None}
    return DrawnWorld(
        records=sheet.records,
        lines=tuple(drawn.lines_of(known, brief.extra.legs)),
        points=(*drawn.points_of(known), *drawn.things_at(symbols)),
        alliances=alliances,
        themes=themes,
        things={
            # What it helps to read is asked of the whole dossier.
            name: replace(thing, helps=None)
            for name, thing in drawn.things.items()
            if name in wanted
        },
    )


def layers_on(sheet: Sheet, drawn: DrawnWorld) -> set[str]:
    """Layers that the page has."""
    asked = sheet.brief.screen.filters.layer
    layers = {layer_of(record).id for record in sheet.records}
    layers |= {Alliances.id} if drawn.alliances else set()
    for thing in drawn.things.values():
        if thing.layer and (thing.place or not asked or thing.layer in asked):
            layers.add(thing.layer)
    return layers - set(sheet.brief.off)


def scene_of(atlas: Atlas, sheet: Sheet) -> dict[str, Any]:
    """The scene with nothing in it but what the sheet shows.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet

    Returns
    -------
    dict
        As `dashboard.atlas.scene` writes it, with positions of its own.
    """
    drawn = drawn_on(atlas, sheet)
    signs, things = signs_written(drawn), drawn_written(drawn)
    layers = layers_on(sheet, drawn)
    content = {
        "attribution": sheet.borders,
        "colourless": sheet.brief.style is Style.PRINT,
        "themes": signs["themes"],
        "terms": signs["terms"],
        "order": signs["order"],
        "layers": [layer for layer in signs["layers"] if layer["id"] in layers],
        "legend": signs["legend"],
        "light": signs["light"],
        "glyphs": signs["glyphs"],
        "look": signs["look"],
        **{name: list(things[name]) for name in ("records", "lines", "points", "alliances")},
        "objects": things["objects"],
    }
    return {"version": _digest(content), **content}


def _digest(content: Mapping[str, Any]) -> str:
    """Digest of what a page draws."""
    return hashlib.sha256(script_json(content).encode()).hexdigest()[:12]


def update_of(atlas: Atlas, sheet: Sheet, scene: Mapping[str, Any]) -> dict[str, Any]:
    """What the map is told when the page opens; as `dashboard.atlas.shown.update_content`."""
    screen = sheet.brief.screen
    shown = [record.id for record in sheet.records]
    told = update_content(atlas, screen, shown, extra=sheet.brief.extra)
    return told | {
        "version": scene["version"],
        "shown": f"0-{len(shown) - 1}",
        "layers": [layer["id"] for layer in scene["layers"]],
        "alliances": [alliance["id"] for alliance in scene["alliances"]],
        "countries": list(sheet.countries),
        "places": [point["id"] for point in scene["points"] if "id" in point],
        "select": None,  # the map would fly there; it opens on the sheet's extent
        "extent": extent_of(sheet.bounds),
        "query": "",
        "present": False,
    }


def extent_of(bounds: Bounds) -> list[list[float]]:
    """South-west and north-east corner as [lat, lon]; east exceeds 180 beyond ±180°."""
    west, south, east, north = bounds
    # Web Mercator stretches without end towards the poles.
    south, north = max(south, -LIMIT), min(north, LIMIT)
    return [
        [round(south, 2), round(west, 2)],
        [round(north, 2), round(east + 360 * (east < west), 2)],
    ]


@lru_cache(maxsize=1)
def _base_map() -> Mapping[str, str]:
    """Countries, disputed areas and water as JSON, with what the scripts read of them."""
    files = {}
    for name, kept in _BASE_PROPERTIES.items():
        collection = json.loads((GEODATA / f"{name}.geojson").read_text(encoding="utf-8"))
        features = [
            {
                "type": "Feature",
                "properties": {key: feature["properties"].get(key) for key in kept},
                "geometry": feature["geometry"],
            }
            for feature in collection["features"]
        ]
        files[name] = script_json({"type": "FeatureCollection", "features": features})
    return files


# --- the list beside it ------------------------------------------------------------------------


def entries_of(atlas: Atlas, sheet: Sheet) -> list[tuple[str, str, list[ListEntry]]]:
    """Layers of the sheet's records: id, name, and its entries in order of time."""
    groups = []
    for layer in RECORD_LAYERS:
        records = [record for record in sheet.records if layer_of(record) is layer]
        records.sort(key=list_order)
        if records:
            entries = [_entry(atlas, record) for record in records]
            groups.append((layer.id, layer.label, entries))
    return groups


def _entry(atlas: Atlas, record: Record) -> ListEntry:
    card = build_card(atlas, record.id)
    sections = [
        Section(s.heading, s.text, s.reference, [row for row in s.rows if _stands_alone(row)])
        for s in card.sections
    ]
    lines = lines_in_words(record.source.lines)
    return ListEntry(record, GLYPHS.get(layer_of(record).glyph(record)), lines, sections)


def _stands_alone(row: Row) -> bool:
    """Whether a row of a card says something without the app's other pages."""
    return row.label == "When" or not all(item.goto for item in row.items)


# --- the page ----------------------------------------------------------------------------------


def _scripts() -> list[str]:
    sources = [*leaflet.scripts(), bundle(modules(), ENTRY)]
    return [harmless(source) for source in sources]


def _styles(sheet: Sheet) -> str:
    parts = [
        font_css(),
        leaflet.styles(),
        (STATIC / "atlas.css").read_text(encoding="utf-8"),
        map_css(),
        (STATIC / "standalone.css").read_text(encoding="utf-8"),
    ]
    if sheet.brief.style is Style.PRINT:
        parts.append(f":root {{ {colour_variables(Style.PRINT)} }}")
    return "\n".join(parts)


def policy_of(scripts: Sequence[str]) -> str:
    """The page's content policy: these scripts by their digest, its own styles, nothing else."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def html(atlas: Atlas, sheet: Sheet) -> bytes:
    """A briefing as one page that needs nothing else.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet

    Returns
    -------
    bytes
        UTF-8 HTML. It opens from disk with the network off, shows the sheet's extent, and has no
        more of the dossier in it than the sheet shows: its records whole, and the base map.
    """
    scene = scene_of(atlas, sheet)
    known = {record.id for record in sheet.records}
    selected = sheet.brief.screen.select
    page = {
        "options": OPTIONS,
        "update": update_of(atlas, sheet, scene),
        "select": selected if selected in {*known, *scene["objects"]} else None,
    }
    data = {"scene": script_json(scene), **_base_map(), "page": script_json(page)}
    scripts = _scripts()
    text = templates.get_template("formats/standalone.html").render(
        sheet=sheet,
        policy=policy_of(scripts),
        styles=_styles(sheet),
        scripts=scripts,
        data=data,
        groups=entries_of(atlas, sheet),
        points=[(point.text, point.record in known and point.record) for point in sheet.points],
        evidence=sheet.evidence,
    )
    return text.encode()
