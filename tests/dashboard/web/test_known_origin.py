"""Pages of other sites are refused before Streamlit would ask the internet who it is."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from dashboard.web.known_origin import HERE, KnownOrigin, host_of


def connects(origin: str | None, host: str = "atlas.example", **settings: Any) -> bool:
    """Whether a page of that origin gets as far as Streamlit."""
    reached = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)
        # It asks nobody of what comes from a host of its list, of its own host, or of no page.
        asks = dict(scope["headers"]).get(b"origin", b"").decode()
        safe = {"", f"https://{host}", f"http://{host}"}
        assert asks in safe or host_of(asks) in HERE or settings.get("everybody")

    said: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    headers = [(b"host", host.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": headers,
    }
    asyncio.run(KnownOrigin(streamlit, **settings)(scope, receive, send))
    assert [message["type"] for message in said] == ([] if reached else ["websocket.close"])
    return bool(reached)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://atlas.example", "atlas.example"),
        ("https://atlas.example:8443", "atlas.example:8443"),
        ("http://[2001:db8::1]:8501", "[2001:db8::1]:8501"),
        ("http://localhost:3000", "atlas.example"),
        ("http://127.0.0.1:8501", "localhost:8501"),
        (None, "atlas.example"),  # no browser
    ],
)
def test_pages_of_the_app_connect(origin: str | None, host: str) -> None:
    assert connects(origin, host)


@pytest.mark.parametrize(
    "origin",
    [
        "https://other.example",
        "https://atlas.example:8443",
        "https://atlas.example.other.example",
        "https://other.example/atlas.example",
        "null",
        "",
        "https://[broken",
    ],
)
def test_pages_of_others_do_not(origin: str, caplog: pytest.LogCaptureFixture) -> None:
    assert not connects(origin)
    assert "Does the proxy pass Host on" in caplog.text
    assert origin not in caplog.text or not origin


def test_the_operators_word_counts() -> None:
    named = ["https://intranet.example", " other.example:8080 ", ""]
    assert connects("https://intranet.example", allowed=named)
    assert connects("https://other.example:8080", allowed=named)
    assert not connects("null", allowed=named)
    assert connects("https://anybody.example", everybody=True)


def test_what_is_no_connection_passes() -> None:
    passed = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["type"])

    request = {"type": "http", "headers": [(b"origin", b"https://other.example")]}
    for scope in (request, {"type": "lifespan"}):
        asyncio.run(KnownOrigin(app)(scope, None, None))  # type: ignore[arg-type]
    assert passed == ["http", "lifespan"]
