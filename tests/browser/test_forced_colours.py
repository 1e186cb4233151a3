"""Colours that the system sets: what tells something by its colour keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.harness import Visit, open_map, pill

COLOUR = "([css, part]) => getComputedStyle(document.querySelector(css), part).backgroundColor"
CANVAS = """() => {
  const sample = document.body.appendChild(document.createElement("p"));
  sample.style.backgroundColor = "Canvas";
  const colour = getComputedStyle(sample).backgroundColor;
  sample.remove();
  return colour;
}"""


@pytest.mark.sweep
def test_marks_keep_their_colours_and_what_is_pressed_is_framed(
    open_visit: Callable[..., Visit],
) -> None:
    visit = open_visit(forced_colors="active")
    frame = open_map(visit)
    page = visit.page
    canvas = page.evaluate(CANVAS)
    for css, part in ((".st-key-theme button p", "::before"), (".atlas-summary .bar", "::after")):
        assert page.evaluate(COLOUR, [css, part]) not in {canvas, "rgba(0, 0, 0, 0)"}, css
    ring = frame.locator(".band").first
    assert "conic-gradient" in ring.evaluate("band => getComputedStyle(band).backgroundImage")
    # Whatever the ring's count is drawn on, it is not the system's plate alone.
    assert ring.evaluate("band => getComputedStyle(band).forcedColorAdjust") == "none"

    def outline(button: Any) -> str:
        return str(button.evaluate("button => getComputedStyle(button).outlineStyle"))

    theme = pill(page, "theme", "").first
    assert outline(theme) == "none"
    theme.click()
    page.locator('.st-key-theme button[aria-pressed="true"]').first.wait_for()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    assert outline(theme) == "solid"
    visit.assert_clean()
