"""The page's frame: style, title row, and the foot of the present mode."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.address import Screen
from dashboard.data import Atlas
from dashboard.location import change
from dashboard.palette import theme_colour
from dashboard.words import filters_in_words, sources_in_words

_PRESENT = """
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"], [data-testid="stToolbar"],
.st-key-atlas-panel { display: none !important; }
[data-testid="stColumn"]:has(.st-key-atlas-panel) { display: none; }
.st-key-atlas-map iframe { height: calc(100vh - 8.2rem) !important; }
.st-key-leave-present { opacity: 0; position: absolute; right: 0; top: 0; width: auto; }
.st-key-leave-present:hover, .st-key-leave-present:focus-within { opacity: 1; }
"""


def show_style(atlas: Atlas, screen: Screen) -> None:
    """Colours of the themes, the page's style sheet, and what the present mode hides."""
    dark = st.context.theme.type == "dark"
    colours = [
        (theme.id, theme_colour(position)[dark])
        for position, theme in enumerate(atlas.dossier.head.themes)
    ]
    variables = " ".join(f"--theme-{theme}: {colour};" for theme, colour in colours)
    # The filter's pills carry the colours of the map, in the order of the themes offered.
    offered = [t for t in atlas.choices.options["theme"] if atlas.index.totals["theme"][t]]
    pills = " ".join(
        f".st-key-theme button:nth-of-type({number}) {{ --c: var(--theme-{theme}); }}"
        for number, theme in enumerate(offered, start=1)
    )
    present = _PRESENT if screen.present else ""
    alert = "#ff8a75" if dark else "#b3261e"
    st.html(
        '<style>@import url("atlas/ui/app.css");\n'
        f":root {{ {variables} --alert: {alert}; }} {pills} {present}</style>"
    )


def show_title(atlas: Atlas, screen: Screen) -> None:
    """Title, date and the button that leads in or out of the present mode."""
    head = atlas.dossier.head
    words = [
        f"<h1>{escape(head.title)}</h1>",
        f'<span class="as-of">As of {escape(head.as_of.words)}</span>',
    ]
    if screen.present:
        filters = filters_in_words(atlas, screen)
        words.append(f'<span class="atlas-filters-in-words">{escape(filters)}</span>')
    else:
        words.append('<span class="product">Dossier Atlas</span>')
    title = f'<div class="atlas-title">{"".join(words)}</div>'
    if screen.present:
        st.html(title)
        with st.container(key="leave-present"):
            st.button("Leave present mode", key="leave", on_click=change, kwargs={"present": False})
        return
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.html(title)
    right.button(
        "Present",
        key="present-button",
        icon=":material/fullscreen:",
        help="Only title, map, legend, filters, date and sources: for a screenshot.",
        on_click=change,
        kwargs={"present": True},
        width="stretch",
    )


def show_footer(atlas: Atlas, screen: Screen, visible: Sequence[str]) -> None:
    """Sources and border note beneath the map in present mode."""
    sources = escape(sources_in_words(atlas, visible))
    borders = escape(atlas.borders.short)
    version = escape(atlas.dossier.head.version)
    st.html(
        f'<p class="atlas-sources">Source: {sources} {borders} '
        f"Dossier Atlas, dossier version {version}.</p>"
    )
