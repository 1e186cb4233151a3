"""Less motion: where the system asks for it, nothing moves by itself, on page and map."""

from __future__ import annotations

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
  map.setView([30, 0], 3, { animate: false });
  const went = {};
  map.flyTo([30, 90], 5);
  went.flies = at();
  map.stop();
  map.setView([30, 0], 3, { animate: false });
  map.zoomIn(1);
  went.zooms = at();
  map.stop();
  map.setView([30, 0], 3, { animate: false });
  map.panBy([256 * 8 / 36, 0]);
  went.pans = at();
  map.stop();
  return { ...went, rolls: map.options.inertia };
}"""
"""Where the map is right after it was sent elsewhere: there, or still on its way."""


def test_nothing_moves_where_less_motion_is_asked_for(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    places: tuple[Page | Frame, ...] = (page, frame)
    page.emulate_media(reduced_motion="no-preference")
    assert any(place.evaluate(MOVING) for place in places)
    assert frame.evaluate(GOES) == {
        "flies": [0, 3],
        "zooms": [0, 3],
        "pans": [0, 3],
        "rolls": True,
    }
    view(frame)
    page.emulate_media(reduced_motion="reduce")
    assert [place.evaluate(MOVING) for place in places] == [[], []]
    assert frame.evaluate(GOES) == {
        "flies": [90, 5],
        "zooms": [0, 4],
        "pans": [10, 3],
        "rolls": False,
    }
    visit.assert_clean()
