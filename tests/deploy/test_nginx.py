"""The configuration that is given, before two servers that say who they are and what they heard.

They are no replicas of the app: those stand in `tests/browser/test_balanced.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.browser.balanced import ask, before
from tests.browser.find_nginx import find

NGINX = find()
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx: 'make test' installs Debian's")


class Stub:
    """A server that says its name and the headers of the request; full, it says so with 503.

    One that hangs takes requests and answers none, until it is stopped.
    """

    def __init__(self, name: str, port: int = 0) -> None:
        self.full = False
        self.hangs = False
        self.stopped = Event()
        self.asked = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler) -> None:
                self.asked += 1
                if self.hangs:
                    self.stopped.wait()
                    return
                body = json.dumps({"name": name, "headers": dict(handler.headers)}).encode()
                handler.send_response(503 if self.full else 200)
                handler.send_header("Content-Length", str(len(body)))
                if "/atlas/0123abcd/" in handler.path:
                    handler.send_header("Cache-Control", "public, max-age=31536000, immutable")
                handler.end_headers()
                handler.wfile.write(body)

            def log_message(handler, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port: int = self.server.server_port
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Site:
    """Two of them behind nginx."""

    def __init__(self, url: str, stubs: dict[str, Stub]) -> None:
        self.url = url
        self.stubs = stubs
        self.cookie = ""

    def get(self, path: str = "/timeline", cookie: str | None = None) -> dict[str, Any]:
        """What the one that answers says, with the status, to a reader who has that cookie."""
        sent = {} if not cookie else {"cookie": f"atlas_replica={cookie}"}
        status, headers, body = ask(self.url, path, **sent)
        self.cookie = headers.get("set-cookie", "")
        return {**json.loads(body), "status": status}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        stubs = {name: Stub(name) for name in "ab"}
        stack.callback(lambda: [stub.stop() for stub in stubs.values()])
        given, _ = stack.enter_context(
            before(NGINX or "", tmp_path, stubs["a"].port, stubs["b"].port)
        )
        yield Site(given, stubs)


def test_a_reader_is_held_at_one_and_goes_where_there_is_an_answer(site: Site) -> None:
    first = site.get()["name"]
    assert site.cookie == f"atlas_replica={first}; Path=/; HttpOnly; SameSite=Lax; Secure"
    for name in ("a", "b"):
        assert site.get(cookie=name)["name"] == name
        assert site.cookie == "", "the same again"
    assert site.get(cookie="nonsense")["name"] in {"a", "b"}
    assert site.cookie.startswith("atlas_replica=")

    # A full one says 503: the reader goes to the other, and stays there.
    site.stubs["a"].full = True
    assert (site.get(cookie="a")["name"], site.cookie[:15]) == ("b", "atlas_replica=b")
    site.stubs["b"].full = True
    refused = site.get(cookie="a")
    assert (refused["status"], refused["name"]) == (503, "b"), "what the second says is told"

    # One that is gone is passed over.
    site.stubs["a"].stop()
    site.stubs["b"].full = False
    for path in ("/timeline", "/_stcore/health", "/desk/_stcore/host-config"):
        assert (site.get(path, cookie="a")["name"], site.cookie[:15]) == ("b", "atlas_replica=b")
    assert site.get("/desk/atlas/0123abcd/map.js", cookie="a")["name"] == "b"


@pytest.mark.sweep
def test_who_comes_to_one_that_hangs_is_answered_by_the_other(site: Site) -> None:
    site.stubs["a"].hangs = True
    assert (site.get(cookie="a")["name"], site.cookie[:15]) == ("b", "atlas_replica=b")
    # The next ones do not wait for it; now and then one of them tries it again.
    asked = site.stubs["a"].asked
    paths = ("/timeline", "/_stcore/health", "/atlas/scene.json", "/_stcore/stream")
    assert {site.get(path, cookie="a")["name"] for path in paths} == {"b"}
    assert site.stubs["a"].asked < asked + len(paths)


def test_where_nobody_answers_a_page_says_so_and_tries_again(site: Site) -> None:
    def assert_told(path: str) -> None:
        status, headers, body = ask(site.url, path, cookie="atlas_replica=a")
        assert (status, headers["cache-control"]) == (502, "no-store")
        assert headers["content-type"] == "text/html"
        assert b"does not answer just now" in body
        assert b'http-equiv="refresh"' in body

    site.stubs["a"].full = True
    site.stubs["b"].stop()
    assert site.get(cookie="a")["status"] == 503, "who has no room says so itself"
    site.stubs["a"].stop()
    for path in ("/timeline", "/atlas/scene.json", "/_stcore/health", "/atlas/0123abcd/map.js"):
        assert_told(path)


def test_what_never_changes_is_asked_for_once(site: Site) -> None:
    for cookie in ("a", "b", None):
        site.get("/desk/atlas/0123abcd/map.js", cookie=cookie)
        assert site.cookie == "", "a kept answer is everybody's"
    assert sum(stub.asked for stub in site.stubs.values()) == 1
    for _ in range(2):
        site.get("/desk/atlas/scene.json", cookie="a")
    assert site.stubs["a"].asked >= 2


def test_the_app_is_told_what_the_browser_asked_for(site: Site) -> None:
    told = {name.lower(): value for name, value in site.get()["headers"].items()}
    assert f"https://{told['host']}" == site.url
    assert told["x-forwarded-proto"] == "https"
    assert told["x-forwarded-for"] == "127.0.0.1"


def test_what_is_logged_names_nobody_and_nothing_searched_for(site: Site, tmp_path: Path) -> None:
    site.get("/search?ask=who")
    site.get("/_stcore/health")
    log = (tmp_path / "dossier-atlas.log").read_text(encoding="utf-8")
    [line] = log.splitlines()
    assert " 200 GET /search " in line
    assert "who" not in line
    assert "127.0.0.1 " not in line.rpartition(" ")[0] + " "
