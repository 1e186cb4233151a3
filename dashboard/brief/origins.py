"""The pages that can be briefed, and the briefing of what one shows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from urllib.parse import parse_qs, urlencode

from dashboard.atlas.address import BRIEFING, MAP, Parameters
from dashboard.atlas.data import Atlas
from dashboard.sheet.origin import Origin, filled_among, page_address
from dashboard.sheet.spec import Brief
from dashboard.views import PAGES

RECORD = "record"
"""Parameter that names a record of a chosen set; repeated."""

ORIGINS: Mapping[str, Origin] = {
    name: import_module(f"dashboard.views.{name}.brief").ORIGIN for name in PAGES
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
        screen=replace(brief.screen, alliance=filled_among(atlas, chosen) or brief.screen.alliance),
        records=chosen,
        page=page_address(BRIEFING, {**of, **kept, RECORD: list(chosen)}, {}),
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
