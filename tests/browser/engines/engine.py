"""What the tests ask of a browser, whichever it is: little enough to be told in each one's tongue.

Each evaluates scripts in the page on show, and moves a real pointer and real keys there. All else
is asked by script, so that no engine can be asked otherwise than another.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.browser.harness import MAP_FRAME

SECONDS = 90
ENTER = "\ue007"
"""WebDriver's name for the key."""

WHERE = """(css, words) => {
  const there = [...document.querySelectorAll(css)].find((one) => one.textContent.includes(words));
  if (!there) return null;
  there.scrollIntoView({ block: "nearest" });
  const { x, y, width, height } = there.getBoundingClientRect();
  const [left, top] = [x + width / 2, y + height / 2];
  const hit = document.elementFromPoint(left, top);
  if (!hit || !(there.contains(hit) || hit.contains(there))) return null;
  const frame = window.frameElement?.getBoundingClientRect() ?? { x: 0, y: 0 };
  return [Math.round(left + frame.x), Math.round(top + frame.y)];
}"""
"""Where a pointer hits the first element of a selector with these words in it; null if nowhere."""


class MovedError(Exception):
    """The page was left while it was asked; the next one can be."""


class Engine(ABC):
    """A browser with one page."""

    name: str

    @abstractmethod
    def go(self, url: str) -> None:
        """Open an address, in the same page."""

    @abstractmethod
    def _evaluate(self, expression: str) -> str:
        """What an expression gives in the page, which must be a string."""

    @abstractmethod
    def click_at(self, x: int, y: int) -> None:
        """Click on a point of the window."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Press and release keys one after the other."""

    @abstractmethod
    def size(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""

    @abstractmethod
    def picture(self, path: Path) -> None:
        """Write what is seen as PNG."""

    @abstractmethod
    def close(self) -> None:
        """End it."""

    def evaluate(self, function: str, *given: object, in_map: bool = False) -> Any:
        """What a function of JavaScript gives for these, in the page or in the map's frame."""
        call = f"({function})(...{json.dumps(given)})"
        if in_map:
            frame = f"document.querySelector({json.dumps(MAP_FRAME)})?.contentWindow"
            call = f"((window, document = window?.document) => document && {call})({frame})"
        expression = f"JSON.stringify({call} ?? null)"
        with suppress(MovedError):
            return json.loads(self._evaluate(expression))
        return json.loads(self._evaluate(expression))

    def wait_for(self, function: str, *given: object, in_map: bool = False) -> Any:
        """What a function gives as soon as that counts as true."""
        deadline = monotonic() + SECONDS
        while True:
            # A link that is clicked before our script has come leads there by itself.
            with suppress(MovedError):
                if given_back := self.evaluate(function, *given, in_map=in_map):
                    return given_back
            assert monotonic() < deadline, f"{self.name}, in {SECONDS} s not: {function}, {given}"
            sleep(0.05)  # between two questions

    def click(self, css: str, words: str = "", in_map: bool = False) -> None:
        """Click on an element, once it is there, in sight and at rest."""
        before = None
        while (now := self.wait_for(WHERE, css, words, in_map=in_map)) != before:
            before = now
        self.click_at(*now)

    def style(self, css: str, *names: str, in_map: bool = False) -> list[str]:
        """Computed values of an element's properties."""
        return list(
            self.evaluate(
                """(css, names) => {
                  const style = getComputedStyle(document.querySelector(css));
                  return names.map((name) => style.getPropertyValue(name));
                }""",
                css,
                names,
                in_map=in_map,
            )
        )

    @property
    def address(self) -> str:
        """What stands in the address bar."""
        return str(self.evaluate("() => location.href"))
