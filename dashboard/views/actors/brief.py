"""What a briefing of an actor, or of who supports whom, says."""

from __future__ import annotations

from dataclasses import replace

from dashboard.atlas.address import Parameters, Screen, last_of, read, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.sheet.origin import MAP_FILTERS, Origin, page_address
from dashboard.sheet.spec import Brief
from dashboard.views.actors.acts import acts_of
from dashboard.views.actors.matrix import chosen, matrix_of
from dashboard.views.actors.profile import most_named


def _actors(atlas: Atlas, parameters: Parameters) -> Brief:
    asked = read(parameters, atlas.choices)
    filters = replace(asked.filters, actor=())
    kept = write(Screen(filters=filters, alliance=atlas.choices.default_alliance), atlas.choices)
    if last_of(parameters, "show") == "matrix":
        return _matrix(atlas, parameters, filters, kept)
    every = atlas.dossier.actors
    ranked = most_named(atlas.index.totals["actor"], atlas.dossier)
    named = [actor for actor in parameters.get("actor", ()) if actor in every]
    actor = [*named, *ranked, ""][0]
    return Brief(
        screen=Screen(
            filters=replace(filters, actor=(actor,) if actor else ()),
            alliance=atlas.choices.default_alliance,
        ),
        page=page_address("actors", {**({"actor": [actor]} if named else {}), **kept}, {}),
        empty="" if actor else "This dossier has no actors.",
    )


def _matrix(
    atlas: Atlas, parameters: Parameters, filters: Filters, kept: dict[str, list[str]]
) -> Brief:
    acts = acts_of(atlas.dossier, frozenset(atlas.index.visible(filters)))
    matrix = matrix_of(acts)
    by, toward = chosen(matrix, last_of(parameters, "by"), last_of(parameters, "toward"))
    found = [act for act in acts if by in {"", act.by} and toward in {"", act.toward}]
    names = {actor: atlas.dossier.actors[actor].name for actor in (by, toward) if actor}
    if by and toward:
        asked = f"what {names[by]} does to {names[toward]}"
    elif by:
        asked = f"what {names[by]} does to others"
    else:
        asked = f"who does what to {names[toward]}" if toward else "who does what to whom"
    return Brief(
        screen=Screen(filters=filters),
        records=tuple(dict.fromkeys(act.record.id for act in found)),
        page=page_address(
            "actors",
            {
                "show": ["matrix"],
                "by": [by] if by else [],
                "toward": [toward] if toward else [],
                **kept,
            },
            {},
        ),
        asked=asked,
        heading=asked[:1].upper() + asked[1:],
        empty="" if found else "Nobody acts on anybody in what the filters leave.",
    )


ORIGIN = Origin("actors", ("show", "by", "toward", *MAP_FILTERS), _actors)
