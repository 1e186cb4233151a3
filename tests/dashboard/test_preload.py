"""The server starts to load the dossier before anybody asks, and never stumbles over it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import data
from dashboard.preload import preloading


def start_server(declare: Callable[[], None] = lambda: None) -> None:
    """The server's life, as long as the dossier takes."""

    async def live() -> None:
        async with preloading(declare)(None):
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


def test_what_pages_are_made_of_is_declared_before_anybody_is_answered(
    small: Path, failures: list[threading.ExceptHookArgs]
) -> None:
    order: list[str] = []

    async def live() -> None:
        async with preloading(lambda: order.append("declared"))(None):
            order.append("answers")

    asyncio.run(live())
    assert order == ["declared", "answers"]
