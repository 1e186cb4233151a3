"""Entry point: ``streamlit run streamlit_app.py``."""

import streamlit as st
from starlette.middleware import Middleware

from dashboard.keeping import KeepDigested
from dashboard.preload import preloading
from dashboard.routes import asset_routes

app = st.App(
    "dashboard/main.py",
    routes=asset_routes(),
    middleware=[Middleware(KeepDigested)],
    lifespan=preloading,
)
