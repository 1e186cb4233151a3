"""Serves one subject, the one that ``BENCHMARK_SUBJECT`` names: ``streamlit run app.py``.

All subjects run on the same server with the same options. Leaflet comes from its package: folium's
own addresses point to CDNs, and on a closed network such a map stays blank. Whoever runs folium
there serves the files beside the app, as here.
"""

import os

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

app = st.App(
    f"{os.environ['BENCHMARK_SUBJECT']}.py",
    routes=[Mount("/leaflet", StaticFiles(directory=leaflet.BASE_DIR))],
)
