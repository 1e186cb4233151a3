"""Files that the browser fetches besides Streamlit's own, and the stamp that their addresses bear.

The stamp is a digest of all of them, so an address never means two things: browsers keep what they
have fetched and do not ask again. No Streamlit.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from xstatic.pkg import leaflet, leaflet_markercluster

from dashboard.stylesheet import map_css
from geodata import boundaries

STATIC = Path(__file__).parent / "static" / "atlas"
GEODATA = Path(boundaries.__file__).parent
GEODATA_FILES = ("countries", "disputed", "water")

FOLDERS: dict[str, Path] = {
    "leaflet": Path(leaflet.BASE_DIR),
    "markercluster": Path(leaflet_markercluster.BASE_DIR),
    "ui": STATIC,
}
"""Folders that are served, by name. Third-party scripts come from their PyPI packages."""


def geodata_file(name: str) -> Path:
    """Path of one of `GEODATA_FILES`."""
    return GEODATA / f"{name}.geojson"


@lru_cache(maxsize=1)
def stamp() -> str:
    """Eight hexadecimal digits that change with any of the files."""
    digest = hashlib.sha256(map_css().encode())
    for path in [geodata_file(name) for name in GEODATA_FILES] + [
        path for folder in FOLDERS.values() for path in sorted(folder.rglob("*"))
    ]:
        if path.suffix in {".css", ".js", ".geojson"}:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def root() -> str:
    """Where they are, seen from the app's own address: ``atlas/1a2b3c4d``."""
    return f"atlas/{stamp()}"
