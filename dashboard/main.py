"""The app's pages, and what all of them share."""

from pathlib import Path

import streamlit as st

from dashboard.views import alliances_page, map_page, sources_page, timeline_page
from dashboard.views.site import Site

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
    "sources": st.Page(lambda: sources_page.show(site), title="Sources", url_path="sources"),
}
st.navigation(list(site.pages.values()), position="hidden").run()
