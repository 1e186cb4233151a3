"""Leaflet and its plugin for clusters, as their packages bring them. No Streamlit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet, leaflet_markercluster


def _text_of(package: Any, name: str) -> str:
    return (Path(package.BASE_DIR) / name).read_text(encoding="utf-8")


def scripts() -> list[str]:
    """Classic scripts, in the order in which they must run."""
    return [
        _text_of(leaflet, "leaflet.js"),
        _text_of(leaflet_markercluster, "leaflet.markercluster.js"),
    ]


def styles() -> str:
    """Style sheets without their pictures, which we show none of."""
    text = _text_of(leaflet, "leaflet.css") + _text_of(leaflet_markercluster, "MarkerCluster.css")
    return re.sub(r"[\w-]+:\s*url\([^)]*\)[^;}]*;?", "", text)
