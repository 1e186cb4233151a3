"""Links that select: a script of ours in the page turns a click into one small message."""

from __future__ import annotations

from urllib.parse import parse_qs, quote

import streamlit as st

from dashboard.atlas.data import Atlas
from dashboard.shell.callbacks import safely
from dashboard.shell.location import select, write_parameters
from dashboard.shell.site import Site
from dashboard.web.assets import root

KEY = "atlas-links"


def loader(module: str) -> str:
    """Script of a component whose code the browser fetches once, instead of with each run.

    Parameters
    ----------
    module : str
        One of `dashboard.web.assets.ENTRIES`; its default export is the component.
    """
    return f"""
const module = import(new URL("{root()}/scripts/{module}.js", document.baseURI));
module.catch(() => window.dispatchEvent(new Event("vite:preloadError")));
export default (component) => {{
  const cleanup = module.then(({{ default: run }}) => run(component));
  return () => cleanup.then((stop) => stop());
}};
"""


_links = st.components.v2.component("atlas_links", js=loader("links"), isolate_styles=False)


def follow_links(atlas: Atlas, site: Site, here: str = "", to_map: bool = False) -> None:
    """Go where a link was followed to in this run, on a page that has no list of records.

    Parameters
    ----------
    atlas : Atlas
    site : Site
    here : str
        Name of the page, where it has a card of its own: a link to a thing selects it here, and a
        link to this page changes its address, in the same run. Without it, a link to a thing leads
        to the map, where it is selected.
    to_map : bool
        Whether a link to a thing leads to the map from `here` too.
    """

    def selected() -> None:
        if here and not to_map:
            select(st.session_state[KEY].select)

    def led() -> None:
        page, _, query = (st.session_state[KEY].goto or "").partition("?")
        if here and page == here:
            write_parameters(parse_qs(query, keep_blank_values=True))

    followed = _links(key=KEY, on_select_change=safely(selected), on_goto_change=safely(led))
    if (to_map or not here) and followed.select in atlas.choices.selectable:
        site.go_to(f"map?select={quote(followed.select)}")
    elif followed.goto and followed.goto.partition("?")[0] != here:
        site.go_to(followed.goto)
