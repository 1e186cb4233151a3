"""A window zoomed to 200 % and 400 %: nothing is lost, cut, covered or out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, Page, TimeoutError

from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit, map_frame, settled
from tests.nonempty import nonempty
from tests.sweeps import first_of

ZOOMED = {"200 %": (720, 450), "400 %": (360, 225), "reflow": (320, 256)}
"""What is left in CSS pixels of a window of 1440 by 900, and what WCAG 1.4.10 asks for."""

PAGES = {
    "map": ("?select=instc", ".atlas-card"),
    "timeline": ("timeline?select=rus-ukr-war", ".atlas-timeline a"),
    "alliances": ("alliances", ".atlas-matrix"),
    "corridors": ("corridors?closed=suez-canal", ".corridor-strip"),
    "actors": ("actors?actor=IRN", ".actor-head"),
    "who supports whom": ("actors?show=matrix", ".actors-matrix"),
    "briefing": ("briefing", '[data-testid="stImage"] img'),
    "search": ("search?ask=Su-35", ".atlas-search .group"),
    "sources": ("sources", ".atlas-ledger"),
}

FAULTS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const found = [];
  const named = ({ tagName, className, textContent }) =>
    `${tagName} ${className} "${textContent.trim().slice(0, 40)}"`;
  const wrong = (node, how) => found.push(`${named(node)} ${how}`);
  const style = (node) => getComputedStyle(node);
  const at = (node, down = 0.5) => {
    const { left, top, width, height } = node.getClientRects()[0];
    return document.elementFromPoint(left + width / 2, top + height * down);
  };
  const by = (node) => `is covered by ${node ? named(node) : "nothing: it is out of sight"}`;
  const seen = (node) => node.getClientRects().length > 0 && node.getBoundingClientRect().width > 0
    && node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !node.closest('.unseen, .hidden, [class*="st-key-atlas-save-"]')
    && style(node).clipPath === "none";

  for (const node of [document.documentElement, main])
    if (node.scrollWidth > node.clientWidth) wrong(node, "is scrolled sideways");

  // All that says or does something stands in the window, or in a scroller of its own that does.
  const scroller = (node) => {
    for (let one = node.parentElement; one && one !== main; one = one.parentElement)
      if (/auto|scroll/.test(style(one).overflowX)) return one;
    return null;
  };
  const does = "a, button, input:not([type='range']), iframe, img, canvas";
  for (const node of main.querySelectorAll("*")) {
    const says = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!(says || node.matches(does)) || !seen(node)) continue;
    const { left, right } = (scroller(node) || node).getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) wrong(node, "is cut");
  }

  // What a chart draws close together is chosen by the lists beside it, and by keyboard.
  const drawn = ".atlas-timeline, [data-testid='stVegaLiteChart']";
  for (const node of main.querySelectorAll("a, button, input, textarea, summary")) {
    if (node.disabled || node.closest(drawn) || !seen(node)) continue;
    const target = (node.matches("input") && node.closest("label, [data-baseweb]")) || node;
    target.scrollIntoView({ block: "center", inline: "center" });
    const there = at(target);
    if (!there || !(target.contains(there) || there.contains(target))) wrong(node, by(there));
  }

  for (const column of main.querySelectorAll('[data-testid="stColumn"]'))
    if (column.clientWidth < 0.9 * column.parentElement.clientWidth)
      wrong(column, "is a column beside another");
  for (const cell of main.querySelectorAll(".atlas-ledger td:has(a)"))
    if (cell.clientWidth < 200) wrong(cell, `is a column of ${cell.clientWidth}`);
  for (const map of main.querySelectorAll('iframe[title^="streamlit_folium"]')) {
    const { height } = map.getBoundingClientRect();
    if (height < 190) wrong(map, `is ${height} high`);
    // The wheel zooms it, and would not lead past it.
    if (height > 0.9 * innerHeight) wrong(map, `is ${height} high, in a window of ${innerHeight}`);
  }

  main.scrollTo(0, 0);
  const card = main.querySelector(".atlas-card");
  if (card && style(card).position === "fixed")
    for (const down of [0.1, 0.3, 0.5, 0.7])
      if (!card.contains(at(card, down))) wrong(card, by(at(card, down)));
  return found;
}"""

ON_THE_MAP = """() => {
  const found = [];
  for (const node of document.querySelectorAll(".leaflet-control-zoom a, .toggle")) {
    const { left, top, width, height } = node.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!there || !node.contains(there)) found.push(`${node.textContent.trim()} is covered`);
  }
  return found;
}"""


def opened(visit: Visit, query: str, sign: str) -> Page:
    page = visit.page
    page.goto(f"{visit.server.url}/{query}")
    page.locator(sign).first.wait_for(state="attached")
    if page.locator(MAP_FRAME).count():
        ready = page.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"]')
        ready.wait_for(state="attached")
    settled(page)
    return page


def zoom(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=size)


def faults(where: Page | Frame, script: str) -> list[str]:
    """What is wrong once page or map have taken up the window's new size."""
    try:
        where.wait_for_function(f"() => ({script})().length === 0", polling=200)
    except TimeoutError:
        found: list[str] = where.evaluate(script)
        return found
    return []


def map_faults(frame: Frame) -> list[str]:
    """What is out of reach on the map, with its list of layers closed and open."""
    found = faults(frame, ON_THE_MAP)
    frame.locator(".atlas-layers .toggle").click()
    last = frame.locator(".atlas-layers input").last
    last.scroll_into_view_if_needed()
    last.hover(trial=True)
    frame.locator(".atlas-layers .toggle").click()
    return found


@pytest.mark.parametrize("name", first_of(PAGES, 2))
def test_zoomed_nothing_is_cut_or_covered(open_visit: OpenVisit, name: str) -> None:
    visit = open_visit(viewport={"width": 720, "height": 450})
    page = opened(visit, *PAGES[name])
    told = {}
    for zoomed, size in ZOOMED.items():
        zoom(page, size)
        told[zoomed] = faults(page, FAULTS)
        if page.locator(MAP_FRAME).count():
            told[zoomed] += map_faults(map_frame(page))
    assert not any(nonempty(told.values())), told
    visit.assert_clean()
