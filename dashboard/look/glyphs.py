"""Symbols on a 24 × 24 grid, y down: the outer shape tells the layer, the mark what it is.

Each is an SVG path. The shape takes the theme's colour, the mark the contrast colour. Those of a
layer stand in its module. The map in the browser gets them with the scene; the pictures of a
briefing draw the same. No Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 24
"""Units of the grid's side."""

CIRCLE = "M12 2a10 10 0 1 0 .01 0z"
BUBBLE = "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8l-5 5v-5H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"
SHIELD = "M12 1.5 21 5v6.5c0 5.2-3.7 9-9 11-5.3-2-9-5.8-9-11V5z"
PLATE = (
    "M3 4h18a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 21 20H3a1.5 1.5 0 0 1-1.5-1.5v-13A1.5"
    " 1.5 0 0 1 3 4z"
)
DIAMOND = "M12 1 23 12 12 23 1 12z"


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


DOT = Glyph(CIRCLE)
"""What has no symbol of its own."""
