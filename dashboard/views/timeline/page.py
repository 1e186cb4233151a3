"""The timeline page: when things were so, and the map of any span of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import altair as alt
import streamlit as st

from annotations.dates import PartialDate
from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.contract import PlayerData
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.look.charts import BARE, inks
from dashboard.look.markup import plain
from dashboard.look.palette import PAGE, theme_colour
from dashboard.shell import sidebar
from dashboard.shell.callbacks import safely
from dashboard.shell.links import loader
from dashboard.shell.location import change_filters, current_screen
from dashboard.shell.map_frame import show_map
from dashboard.shell.panel import show_panel
from dashboard.shell.saving import offer_table
from dashboard.shell.site import Site
from dashboard.shell.title import show_title
from dashboard.views.timeline.axis import (
    Axis,
    at_step,
    axis_html,
    brushed,
    build_axis,
    key_html,
    next_step,
    pace_in_words,
    previous_step,
    span_places,
    steps_on,
)
from dashboard.views.timeline.bands import bands_html, beginnings, build_bands, span_css, span_html
from dashboard.views.timeline.records import timeline_in_words, timeline_table, words_html

PLAYING = "timeline-playing"
"""Session's key of the step that is played, of the span that it began from, and of since when."""

LAPSE = 20.0
"""Seconds after which a step without a successor was left: playing ends with leaving the page."""

PLAYER = "timeline-player"
MAP_HEIGHT = 300
PAUSE = 900
"""Milliseconds that a step stands while playing."""

_player = st.components.v2.component("atlas_player", js=loader("player"), isolate_styles=False)


def show(site: Site) -> None:
    """Draw the page for the screen that the address names, or for the step that is played."""
    atlas = data.load()
    axis = build_axis(atlas)
    screen = replace(current_screen(atlas), present=False)
    step = _step_played(screen)
    if step:
        screen = replace(screen, filters=at_step(screen.filters, step))
    visible = atlas.index.visible(screen.filters)
    # Bars outside of the span are dimmed, not taken away: the span is read against the rest.
    drawn = atlas.index.visible(replace(screen.filters, from_=None, to=None))

    show_title(atlas, site, filtered=screen)
    with st.sidebar:
        asked = sidebar.show(atlas, screen)
    chart, side = st.columns([2.6, 1], gap="small")
    with chart:
        with st.container(key="atlas-timeline-head"):
            _controls(atlas, axis, screen, visible, playing=step is not None)
            _strip(atlas, axis, screen.filters, drawn)
            st.html(axis_html(atlas, axis))
        st.html(key_html(axis))
        _bands(atlas, axis, screen, drawn, visible)
        with (
            st.container(key="atlas-timeline-map"),
            st.container(key="atlas-map-part"),
        ):
            show_map(atlas, screen, visible, height=MAP_HEIGHT)
        _table(atlas, axis, visible, screen.filters.theme)
    with side, st.container(key="atlas-panel"):
        show_panel(atlas, site, screen, visible, asked)
    # Last: the clock of a step starts once all of the step is shown.
    told: PlayerData = {
        "playing": step is not None,
        "step": str(screen.filters.from_ or ""),
        "pause": PAUSE,
    }
    _player(
        key=PLAYER,
        data=told,
        on_tick_change=safely(_advance),
    )


# --- playing -----------------------------------------------------------------------------------


def _step_played(screen: Screen) -> PartialDate | None:
    """The step that is played; playing ends where the reader has left or chosen another span."""
    if PLAYING not in st.session_state:
        return None
    step, began, since = st.session_state[PLAYING]
    if began != (screen.filters.from_, screen.filters.to) or monotonic() - since > LAPSE:
        del st.session_state[PLAYING]
        return None
    return PartialDate(step)


def _advance(toggle: bool = False) -> None:
    """Play one step more. Pausing, or the last step, writes the step shown to the address."""
    atlas = data.load()
    filters = current_screen(atlas).filters
    span = (filters.from_, filters.to)
    steps = steps_on(build_axis(atlas), atlas.choices)
    played = st.session_state.pop(PLAYING, None)
    shown = at_step(filters, played[0]) if played else filters
    following = next_step(steps, shown)
    if toggle and not played:
        # From the end there is nowhere to go: from the beginning again.
        st.session_state[PLAYING] = (following or steps[0], span, monotonic())
    elif played and (toggle or following is None):
        _go_to(played[0])
    elif played:
        st.session_state[PLAYING] = (following, span, monotonic())


def _go_to(step: PartialDate | None) -> None:
    """Make one step, or all of time, the span in the address."""
    st.session_state.pop(PLAYING, None)
    change_filters(from_=step, to=step)


def _controls(
    atlas: Atlas, axis: Axis, screen: Screen, visible: Sequence[str], playing: bool
) -> None:
    filters = screen.filters
    steps = steps_on(axis, atlas.choices)
    before = previous_step(steps, filters)
    after = next_step(steps, filters)
    whole = filters.from_ is None and filters.to is None
    with st.container(horizontal=True, key="atlas-timeline-controls"):
        st.button(
            "Pause" if playing else "Play",
            key="timeline-play",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            on_click=safely(_advance),
            kwargs={"toggle": True},
            help=plain(pace_in_words(axis)),
        )
        for key, icon, step, words in (
            ("timeline-back", ":material/skip_previous:", before, "One step back"),
            ("timeline-on", ":material/skip_next:", after, "One step on"),
        ):
            st.button(
                "",
                key=key,
                icon=icon,
                help=plain(f"{words}: {step.words}" if step else words),
                disabled=step is None,
                on_click=safely(_go_to),
                args=(step,),
            )
        st.button(
            "All of time",
            key="timeline-all",
            disabled=whole and not playing,
            on_click=safely(_go_to),
            args=(None,),
        )
        st.html(span_html(filters, len(visible)))


# --- the chart ---------------------------------------------------------------------------------


def _strip(atlas: Atlas, axis: Axis, filters: Filters, drawn: Sequence[str]) -> None:
    """How many records begin when; dragging across it chooses a span."""
    dark = st.context.theme.type == "dark"
    ink = inks(dark)["ink"]
    counts = beginnings(atlas, axis, drawn, filters.theme)
    themes = atlas.dossier.head.themes
    scale = alt.Scale(
        domain=[theme.label for theme in themes],
        range=[theme_colour(position)[dark] for position in range(len(themes))],
    )
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    brush = alt.selection_interval(
        name="span",
        encodings=["x"],
        mark=alt.BrushConfig(fill=ink, fillOpacity=0.14, stroke=ink, strokeOpacity=0.7),
    )
    bars = (
        alt.Chart(counts)
        .mark_rect(aria=False, stroke=PAGE[dark], strokeWidth=0.6)
        .encode(
            x=x,
            x2="end:Q",
            y=alt.Y("base:Q", axis=None, scale=alt.Scale(nice=False)),
            y2="top:Q",
            color=alt.Color("theme:N", scale=scale, legend=None),
            tooltip=[
                alt.Tooltip("step:N", title="Begin in"),
                alt.Tooltip("theme:N", title="Theme"),
                alt.Tooltip("records:Q", title="Records"),
            ],
        )
        .add_params(brush)
    )
    # Drawn apart from what is dragged: a click beside it clears the brush, not the span.
    first, last = span_places(axis, filters)
    chosen = alt.Chart(alt.Data(values=[{"start": first, "end": last}] if last - first < 1 else []))
    chosen = chosen.mark_rect(aria=False, fill=ink, fillOpacity=0.1, stroke=ink, strokeOpacity=0.8)
    ground = alt.Chart(alt.Data(values=[{"start": 0, "end": axis.share}]))
    ground = ground.mark_rect(aria=False, fill=ink, fillOpacity=0.04)
    chart = (
        alt.layer(
            ground.encode(x=x, x2="end:Q"),
            chosen.encode(x=x, x2="end:Q"),
            bars,
        )
        .properties(height=58, padding={"left": 0, "right": 0, "top": 2, "bottom": 2})
        .configure(**BARE)
    )
    # Another key for each span: what the reader dragged gives way to the steps that it became.
    key = f"timeline-span-{filters.from_ or ''}-{filters.to or ''}"

    def store() -> None:
        places = st.session_state[key].selection.get("span", {}).get("start")
        now = data.load()
        axis = build_axis(now)
        from_, to = brushed(axis, now.choices, *places) if places else (None, None)
        st.session_state.pop(PLAYING, None)
        change_filters(from_=from_, to=to)

    with st.container(key="atlas-timeline-strip"):
        st.altair_chart(
            chart,
            key=key,
            theme=None,
            on_select=safely(store),
            alt="How many records begin when. Drag across it to choose a span.",
        )


def _bands(
    atlas: Atlas, axis: Axis, screen: Screen, drawn: Sequence[str], visible: Sequence[str]
) -> None:
    bands = build_bands(atlas, axis, drawn, screen.filters.theme)
    st.html(bands_html(atlas, axis, bands, screen.select or ""))
    st.html(f"<style>{span_css(axis, screen.filters, drawn, visible)}</style>")


def _table(atlas: Atlas, axis: Axis, visible: Sequence[str], chosen: Sequence[str]) -> None:
    """The same as text: a sentence, a table that sorts, and a file."""
    rows = timeline_table(atlas, visible, chosen)
    st.html(words_html(timeline_in_words(atlas, axis, visible)))
    with st.expander(plain(f"Table of these {len(rows)} records")):
        st.dataframe(rows, hide_index=True, height=420)
    offer_table("Download as CSV", f"{atlas.dossier.name}-timeline", lambda: rows, "timeline-csv")
