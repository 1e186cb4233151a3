"""What a briefing of a question says."""

from __future__ import annotations

from dashboard.atlas.address import Parameters, clean_query, last_of
from dashboard.atlas.data import Atlas
from dashboard.atlas.search_query import read_query
from dashboard.atlas.search_things import GROUPS
from dashboard.sheet.origin import Origin, page_address, picked_out
from dashboard.sheet.spec import Brief


def _search(atlas: Atlas, parameters: Parameters) -> Brief:
    query = clean_query(last_of(parameters, "ask"))
    if not read_query(query):
        empty = "Nothing is asked for. Ask for something, or brief another page."
        return Brief(page="search", empty=empty)
    kind = last_of(parameters, "kind")
    answer = atlas.search.answer(query)
    only = [group for group in answer.groups if group.id == kind]
    kept = {"ask": [query], "kind": [kind] if only else []}
    hits = [hit.thing for group in only or answer.groups for hit in group.hits]
    screen, records = picked_out(atlas, (thing.record.id for thing in hits if thing.record))
    words = f"“{query}”"
    limited = f", only {GROUPS[kind].lower()}" if only else ""
    return Brief(
        screen=screen,
        records=records,
        page=page_address("search", kept, {}),
        asked=f"{'near to' if answer.partly else 'found for'} {words}{limited}",
        heading=f"What {'comes nearest to' if answer.partly else 'the dossier has for'} {words}",
        empty="" if records else f"No record was found for {words}{limited}.",
    )


ORIGIN = Origin("search", ("ask", "kind"), _search)
