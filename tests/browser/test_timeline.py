"""The timeline page in a browser: select, brush, step, play, and what stands in the address."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import (
    MAP_FRAME,
    Visit,
    open_map,
    pill,
    settled,
    shown,
    shown_after,
    wait_for_data,
)

RECORD = "irn-rus-shahed-drones"


def mark(page: Page, record: str) -> Locator:
    """A record's mark in the bands."""
    return page.locator(f'.atlas-timeline a[data-select="{record}"]')


def brush(page: Page, first: float, last: float) -> None:
    """Drag over the strip, between two shares of its width."""
    strip = page.locator(".st-key-atlas-timeline-strip [role='graphics-document']").first
    box = strip.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + first * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + last * box["width"], y, steps=8)
    page.mouse.up()


def button(page: Page, name: str) -> Locator:
    """A button above the strip."""
    return page.locator(f".st-key-timeline-{name} button:visible")


def test_every_record_stands_in_its_band(visit: Visit) -> None:
    frame = open_map(visit, "timeline")
    expect(visit.page.locator(".atlas-timeline a[data-select]")).to_have_count(shown(frame))
    expect(visit.page.locator(".st-key-atlas-timeline-strip")).to_be_visible()
    expect(visit.page.locator(MAP_FRAME)).to_be_in_viewport()
    expect(visit.page.locator(".atlas-timeline-axis")).to_contain_text("as of 31 January 2024")
    assert visit.query == {}
    visit.assert_clean()


def test_click_selects_in_one_run(visit: Visit) -> None:
    frame = open_map(visit, "timeline")
    frame.evaluate("() => { window.kept = 'kept'; }")
    sent = visit.websocket_sent
    mark(visit.page, RECORD).click(position={"x": 30, "y": 7})
    wait_for_data(frame, "select", RECORD)
    expect(visit.page.locator(".atlas-card h2")).to_have_text("Iranian Shahed drones for Russia")
    expect(mark(visit.page, RECORD)).to_have_attribute("aria-current", "true")
    settled(visit.page)
    assert visit.query["select"] == [RECORD]
    assert visit.page.url.partition("?")[0].endswith("/timeline")
    assert visit.websocket_sent == sent + 1
    assert frame.evaluate("() => window.kept") == "kept"

    visit.page.go_back()
    wait_for_data(frame, "select", "")
    expect(visit.page.locator(".atlas-card")).to_have_count(0)
    visit.assert_clean()


def test_keyboard_selects(visit: Visit) -> None:
    frame = open_map(visit, "timeline")
    mark(visit.page, RECORD).focus()
    visit.page.keyboard.press("Enter")
    wait_for_data(frame, "select", RECORD)
    visit.assert_clean()


def test_brush_filters_the_map_in_one_run_and_back_undoes_it(visit: Visit) -> None:
    frame = open_map(visit, "timeline")
    before, sent = shown(frame), visit.websocket_sent
    brush(visit.page, 0.62, 0.75)
    after = shown_after(frame, before)
    settled(visit.page)
    assert 0 < after < before
    assert visit.query["from"] == ["2023-01"]
    assert visit.query["to"] == ["2023-07"]
    assert visit.websocket_sent == sent + 1
    # All stay in the bands, to read the span against.
    expect(visit.page.locator(".atlas-timeline a[data-select]")).to_have_count(before)

    visit.page.go_back()
    assert shown_after(frame, after) == before
    visit.page.go_forward()
    assert shown_after(frame, before) == after
    settled(visit.page)
    button(visit.page, "all").click()
    assert shown_after(frame, after) == before
    settled(visit.page)
    assert "from" not in visit.query
    visit.assert_clean()


def test_span_goes_along_to_the_map_page_and_back(visit: Visit) -> None:
    frame = open_map(visit, f"timeline?theme=arms-transfers&from=2023-01&select={RECORD}")
    count = shown(frame)
    query = {key: values for key, values in visit.query.items() if key != "view"}
    pages = visit.page.locator(".st-key-atlas-nav")
    pages.get_by_role("link", name="Map").click()
    expect(visit.page.locator(".atlas-timeline")).to_have_count(0)
    expect(visit.page.locator(".atlas-list a[data-select]")).to_have_count(count)
    settled(visit.page)
    assert {key: visit.query[key] for key in query} == query
    pages.get_by_role("link", name="Timeline").click()
    expect(mark(visit.page, RECORD)).to_have_attribute("aria-current", "true")
    settled(visit.page)
    assert {key: visit.query[key] for key in query} == query
    visit.assert_clean()


@pytest.mark.sweep
def test_card_on_the_map_leads_to_the_timeline(visit: Visit) -> None:
    open_map(visit, f"?select={RECORD}")
    visit.page.locator(".atlas-card").get_by_text("since September 2022", exact=True).click()
    expect(mark(visit.page, RECORD)).to_have_attribute("aria-current", "true")
    settled(visit.page)
    assert visit.query["select"] == [RECORD]
    visit.assert_clean()


def test_steps_go_on_and_back(visit: Visit) -> None:
    frame = open_map(visit, "timeline?from=2023-12&to=2023-12")
    before = shown(frame)
    button(visit.page, "on").click()
    on = shown_after(frame, before)
    settled(visit.page)
    assert (visit.query["from"], visit.query["to"]) == (["2024-01"], ["2024-01"])
    button(visit.page, "back").click()
    assert shown_after(frame, on) == before
    visit.assert_clean()


@pytest.mark.sweep
def test_play_stops_by_itself_and_ends_in_the_address(visit: Visit) -> None:
    frame = open_map(visit, "timeline?from=2024-02&to=2024-02")
    before = shown(frame)
    play = button(visit.page, "play")
    expect(play).to_have_text("play_arrowPlay")
    play.click()
    expect(play).to_have_text("pausePause")
    assert visit.query["from"] == ["2024-02"], "no step of a play fills the history"
    expect(play).to_have_text("play_arrowPlay", timeout=30_000)
    visit.page.wait_for_url(re.compile(r"[?&]from=2024-05\b"))
    settled(visit.page)
    assert visit.query["from"] == visit.query["to"] == ["2024-05"]
    assert shown(frame) != before
    sent = visit.websocket_sent
    visit.page.wait_for_timeout(1500)  # longer than a step
    assert visit.websocket_sent == sent
    visit.assert_clean()


def test_play_can_be_paused(visit: Visit) -> None:
    open_map(visit, "timeline?from=2022-01&to=2022-01")
    play = button(visit.page, "play")
    play.click()
    words = visit.page.locator(".st-key-atlas-timeline-controls .atlas-timeline-words b")
    expect(words).to_have_text("March 2022", timeout=20_000)
    play.click()
    expect(play).to_have_text("play_arrowPlay")
    # The button says so at once; the address takes the step with the answer.
    visit.page.wait_for_url(re.compile(r"[?&]from=2022-0[3-6]\b"))
    settled(visit.page)
    assert visit.query["to"] == visit.query["from"]
    visit.assert_clean()


@pytest.mark.sweep
def test_filters_of_the_sidebar_apply(visit: Visit) -> None:
    frame = open_map(visit, "timeline")
    before = shown(frame)
    pill(visit.page, "theme", "Red Sea").click()
    after = shown_after(frame, before)
    expect(visit.page.locator(".atlas-timeline a[data-select]")).to_have_count(after)
    settled(visit.page)
    assert visit.query["theme"] == ["red-sea"]
    visit.assert_clean()


@pytest.mark.sweep
def test_link_brings_another_reader_to_the_same_page(open_visit: OpenVisit) -> None:
    visit = open_visit()
    frame = open_map(visit, f"timeline?theme=arms-transfers&from=2023-10&select={RECORD}")
    expect(mark(visit.page, RECORD)).to_have_attribute("aria-current", "true")
    expect(visit.page.locator(".st-key-atlas-timeline-controls")).to_contain_text(
        f"from October 2023 · {shown(frame)} records"
    )
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("query", ["from=abc&to=9999&select=nope", "from=2024-01&to=1990"])
def test_nonsense_in_the_address_does_no_harm(visit: Visit, query: str) -> None:
    frame = open_map(visit, f"timeline?{query}")
    expect(visit.page.locator(".atlas-timeline a[data-select]")).to_have_count(shown(frame))
    expect(visit.page.locator(".atlas-card")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_nothing_found_says_so(visit: Visit) -> None:
    assert shown(open_map(visit, "timeline?q=no-such-words-anywhere")) == 0
    expect(visit.page.get_by_text("No dated record passes the filters.")).to_be_visible()
    visit.assert_clean()


@pytest.mark.sweep
def test_table_can_be_downloaded(visit: Visit) -> None:
    frame = open_map(visit, "timeline?from=2023-10")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == shown(frame)
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_label_lies_on_another(open_visit: OpenVisit, size: tuple[int, int]) -> None:
    visit = open_visit(viewport={"width": size[0], "height": size[1]})
    open_map(visit, "timeline")
    overlaps = visit.page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(
            ".atlas-timeline a > span, .atlas-timeline-axis span, .atlas-timeline-axis b")]
            .filter((e) => getComputedStyle(e).clipPath === "none")
            .map((e) => [e.textContent, e.getBoundingClientRect()])
            .filter(([, b]) => b.width > 0);
          const edge = document.querySelector(".atlas-timeline .plot").getBoundingClientRect();
          const bad = boxes.filter(([, b]) => b.left < edge.left - 1 || b.right > edge.right + 1)
            .map(([text]) => `cut: ${text}`);
          for (const [i, [text, a]] of boxes.entries()) {
            for (const [other, b] of boxes.slice(i + 1)) {
              if (a.left < b.right - 1 && b.left < a.right - 1
                  && a.top < b.bottom - 2 && b.top < a.bottom - 2) bad.push(`${text} | ${other}`);
            }
          }
          return bad;
        }"""
    )
    assert overlaps == []
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    assert not visit.page.evaluate(too_wide)
    visit.assert_clean()
