"""The search page: what the dossier has for the words in the title row's field."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.address import clean_query
from dashboard.atlas.question_answer import change_in
from dashboard.atlas.search import answer_html
from dashboard.shell.links import follow_links
from dashboard.shell.location import all_parameters, parameter
from dashboard.shell.site import Site
from dashboard.shell.title import ASK, SEARCH, show_title
from dashboard.views.search.on_map import on_map


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    query = clean_query(" ".join(parameter(ASK)[-1:]))
    show_title(atlas, site, subject=query)
    kind = " ".join(parameter("kind")[-1:])
    change = change_in(all_parameters())
    st.html(answer_html(atlas.search, query, kind, change, partial(on_map, atlas)))
    follow_links(atlas, site, here=SEARCH, to_map=True)
