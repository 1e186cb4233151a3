"""Files that the browser fetches besides Streamlit's own, and the stamp that their addresses bear.

They are few and large: a browser asks for one after the other. The stamp is a digest of all of
them, so an address never means two things: browsers keep what they have and do not ask again.
No Streamlit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from rcssmin import cssmin

from dashboard.look.stylesheet import map_css
from dashboard.web import leaflet
from dashboard.web.bundle import bundle
from geodata import boundaries
from geodata.outlines import pack
from geodata.overview import overview

STATIC = Path(__file__).parents[1] / "static" / "atlas"
_DASHBOARD = STATIC.parents[1]
PAGE_STYLES = (
    *(_DASHBOARD / "shell" / name for name in ("frame.css", "head.css")),
    *sorted((_DASHBOARD / "views").glob("*/page.css")),
    _DASHBOARD / "brief" / "page.css",
    *(_DASHBOARD / "shell" / name for name in ("trouble.css", "print.css", "system.css")),
)
"""Style sheets of the page, each beside what it styles, in the order in which they count: what is
printed, and what the system sets, comes last."""

GEODATA = Path(boundaries.__file__).parent
GEODATA_FILES = ("countries", "disputed", "water")

ENTRIES = ("choose", "links", "map", "player", "record_list", "save", "trouble")
"""Modules of `STATIC` that pages load, each with all that it imports."""

_one_at_a_time = Lock()

# Our own part is asked for at once, not only when Leaflet has been read.
START = 'import("./scripts/map.js");'


@dataclass(frozen=True)
class Asset:
    """A file as the browser gets it.

    Attributes
    ----------
    media_type : str
    body : bytes
    """

    media_type: str
    body: bytes


def modules() -> dict[str, str]:
    """Source of each browser module, by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}


def page_css() -> str:
    """The page's style sheet: all of `PAGE_STYLES`."""
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGE_STYLES)


def _geodata(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((GEODATA / f"{name}.geojson").read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """All of them, by their path.

    Returns
    -------
    mapping of str to Asset
        ``base.js`` runs first and tells Streamlit where it lives; ``map.js`` is Leaflet and the
        start of our map, ``map.css`` the styles of both; ``app.css`` is the page's; ``scripts/``
        has `ENTRIES`, ``geodata/`` the outlines.
    """
    sources = modules()
    outlines = {name: _geodata(name) for name in GEODATA_FILES}
    outlines["countries-overview"] = overview(outlines["countries"])
    atlas_css = (STATIC / "atlas.css").read_text(encoding="utf-8")
    texts = {
        "base.js": sources["base.js"],
        "map.js": "\n".join([START, *leaflet.scripts()]),
        "map.css": cssmin("\n".join([leaflet.styles(), atlas_css, map_css()])),
        "app.css": cssmin(page_css()),
    } | {f"scripts/{entry}.js": bundle(sources, f"{entry}.js") for entry in ENTRIES}
    kinds = {".js": "text/javascript", ".css": "text/css"}
    found = {path: Asset(kinds[Path(path).suffix], text.encode()) for path, text in texts.items()}
    found |= {
        f"geodata/{name}.outlines": Asset("application/octet-stream", pack(collection))
        for name, collection in outlines.items()
    }
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def stamp() -> str:
    """Eight hexadecimal digits that change with any of the files."""
    digest = hashlib.sha256()
    for path, asset in sorted(assets().items()):
        digest.update(path.encode())
        digest.update(asset.body)
    return digest.hexdigest()[:8]


def root() -> str:
    """Where they are, seen from the app's own address: ``atlas/1a2b3c4d``."""
    with _one_at_a_time:  # whoever comes while they are made waits, and makes them no second time
        return f"atlas/{stamp()}"
