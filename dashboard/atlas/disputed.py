"""Disputed areas: what the base map hatches. They hang on no record."""

from __future__ import annotations

from dashboard.atlas.layer import Layer
from dashboard.atlas.layer_parts import AREAS, Sign


class Disputed(Layer):
    """Hatched areas of the base map."""

    id = "disputed"
    label = "Disputed areas"
    one = "Disputed area"
    definition = "Areas of disputed status."
    signs = (
        Sign("disputed", AREAS, "Disputed area", "See the note on borders.", {"fill": "disputed"}),
    )
