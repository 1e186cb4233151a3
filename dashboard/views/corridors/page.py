"""The corridors page: routes side by side, leg by leg, and what closing a strait does to them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.shown import Extra
from dashboard.look.markup import heading_html, plain_words
from dashboard.shell.callbacks import safely
from dashboard.shell.links import follow_links
from dashboard.shell.location import current_screen, parameter, set_parameters
from dashboard.shell.map_frame import show_map
from dashboard.shell.page_titles import names_of
from dashboard.shell.saving import offer_table
from dashboard.shell.site import Site
from dashboard.shell.title import show_title
from dashboard.views.corridors.choice import (
    Choice,
    choose_routes,
    detours_drawn,
    extent,
    shown_legs,
    shown_records,
)
from dashboard.views.corridors.comparison import comparison_html, comparison_table
from dashboard.views.corridors.legs import legs_html, legs_table
from dashboard.views.corridors.published import figures_html
from dashboard.views.corridors.route import Study
from dashboard.views.corridors.strips import strips_html
from dashboard.views.corridors.study import build_study

PAGE = "corridors"
ROUTES, CLOSED = "corridors-route", "corridors-closed"
"""Keys of the widgets."""


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    study = build_study(atlas)
    routes = study.read_routes(parameter("route"))
    named = () if routes == study.default else (study.routes[route].record.id for route in routes)
    show_title(atlas, site, subject=names_of(atlas, named))
    if not study.routes:
        st.info("This dossier has no corridors.")
        return
    choice = choose_routes(atlas, study, routes, study.read_closed(parameter("closed")))
    with st.container(key="corridors-choice"):
        _choose(study, choice)
    if not choice.routes:
        st.info("Choose at least one route.")
        return
    st.html(strips_html(choice))
    table, map_ = st.columns([1.12 if len(choice.routes) <= 4 else 2.1, 1], gap="medium")
    with table:
        st.html(comparison_html(choice))
        _download("comparison", comparison_table(choice))
    with map_, st.container(key="corridors-map"):
        _map(atlas, current_screen(atlas), choice)
    st.html(heading_html("Published figures beside computed ones"))
    st.html(figures_html(choice))
    st.html(heading_html("Leg by leg"))
    st.html(legs_html(choice))
    _download("legs", legs_table(choice))
    follow_links(atlas, site, here=PAGE)


def _choose(study: Study, choice: Choice) -> None:
    """What is compared, and what is closed."""
    st.session_state[ROUTES] = [route.id for route in choice.routes]
    st.session_state[CLOSED] = list(choice.closed)
    routes, closed = st.columns([2.7, 1], gap="medium")
    with routes:
        st.pills(
            "Routes",
            list(study.routes),
            key=ROUTES,
            selection_mode="multi",
            wrap=True,
            format_func=plain_words(study.routes, lambda route: study.routes[route].short),
            on_change=safely(_store),
        )
    with closed:
        st.pills(
            "Close a chokepoint",
            list(study.closable),
            key=CLOSED,
            selection_mode="multi",
            wrap=True,
            format_func=plain_words(study.closable, lambda place: study.chokepoints[place].name),
            on_change=safely(_store),
        )


def _store() -> None:
    """Make what the widgets say the address; what goes without saying is left out."""
    study = build_study(data.load())
    routes = study.read_routes(st.session_state[ROUTES] or [""])
    closed = study.read_closed(st.session_state[CLOSED])
    set_parameters(
        route=None if routes == study.default else list(routes) or [""],
        closed=list(closed),
    )


def _map(atlas: Atlas, screen: Screen, choice: Choice) -> None:
    """The routes chosen, what threatens them, and the ways round; beneath it what is selected."""
    drawn = replace(screen, filters=Filters(), alliance=(), present=False)
    extra = Extra(
        detours=detours_drawn(choice),
        legs=shown_legs(choice),
        extent=extent(choice),
    )
    with st.container(key="atlas-map-part"):
        show_map(atlas, drawn, shown_records(choice), extra)
    if screen.select:
        st.html(card_html(atlas, screen.select))


def _download(name: str, table: pd.DataFrame) -> None:
    key = f"corridors-download-{name}"
    offer_table("Download CSV", f"corridors-{name}", lambda: table, key, quiet=True)
