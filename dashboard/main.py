"""The app's pages, and what all of them share."""

from pathlib import Path

import streamlit as st

from dashboard.pages import map_page

# A file: Streamlit's named icons would be fetched from the internet.
ICON = Path(__file__).parent / "static" / "icon.png"

st.set_page_config(page_title="Dossier Atlas", page_icon=ICON, layout="wide")
st.navigation([st.Page(map_page.show, title="Map", url_path="map", default=True)], position="hidden").run()
