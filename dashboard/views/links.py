"""Links that select: a script of ours in the page turns a click into one small message."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from dashboard.data import Atlas
from dashboard.views.site import Site


def loader(module: str) -> str:
    """Script of a component whose code the browser fetches once, instead of with each run.

    Parameters
    ----------
    module : str
        Name of a module in ``static/atlas`` whose default export is the component.
    """
    return f"""
const module = import(new URL("atlas/ui/{module}.js", document.baseURI));
export default (component) => {{
  const cleanup = module.then(({{ default: run }}) => run(component));
  return () => cleanup.then((stop) => stop());
}};
"""


_links = st.components.v2.component("atlas_links", js=loader("links"), isolate_styles=False)


def follow_links(atlas: Atlas, site: Site) -> None:
    """Go where a link was followed to in this run, on a page that has no list of records.

    A link to a thing leads to the map, where it is selected.
    """
    followed = _links(key="atlas-links", on_select_change=lambda: None, on_goto_change=lambda: None)
    if followed.select in atlas.choices.selectable:
        site.go_to(f"map?select={quote(followed.select)}")
    elif followed.goto:
        site.go_to(followed.goto)
