"""Sizes of what stands on a map, in points (1/72 inch)."""

from __future__ import annotations

INCH = 72.0
"""Points of an inch."""

PX = 0.75
"""Points of a CSS pixel, the unit of `dashboard.look.strokes`."""

SYMBOL = 22 * PX
"""Side of a symbol."""

BADGE = 5.4
"""Radius of a key point's number."""

NODE = 1.9
"""Radius of the dot at a corridor's stop."""

SMALL = 6.5
"""Type of the projection's name."""
