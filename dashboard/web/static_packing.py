"""Streamlit's scripts and style sheets, packed: of three megabytes of a first visit one is left.

Streamlit sends them as they are, since packing them for each reader costs more than it saves. Here
each is packed once. No Streamlit.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.base_path import within
from dashboard.web.packing import accepts_gzip
from dashboard.web.whole_body import with_whole_body

_WORTH_IT = re.compile(r"/static/.+\.(?:js|css)")
"""Fonts and pictures are packed already."""

_STRENGTH = 6
"""The next to nothing that is smaller by more costs a new process's first reader a wait."""


@lru_cache(maxsize=512)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _STRENGTH, mtime=0)


class PackStatic:
    """ASGI middleware that packs Streamlit's files for browsers that take them so.

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
        """Answer, a file of Streamlit's packed."""
        if not self._may_pack(scope):
            await self.app(scope, receive, send)
            return

        async def answer(start: Message, body: bytes) -> None:
            await _send_packed(start, await run_in_threadpool(_packed, body), send)

        await with_whole_body(self.app, scope, receive, send, _is_a_file, answer)

    def _may_pack(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        asked = Headers(scope=scope)
        return (
            _WORTH_IT.fullmatch(within(scope["path"], self.base)) is not None
            and "range" not in asked
            and accepts_gzip(asked.get("accept-encoding", ""))
        )


def _is_a_file(start: Message) -> bool:
    """Whether it is there: for what is not, Streamlit answers with its page."""
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and not kind.startswith("text/html")


async def _send_packed(start: Message, body: bytes, send: Send) -> None:
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    headers["vary"] = "Accept-Encoding"
    del headers["accept-ranges"]
    if tag := headers.get("etag"):
        # The same file in other bytes; Streamlit takes it for its own when it is asked again.
        headers["etag"] = f"W/{tag.removeprefix('W/')}"
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
