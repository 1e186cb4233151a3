"""The app's pages, and what all of them share."""

from pathlib import Path

import streamlit as st

from annotations.problems import DossierError
from dashboard.views import (
    actors_page,
    alliances_page,
    corridors_page,
    map_page,
    search_page,
    sources_page,
    timeline_page,
)
from dashboard.views.site import Site
from dashboard.views.title import show_dossier_error

# A file: Streamlit's named icons would be fetched from the internet.
ICON = Path(__file__).parent / "static" / "icon.png"

st.set_page_config(page_title="Dossier Atlas", page_icon=ICON, layout="wide")
site = Site()
site.pages |= {
    "map": st.Page(lambda: map_page.show(site), title="Map", url_path="map", default=True),
    "timeline": st.Page(lambda: timeline_page.show(site), title="Timeline", url_path="timeline"),
    "alliances": st.Page(
        lambda: alliances_page.show(site), title="Alliances", url_path="alliances"
    ),
    "corridors": st.Page(
        lambda: corridors_page.show(site), title="Corridors", url_path="corridors"
    ),
    "actors": st.Page(lambda: actors_page.show(site), title="Actors", url_path="actors"),
    "search": st.Page(lambda: search_page.show(site), title="Ask", url_path="search"),
    "sources": st.Page(lambda: sources_page.show(site), title="Sources", url_path="sources"),
}
site.current = st.navigation(list(site.pages.values()), position="hidden")
try:
    site.current.run()
except DossierError as error:
    show_dossier_error(error)
