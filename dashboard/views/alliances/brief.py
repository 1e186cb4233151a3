"""What a briefing of the alliances says."""

from __future__ import annotations

from annotations.english import listed
from dashboard.atlas.address import Parameters, Screen, read
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.labels import label_of
from dashboard.atlas.shown import Extra
from dashboard.sheet.origin import Origin, kept_selection, page_address, switched_off
from dashboard.sheet.spec import WORLD, Brief
from dashboard.views.alliances.comparison import day_in_words, read_comparison, write_comparison


def _alliances(atlas: Atlas, parameters: Parameters) -> Brief:
    comparison = read_comparison(parameters, atlas)
    asked = read(parameters, atlas.choices)
    names = [label_of(atlas, "alliance", name) for name in comparison.alliances]
    kept = write_comparison(comparison, atlas) | kept_selection(asked)
    return Brief(
        screen=Screen(
            filters=Filters(layer=("alliances", "disputed")),
            alliance=comparison.alliances,
            select=asked.select,
        ),
        records=comparison.alliances,
        extra=Extra(day=comparison.day),
        off=switched_off(parameters),
        page=page_address("alliances", kept, parameters),
        heading=f"{listed(names)} on {day_in_words(comparison.day)}" if names else "",
        extent=WORLD,
        empty="" if names else "This dossier has no alliances.",
    )


ORIGIN = Origin("alliances", ("alliance", "date", "sort", "select"), _alliances)
