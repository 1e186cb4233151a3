"""The page too many is refused, and all others are answered."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.exceptions import InvalidStatus

from benchmarks.protocol import PATH, Session
from dashboard.web import capacity
from dashboard.web.capacity import Capacity, CapacityError, most_sessions, raise_descriptor_limit
from tests.browser.processes import ServerError
from tests.browser.server import Server, serving
from tests.dashboard.asgi import Answer, get
from tests.dashboard.editing import BASE

resource = pytest.importorskip("resource", reason="no limit of descriptors here")

FEW = 160
"""Descriptors of a process that bears some twenty readers."""

BASES = ("", "/desk/atlas", "/atlas", "/static")
"""Paths that the app lives under; some are called as what belongs to a page is."""

PAGES = ("/", "/timeline", "/corridors")
NO_PAGES = (
    "/_stcore/health",
    "/static/js/index.js",
    "/component/streamlit_folium.st_folium/index.html",
    "/media/0123.png",
    "/atlas/scene.json",
)


async def well(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer whatever is asked."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"well"})


def nothing_idle() -> bool:
    return False


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets how many of 100 descriptors the process holds."""

    def hold(count: int) -> None:
        monkeypatch.setattr(capacity, "descriptor_limit", lambda: 100)
        monkeypatch.setattr(capacity, "open_descriptors", lambda: count)

    return hold


def ask(app: ASGIApp, path: str, accept: str = "text/html,*/*", method: str = "GET") -> Answer:
    return get(app, path, method, accept=accept)


class Pages:
    """Pages opened and closed at an app, without a network."""

    def __init__(self) -> None:
        self.served = 0
        self.tasks: list[asyncio.Task[None]] = []
        self.leaving = asyncio.Event()

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.served += 1
        await self.leaving.wait()

    async def open(self, app: ASGIApp) -> list[MutableMapping[str, Any]]:
        """Open one more, and say what it was told."""
        told: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "websocket.connect"}

        extensions = {"websocket.http.response": {}}
        scope = {"type": "websocket", "path": PATH, "headers": [], "extensions": extensions}
        self.tasks.append(asyncio.create_task(app(scope, receive, send)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return told

    async def leave(self) -> None:
        """Close all that are open."""
        self.leaving.set()
        await asyncio.gather(*self.tasks)
        self.leaving.clear()


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("path", PAGES)
def test_the_page_too_many_is_told_so(base: str, path: str, held: Callable[[int], None]) -> None:
    app = Capacity(well, nothing_idle, base=base)
    path = base + path
    held(10)
    assert ask(app, path).status == 200
    held(70)
    answer = ask(app, path)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["cache-control"] == "no-store"
    assert b"No room for another reader" in answer.body
    assert ask(app, path, method="HEAD").status == 503


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("path", NO_PAGES)
def test_who_has_a_page_gets_all_that_belongs_to_it(
    base: str, path: str, held: Callable[[int], None]
) -> None:
    held(99)
    assert ask(Capacity(well, nothing_idle, base=base), base + path).status == 200


def test_whoever_looks_after_the_server_is_answered(held: Callable[[int], None]) -> None:
    held(99)
    assert ask(Capacity(well, nothing_idle), "/", accept="*/*").status == 200


def test_sessions_without_a_page_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    idle = [4] * 5
    count = 75
    monkeypatch.setattr(capacity, "descriptor_limit", lambda: 100)
    monkeypatch.setattr(capacity, "open_descriptors", lambda: count)

    def close_idle() -> bool:
        nonlocal count
        if idle:
            count -= idle.pop()
            return True
        return False

    app = Capacity(well, close_idle)
    assert ask(app, "/").status == 503
    assert idle == [], "it gave up before all of them were closed"
    count, idle = 60, [4] * 10
    assert ask(app, "/").status == 200
    assert len(idle) == 5, "more were closed than was needed"


def test_no_more_pages_than_the_operator_allows() -> None:

    async def live() -> None:
        pages = Pages()
        app = Capacity(pages.app, nothing_idle, most=2)
        assert await pages.open(app) == await pages.open(app) == []
        refused = await pages.open(app)
        assert refused[0]["type"] == "websocket.http.response.start"
        assert refused[0]["status"] == 503
        assert pages.served == 2
        await pages.leave()
        assert await pages.open(app) == []
        assert pages.served == 3
        await pages.leave()

    asyncio.run(live())


@pytest.mark.parametrize("text", ["0", "-3", "many", "1.5", "²"])
def test_a_limit_that_is_no_number_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(capacity.MAX_SESSIONS, text)
    with pytest.raises(CapacityError, match=f"{capacity.MAX_SESSIONS}: .* \\(for one: 200\\)"):
        most_sessions()


@pytest.mark.parametrize(("text", "most"), [("", None), (" ", None), ("200", 200), (" 1 ", 1)])
def test_the_operator_sets_the_limit(
    text: str, most: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(capacity.MAX_SESSIONS, text)
    assert most_sessions() == most


def test_the_limit_is_raised_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {resource.RLIMIT_NOFILE: (1024, 4096)}
    monkeypatch.setattr(resource, "getrlimit", limits.__getitem__)
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    assert raise_descriptor_limit() == 4096
    assert limits[resource.RLIMIT_NOFILE] == (4096, 4096)
    limits[resource.RLIMIT_NOFILE] = (256, resource.RLIM_INFINITY)
    assert raise_descriptor_limit() == capacity.ENOUGH


def test_a_limit_that_is_not_granted_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert raise_descriptor_limit() == 256


# --- the app itself ----------------------------------------------------------------------------


def status(server: Server, path: str, accept: str = "*/*") -> int:
    request = urllib.request.Request(f"{server.url}{path}", headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


async def crowd(server: Server) -> None:
    """More readers than the process bears, most of them after others have come and gone."""
    for _ in range(FEW // capacity.PER_SESSION):
        passing = await Session.open(server.url)
        await passing.load()
        await passing.close()
    staying: list[Session] = []
    with pytest.raises(InvalidStatus) as refused:
        for _ in range(FEW):
            staying.append(await Session.open(server.url))
            await staying[-1].load()
    assert refused.value.response.status_code == 503
    assert len(staying) >= FEW // 2 // capacity.PER_SESSION, "those who left hold their place"
    page = "text/html"
    asked = [("/_stcore/health", "*/*"), ("/atlas/scene.json", "*/*"), ("/timeline", page)]
    assert [status(server, *what) for what in asked] == [200, 200, 503]
    for session in (staying[0], staying[-1]):
        await session.load()
    for session in staying:
        await session.close()
    assert status(server, "/timeline", page) == 200
    session = await Session.open(server.url)
    await session.load()
    await session.close()


@pytest.mark.sweep
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are not listed here")
def test_a_crowd_does_not_take_the_app_down(tmp_path: Path) -> None:
    with serving(tmp_path / "log.txt", BASE, descriptors=FEW) as server:
        asyncio.run(crowd(server))
        server.assert_running()
        assert "Too many open files" not in server.log()


@pytest.mark.sweep
def test_a_wrong_limit_is_said_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(capacity.MAX_SESSIONS, "many")
    with pytest.raises(ServerError) as ended, serving(tmp_path / "log.txt"):
        pass
    assert f"{capacity.MAX_SESSIONS}: 'many' is no number" in str(ended.value)
    assert "Traceback" not in str(ended.value)
