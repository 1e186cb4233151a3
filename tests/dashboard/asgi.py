"""Ask an ASGI app as a server would, with paths as they come over the wire.

Starlette's own client needs a further package, and tidies ``..`` out of a path before it asks.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def content(self) -> bytes:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    @property
    def json(self) -> Any:
        return json.loads(self.content)


def get(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path. ``_`` in a header's name stands for a hyphen."""
    return asyncio.run(ask(app, path, method, **headers))


async def ask(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """The same on an event loop that runs already."""
    answer = Answer()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        "client": ("testclient", 1),
        "server": ("testserver", 80),
    }

    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        while not asked:  # nothing more comes, and nobody hangs up
            await asyncio.sleep(60)
        return asked.pop()

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode().lower(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    await app(scope, receive, send)
    return answer
