"""What runs over its place: a long title beside the field, heads of lines that are out of sight."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit, Serve
from tests.browser.harness import open_map
from tests.dashboard.editing import rewrite
from tests.dossiers.shelf import LAKES

LONG = "What an invented quarrel over the railways of the lakes did to ports 2x"

CROSSING = """() => {
  const texts = [...document.querySelectorAll(".atlas-title h1, .atlas-title .as-of")];
  const others = [...document.querySelectorAll(".st-key-atlas-head :is(form, input, a, button)")]
    .filter((other) => other.checkVisibility());
  const box = (node) => node.getBoundingClientRect();
  return texts.flatMap((text) => others.filter((other) => {
    const [a, b] = [box(text), box(other)];
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  }).map((other) => `${text.textContent} × ${other.outerHTML.slice(0, 80)}`));
}"""


@pytest.mark.sweep
def test_a_long_title_and_lines_out_of_sight(
    open_visit: OpenVisit, serve: Serve, tmp_path: Path
) -> None:
    assert 70 <= len(LONG) <= 72
    folder = Path(shutil.copytree(LAKES, tmp_path / "lakes"))
    rewrite(folder / "dossier.yml", title=LONG, alliances_shown=None)
    visit = open_visit(server=serve(folder))
    frame = open_map(visit, "?view=66,-170,4")
    page = visit.page
    title = page.locator(".atlas-title h1")
    expect(title).to_have_text(LONG)
    expect(title).to_have_attribute("title", LONG)
    for width in (1920, 1440, 1280, 1100, 900, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CROSSING) == [], width
        box = title.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    empty = frame.locator('path[d="M0 0"]')
    assert empty.count() > 0, "nothing is out of sight here"
    assert frame.locator('path[d="M0 0"][marker-end]').count() > 0, "and nothing has a head"
    heads = """nodes => nodes.map((node) => getComputedStyle(node))
      .filter((style) => style.markerEnd !== "none" || style.markerStart !== "none").length"""
    assert empty.evaluate_all(heads) == 0
    # Where there is nothing to explain, no legend lies over what is said of the borders.
    expect(frame.locator(".atlas-legend li")).to_have_count(0)
    expect(frame.locator(".leaflet-control-attribution")).to_be_visible()
    covered = """said => {
      const { left, right, top, bottom } = said.getBoundingClientRect();
      const across = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => left + part * (right - left));
      const there = across.map((x) => document.elementFromPoint(x, (top + bottom) / 2));
      return there.filter((node) => !said.contains(node)).map((node) => node?.className);
    }"""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert frame.locator(".leaflet-control-attribution").evaluate(covered) == [], width
    visit.assert_clean()
