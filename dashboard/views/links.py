"""Links that select: a script of ours in the page turns a click into one small message."""

from __future__ import annotations

import streamlit as st

from dashboard.data import Atlas


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


def followed_link(atlas: Atlas) -> str | None:
    """What a link was followed to in this run, on a page that has no list of records.

    Returns
    -------
    str or None
        A valid selection; None if no link was followed.
    """
    thing = _links(key="atlas-links", on_select_change=lambda: None).select
    return thing if thing in atlas.choices.selectable else None
