"""The server starts to load the dossier before anybody asks, and never stumbles over it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.atlas import data
from dashboard.web.preload import ComponentsDeclared, Preload


async def no_body() -> Message:
    return {"type": "http.request"}


async def nowhere(message: Message) -> None:
    """Nobody listens."""


def start_server(declare: Callable[[], None] = lambda: None) -> None:
    """The server's life, as long as the dossier takes."""

    async def live() -> None:
        async with Preload(declare).live(None):
            for thread in threading.enumerate():
                if thread.name == "preload":
                    await asyncio.to_thread(thread.join)

    asyncio.run(live())


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[threading.ExceptHookArgs]:
    """What threads failed with; nothing is loaded yet."""
    found: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", found.append)
    monkeypatch.setattr(data, "_watches", {})
    return found


def test_the_dossier_is_there_before_anybody_asks(
    small: Path, failures: list[threading.ExceptHookArgs]
) -> None:
    assert data.watch().held is None
    start_server()
    held = data.watch().held
    assert held
    assert held.dossier.folder == small
    assert failures == []


def test_a_dossier_that_cannot_be_read_stops_nothing(
    small: Path, failures: list[threading.ExceptHookArgs]
) -> None:
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    start_server()
    assert data.watch().held is None
    assert failures == []


def test_who_asks_for_a_component_waits_until_it_is_declared_and_nobody_else(
    small: Path, failures: list[threading.ExceptHookArgs]
) -> None:
    go_on = threading.Event()
    answered: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answered.append(scope["path"])

    def declare() -> None:
        assert go_on.wait(60)
        answered.append("declared")

    async def live() -> None:
        preload = Preload(declare)
        served = ComponentsDeclared(app, preload.declared, "/desk")

        def ask(path: str) -> Awaitable[None]:
            return served({"type": "http", "path": path}, no_body, nowhere)

        async with preload.live(None):
            frame = asyncio.ensure_future(ask("/desk/component/map/index.html"))
            gone = asyncio.ensure_future(ask("/desk/component/map/index.html"))
            await ask("/desk/_stcore/health")
            gone.cancel()
            assert answered == ["/desk/_stcore/health"]
            go_on.set()
            await frame

    asyncio.run(live())
    assert answered[1:] == ["declared", "/desk/component/map/index.html"]


def test_a_component_that_cannot_be_declared_is_logged_and_stops_nothing(
    small: Path, failures: list[threading.ExceptHookArgs], caplog: pytest.LogCaptureFixture
) -> None:
    def declare() -> None:
        raise ImportError("no such component")

    async def live() -> None:
        preload = Preload(declare)
        async with preload.live(None):
            await preload.declared()

    asyncio.run(live())
    assert "were not declared" in caplog.text
