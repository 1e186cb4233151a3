"""Firefox, which speaks WebDriver BiDi itself: JSON through a websocket."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.browser.engines.actions import Acting
from tests.browser.engines.engine import MovedError
from tests.browser.processes import end, free_port, wait_until

MOVED = {"no such frame", "unknown error"}
"""What is told of a page that is left just now."""

LISTENS = "WebDriver BiDi listening on "


class Firefox(Acting):
    """A Firefox of its own, without a window.

    Parameters
    ----------
    program : str
        Its path.
    folder : Path
        An empty folder for its profile.
    """

    name = "firefox"

    def __init__(self, program: str, folder: Path) -> None:
        options = ["--headless", "--no-remote", "--profile", str(folder)]
        log = folder / "log.txt"
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [program, *options, f"--remote-debugging-port={(port := free_port())}"],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until(lambda: LISTENS in log.read_text(), self.process, log.read_text)
            self.socket = connect(f"ws://127.0.0.1:{port}/session", max_size=None).__enter__()
            self.last = 0
            self._ask("session.new", capabilities={})
            [page] = self._ask("browsingContext.getTree")["contexts"]
        except BaseException:
            end(self.process)
            raise
        self.page = page["context"]
        self.size(1440, 900)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.last:
            pass  # what it tells unasked
        if answer.get("error") in MOVED:
            raise MovedError(answer["message"])
        assert answer["type"] == "success", answer
        result: dict[str, Any] = answer["result"]
        return result

    def go(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def _evaluate(self, expression: str) -> str:
        target = {"context": self.page}
        answer = self._ask(
            "script.evaluate", expression=expression, target=target, awaitPromise=False
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return str(answer["result"]["value"])

    def _perform(self, actions: list[dict[str, Any]]) -> None:
        self._ask("input.performActions", context=self.page, actions=actions)

    def size(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self.page, viewport=viewport)

    def picture(self, path: Path) -> None:
        taken = self._ask("browsingContext.captureScreenshot", context=self.page)
        path.write_bytes(base64.b64decode(taken["data"]))

    def close(self) -> None:
        self.socket.close()
        end(self.process)
