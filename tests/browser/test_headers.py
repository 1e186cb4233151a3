"""Headers on what a running app answers, and what browsers make of them."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import APP, MAP_FRAME
from tests.browser.processes import ServerError
from tests.browser.server import Server, serving
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty

ROUTES = {
    "GET": (
        *("/", "/timeline", "/no/such/page", "/index.html", "/favicon.png", "/static/no-such.js"),
        *("/_stcore/health", "/_stcore/host-config", "/_stcore/no-such", "/_stcore/stream"),
        *("/atlas/map.js", "/atlas/map.css", "/atlas/scene.json", "/atlas/theme/light.css"),
        *("/atlas/no-such", "/component/streamlit_folium.st_folium/index.html"),
        *("/component/no-such/index.html", "/media/no-such.png", "/..%2f..%2fetc/passwd", "//x"),
        "/_stcore/agent/openapi.json",
    ),
    "HEAD": ("/", "/atlas/map.js"),
    "POST": ("/", "/atlas/map.js", "/_stcore/agent/interact"),
    "PUT": ("/_stcore/upload_file/no/such",),
    "DELETE": ("/_stcore/upload_file/no/such",),
    "OPTIONS": ("/_stcore/health",),
    "TRACE": ("/",),
}
"""What is asked for: pages, Streamlit's own, ours, and what there is not."""


def ask(url: str, method: str) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer; no redirect is followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    request = urllib.request.Request(url, method=method, data=b"{}" if method == "POST" else None)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}


def test_every_route_has_the_headers(server: Server) -> None:
    missing = []
    statuses = set()
    for method, paths in nonempty(ROUTES.items()):
        for path in nonempty(paths):
            status, headers = ask(f"{server.url}{path}", method)
            statuses.add(status)
            html = headers.get("content-type", "").startswith("text/html")
            policy = headers.get("content-security-policy", "")
            framed = "'self'" if html and path.startswith("/component/") else "'none'"
            right = (
                policy.startswith("default-src 'none'; ")
                and f"frame-ancestors {framed}" in policy
                and ("script-src 'self'" in policy) == html
                and headers.get("x-content-type-options") == "nosniff"
                and headers.get("referrer-policy") == "same-origin"
                and "server" not in headers
            )
            if not right:
                missing.append((method, path, status, headers))
    assert missing == []
    assert {200, 404, 405} <= statuses


# --- embedding ---------------------------------------------------------------------------------


@contextmanager
def another_site(framed: str) -> Iterator[str]:
    """A site on another host, whose page shows an address in a frame."""

    class Page_(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<!doctype html><iframe src="{framed}" width=1200 height=800></iframe>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Page_)
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    try:
        # Another name for this machine is another host to a browser.
        yield f"http://localhost:{site.server_port}"
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_site_that_is_not_named_gets_an_empty_frame(server: Server, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with another_site(f"{server.url}/?embed=true") as site:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(site)
        assert page.frame_locator("iframe").locator(APP).count() == 0


@pytest.mark.sweep
def test_a_named_site_shows_the_map(tmp_path: Path, page: Page) -> None:
    # The port of the site is not known before the app is started: any port of the host will do.
    settings = {"DOSSIER_ATLAS_EMBED_HOSTS": "http://localhost:*"}
    with (
        serving(tmp_path / "log.txt", LAKES, settings=settings) as server,
        another_site(f"{server.url}/?embed=true&present=1") as site,
    ):
        page.goto(site)
        app = page.frame_locator("iframe")
        ready = app.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"][data-shown]')
        ready.wait_for(state="attached")


@pytest.mark.sweep
def test_a_host_that_is_none_stops_the_start(tmp_path: Path) -> None:
    settings = {"DOSSIER_ATLAS_EMBED_HOSTS": "*"}
    starting = serving(tmp_path / "log.txt", settings=settings)
    with pytest.raises(ServerError, match="'\\*' is no host"), starting:
        pass
