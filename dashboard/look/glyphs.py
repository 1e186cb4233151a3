"""Symbols on a 24 × 24 grid, y down: the outer shape tells the layer, the mark what it is.

Each is an SVG path. The shape takes the theme's colour, the mark the contrast colour. The map in
the browser gets them with the scene; the pictures of a briefing draw the same. No Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 24
"""Units of the grid's side."""

_CIRCLE = "M12 2a10 10 0 1 0 .01 0z"
_BUBBLE = "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8l-5 5v-5H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"
_SHIELD = "M12 1.5 21 5v6.5c0 5.2-3.7 9-9 11-5.3-2-9-5.8-9-11V5z"
_PLATE = (
    "M3 4h18a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 21 20H3a1.5 1.5 0 0 1-1.5-1.5v-13A1.5"
    " 1.5 0 0 1 3 4z"
)
_DIAMOND = "M12 1 23 12 12 23 1 12z"


@dataclass(frozen=True)
class Glyph:
    """One symbol.

    Attributes
    ----------
    shape : str
        Path of the outer shape.
    mark : str
        Path of the mark on it; empty for none.
    """

    shape: str
    mark: str = ""


GLYPHS: dict[str, Glyph] = {
    "dot": Glyph(_CIRCLE),
    "meeting": Glyph(
        _CIRCLE,
        "M8 8.2a2.2 2.2 0 1 0 .01 0zM16 8.2a2.2 2.2 0 1 0 .01 0zM4.8 16.6c.3-2.3 1.6-3.5 "
        "3.2-3.5s2.9 1.2 3.2 3.5zM12.8 16.6c.3-2.3 1.6-3.5 3.2-3.5s2.9 1.2 3.2 3.5z",
    ),
    "attack": Glyph(
        _CIRCLE,
        "M12 4.5l1.6 4.3 4.2-2-2 4.2 4.2 1.6-4.2 1.6 2 4.2-4.2-2L12 20.2l-1.6-4.2-4.2 2 2"
        "-4.2-4.2-1.6 4.2-1.6-2-4.2 4.2 2z",
    ),
    "strike": Glyph(
        _CIRCLE,
        "M12 5v6M12 19l-3.6-5.5h7.2z",
    ),
    "offensive": Glyph(
        _CIRCLE,
        "M5 10.5h8V7l6.5 5-6.5 5v-3.5H5z",
    ),
    "agreement": Glyph(
        _CIRCLE,
        "M7 5.5h7l3.5 3.5v9.5H7zM9 11h6v1.3H9zM9 14h6v1.3H9z",
    ),
    "vote": Glyph(
        _CIRCLE,
        "M6.5 12l3.7 3.7 7.5-7.7 1.5 1.5-9 9.2L5 13.5z",
    ),
    "accession": Glyph(
        _CIRCLE,
        "M10.8 5.5h2.4v5.3h5.3v2.4h-5.3v5.3h-2.4v-5.3H5.5v-2.4h5.3z",
    ),
    "expiry": Glyph(
        _CIRCLE,
        "M7 5h10v2.5L13.3 12 17 16.5V19H7v-2.5L10.7 12 7 7.5z",
    ),
    "upheaval": Glyph(
        _CIRCLE,
        "M13.5 4 6.5 13.5h4.3L9.8 20l7.2-10h-4.6z",
    ),
    "announcement": Glyph(
        _CIRCLE,
        "M5.5 10v4h2.7l6.3 3.8V6.2L8.2 10zM16 9.5c1.5 1 1.5 4 0 5z",
    ),
    "statement": Glyph(
        _BUBBLE,
        "M6 7h12v1.6H6zM6 11h8.5v1.6H6z",
    ),
    "presence": Glyph(
        _SHIELD,
        "M12 6l1.5 3.6 3.9.3-3 2.5 1 3.8-3.4-2.1-3.4 2.1 1-3.8-3-2.5 3.9-.3z",
    ),
    "indicator": Glyph(
        _PLATE,
        "M6 12.5h2.6V17H6zM10.7 9.5h2.6V17h-2.6zM15.4 7H18v10h-2.6z",
    ),
    "chokepoint": Glyph(
        _DIAMOND,
        "M6.5 8.5 12 11l5.5-2.5v7L12 13l-5.5 2.5z",
    ),
}
"""By name: those of events bear the value of `annotations.vocabulary.EventType`."""
