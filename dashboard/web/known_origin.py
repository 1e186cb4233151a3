"""Whose pages may open a connection to the app: its own, and those that the operator has named.

Streamlit checks that too. But before it refuses a page of another site, it asks a host on the
internet what its own address is: on a closed network nobody else is answered meanwhile, and on an
open one it is not to ask at all. So strangers are refused before that. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from dashboard.log import logger

_log = logger("server")

HERE = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})
"""Hosts that Streamlit lets in before it asks anybody, whatever the server is called."""

WHY = (
    "refused a connection: the page's host and the one that the request names differ. "
    "Does the proxy pass Host on as the browser sent it, with the port?"
)


def host_of(address: str) -> str:
    """Name of the host in an address, with its scheme or without; nothing where there is none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


class KnownOrigin:
    """ASGI middleware that refuses connections of other sites' pages.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    allowed : iterable of str
        Further addresses whose pages may connect (``server.corsAllowedOrigins``).
    everybody : bool
        Whether the operator has let everybody in (``server.enableCORS`` off).
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str] = (), everybody: bool = False) -> None:
        self.app = app
        self.allowed = {host_of(address.strip()) for address in allowed} - {""}
        self.everybody = everybody

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or refuse it."""
        if scope["type"] != "websocket" or self.everybody:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if _at_home(headers):
            await self.app(scope, receive, send)
        elif host_of(headers["origin"]) in self.allowed:
            # Known here: Streamlit, too, would ask the internet before it looks at the list.
            kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            await self.app({**scope, "headers": kept}, receive, send)
        else:
            _log.warning(WHY)
            # Before it is open, that is a refusal: the browser is told 403.
            await WebSocket(scope, receive, send).close(code=1008)


def _at_home(headers: Headers) -> bool:
    """Whether a page is one of the app's own, or no page asks."""
    origin = headers.get("origin")
    if origin is None or host_of(origin) in HERE:
        return True
    return bool(host_of(origin)) and urlsplit(origin).netloc == headers.get("host")
