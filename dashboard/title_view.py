"""The page's frame: style, title row, and the foot of the present mode."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.address import Screen
from dashboard.data import Atlas
from dashboard.location import change
from dashboard.words import filters_in_words, sources_in_words

def show_style() -> None:
    """The page's style sheet and the colours of the themes, by reference: they are not sent."""
    mode = "dark" if st.context.theme.type == "dark" else "light"
    sheets = ("atlas/ui/app.css", f"atlas/theme/{mode}.css")
    imports = "".join(f'@import url("{sheet}");' for sheet in sheets)
    st.html(f"<style>{imports}</style>")


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
    mode = " presenting" if screen.present else ""
    title = f'<div class="atlas-title{mode}">{"".join(words)}</div>'
    # The same two columns in both modes: another tree would load the map anew.
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.html(title)
    right.button(
        "Leave" if screen.present else "Present",
        key="present-button",
        icon=":material/fullscreen_exit:" if screen.present else ":material/fullscreen:",
        help=None if screen.present else "Only title, map, legend, filters, date and sources.",
        on_click=change,
        kwargs={"present": not screen.present},
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
