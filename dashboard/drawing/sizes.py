"""Sizes of what stands on a map, in points (1/72 inch)."""

from __future__ import annotations

from dashboard.look.units import PX

SYMBOL = 22 * PX
"""Side of a symbol."""

BADGE = 5.4
"""Radius of a key point's number."""

NODE = 1.9
"""Radius of the dot at a corridor's stop."""

SMALL = 6.5
"""Type of the projection's name."""
