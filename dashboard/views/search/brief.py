"""What a briefing of a question says."""

from __future__ import annotations

from dashboard.atlas.address import Parameters, clean_query, last_of
from dashboard.atlas.data import Atlas
from dashboard.atlas.question_answer import CHANGES, change_in, change_parameters
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
    change = change_in(parameters)
    answer = atlas.search.answer(query, change)
    only = [group for group in answer.groups if group.id == kind]
    kept = {"ask": [query], "kind": [kind] if only else [], **change_parameters(change)}
    hits = [hit.thing for group in only or answer.groups for hit in group.hits]
    screen, records = picked_out(atlas, (thing.record.id for thing in hits if thing.record))
    words = f"“{query}”"
    parts = answer.read.parts if answer.read and change else ()
    read = f", read as {' · '.join(part.say for part in parts)}" if parts else ""
    limited = f", only {GROUPS[kind].lower()}" if only else ""
    return Brief(
        screen=screen,
        records=records,
        page=page_address("search", kept, {}),
        asked=f"{'near to' if answer.partly else 'found for'} {words}{read}{limited}",
        heading=f"What {'comes nearest to' if answer.partly else 'the dossier has for'} {words}",
        empty="" if records else f"No record was found for {words}{limited}.",
    )


ORIGIN = Origin("search", ("ask", "kind", *CHANGES), _search)
