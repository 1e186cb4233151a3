"""Less motion: where the system asks for it, nothing moves by itself, on page and map."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.harness import Visit, open_map, view

MOVING = """() => [...document.querySelectorAll("*")].flatMap((node) =>
  [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(node, part);
    const longest = Math.max(
      ...[style.transitionDuration, style.animationDuration].join().split(",").map(parseFloat),
    );
    const moves = longest > 0.001 || style.scrollBehavior === "smooth";
    return moves ? [`${node.tagName}.${node.className}${part || ""}`] : [];
  }))"""

GOES = """() => {
  const { map } = atlas;
  const at = () => [map.getCenter().lng, map.getZoom()].map(Math.round);
  const went = {};
  const sent = (way, go, there) => {
    map.setView([30, 0], 3, { animate: false });
    go();
    went[way] = JSON.stringify(at()) === JSON.stringify(there) ? "there" : "on its way";
    map.stop();
  };
  sent("flies", () => map.flyTo([30, 90], 5), [90, 5]);
  sent("zooms", () => map.zoomIn(1), [0, 4]);
  sent("pans", () => map.panBy([256 * 8 / 36, 0]), [10, 3]);
  return { ...went, rolls: map.options.inertia };
}"""
"""Where the map is right after it was sent elsewhere: of how far, a slow machine decides."""


@pytest.mark.sweep
def test_nothing_moves_where_less_motion_is_asked_for(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    places: tuple[Page | Frame, ...] = (page, frame)
    page.emulate_media(reduced_motion="no-preference")
    assert any(place.evaluate(MOVING) for place in places)
    assert frame.evaluate(GOES) == {
        "flies": "on its way",
        "zooms": "on its way",
        "pans": "on its way",
        "rolls": True,
    }
    view(frame)
    page.emulate_media(reduced_motion="reduce")
    assert [place.evaluate(MOVING) for place in places] == [[], []]
    assert frame.evaluate(GOES) == {
        "flies": "there",
        "zooms": "there",
        "pans": "there",
        "rolls": False,
    }
    visit.assert_clean()
