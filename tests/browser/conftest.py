"""Fixtures of the browser tests: the app on a free port, a browser, pages that keep a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.harness import ROOT, Server, Visit, launch, serving

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


@pytest.fixture
def open_visit(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Iterator[OpenVisit]:
    """Give a function that opens a page in a context of its own.

    By default 1440 by 900, light, with no motion; other options are those of
    ``browser.new_context``, and ``server`` names another app.
    """
    visits: list[Visit] = []
    request.node.visits = visits
    contexts = []

    def open_(*, server: Server = server, **options: Any) -> Visit:
        default = {
            "viewport": {"width": 1440, "height": 900},
            "color_scheme": "light",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**default, **options})
        contexts.append(context)
        visits.append(Visit(context.new_page(), server))
        return visits[-1]

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_visit: OpenVisit) -> Visit:
    """A page of the app, 1440 by 900."""
    return open_visit()
