"""WebKitGTK's MiniBrowser, through its driver: WebDriver's classic form, JSON over HTTP."""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.browser.engines.actions import Acting
from tests.browser.engines.engine import MovedError
from tests.browser.processes import end, free_port, wait_until

SECONDS_TO_ANSWER = 120
SECONDS_TO_EVALUATE = 20
"""Of a page that another process takes over, as one from disk, the driver may lose the question."""
SECONDS_TO_COME = 30
TRIES = 3
COME = "String(!document.left && document.readyState !== 'loading')"
SCREEN = "-screen 0 1600x1200x24"


class WebKit(Acting):
    """A MiniBrowser of its own, on a screen that nobody sees.

    Parameters
    ----------
    driver : str
        Path of ``WebKitWebDriver``.
    screen : str
        Path of ``xvfb-run``.
    """

    name = "webkit"

    def __init__(self, driver: str, screen: str) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.session = ""
        self.process = subprocess.Popen(
            [screen, "--auto-servernum", f"--server-args={SCREEN}", driver, f"--port={port}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_until(self._answers, self.process, str)
            capabilities = {"alwaysMatch": {"pageLoadStrategy": "none"}}
            started = self._ask("POST", "/session", capabilities=capabilities)
            self.session = f"/session/{started['sessionId']}"
        except BaseException:
            end(self.process)
            raise
        self.size(1440, 900)

    def _answers(self) -> bool:
        try:
            return bool(self._ask("GET", "/status")["ready"])
        except urllib.error.URLError:
            return False

    def _ask(
        self, method: str, path: str, seconds: int = SECONDS_TO_ANSWER, **parameters: Any
    ) -> Any:
        body = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(
            f"{self.url}{self.session}{path}", body, {"Content-Type": "application/json"}
        )
        request.method = method
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            said = error.read().decode()
            # What the driver says of a page that is left while it is asked.
            if "before the unload event" in said:
                raise MovedError(said) from None
            raise AssertionError(f"{method} {path}: {said}") from None

    def go(self, url: str) -> None:
        """As the driver sometimes misses that a page has come, the page itself is asked."""
        with suppress(MovedError):
            self._evaluate("String(document.left = true)")
        for _ in range(TRIES):
            with suppress(TimeoutError):
                self._ask("POST", "/url", SECONDS_TO_EVALUATE, url=url)
            deadline = monotonic() + SECONDS_TO_COME
            while monotonic() < deadline:
                with suppress(MovedError):
                    if self._evaluate(COME) == "true":
                        return
                sleep(0.05)  # between two questions
        raise AssertionError(f"{url} did not come")

    def _evaluate(self, expression: str) -> str:
        script = {"script": f"return {expression}", "args": []}
        try:
            return str(self._ask("POST", "/execute/sync", SECONDS_TO_EVALUATE, **script))
        except TimeoutError as error:
            raise MovedError from error

    def _perform(self, actions: list[dict[str, Any]]) -> None:
        self._ask("POST", "/actions", actions=actions)

    def size(self, width: int, height: int) -> None:
        """The window is larger than the page by what is around it; it takes a size in a while."""
        beside = above = 0
        for _ in range(50):
            self._ask("POST", "/window/rect", width=width + beside, height=height + above)
            sleep(0.1)
            sizes = "() => [innerWidth, innerHeight, outerWidth, outerHeight]"
            inner, high, outer, higher = self.evaluate(sizes)
            if (inner, high) == (width, height):
                return
            beside, above = outer - inner, higher - high
        raise TimeoutError(f"the page is {inner} × {high} pixels, not {width} × {height}")

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def close(self) -> None:
        # Asked to end its session, the driver waits for a busy MiniBrowser, for minutes.
        end(self.process)
