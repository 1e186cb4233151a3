"""A page as the beginning of a briefing: what its state in the address gives. Pure.

Every page has its state in the address; the same parameters, with the page's name beside them, give
the briefing of it, and stay in the briefing's own address so that the page can be opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.atlas.address import MAP, Parameters, Screen, last_of, read, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import FACETS
from dashboard.atlas.layers import LAYERS
from dashboard.atlas.view_parameter import read_view
from dashboard.sheet.spec import Brief

MAP_FILTERS = (*FACETS, "from", "to", "q")

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


def page_address(name: str, kept: Mapping[str, list[str]], parameters: Parameters) -> str:
    """A page with its parameters, and those that its map writes: its view, what is switched off."""
    view = last_of(parameters, "view")
    kept = {key: values for key, values in kept.items() if values}
    if off := switched_off(parameters):
        kept["off"] = list(off)
    if read_view(view):
        kept["view"] = [view]
    # Commas are legal in a query and easier to read as they are.
    query = urlencode(kept, doseq=True, safe=",:|")
    name = "" if name == MAP else name
    return f"{name}?{query}" if query else name


def switched_off(parameters: Parameters) -> tuple[str, ...]:
    """Layers that are switched off on the map."""
    asked = set(parameters.get("off", ()))
    return tuple(layer.id for layer in LAYERS if layer.id in asked)


def kept_selection(screen: Screen) -> dict[str, list[str]]:
    """What is selected, as a parameter."""
    return {"select": [screen.select]} if screen.select else {}


def screen_brief(atlas: Atlas, parameters: Parameters, name: str = MAP) -> Brief:
    """What a page with the map's filters shows."""
    screen = replace(read(parameters, atlas.choices), present=False)
    return Brief(
        screen=screen,
        off=switched_off(parameters),
        page=page_address(name, write(screen, atlas.choices), parameters),
    )


def picked_out(atlas: Atlas, records: Iterable[str]) -> tuple[Screen, tuple[str, ...]]:
    """A screen for records that a page picked out."""
    ids = tuple(dict.fromkeys(records))
    return Screen(alliance=filled_among(atlas, ids)), ids


def filled_among(atlas: Atlas, records: Container[str]) -> tuple[str, ...]:
    """The alliances among records that were picked out, unless they are too many."""
    found = tuple(name for name in atlas.choices.options["alliance"] if name in records)
    return found if len(found) <= MOST_FILLED else ()
