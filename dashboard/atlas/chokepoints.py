"""Chokepoints: straits and canals that help to read a claim. They hang on no record."""

from __future__ import annotations

from dashboard.atlas.layer import Layer
from dashboard.atlas.layer_parts import SYMBOLS, Sign


class Chokepoints(Layer):
    """Symbols of places that the article does not name."""

    id = "chokepoints"
    label = "Chokepoints"
    one = "Chokepoint"
    definition = "Straits and canals behind claims."
    signs = (
        Sign(
            "chokepoint",
            SYMBOLS,
            "Chokepoint",
            "Context: not named in the article.",
            {"glyph": "chokepoint"},
        ),
    )
