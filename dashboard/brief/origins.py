"""What each page shows, as the beginning of a briefing. Pure.

Every page has its state in the address; the same parameters, with the page's name beside them, give
the briefing of it, and stay in the briefing's own address so that the page can be opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from dashboard import actors, alliances, corridors_html, ledger
from dashboard.address import Parameters, Screen, clean_query, read, write
from dashboard.brief.spec import WORLD, Brief
from dashboard.corridors import build_study
from dashboard.data import Atlas
from dashboard.filters import FACETS, Filters
from dashboard.labels import label_of
from dashboard.layers import LAYERS
from dashboard.search_query import read_query
from dashboard.search_things import GROUPS
from dashboard.shown import Extra
from dashboard.view_parameter import read_view

MAP = "map"
"""The page that a briefing comes from where nothing else is said."""

BRIEFING = "briefing"
"""Name of the briefing page."""

RECORD = "record"
"""Parameter that names a record of a chosen set; repeated."""

_FILTERS = (*FACETS, "from", "to", "q")
MOST_FILLED = 3
"""Alliances that are filled where a page's records decide: more cannot be told apart."""


@dataclass(frozen=True)
class Origin:
    """A page that can be briefed.

    Attributes
    ----------
    label : str
        What readers call it.
    keys : tuple of str
        Parameters of its address that a briefing keeps.
    brief : callable
        Gives the briefing of its state; takes any parameters.
    """

    label: str
    keys: tuple[str, ...]
    brief: Callable[[Atlas, Parameters], Brief]


def _last(parameters: Parameters, key: str) -> str:
    values = parameters.get(key, ())
    return values[-1] if values else ""


def _page(name: str, kept: Mapping[str, list[str]], parameters: Parameters) -> str:
    """A page with its parameters, and those that its map writes: its view, what is switched off."""
    view = _last(parameters, "view")
    kept = {key: values for key, values in kept.items() if values}
    if off := _off(parameters):
        kept["off"] = list(off)
    if read_view(view):
        kept["view"] = [view]
    # Commas are legal in a query and easier to read as they are.
    query = urlencode(kept, doseq=True, safe=",:|")
    name = "" if name == MAP else name
    return f"{name}?{query}" if query else name


def _off(parameters: Parameters) -> tuple[str, ...]:
    """Layers that are switched off on the map."""
    asked = set(parameters.get("off", ()))
    return tuple(layer.id for layer in LAYERS if layer.id in asked)


def _selected(parameters: Parameters, screen: Screen) -> dict[str, list[str]]:
    return {"select": [screen.select]} if screen.select else {}


def _map(atlas: Atlas, parameters: Parameters, name: str = MAP) -> Brief:
    screen = replace(read(parameters, atlas.choices), present=False)
    return Brief(
        screen=screen,
        off=_off(parameters),
        page=_page(name, write(screen, atlas.choices), parameters),
    )


def _timeline(atlas: Atlas, parameters: Parameters) -> Brief:
    return _map(atlas, parameters, "timeline")


def _alliances(atlas: Atlas, parameters: Parameters) -> Brief:
    comparison = alliances.read(parameters, atlas)
    asked = read(parameters, atlas.choices)
    names = [label_of(atlas, "alliance", name) for name in comparison.alliances]
    kept = alliances.write(comparison, atlas) | _selected(parameters, asked)
    return Brief(
        screen=Screen(
            filters=Filters(layer=("alliances", "disputed")),
            alliance=comparison.alliances,
            select=asked.select,
        ),
        records=comparison.alliances,
        extra=Extra(day=comparison.day),
        off=_off(parameters),
        page=_page("alliances", kept, parameters),
        heading=f"{alliances.listed(names)} on {alliances.in_words(comparison.day)}"
        if names
        else "",
        extent=WORLD,
        empty="" if names else "This dossier has no alliances.",
    )


def _corridors(atlas: Atlas, parameters: Parameters) -> Brief:
    study = build_study(atlas)
    routes = study.read_routes(parameters.get("route", ()))
    closed = study.read_closed(parameters.get("closed", ()))
    select = read(parameters, atlas.choices).select
    choice = corridors_html.choose(atlas, study, routes, closed)
    kept = {
        "route": [] if routes == study.default else list(routes) or [""],
        "closed": list(closed),
        "select": [select] if select else [],
    }
    shorts = [route.short for route in choice.routes]
    shut = f"; closed: {choice.names(closed)}" if closed else ""
    heading = alliances.listed(shorts) if 0 < len(shorts) <= 4 else "Routes compared"
    return Brief(
        screen=Screen(select=select),
        records=tuple(corridors_html.shown_records(choice)),
        extra=Extra(
            detours=corridors_html.detours_drawn(choice),
            parts=corridors_html.shown_parts(choice),
        ),
        off=_off(parameters),
        page=_page("corridors", kept, parameters),
        asked=f"routes: {', '.join(shorts)}{shut}",
        heading=f"{heading}, {choice.names(closed)} closed" if closed else heading,
        empty="" if routes else "No route is chosen. Choose at least one on the corridors page.",
    )


def _actors(atlas: Atlas, parameters: Parameters) -> Brief:
    asked = read(parameters, atlas.choices)
    filters = replace(asked.filters, actor=())
    kept = write(Screen(filters=filters, alliance=atlas.choices.default_alliance), atlas.choices)
    if _last(parameters, "show") == "matrix":
        return _matrix(atlas, parameters, filters, kept)
    every = atlas.dossier.actors
    ranked = actors.most_named(atlas.index.totals["actor"], atlas.dossier)
    named = [actor for actor in parameters.get("actor", ()) if actor in every]
    actor = [*named, *ranked, ""][0]
    return Brief(
        screen=Screen(
            filters=replace(filters, actor=(actor,) if actor else ()),
            alliance=atlas.choices.default_alliance,
        ),
        page=_page("actors", {**({"actor": [actor]} if named else {}), **kept}, {}),
        empty="" if actor else "This dossier has no actors.",
    )


def _matrix(
    atlas: Atlas, parameters: Parameters, filters: Filters, kept: dict[str, list[str]]
) -> Brief:
    acts = actors.acts_of(atlas.dossier, frozenset(atlas.index.visible(filters)))
    matrix = actors.matrix_of(acts)
    by, toward = actors.chosen(matrix, _last(parameters, "by"), _last(parameters, "toward"))
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
        page=_page(
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


def _shown(atlas: Atlas, records: Iterable[str]) -> tuple[Screen, tuple[str, ...]]:
    """A screen for records that a page picked out."""
    ids = tuple(dict.fromkeys(records))
    return Screen(alliance=_filled(atlas, ids)), ids


def _filled(atlas: Atlas, records: Container[str]) -> tuple[str, ...]:
    """The alliances among records that were picked out, unless they are too many."""
    found = tuple(name for name in atlas.choices.options["alliance"] if name in records)
    return found if len(found) <= MOST_FILLED else ()


def _search(atlas: Atlas, parameters: Parameters) -> Brief:
    query = clean_query(_last(parameters, "ask"))
    if not read_query(query):
        empty = "Nothing is asked for. Ask for something, or brief another page."
        return Brief(page="search", empty=empty)
    kind = _last(parameters, "kind")
    answer = atlas.search.answer(query)
    only = [group for group in answer.groups if group.id == kind]
    kept = {"ask": [query], "kind": [kind] if only else []}
    hits = [hit.thing for group in only or answer.groups for hit in group.hits]
    screen, records = _shown(atlas, (thing.record.id for thing in hits if thing.record))
    words = f"“{query}”"
    limited = f", only {GROUPS[kind].lower()}" if only else ""
    return Brief(
        screen=screen,
        records=records,
        page=_page("search", kept, {}),
        asked=f"{'near to' if answer.partly else 'found for'} {words}{limited}",
        heading=f"What {'comes nearest to' if answer.partly else 'the dossier has for'} {words}",
        empty="" if records else f"No record was found for {words}{limited}.",
    )


_HEADINGS = {
    "corrected": "Claims that the check corrects",
    "disputed": "Disputed claims",
    "allegations": "Allegations",
}


def _sources(atlas: Atlas, parameters: Parameters) -> Brief:
    shows = {show.id: show for show in ledger.SHOWS}
    shown = shows.get(_last(parameters, "show"), ledger.SHOWS[0])
    if shown == ledger.SHOWS[0]:
        # Every line is shown: with what is no line's, all of the dossier.
        return Brief(screen=Screen(alliance=atlas.choices.default_alliance), page="sources")
    rows = [row for row in ledger.build_ledger(atlas.dossier) if shown.keeps(row)]
    screen, records = _shown(atlas, (record.id for row in rows for record in row.records))
    return Brief(
        screen=screen,
        records=records,
        page=_page("sources", {"show": [shown.id]}, {}),
        asked=f"lines of the article: {shown.label.lower()}",
        heading=_HEADINGS.get(shown.id, ""),
        empty=""
        if records
        else f"The lines shown ({shown.label.lower()}) have no record that could be drawn.",
    )


ORIGINS: Mapping[str, Origin] = {
    MAP: Origin("map", (*_FILTERS, "alliance", "select"), _map),
    "timeline": Origin("timeline", (*_FILTERS, "alliance", "select"), _timeline),
    "alliances": Origin("alliances", ("alliance", "date", "sort", "select"), _alliances),
    "corridors": Origin("corridors", ("route", "closed", "select"), _corridors),
    "actors": Origin("actors", ("show", "by", "toward", *_FILTERS), _actors),
    "search": Origin("search", ("ask", "kind"), _search),
    "sources": Origin("sources", ("show",), _sources),
}
"""By name of the page."""


def brief_of(name: str, parameters: Parameters, atlas: Atlas) -> Brief:
    """The briefing of a page's state, with everything else as it goes without saying.

    Parameters
    ----------
    name : str
        A page; the map stands in for an unknown one.
    parameters : mapping of str to sequence of str
        Of the page's address, and any others; `RECORD` names a chosen set.
    atlas : Atlas

    Returns
    -------
    Brief
        Never fails: nonsense is left out.
    """
    name = name if name in ORIGINS else MAP
    brief = ORIGINS[name].brief(atlas, parameters)
    asked = set(parameters.get(RECORD, ()))
    chosen = tuple(record for record in atlas.dossier.records if record in asked)
    if not chosen:
        return brief
    # No page shows just these: the briefing itself is what the link opens.
    _, kept = split(brief.page)
    kept.pop("view", None)
    of = {} if name == MAP else {"of": [name]}
    return replace(
        brief,
        screen=replace(brief.screen, alliance=_filled(atlas, chosen) or brief.screen.alliance),
        records=chosen,
        page=_page(BRIEFING, {**of, **kept, RECORD: list(chosen)}, {}),
        asked="; ".join(part for part in (brief.asked, _counted(len(chosen))) if part),
        heading=atlas.dossier.records[chosen[0]].title if len(chosen) == 1 else "",
        empty="",
    )


def _counted(number: int) -> str:
    return "a record that was chosen" if number == 1 else f"{number} records that were chosen"


def split(page: str) -> tuple[str, dict[str, list[str]]]:
    """Name and parameters of `Brief.page`; an empty one is the map's."""
    name, _, query = page.partition("?")
    return name or MAP, parse_qs(query, keep_blank_values=True)


def keys_of(name: str) -> tuple[str, ...]:
    """Parameters of a page's address that a briefing of it keeps."""
    return tuple(ORIGINS[name].keys) if name in ORIGINS else ()


def address(name: str, parameters: Parameters) -> str:
    """Page and parameters that brief another page, as a link gives them.

    Parameters
    ----------
    name : str
        The page to be briefed.
    parameters : mapping of str to sequence of str
        Of its address: what is not the page's own is left out.

    Returns
    -------
    str
        E.g. ``briefing?of=corridors&closed=suez``.
    """
    kept = {key: list(parameters[key]) for key in keys_of(name) if key in parameters}
    of = {} if name == MAP else {"of": [name]}
    query = urlencode({**of, **kept}, doseq=True, safe=",:|")
    return f"{BRIEFING}?{query}" if query else BRIEFING
