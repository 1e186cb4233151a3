"""The app by keyboard and by ear: names, focus, what is said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import (
    MAP_FRAME,
    Visit,
    open_map,
    pill,
    selected,
    settled,
    shown,
    shown_after,
    view,
    wait_for_data,
)
from tests.nonempty import nonempty

FOCUSED = """() => {
  const { activeElement: node } = document;
  if (!document.hasFocus() || node === document.body) return null;
  const name = node.getAttribute("aria-label") || node.textContent.trim();
  return [name, node.getAttribute("role") || node.tagName];
}"""

RING = r".+: \d+ (record|chokepoint)s?( and \d+ chokepoints?)?"

DRAWN_AND_UNREACHED = """() => {
  const { scene, lines, points } = atlas;
  const ofLine = ({ shown }) => shown.map(({ id }) => id);
  const ofPoint = (index) => (scene.points[index].records || []).map((at) => scene.records[at].id);
  const drawn = new Set([...[...lines.on].flatMap(ofLine), ...points.shown.flatMap(ofPoint)]);
  const reached = new Set();
  for (const node of document.querySelectorAll(".leaflet-map-pane [tabindex='0']")) {
    const item = [...lines.on].find(({ main }) => main.getElement() === node);
    const ids = item ? ofLine(item) : (node.atlasPoints || []).flatMap(ofPoint);
    for (const id of ids) reached.add(id);
  }
  return [[...drawn], [...drawn].filter((id) => !reached.has(id))];
}"""
"""Ids of the records that the map draws, and of those among them that Tab does not lead to."""


def wait_for_focus(where: Page | Frame, css: str) -> None:
    """Wait until what the selector names has the focus, in the page or in the map's frame."""
    where.wait_for_function(
        "css => document.hasFocus() && document.activeElement.matches(css)", arg=css
    )


def tabbed(page: Page, frame: Frame, most: int = 300) -> list[tuple[str, str]]:
    """Name and role of all that Tab leads to, from the map on to the end of its frame."""
    frame.locator("#map_div").focus()
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = frame.evaluate(FOCUSED)
        if here is None:
            return found
        found.append(tuple(here))
    raise AssertionError(f"more than {most} stops on the map")


@pytest.mark.sweep
def test_each_record_on_the_map_is_reached_and_named(open_visit: OpenVisit) -> None:
    visit = open_visit()
    frame = open_map(visit, "?theme=war-in-ukraine&view=45,45,3")
    expect(frame.locator("#map_div")).to_have_attribute("role", "region")
    expect(frame.locator("#map_div")).to_have_attribute("aria-label", "Map")
    expect(frame.locator("h1")).to_have_text("Map")
    expect(frame.get_by_role("main")).to_have_count(1)

    stops = tabbed(visit.page, frame)
    assert all(name for name, _ in nonempty(stops)), stops
    # The count that is written on a ring is no name: where, how many, and of what.
    rings = frame.locator(".ring").evaluate_all("all => all.map((ring) => ring.ariaLabel)")
    assert [name for name in nonempty(rings) if not re.fullmatch(RING, name or "")] == []
    names = {name for name, role in stops if role == "button"}
    assert len(names) > 10, "hardly anything is reached"
    # What the map shows and draws: each is called out by name, or counted in a ring or a line.
    drawn = frame.evaluate(DRAWN_AND_UNREACHED)
    assert nonempty(drawn[0])
    assert drawn[1] == []
    visit.assert_clean()


def test_a_card_opened_by_keyboard_has_the_focus_and_escape_gives_it_back(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    symbol = frame.locator(".symbol[data-record]:not([data-record*=':'])").first
    record = symbol.get_attribute("data-record") or ""
    symbol.focus()
    page.keyboard.press("Enter")
    wait_for_focus(page, f'.atlas-card[data-card="{record}"]')
    expect(page).to_have_url(re.compile(f"select={record}"))
    expect(frame.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for_focus(frame, f'.symbol[data-record="{record}"]')
    expect(page.locator(".atlas-card")).to_have_count(0)
    wait_for_data(frame, "select", "")
    assert "select" not in visit.query

    # In the map's frame, where the focus stays on what was opened.
    line = frame.locator(".stop[aria-label^='Flow: ']").first
    name = line.get_attribute("aria-label") or ""
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-card h2")).to_have_text(name.removeprefix("Flow: ").split(",")[0])
    page.keyboard.press("Escape")
    wait_for_focus(frame, f'.stop[aria-label="{name}"]')
    expect(page.locator(".atlas-card")).to_have_count(0)

    # From the list, and closed by the card's own button.
    settled(page)
    link = page.locator(".atlas-list a[data-select]").nth(3)
    thing = link.get_attribute("data-select")
    link.focus()
    page.keyboard.press("Enter")
    wait_for_focus(page, f'.atlas-card[data-card="{thing}"]')
    page.locator(".atlas-card a.close").focus()
    page.keyboard.press("Enter")
    wait_for_focus(page, f'.atlas-list a[data-select="{thing}"]')
    expect(page.locator(".atlas-card")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_a_card_opened_with_the_mouse_is_closed_by_escape(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    page.locator(".atlas-list a[data-select]").nth(2).click()
    expect(page.locator(".atlas-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".atlas-card")).to_have_count(0)
    wait_for_focus(page, ".atlas-list a[data-select]")
    settled(page)
    frame.locator(".leaflet-control-attribution").click()
    page.locator(".atlas-list a[data-select]").nth(2).click()
    expect(page.locator(".atlas-card")).to_be_visible()
    frame.locator("#map_div").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".atlas-card")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_arrows_pan_and_a_ring_opens_with_the_focus_within_it(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    before = view(frame)
    frame.locator("#map_div").focus()
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("lon => atlas.map.getCenter().lng > lon + 1", arg=before.lon)
    ring = frame.locator(".ring").first
    inside = ring.evaluate("node => node.atlasPoints")
    ring.focus()
    middle = view(frame)
    page.keyboard.press("ArrowLeft")
    frame.wait_for_function("lon => atlas.map.getCenter().lng < lon - 1", arg=middle.lon)
    frame.locator(".ring:focus").wait_for()
    zoom = view(frame).zoom
    frame.evaluate("() => { window.ring = document.activeElement; }")
    page.keyboard.press("Enter")
    frame.wait_for_function("zoom => !ring.isConnected && atlas.map.getZoom() > zoom", arg=zoom)
    # The ring is gone. What was in it has the focus: a smaller ring of it, or a symbol.
    frame.wait_for_function(
        "inside => document.activeElement.atlasPoints?.every((one) => inside.includes(one))",
        arg=inside,
    )
    visit.assert_clean()


@pytest.mark.sweep
def test_a_list_of_records_is_gone_through_and_given_up(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    line = frame.locator(".stop[aria-label*=' records on one line: ']").first
    name = line.get_attribute("aria-label") or ""
    line.focus()
    page.keyboard.press("Enter")
    wait_for_focus(frame, ".choice button")
    page.keyboard.press("Escape")
    wait_for_focus(frame, f'.stop[aria-label="{name}"]')
    page.keyboard.press("Enter")
    wait_for_focus(frame, ".choice button")
    first = frame.locator(".choice button").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-card h2")).to_have_text(first)
    wait_for_focus(page, ".atlas-card")
    assert selected(frame)
    visit.assert_clean()


def test_layers_are_opened_and_closed_by_keyboard(visit: Visit) -> None:
    frame = open_map(visit, "?select=actor:IRN")
    page = visit.page
    button = frame.locator(".atlas-layers .toggle")
    button.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("group", name="Layers drawn on the map")).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.get_by_role("group", name="Layers drawn on the map")).to_be_hidden()
    wait_for_focus(frame, ".atlas-layers .toggle")
    expect(page.locator(".atlas-card")).to_be_visible()
    visit.assert_clean()


def test_a_changed_count_is_said_once(visit: Visit) -> None:
    frame = open_map(visit)
    page = visit.page
    said = page.locator("#atlas-announced")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_have_text("")
    page.evaluate(
        """() => {
          window.heard = [];
          const node = document.querySelector("#atlas-announced");
          new MutationObserver(() => window.heard.push(node.textContent))
            .observe(node, { childList: true, characterData: true, subtree: true });
        }"""
    )
    before = shown(frame)
    pill(page, "theme", "Trade corridors").click()
    after = shown_after(frame, before)
    settled(page)
    page.locator(".atlas-list a[data-select]").first.click()
    expect(page.locator(".atlas-card")).to_be_visible()
    settled(page)
    assert page.evaluate("() => window.heard") == [f"{after} of {before} records shown"]
    expect(page.locator(MAP_FRAME)).to_be_visible()
    visit.assert_clean()
