"""Entry point: ``streamlit run streamlit_app.py``."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard import log
from dashboard.base_path import base_of
from dashboard.capacity import Capacity, CapacityError, most_sessions, raise_descriptor_limit
from dashboard.headers import EmbedHostsError, Safety, embed_hosts, hide_server, inline_scripts
from dashboard.keeping import KeepDigested
from dashboard.known_origin import KnownOrigin
from dashboard.page_shell import PageShell
from dashboard.preload import ComponentsDeclared, Preload
from dashboard.public_address import AddressError, public_address
from dashboard.routes import asset_routes
from dashboard.static_packing import PackStatic
from dashboard.views.component import declare
from dashboard.views.last_resort import NoErrorBox, keep_words_out, tell
from dashboard.views.sessions import close_idle

log.set_up()
keep_words_out()
raise_descriptor_limit()
hide_server()
try:
    most, hosts = most_sessions(), embed_hosts()
    public_address()
except (AddressError, CapacityError, EmbedHostsError) as error:
    sys.exit(str(error))
base = base_of(st.get_option("server.baseUrlPath"))
shell = Path(st.__file__).parent / "static" / "index.html"
preload = Preload(declare)
app = st.App(
    "dashboard/main.py",
    routes=asset_routes(base),
    middleware=[
        # First: whoever answers, the headers go with it.
        Middleware(Safety, hosts=hosts, scripts=inline_scripts(shell), base=base),
        Middleware(
            KnownOrigin,
            allowed=st.get_option("server.corsAllowedOrigins"),
            everybody=not st.get_option("server.enableCORS"),
        ),
        Middleware(Capacity, close_idle=close_idle, most=most, base=base),
        Middleware(PageShell, base=base),
        Middleware(KeepDigested, base=base),
        Middleware(PackStatic, base=base),
        Middleware(ComponentsDeclared, declared=preload.declared, base=base),
        Middleware(NoErrorBox),
    ],
    lifespan=preload.live,
    on_script_error=tell,
)
