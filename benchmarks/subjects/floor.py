"""floor: the filter and one line of text, no map. No Streamlit app answers faster.

It stands apart from the other subjects' modules on purpose: Streamlit collects garbage after each
run, which takes the longer the more is loaded, so a floor must load nothing that it does not need.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from annotations.loader import load_dossier

DOSSIER = Path(__file__).parents[2] / "annotations" / "russia-iran"


@st.cache_resource(show_spinner=False)
def load() -> tuple[dict[str, str], list[frozenset[str]]]:
    """Labels of the themes, and the themes of each record."""
    dossier = load_dossier(Path(os.environ.get("DOSSIER_ATLAS_DOSSIER") or DOSSIER))
    themes = {theme.id: theme.label for theme in dossier.head.themes}
    return themes, [frozenset(record.themes) for record in dossier.records.values()]


def show() -> None:
    """Filter, and how many records it leaves."""
    labels, records = load()
    with st.sidebar:
        chosen = st.pills(
            "Themes",
            list(labels),
            selection_mode="multi",
            format_func=lambda theme: labels[theme],
            key="theme",
        )
    shown = sum(not chosen or not themes.isdisjoint(chosen) for themes in records)
    with st.container(key="panel"):
        st.write(f"{shown} of {len(records)} records shown")


def about() -> None:
    """The second page."""
    with st.container(key="about"):
        st.write("The same records without a map.")


st.set_page_config(layout="wide")
st.navigation(
    [
        st.Page(show, title="Map", url_path="map", default=True),
        st.Page(about, title="About", url_path="about"),
    ],
    position="top",
).run()
