"""What all charts of the pages have: the inks of the ground they stand on, and no frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.look.palette import MAP_COLOURS

BARE: dict[str, Any] = {
    "background": "transparent",
    "font": '"Source Sans", sans-serif',
    "view": {"stroke": None},
}
"""For `altair.Chart.configure`."""


def inks(dark: bool) -> Mapping[str, str]:
    """Colours of text and lines on a light or dark page: ``ink``, ``ink-soft``, ``rule``."""
    return MAP_COLOURS["dark" if dark else "light"]
