"""The actors page: one actor's profile, or who does what to whom."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

import altair as alt
import pandas as pd
import streamlit as st

from annotations.schema import Alliance
from dashboard.atlas import data
from dashboard.atlas.address import Screen, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.words import filters_in_words
from dashboard.look.charts import BARE, inks
from dashboard.look.markup import plain_words, templates
from dashboard.look.palette import alliance_colours
from dashboard.shell.callbacks import safely
from dashboard.shell.links import follow_links
from dashboard.shell.location import current_screen, parameter, set_parameters
from dashboard.shell.page_titles import name_of
from dashboard.shell.saving import offer_table
from dashboard.shell.site import Site
from dashboard.shell.title import show_title
from dashboard.views.actors.acts import Act, acts_of, acts_table
from dashboard.views.actors.matrix import acts_html, chosen, matrix_html, matrix_of
from dashboard.views.actors.profile import most_named, profile_html, profile_table
from dashboard.views.actors.standings import standings_html, standings_of
from geodata.figures import Figures, load_figures

PAGE = "actors"
VIEWS = {"profile": "Profile", "matrix": "Who does what to whom"}
VIEW, ACTOR = "actors-view", "actors-actor"
"""Keys of the widgets."""


@lru_cache(maxsize=1)
def _figures() -> Figures:
    """The figures of countries, read once: they change with the code only."""
    return load_figures()


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    show_title(atlas, site, subject=name_of(atlas, f"actor:{_asked_actor(atlas)}"))
    # The actor is what the page is about; every other filter holds here as on the map.
    filters = replace(current_screen(atlas).filters, actor=())
    screen = Screen(filters=filters, alliance=atlas.choices.default_alliance)
    ids = frozenset(atlas.index.visible(filters))
    parameters = write(screen, atlas.choices)
    keep = f"&{urlencode(parameters, doseq=True)}" if parameters else ""
    acts = acts_of(atlas.dossier, ids)
    with st.container(horizontal=True, vertical_alignment="center", key="actors-choice"):
        view = _view()
        actor = _actor(atlas, view)
    if keep:
        words = filters_in_words(atlas, replace(screen, alliance=()))
        filtered = templates.get_template("views/actors/filtered.html")
        st.html(filtered.render(words=words, view=view))
    if view == "matrix":
        _matrix(atlas, acts, keep)
    elif actor:
        _profile(atlas, actor, acts, ids, keep)
    else:
        st.info("This dossier has no actors.")
    follow_links(atlas, site, here=PAGE, to_map=True)


def _view() -> str:
    """The view that the address names; the profile where it names none."""
    asked = " ".join(parameter("show")[-1:])
    st.session_state[VIEW] = asked if asked in VIEWS else "profile"

    def store() -> None:
        view = st.session_state[VIEW]
        set_parameters(show=["matrix"] if view == "matrix" else None, by=None, toward=None)

    st.segmented_control(
        "View",
        list(VIEWS),
        key=VIEW,
        format_func=plain_words(VIEWS, VIEWS.__getitem__),
        on_change=safely(store),
        required=True,
        label_visibility="collapsed",
    )
    return str(st.session_state[VIEW] or "profile")


def _asked_actor(atlas: Atlas) -> str:
    return next((actor for actor in parameter("actor") if actor in atlas.dossier.actors), "")


def _actor(atlas: Atlas, view: str) -> str:
    """The actor that the address names; the most named where it names none."""
    actors = most_named(atlas.index.totals["actor"], atlas.dossier)
    if not actors:
        return ""
    st.session_state[ACTOR] = _asked_actor(atlas) or actors[0]
    if view != "profile":
        return str(st.session_state[ACTOR])

    st.selectbox(
        "Actor",
        actors,
        key=ACTOR,
        format_func={actor: atlas.dossier.actors[actor].name for actor in actors}.__getitem__,
        on_change=safely(lambda: set_parameters(actor=[st.session_state[ACTOR]])),
        label_visibility="collapsed",
        width=320,
    )
    return str(st.session_state[ACTOR])


def _profile(atlas: Atlas, actor: str, acts: list[Act], ids: frozenset[str], keep: str) -> None:
    head, deals, lists = profile_html(atlas, _figures(), actor, acts, ids, keep)
    st.html(head)
    left, right = st.columns([1.45, 1], gap="large")
    with left:
        st.html(deals)
    with right:
        _standings(atlas, actor, ids)
    st.html(lists)
    offer_table(
        "Profile as CSV",
        f"{actor}-profile",
        lambda: profile_table(atlas.dossier, actor, ids),
        "actors-csv",
    )


def _standings(atlas: Atlas, actor: str, ids: frozenset[str]) -> None:
    """Alliances over time: a chart, and the same in words."""
    words = standings_html(atlas.dossier, actor, ids)
    st.html(words)
    table = standings_of(atlas.dossier, actor)
    table = table[table["record"].isin(ids)]
    if table.empty:
        return
    dark = st.context.theme.type == "dark"
    st.altair_chart(_standings_chart(atlas, table, dark), theme=None, key="actors-standings")
    offer_table(
        "Standings as CSV",
        f"{actor}-alliances",
        lambda: table.drop(columns="full"),
        "actors-standings-csv",
    )


def _standings_chart(atlas: Atlas, table: pd.DataFrame, dark: bool) -> alt.LayerChart:
    ink = inks(dark)
    colours = alliance_colours(a.id for a in atlas.dossier.of_type(Alliance))
    shown = table.assign(
        colour=table["record"].map(colours),
        start=pd.to_datetime(table["start"]),
        end=pd.to_datetime(table["end"]),
    )
    shown = shown.assign(
        # A short span still has to be seen.
        end=shown[["start", "end"]]
        .assign(least=shown["start"] + pd.Timedelta(days=120))
        .max(axis=1)
    )
    order = list(dict.fromkeys(shown.sort_values("start")["alliance"]))
    y = alt.Y("alliance:N", sort=order, title=None)
    base = alt.Chart(shown).encode(
        y=y,
        x=alt.X("start:T", title=None, axis=alt.Axis(tickCount=6, format="%Y")),
        x2="end:T",
        tooltip=[
            alt.Tooltip("alliance:N", title="Alliance"),
            alt.Tooltip("status:N", title="Standing"),
            alt.Tooltip("dates:N", title="Dates"),
        ],
    )
    full = (
        base.transform_filter("datum.full")
        .mark_bar(height=15, cornerRadius=2)
        .encode(color=alt.Color("colour:N", scale=None))
    )
    lesser = (
        base.transform_filter("!datum.full")
        .mark_bar(height=14, cornerRadius=2, fillOpacity=0.18, strokeWidth=1.6, strokeDash=[3, 2])
        .encode(color=alt.Color("colour:N", scale=None), stroke=alt.Stroke("colour:N", scale=None))
    )
    lines = dict.fromkeys(("domainColor", "tickColor", "gridColor"), ink["rule"])
    chart: alt.LayerChart = (
        alt.layer(full, lesser)
        .properties(height=26 * len(order) + 24, width="container")
        .configure(**BARE)
        .configure_axis(
            labelColor=ink["ink"], labelFontSize=12, labelLimit=160, labelPadding=6, **lines
        )
        .configure_axisY(grid=False, ticks=False, domain=False)
        .configure_axisX(labelColor=ink["ink-soft"])
    )
    return chart


def _matrix(atlas: Atlas, acts: list[Act], keep: str) -> None:
    matrix = matrix_of(acts)
    by, toward = chosen(matrix, " ".join(parameter("by")[-1:]), " ".join(parameter("toward")[-1:]))
    table, records = st.columns([2.9, 1], gap="medium")
    with table, st.container(key="actors-matrix"):
        st.html(matrix_html(atlas.dossier, matrix, keep))
        st.html(_mark(by, toward))
    with records, st.container(key="actors-records"):
        st.html(acts_html(atlas.dossier, acts, by, toward, keep))
        offer_table(
            "Matrix as CSV",
            "who-does-what-to-whom",
            lambda: acts_table(atlas.dossier, acts),
            "actors-csv",
        )


def _mark(by: str, toward: str) -> str:
    """A style that marks what is chosen: the table itself stays as it is, and so does its focus."""
    if by and toward:
        marked = f'.actors-matrix [data-cell="{by} {toward}"]'
    elif by:
        marked = f'.actors-matrix [data-row="{by}"]'
    elif toward:
        marked = f'.actors-matrix [data-column="{toward}"]'
    else:
        marked = ".actors-matrix .none"
    return f"<style>{marked} {{ outline: 2.5px solid CanvasText; outline-offset: 1px; }}</style>"
