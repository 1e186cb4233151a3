"""Texts that look like code, in every field of a dossier and on every page: they stay texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser import hostile_pages
from tests.browser.conftest import OpenVisit, Serve
from tests.browser.harness import MAP_FRAME, Visit, map_frame
from tests.browser.hostile_pages import faults
from tests.dossiers import hostile


class Chromium:
    """A visit, as `tests.browser.hostile_pages` asks for it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def go(self, url: str) -> None:
        self.visit.page.goto(url)

    def size(self, width: int, height: int) -> None:
        self.visit.page.set_viewport_size({"width": width, "height": height})

    def _call(self, function: str) -> str:
        return f"(given) => ({function})(...given)"

    def evaluate(self, function: str, *given: object, in_map: bool = False) -> Any:
        frame = map_frame(self.visit.page) if in_map else self.visit.page.main_frame
        return frame.evaluate(self._call(function), list(given))

    def wait_for(self, function: str, *given: object, in_map: bool = False) -> Any:
        frame = map_frame(self.visit.page) if in_map else self.visit.page.main_frame
        return frame.wait_for_function(self._call(function), arg=list(given)).json_value()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "dossier"
    folder.mkdir()
    hostile.write(folder, first=len(hostile.TEXTS) - 1)  # the long word is the title
    return folder


@pytest.mark.sweep
def test_texts_stay_texts_on_every_page(serve: Serve, open_visit: OpenVisit, folder: Path) -> None:
    visit = open_visit(server=serve(folder))
    # What a text would call if it were run.
    visit.page.add_init_script("window.h = () => console.error('a text was run');")
    assert faults(Chromium(visit), visit.server.url) == {}
    visit.assert_clean()


def test_a_text_that_became_an_element_is_found(visit: Visit) -> None:
    visit.page.goto(visit.server.url)
    visit.page.locator(MAP_FRAME).wait_for()
    planted = "<a href='http://192.0.2.1/' onclick='h()'>x</a><img src='//192.0.2.1/x.png'>"
    visit.page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", planted)
    assert len(Chromium(visit).evaluate(hostile_pages.WRONG)) >= 3
    wide = "<p style='width: 9rem'>" + 99 * "W" + "</p>"
    visit.page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", wide)
    assert any("runs over: p." in f for f in Chromium(visit).evaluate(hostile_pages.OVERRUN))
