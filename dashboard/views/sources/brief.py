"""What a briefing of the article's lines says."""

from __future__ import annotations

from dashboard.atlas.address import Parameters, Screen, last_of
from dashboard.atlas.data import Atlas
from dashboard.sheet.origin import Origin, page_address, picked_out
from dashboard.sheet.spec import Brief
from dashboard.views.sources import ledger

_HEADINGS = {
    "corrected": "Claims that the check corrects",
    "disputed": "Disputed claims",
    "allegations": "Allegations",
}


def _sources(atlas: Atlas, parameters: Parameters) -> Brief:
    shows = {show.id: show for show in ledger.SHOWS}
    shown = shows.get(last_of(parameters, "show"), ledger.SHOWS[0])
    if shown == ledger.SHOWS[0]:
        # Every line is shown: with what is no line's, all of the dossier.
        return Brief(screen=Screen(alliance=atlas.choices.default_alliance), page="sources")
    rows = [row for row in ledger.build_ledger(atlas.dossier) if shown.keeps(row)]
    screen, records = picked_out(atlas, (record.id for row in rows for record in row.records))
    return Brief(
        screen=screen,
        records=records,
        page=page_address("sources", {"show": [shown.id]}, {}),
        asked=f"lines of the article: {shown.label.lower()}",
        heading=_HEADINGS.get(shown.id, ""),
        empty=""
        if records
        else f"The lines shown ({shown.label.lower()}) have no record that could be drawn.",
    )


ORIGIN = Origin("sources", ("show",), _sources)
