"""Entry point: ``streamlit run streamlit_app.py``."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard import log
from dashboard.shell.component import declare
from dashboard.shell.last_resort import NoErrorBox, keep_words_out, tell
from dashboard.shell.sessions import close_idle
from dashboard.web.base_path import base_of
from dashboard.web.capacity import Capacity, CapacityError, most_sessions, raise_descriptor_limit
from dashboard.web.headers import EmbedHostsError, Safety, embed_hosts, hide_server, inline_scripts
from dashboard.web.keeping import KeepDigested
from dashboard.web.known_origin import KnownOrigin
from dashboard.web.page_shell import PageShell
from dashboard.web.preload import ComponentsDeclared, Preload
from dashboard.web.public_address import AddressError, public_address
from dashboard.web.routes import asset_routes
from dashboard.web.static_packing import PackStatic

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
