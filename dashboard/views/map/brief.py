"""What a briefing of the map says: what it shows."""

from __future__ import annotations

from dashboard.sheet.origin import MAP_FILTERS, Origin, screen_brief

ORIGIN = Origin("map", (*MAP_FILTERS, "alliance", "select"), screen_brief)
