"""Starts a browser for the tests, and knows its way around the page.

Nothing here waits for a time to pass: every wait is for something to have come about.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import (
    Browser,
    Dialog,
    ElementHandle,
    Frame,
    Locator,
    Page,
    Playwright,
    Request,
    Route,
    WebSocket,
)

from tests.browser.find_browsers import NoBrowserError, find
from tests.browser.server import Server

MAP_FRAME = 'iframe[title="streamlit_folium.st_folium"]'
APP = '[data-testid="stApp"]'


# --- the browser -------------------------------------------------------------------------------


UNUSED = (
    # Each window would load two pages of its own for suggestions below the address bar, a fifth of
    # what a visit costs.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # What Playwright turns off. It would be on again, since the last such argument counts alone.
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
"""Parts of Chromium that no test needs."""


REFUSED = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""Addresses that this Chromium does not find: all but this machine's."""


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium that is there."""
    path = find()
    if path is None:
        raise NoBrowserError("no Chromium found; 'make test' installs one")
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        f"--disable-features={','.join(UNUSED)}",
        # Not even a request that should not be there leaves this machine.
        f"--host-resolver-rules={REFUSED}",
        # One process draws all pages of the app, and knows its scripts from the last one.
        "--process-per-site",
        # Pages live for seconds: compiling their scripts thoroughly costs more than it gives.
        "--js-flags=--no-maglev --no-turbofan",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=arguments)


@dataclass
class Visit:
    """A page of the app, and all that happened on it.

    Attributes
    ----------
    page : Page
    server : Server
    off_origin : list of str
        Addresses outside of the app that were asked for. None of them is reached.
    errors : list of str
        Uncaught errors and error messages of the browser's console.
    dialogs : list of str
        What alert, confirm and prompt said.
    websocket_bytes, websocket_sent : int
        Bytes received from the app, and messages sent to it, since the page was opened.
    """

    page: Page
    server: Server
    off_origin: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    websocket_bytes: int = 0
    websocket_sent: int = 0
    log_start: int = 0

    def __post_init__(self) -> None:
        self.log_start = self.server.log_length()
        browser = self.page.context.browser
        # Chromium finds no other host (`REFUSED`). A route would have it keep nothing of what it
        # fetches: whoever looks at each request may answer it otherwise the next time.
        if browser is None or browser.browser_type.name != "chromium":
            self.page.route(re.compile(f"^(?!{re.escape(self.server.url)}/)"), self._refuse)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("dialog", self._asked)
        self.page.on("websocket", self._connected)
        self.page.on("request", self._requested)

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters in the address bar."""
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)

    def assert_clean(self) -> None:
        """Nothing was asked of others, and nothing went wrong in the page or in the app."""
        assert self.off_origin == []
        assert self.errors == []
        assert self.dialogs == []
        failures = '[data-testid="stException"], [data-testid="stAlertContentError"]'
        assert self.page.locator(failures).all_inner_texts() == []
        log = self.server.log(self.log_start)
        assert "Traceback" not in log, log

    def _is_off_origin(self, url: str) -> bool:
        asked = urlsplit(url)
        return asked.scheme not in {"data", "blob", "about"} and (
            asked.netloc != urlsplit(self.server.url).netloc
        )

    def _refuse(self, route: Route) -> None:
        route.abort() if self._is_off_origin(route.request.url) else route.continue_()

    def _requested(self, request: Request) -> None:
        if self._is_off_origin(request.url):
            self.off_origin.append(request.url)

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _connected(self, socket_: WebSocket) -> None:
        if self._is_off_origin(socket_.url):
            self.off_origin.append(socket_.url)
        socket_.on("framereceived", self._received)
        socket_.on("framesent", self._sent)

    def _received(self, payload: bytes | str) -> None:
        self.websocket_bytes += len(payload)

    def _sent(self, payload: bytes | str) -> None:
        self.websocket_sent += 1


# --- the page ----------------------------------------------------------------------------------


def open_map(visit: Visit, query: str = "") -> Frame:
    """Go to the map and wait until it shows what the address asks for; give its frame."""
    visit.server.assert_running()
    visit.page.goto(f"{visit.server.url}/{query}")
    ready = visit.page.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"][data-shown]')
    ready.wait_for(state="attached")
    settled(visit.page)
    return map_frame(visit.page)


TWO_FRAMES = """async () => {
  for (const _ of [1, 2]) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
  return true;
}"""
"""Until the address has taken a step, too: it does so after what a click foresees is drawn."""


def settled(page: Page) -> None:
    """Wait until the app is connected, runs no script, and has confirmed what was foreseen."""
    page.wait_for_function(
        """css => document.querySelector(css)?.contentDocument
          ?.querySelector("#map_div")?.dataset.awaits === undefined""",
        arg=MAP_FRAME,
    )
    state = '[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    page.locator(f"{APP}{state}").wait_for(state="attached")
    page.wait_for_function(TWO_FRAMES)  # which bears that the page is loaded anew meanwhile


def map_element(page: Page) -> ElementHandle:
    """The map's iframe."""
    return page.locator(MAP_FRAME).element_handle()


def map_frame(page: Page) -> Frame:
    """The document within the map's iframe."""
    frame = map_element(page).content_frame()
    assert frame is not None
    return frame


def wait_for_data(frame: Frame, name: str, value: str) -> None:
    """Wait until the map says `value` in ``data-name``."""
    frame.wait_for_function(
        "([name, value]) => document.querySelector('#map_div').dataset[name] === value",
        arg=[name, value],
    )


def shown(frame: Frame) -> int:
    """How many records the map shows."""
    return int(frame.locator("#map_div").get_attribute("data-shown") or -1)


def shown_after(frame: Frame, before: int) -> int:
    """How many records the map shows once that is no longer `before`."""
    frame.wait_for_function(
        "before => document.querySelector('#map_div').dataset.shown !== before", arg=str(before)
    )
    return shown(frame)


def selected(frame: Frame) -> str:
    """Id of what is selected on the map, or nothing."""
    return frame.locator("#map_div").get_attribute("data-select") or ""


@dataclass(frozen=True)
class View:
    """Where the map looks, rounded as in the address."""

    lat: float
    lon: float
    zoom: float


def view(frame: Frame) -> View:
    """Where the map looks, once it has come to rest."""
    frame.wait_for_function(
        """() => {
          const { map } = window.atlas;
          const { lat, lng } = map.getCenter();
          const now = [lat, lng, map.getZoom(), Boolean(map._animatingZoom)].join();
          window.atlasRest = window.atlasRest?.now === now
            ? { now, frames: window.atlasRest.frames + 1 }
            : { now, frames: 0 };
          return !map._animatingZoom && window.atlasRest.frames >= 12;
        }"""
    )
    lat, lon, zoom = frame.evaluate(
        "() => { const c = atlas.map.getCenter(); return [c.lat, c.lng, atlas.map.getZoom()]; }"
    )
    return View(round(lat, 2), round(lon, 2), round(zoom, 2))


def drag(visit: Visit, dx: int, dy: int) -> None:
    """Drag the map with the mouse, from a spot where nothing else would take the drag."""
    box = visit.page.locator(MAP_FRAME).bounding_box()
    assert box is not None
    x, y = bare_spot(map_frame(visit.page))
    mouse = visit.page.mouse
    mouse.move(box["x"] + x, box["y"] + y)
    mouse.down()
    mouse.move(box["x"] + x + dx, box["y"] + y + dy, steps=12)
    mouse.up()


def bare_spot(frame: Frame) -> tuple[float, float]:
    """A point of the map's frame where no symbol, line, legend or button lies."""
    spot = frame.evaluate(
        """() => {
          const busy = ".leaflet-marker-icon, .leaflet-control, .leaflet-popup, path";
          for (let y = 0.5; y < 0.8; y += 0.02) {
            for (let x = 0.5; x < 0.8; x += 0.02) {
              const at = [x * innerWidth, y * innerHeight];
              const there = document.elementFromPoint(...at);
              if (there && there.closest("#map_div") && !there.closest(busy)) return at;
            }
          }
          return null;
        }"""
    )
    assert spot is not None, "no bare spot on the map"
    return spot[0], spot[1]


def free_symbol(frame: Frame) -> tuple[str, ElementHandle]:
    """A record's symbol that a mouse can hit, and the id of its record."""
    symbol = frame.evaluate_handle(
        """() => {
          const records = ".symbol[data-record]:not([data-record*=':'])";
          return [...document.querySelectorAll(records)].find((symbol) => {
            const { x, y, width, height } = symbol.getBoundingClientRect();
            const there = document.elementFromPoint(x + width / 2, y + height / 2);
            return there !== null && symbol.contains(there);
          });
        }"""
    ).as_element()
    assert symbol is not None, "no symbol lies free"
    return symbol.get_attribute("data-record") or "", symbol


def pill(page: Page, facet: str, words: str) -> Locator:
    """A pill of a filter in the sidebar."""
    return page.locator(f".st-key-{facet} button").filter(has_text=words)
