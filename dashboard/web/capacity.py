"""How many readers one process bears, and what the one too many is told.

Each open page costs descriptors: its socket, and what Streamlit keeps for its script. A process
that runs out of them answers nobody, the probes of whoever watches it included. So the limit is
raised at the start as far as the system allows; pages that were closed give theirs back when room
is short; and who comes then is told so, while the others go on. No Streamlit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from dashboard.log import logger
from dashboard.web.base_path import may_be_a_page, within

try:
    import resource
except ImportError:  # Windows counts handles, and has millions
    resource = None  # type: ignore[assignment]

_log = logger("server")

MAX_SESSIONS = "DOSSIER_ATLAS_MAX_SESSIONS"
"""Environment variable: how many pages may be open at once; without it, as many as find room."""

PER_SESSION = 4
"""Descriptors of an open page: its socket, and three of the event loop of its script."""

LARGEST_RESERVE = 512
"""Descriptors kept free for requests, files and exports; less where the limit is low."""

BETWEEN = 8
"""Pages that may be fetched yet not connected: whoever gets a page should also get its session."""

ENOUGH = 1 << 20
"""What the limit is raised to where the system sets none."""

SECONDS_TO_WAIT = 30
STREAM = "/_stcore/stream"

FULL_PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{SECONDS_TO_WAIT}">
<title>Dossier Atlas: no room just now</title>
<style>
body {{ font: 1rem/1.5 sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }}
h1 {{ font-size: 1.4rem; line-height: 1.25; }}
</style>
<h1>No room for another reader just now</h1>
<p>As many pages are open as this server bears. This one tries again every
{SECONDS_TO_WAIT} seconds, and opens as soon as somebody closes theirs.</p>
<p>Who runs the server can raise the limit: see “Deployment” in its documentation.</p>
</html>
"""


class CapacityError(ValueError):
    """`DOSSIER_ATLAS_MAX_SESSIONS` holds no number of pages."""


def raise_descriptor_limit() -> int | None:
    """Raise the soft limit of open descriptors as far as the hard one allows.

    Returns
    -------
    int or None
        Descriptors that this process may hold from now on; None where the system counts none.
    """
    if resource is None:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems name a hard limit that they do not grant: then it stays as it was.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return descriptor_limit()


def descriptor_limit() -> int | None:
    """Descriptors that this process may hold; None where there is no such limit."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def open_descriptors() -> int | None:
    """Descriptors that this process holds; None where the system does not list them."""
    try:
        # The listing holds one itself.
        return len(os.listdir("/dev/fd")) - 1  # noqa: PTH208 - faster by half, on each visit
    except OSError:
        return None


def most_sessions() -> int | None:
    """How many pages may be open at once as the operator has set it; None where it is not set.

    Raises
    ------
    CapacityError
        `DOSSIER_ATLAS_MAX_SESSIONS` holds something else than a whole number of at least 1.
    """
    text = os.environ.get(MAX_SESSIONS, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise CapacityError(f"{MAX_SESSIONS}: {text!r} is no number of pages (for one: 200)")
    return int(text)


def reserve(limit: int) -> int:
    """Descriptors that are kept free of the `limit`: a quarter, and no more than is of use."""
    return min(limit // 4, LARGEST_RESERVE)


class Capacity:
    """ASGI middleware that refuses the page too many, and lets all others be answered.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    close_idle : callable
        Closes the session that has been without a page for longest; False where there is none.
    most : int, optional
        How many pages may be open at once; None for as many as find room.
    base : str
        The path that the app lives under.
    """

    def __init__(
        self,
        app: ASGIApp,
        close_idle: Callable[[], bool],
        most: int | None = None,
        base: str = "",
    ) -> None:
        self.app = app
        self.base = base
        self.close_idle = close_idle
        self.most = most
        self.open_pages = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that there is no room."""
        if scope["type"] == "websocket" and within(scope["path"], self.base) == STREAM:
            if self._has_room(pages=1):
                self.open_pages += 1
                try:
                    await self.app(scope, receive, send)
                finally:
                    self.open_pages -= 1
                return
        elif not _asks_for_a_page(scope, self.base) or self._has_room(pages=BETWEEN):
            await self.app(scope, receive, send)
            return
        await _refuse(scope, receive, send)

    def _has_room(self, pages: int) -> bool:
        """Whether that many more pages may be opened, closing sessions without one if need be."""
        if self.most is not None and self.open_pages >= self.most:
            return False
        limit = descriptor_limit()
        if limit is None:
            return True
        most_held = limit - reserve(limit) - PER_SESSION * pages
        while (held := open_descriptors()) is not None and held > most_held:
            if not self.close_idle():
                return False
        return True


def _asks_for_a_page(scope: Scope, base: str) -> bool:
    """Whether a request is one of a browser for a page, not for what belongs to one."""
    accepted = HTTPConnection(scope).headers.get("accept", "") if scope["type"] == "http" else ""
    return may_be_a_page(scope, base) and "text/html" in accepted


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 503, with a page for whoever looks at it."""
    _log.warning("no room for another page: refused")
    headers = {"Retry-After": str(SECONDS_TO_WAIT), "Cache-Control": "no-store"}
    answer = HTMLResponse(FULL_PAGE, status_code=503, headers=headers)
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(answer)
    else:
        await answer(scope, receive, send)
