"""A headless Chromium, and pages in it that count bytes and take times."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.server import Server
from tests.browser.find_browsers import NoBrowserError, find

OBSERVER = Path(__file__).with_name("observer.js").read_text(encoding="utf-8")
SECONDS_TO_SHOW = 60
QUIET = 0.4
"""Seconds without a message, after which a page has come to rest."""
SECONDS_TO_REST = 15
RESTING = '[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'


class NotShownError(Exception):
    """The page did not come to show what was asked for."""


@dataclass(frozen=True)
class Sample:
    """What one piece of work took.

    Attributes
    ----------
    ms : float
        From the click, or the start of the navigation, to the end of the frame that shows it.
    websocket, http : int
        Bytes received until the page rested: of messages, before any compression; of answers, as
        they came over the wire, with headers.
    cpu_ms : float
        Processor time of the server until the page rested.
    """

    ms: float
    websocket: int
    http: int
    cpu_ms: float


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium that is there, cut off from all hosts but this one."""
    path = find()
    if path is None:
        raise NoBrowserError("no Chromium found; 'make test' installs one")
    arguments = [
        "--disable-gpu",
        # Without a graphics card deck.gl draws by software, or not at all.
        "--enable-unsafe-swiftshader",
        "--disable-background-networking",
        # Not by Playwright's routes: these switch the browser's cache off.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=arguments)


def new_context(browser: Browser) -> BrowserContext:
    """A visitor with an empty cache."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(SECONDS_TO_SHOW * 1000)
    return context


class Tab:
    """A page of a subject, with its traffic counted from the first byte.

    Parameters
    ----------
    context : BrowserContext
    server : Server
        Of the subject.

    Attributes
    ----------
    refused : set of str
        Hosts outside of this machine that were asked for, in vain.
    requests_refused : int
        How often.
    """

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.server = server
        self.page: Page = context.new_page()
        self.websocket = 0
        self.http = 0
        self.refused: set[str] = set()
        self.requests_refused = 0
        self._last_message = time.perf_counter()
        self._network = context.new_cdp_session(self.page)
        self._network.on("Network.loadingFinished", self._loaded)
        self._network.on("Network.webSocketFrameReceived", self._received)
        self._network.on("Network.requestWillBeSent", self._requested)
        self._network.send("Network.enable")

    def _loaded(self, event: dict[str, Any]) -> None:
        self.http += int(event["encodedDataLength"])
        self._last_message = time.perf_counter()

    def _received(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        binary = frame["opcode"] == 2
        data = frame["payloadData"]
        self.websocket += len(base64.b64decode(data)) if binary else len(data.encode())
        self._last_message = time.perf_counter()

    def _requested(self, event: dict[str, Any]) -> None:
        asked = urlsplit(event["request"]["url"])
        if asked.scheme in {"http", "https"} and asked.netloc != urlsplit(self.server.url).netloc:
            self.refused.add(asked.netloc)
            self.requests_refused += 1

    def rest(self) -> None:
        """Wait until the script does not run and nothing has come for a while."""
        deadline = time.perf_counter() + SECONDS_TO_REST
        self._last_message = time.perf_counter()
        while time.perf_counter() < deadline:
            self.page.wait_for_timeout(50)
            still = time.perf_counter() - self._last_message > QUIET
            if still and self.page.locator(f'[data-testid="stApp"]{RESTING}').count():
                return
        raise NotShownError(f"the page does not come to rest in {SECONDS_TO_REST} s")

    def visit(self, holds: str) -> Sample:
        """Open the subject's address.

        Parameters
        ----------
        holds : str
            JavaScript expression that is true once the page shows what it should.
        """
        self.page.add_init_script(OBSERVER)
        self.page.add_init_script(f"if (window === top) __bench.arm('navigation', () => {holds});")
        return self._measured(lambda: self.page.goto(self.server.url, wait_until="commit"))

    def click(self, act: Callable[[], object], holds: str) -> Sample:
        """Do something that ends in one click.

        Parameters
        ----------
        act : callable
            Does it.
        holds : str
            JavaScript expression that is true once the page shows what it should.
        """
        already = self.page.evaluate(f"() => {{ try {{ return {holds} }} catch {{ }} }}")
        if already:
            raise NotShownError("shown before the click: nothing would be measured")
        self.page.evaluate(f"() => __bench.arm('click', () => {holds})")
        return self._measured(act)

    def _measured(self, act: Callable[[], object]) -> Sample:
        websocket, http, cpu = self.websocket, self.http, self.server.cpu_ms()
        act()
        try:
            self.page.wait_for_function(
                "() => window.__bench?.result != null",
                polling=100,
                timeout=SECONDS_TO_SHOW * 1000,
            )
        except PlaywrightTimeout:
            raise NotShownError(f"not shown in {SECONDS_TO_SHOW} s") from None
        ms = float(self.page.evaluate("() => __bench.result"))
        self.rest()
        return Sample(
            ms=ms,
            websocket=self.websocket - websocket,
            http=self.http - http,
            cpu_ms=self.server.cpu_ms() - cpu,
        )
