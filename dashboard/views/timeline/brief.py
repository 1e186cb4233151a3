"""What a briefing of the timeline says."""

from __future__ import annotations

from dashboard.atlas.address import Parameters
from dashboard.atlas.data import Atlas
from dashboard.sheet.origin import MAP_FILTERS, Origin, screen_brief
from dashboard.sheet.spec import Brief


def _timeline(atlas: Atlas, parameters: Parameters) -> Brief:
    return screen_brief(atlas, parameters, "timeline")


ORIGIN = Origin("timeline", (*MAP_FILTERS, "alliance", "select"), _timeline)
