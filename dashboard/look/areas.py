"""How areas are filled: stripes of alliances, hatching of disputed areas.

The map in the browser gets the numbers with the scene and as a style sheet; the pictures of a
briefing draw the same. Lengths are CSS pixels (1/96 inch), angles degrees, counter-clockwise from
the horizontal. No Streamlit.
"""

from __future__ import annotations

STRIPE = 7
"""Width of a full member's stripe, where several alliances share a country."""

LESSER = 0.45
"""Share of a stripe that is filled where the standing is less than full membership."""

SLANT = 45
"""Of the stripes of alliances."""

STRENGTH = 0.55
"""Opacity of an alliance's colour on the land."""

HATCH = 1.4
"""Width of a line of the hatching."""

HATCH_PERIOD = 6
"""From one line of the hatching to the next."""

HATCH_SLANT = -45
"""Of the hatching."""

HATCH_STRENGTH = 0.75
"""Opacity of the hatching."""
