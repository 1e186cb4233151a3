"""The alliances page: who is in which, on any day, and what they weigh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from annotations.english import listed
from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.labels import label_of
from dashboard.atlas.shown import Extra
from dashboard.look.markup import heading_html, note_html, plain, plain_words
from dashboard.shell.callbacks import safely
from dashboard.shell.links import follow_links
from dashboard.shell.location import current_screen, parameter, set_parameters
from dashboard.shell.map_frame import show_map
from dashboard.shell.page_titles import names_of
from dashboard.shell.saving import offer_table
from dashboard.shell.site import Site
from dashboard.shell.title import show_title
from dashboard.views.alliances import charts as alliance_charts
from dashboard.views.alliances.changes import (
    Change,
    changes_html,
    changes_in_words,
    changes_of,
    changes_table,
    day_steps,
    neighbours,
)
from dashboard.views.alliances.comparison import (
    PAGE,
    Comparison,
    day_in_words,
    first_day,
    left_out_in_words,
    read_comparison,
    write_comparison,
)
from dashboard.views.alliances.duel import duel_html, duel_of
from dashboard.views.alliances.members import (
    matrix_html,
    matrix_table,
    overlaps_html,
    overlaps_table,
)
from dashboard.views.alliances.weights import (
    hazard_in_words,
    weights_html,
    weights_of,
    weights_table,
)
from geodata.figures import Figures, load_figures

CHOSEN, DAY = "alliances-chosen", "alliances-day"
"""Keys of the widgets."""

WORLD = ((-54, -135), (72, 160))
"""What the map opens on: alliances span the world, whatever the dossier is about."""


@lru_cache(maxsize=1)
def _figures() -> Figures:
    """The figures of countries, read once: they change with the code only."""
    return load_figures()


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    comparison = _asked(atlas)
    screen = current_screen(atlas)
    show_title(
        atlas, site, subject=names_of(atlas, comparison.alliances) if parameter("alliance") else ""
    )
    if missing := left_out_in_words(atlas):
        st.html(note_html(missing))
    if not comparison.alliances:
        st.info("This dossier has no alliances.")
        return
    dark = st.context.theme.type == "dark"
    found = changes_of(atlas, comparison.alliances)
    choice, time = st.columns([2.3, 3], gap="medium")
    with choice:
        _choose(atlas, comparison)
        _jump(atlas, comparison, found)
    with time, st.container(key="alliances-time"):
        _date(atlas, comparison, dark)
    map_column, weight_column = st.columns([1.5, 1], gap="medium")
    with map_column:
        with st.container(key="atlas-map-part"):
            _map(atlas, screen, comparison)
        _overlaps(atlas, comparison)
    with weight_column, st.container(key="alliances-weights"):
        _weights(atlas, screen, comparison, dark)
    _tables(atlas, screen, comparison, found)
    follow_links(atlas, site, here=PAGE)


def _asked(atlas: Atlas) -> Comparison:
    """What the address asks for."""
    return read_comparison({key: parameter(key) for key in ("alliance", "date", "sort")}, atlas)


def _go(**changes: object) -> None:
    """Make the current comparison with some of it changed the address."""
    atlas = data.load()
    changed = replace(_asked(atlas), **changes)  # type: ignore[arg-type]
    set_parameters(**write_comparison(changed, atlas))


def _choose(atlas: Atlas, comparison: Comparison) -> None:
    options = atlas.choices.options["alliance"]
    st.session_state[CHOSEN] = list(comparison.alliances)

    def store() -> None:
        # The last one stays: without any there is nothing to show.
        if chosen := tuple(name for name in options if name in st.session_state[CHOSEN]):
            _go(alliances=chosen)

    st.pills(
        "Alliances",
        options,
        key=CHOSEN,
        selection_mode="multi",
        format_func=plain_words(options, lambda value: label_of(atlas, "alliance", value)),
        on_change=safely(store),
        wrap=True,
    )


def _jump(atlas: Atlas, comparison: Comparison, found: list[Change]) -> None:
    """Buttons to the neighbouring changes, and what changes on the day itself."""
    before, after = neighbours(found, comparison.day)
    with st.container(horizontal=True, key="alliances-jump"):
        for label, key, day in (
            ("← Change before", "before", before),
            ("Next change →", "after", after),
        ):
            st.button(
                plain(label),
                key=f"alliances-{key}",
                disabled=day is None,
                help=plain(day_in_words(day)) if day else None,
                on_click=safely(_go),
                kwargs={"day": day},
            )
    today = [change for change in found if change.day == comparison.day]
    words = "; ".join(changes_in_words(atlas, today)) or "no change of standing on this day"
    st.html(note_html(f"{day_in_words(comparison.day)}: {words}."))


def _date(atlas: Atlas, comparison: Comparison, dark: bool) -> None:
    steps = day_steps(atlas, comparison.day)
    if len(steps) == 1:  # nobody says since when: there is nothing to slide along
        return
    st.session_state[DAY] = comparison.day
    st.select_slider(
        "Date: ends of years and every day on which a standing changed",
        steps,
        key=DAY,
        format_func=plain_words(steps, day_in_words),
        on_change=safely(lambda: _go(day=st.session_state[DAY])),
    )
    st.altair_chart(
        alliance_charts.strip_chart(atlas, comparison, steps, dark),
        theme=None,
        width="stretch",
        key="alliances-strip",
        alt="Changes of standing along the slider; listed in text under Accessions.",
    )
    signs = "▲ joins · ✚ leaves, declines or is suspended · ● other change."
    st.html(note_html(f"{signs} Point at a sign for who."))


def _map(atlas: Atlas, screen: Screen, comparison: Comparison) -> None:
    drawn = replace(
        screen,
        filters=Filters(layer=("alliances", "disputed")),
        alliance=comparison.alliances,
        present=False,
    )
    show_map(atlas, drawn, comparison.alliances, Extra(day=comparison.day, extent=WORLD))


def _overlaps(atlas: Atlas, comparison: Comparison) -> None:
    st.html(heading_html("Overlaps"))
    with st.container(key="alliances-overlaps"):
        st.html(overlaps_html(atlas, comparison))
    _download("overlaps", overlaps_table(atlas, comparison), comparison.day)


def _weights(atlas: Atlas, screen: Screen, comparison: Comparison, dark: bool) -> None:
    if screen.select:
        with st.container(key="alliances-card"):
            st.html(card_html(atlas, screen.select))
    figures = _figures()
    pair = duel_of(atlas, figures, comparison.day, comparison.alliances)
    if pair:
        st.html(duel_html(atlas, figures, pair, comparison.day))
    weights = weights_of(atlas, figures, comparison.alliances, comparison.day)
    members = day_in_words(comparison.day)
    st.html(heading_html(f"Share of the world, members of {members}"))
    st.altair_chart(
        alliance_charts.weights_chart(atlas, figures, weights, dark),
        theme=None,
        width="stretch",
        key="alliances-weights-chart",
        alt="Shares of the world by measure and alliance; the same numbers are in the table below.",
    )
    if pair is None and (hazard := hazard_in_words(weights, comparison.day)):
        st.html(note_html(hazard))
    told = [w for w in weights if w.share is not None and w.share_with_unclear is not None]
    if unclear := sorted({atlas.dossier.actors[a].name for w in told for a in w.unclear}):
        st.html(
            note_html(
                f"In brackets, and pale: with {listed(unclear)}, whose membership is unclear."
            )
        )


def _tables(atlas: Atlas, screen: Screen, comparison: Comparison, found: list[Change]) -> None:
    figures = _figures()
    weights = weights_of(atlas, figures, comparison.alliances, comparison.day)
    with st.expander("Weights as a table, and what to beware of"):
        st.html(weights_html(atlas, figures, weights))
        _download("weights", weights_table(atlas, figures, weights), comparison.day)
    st.html(heading_html("Matrix"))
    with st.container(key="alliances-matrix"):
        st.html(matrix_html(atlas, comparison, screen.select))
    _download("matrix", matrix_table(atlas, comparison), comparison.day)
    with st.expander(plain(f"Accessions and other changes since {first_day(atlas).year}")):
        st.html(changes_html(atlas, found))
        _download("changes", changes_table(atlas, found), comparison.day)


def _download(name: str, table: pd.DataFrame, day: date) -> None:
    file = f"alliances-{name}-{day.isoformat()}"
    offer_table(f"Download {name} (CSV)", file, lambda: table, f"download-{name}", quiet=True)
