"""Where a map looks, as an address says it: ``view=35.69,51.39,6``.

The map in the browser reads and writes it, by the same grammar and within the same limits: see
``parseView`` in ``static/atlas/address.js``. Pure.
"""

from __future__ import annotations

import re

from pydantic import ValidationError

from annotations.head import DefaultView

_NUMBER = r"-?\d{1,3}(?:\.\d{1,6})?"
_VIEW = re.compile(f"({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)

NORTHERNMOST = 85.0
"""Degrees of latitude up to which a map can be centred, north and south."""


def read_view(text: str) -> DefaultView | None:
    """Centre and zoom out of an address.

    Parameters
    ----------
    text : str
        Latitude and longitude in degrees (EPSG:4326), and a zoom level, with commas between them.

    Returns
    -------
    DefaultView or None
        None for what is no view, or lies beyond what a dossier's own view may be.
    """
    found = _VIEW.fullmatch(text)
    if not found:
        return None
    lat, lon, zoom = (float(number) for number in found.groups())
    try:
        return DefaultView(lat=lat, lon=lon, zoom=zoom)
    except ValidationError:
        return None


def write_view(lat: float, lon: float, zoom: float) -> str:
    """Centre and zoom as an address has them: what lies nearer to a pole is seen from its limit.

    Parameters
    ----------
    lat, lon : float
        Degrees, EPSG:4326.
    zoom : float
        Level of a web map.
    """
    return f"{max(-NORTHERNMOST, min(NORTHERNMOST, lat)):.2f},{lon:.2f},{zoom:g}"
