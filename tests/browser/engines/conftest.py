"""Fixtures: the three engines one after the other, and the app as they see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.engines.chromium import Chromium
from tests.browser.engines.engine import Engine
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import WebKit
from tests.browser.find_browsers import firefox, missing, must_be_there, webkit
from tests.browser.server import ROOT, Server, serving
from tests.dossiers.shelf import LAKES

PICTURES = ROOT / "build" / "browser"
ENGINES = ("chromium", "firefox", "webkit")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With a failure, keep a picture of what the engine showed."""
    report = yield
    shows = getattr(item, "funcargs", {}).get("engine")
    if report.when == "call" and report.failed and shows is not None:
        picture = PICTURES / f"{item.name}.png"
        try:
            picture.parent.mkdir(parents=True, exist_ok=True)
            shows.picture(picture)
        except Exception as error:  # it may be gone: say so, report the rest
            report.sections.append(("picture", f"none: {error}"))
        else:
            place = picture.relative_to(ROOT)
            report.sections.append(("picture", f"{place}, {shows.address}"))
    return report


@pytest.fixture(
    scope="session",
    # All tests of pages are in Chromium: what is new of it here is for sweeps.
    params=[pytest.param(ENGINES[0], marks=pytest.mark.sweep), *ENGINES[1:]],
)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A browser of each kind; skipped, with what is missing, where it is not installed."""
    name: str = request.param
    if reason := missing(name):
        (pytest.fail if must_be_there() else pytest.skip)(reason)
    if name == "chromium":
        browser: Browser = request.getfixturevalue("browser")
        started: Engine = Chromium(browser)
    elif name == "firefox":
        started = Firefox(firefox(), tmp_path_factory.mktemp("firefox"))
    else:
        started = WebKit(*webkit())
    yield started
    started.close()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with a dossier of the tests, its pages writing down what goes wrong in them."""
    with ExitStack() as stack:
        log = tmp_path_factory.mktemp("recorded") / "log.txt"
        yield stack.enter_context(serving(log, LAKES, asgi="tests.browser.engines.recorded:app"))
