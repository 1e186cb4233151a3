"""Lengths on paper: an inch has 72 points, a pixel of CSS is 1/96 inch."""

from __future__ import annotations

INCH = 72.0
"""Points of an inch."""

POINT = 1 / INCH
"""Inches of a point."""

PX = INCH / 96
"""Points of a pixel of CSS, the unit of `dashboard.look.strokes`."""
