"""Fixtures of the browser tests: the app on a free port, a browser, pages that keep a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.browser.harness import Visit, launch
from tests.browser.server import ROOT, Server, serving

HERE = Path(__file__).parent
PICTURES = ROOT / "build" / "browser"
MOST_LOG = 6000

# As long as Playwright's own waits. The five seconds that are usual say how busy the machine is.
expect.set_options(timeout=30_000)

Serve = Callable[[Path], Server]
OpenVisit = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, and run them last.

    From the first of them to the end Playwright keeps an event loop in the main thread, in which no
    other test could run one. Workers get the tests in this order, too (tests/conftest.py).
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With a failure, show what the app said and keep a picture of each page."""
    report = yield
    visits: list[Visit] = getattr(item, "visits", [])
    if report.when == "call" and report.failed:
        for number, visit in enumerate(visits, start=1):
            picture = PICTURES / f"{item.name}-{number}.png"
            try:
                picture.parent.mkdir(parents=True, exist_ok=True)
                visit.page.screenshot(path=picture)
            except Exception as error:  # a page may be beyond a picture: say so, report the rest
                report.sections.append((f"picture of page {number}", f"none: {error}"))
            else:
                place = picture.relative_to(ROOT)
                report.sections.append((f"picture of page {number}", f"{place}, {visit.page.url}"))
            log = visit.server.log(visit.log_start)[-MOST_LOG:]
            report.sections.append((f"the app, during page {number}", log))
    return report


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Give a function that starts the app with another dossier."""
    with ExitStack() as stack:

        def start(dossier_folder: Path | None = None) -> Server:
            log = tmp_path_factory.mktemp("app") / "log.txt"
            return stack.enter_context(serving(log, dossier_folder))

        yield start


@pytest.fixture(scope="session")
def server(serve: Callable[[], Server]) -> Server:
    """The app with its own dossier."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


USUAL: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "color_scheme": "light",
    "reduced_motion": "reduce",
}
"""How a page is opened that asks for nothing else; each of these can be set later, too."""

LEFT_BEHIND = "cookies,local_storage,indexeddb,service_workers,cache_storage,file_systems"
"""What one test must not find of another's; what was fetched and compiled may stay."""


class Shared:
    """A context that the tests of a worker use one after another, each as if it were new.

    What the browser has fetched and compiled stays, as it does for a reader who comes again: that
    takes longer than most tests do.
    """

    def __init__(self, browser: Browser, server: Server) -> None:
        self.context: BrowserContext = browser.new_context(**USUAL)
        self._address = f"{server.url}/_stcore/health"
        self._begin()

    def _begin(self) -> None:
        # With a page that stays open, so does the process that draws pages of the app.
        self._stays = self.context.new_page()
        self._stays.goto(self._address)
        self._tools = self.context.new_cdp_session(self._stays)

    def open(self, **options: Any) -> Page:
        """Open a page with some of the `USUAL` options set otherwise."""
        page = self.context.new_page()
        if "viewport" in options:
            page.set_viewport_size(options.pop("viewport"))
        if options:
            page.emulate_media(**options)
        return page

    def clear(self, servers: set[str]) -> None:
        """Close all pages that tests have opened, and forget what they left with some servers."""
        for page in self.context.pages:
            if page is not self._stays:
                page.close()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_permissions()
        try:
            self._forget(servers)
        except Error:  # whatever a test did, the process is gone
            self._stays.close()
            self._begin()
            self._forget(servers)

    def _forget(self, servers: set[str]) -> None:
        for url in servers:
            self._tools.send(
                "Storage.clearDataForOrigin", {"origin": url, "storageTypes": LEFT_BEHIND}
            )


@pytest.fixture(scope="session")
def shared(browser: Browser, server: Server) -> Iterator[Shared]:
    """The context of all pages that need none of their own."""
    shared = Shared(browser, server)
    yield shared
    shared.context.close()


@pytest.fixture
def open_visit(
    browser: Browser, shared: Shared, server: Server, request: pytest.FixtureRequest
) -> Iterator[OpenVisit]:
    """Give a function that opens a page, as if nobody had been there before.

    By default 1440 by 900, light, with no motion; other options are those of
    ``browser.new_context``, and ``server`` names another app. Two pages of a test have nothing in
    common: the second has a context of its own, and so has a page with options that make one.
    """
    visits: list[Visit] = []
    request.node.visits = visits
    contexts = []

    def open_(*, server: Server = server, **options: Any) -> Visit:
        if visits or not options.keys() <= USUAL.keys():
            contexts.append(browser.new_context(**{**USUAL, **options}))
            page = contexts[-1].new_page()
        else:
            page = shared.open(**options)
        visits.append(Visit(page, server))
        return visits[-1]

    yield open_
    for context in contexts:
        context.close()
    shared.clear({visit.server.url for visit in visits})


@pytest.fixture
def visit(open_visit: OpenVisit) -> Visit:
    """A page of the app, 1440 by 900."""
    return open_visit()
