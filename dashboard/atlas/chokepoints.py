"""Chokepoints: straits and canals that help to read a claim. They hang on no record."""

from __future__ import annotations

from dashboard.atlas.layer import Layer
from dashboard.atlas.layer_parts import symbol
from dashboard.look.glyphs import DIAMOND, Glyph


class Chokepoints(Layer):
    """Symbols of places that the article does not name."""

    id = "chokepoints"
    label = "Chokepoints"
    one = "Chokepoint"
    definition = "Straits and canals behind claims."
    signs = (
        symbol(
            "chokepoint",
            "Chokepoint",
            "Context: not named in the article.",
            Glyph(DIAMOND, "M6.5 8.5 12 11l5.5-2.5v7L12 13l-5.5 2.5z"),
        ),
    )
