"""Chromium, through Playwright."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Error

from tests.browser.engines.engine import ENTER, Engine, MovedError


class Chromium(Engine):
    """A page of the browser that the other tests use.

    Parameters
    ----------
    browser : Browser
    """

    name = "chromium"

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})

    def go(self, url: str) -> None:
        self.page.goto(url)

    def _evaluate(self, expression: str) -> str:
        try:
            return str(self.page.evaluate(expression))
        except Error as error:
            if "context was destroyed" in error.message:
                raise MovedError from error
            raise

    def click_at(self, x: int, y: int) -> None:
        self.page.mouse.click(x, y)

    def type(self, text: str) -> None:
        for key in text:
            self.page.keyboard.press("Enter" if key == ENTER else key)

    def size(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def close(self) -> None:
        self.page.context.close()
