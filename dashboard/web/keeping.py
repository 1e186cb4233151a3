"""Lets browsers keep what cannot change: files of components that bear a digest in their name.

Streamlit serves the files of a component with no word on how long they are good for, so a browser
asks for them, and compiles them, again on each visit. No Streamlit.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.base_path import within

FOREVER = "public, max-age=31536000, immutable"
"""Of what has a digest in its address: asked for once."""

_DIGESTED = re.compile(r"/component/.+\.[0-9a-f]{8,}\.(?:chunk\.)?(?:js|css)")


class KeepDigested:
    """ASGI middleware that lets such files be kept for ever.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    base : str
        The path that the app lives under.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and say how long the answer is good for."""
        path = within(scope["path"], self.base) if scope["type"] == "http" else ""
        if not _DIGESTED.fullmatch(path):
            await self.app(scope, receive, send)
            return

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["cache-control"] = FOREVER
            await send(message)

        await self.app(scope, receive, keep)
