"""The map page's address in a browser: what it asks for is shown, what is done is written to it."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import (
    MAP_FRAME,
    Visit,
    drag,
    open_map,
    pill,
    selected,
    settled,
    shown,
    shown_after,
    view,
    wait_for_data,
)


@pytest.mark.sweep
def test_theme_in_the_address_filters(visit: Visit) -> None:
    everything = shown(open_map(visit))
    frame = open_map(visit, "?theme=trade-corridors")
    assert 0 < shown(frame) < everything
    expect(pill(visit.page, "theme", "Trade corridors")).to_have_attribute("aria-pressed", "true")
    visit.assert_clean()


def test_link_brings_another_reader_to_the_same_screen(visit: Visit, open_visit: OpenVisit) -> None:
    frame = open_map(visit)
    before = shown(frame)
    pill(visit.page, "theme", "Arms transfers").click()
    shown_after(frame, before)
    settled(visit.page)
    link = visit.page.locator(".atlas-list a[data-select]").first
    record = link.get_attribute("data-select")
    assert record
    link.click()
    wait_for_data(frame, "select", record)
    settled(visit.page)
    view(frame)
    drag(visit, -70, 30)
    where = view(frame)

    other = open_visit()
    other_frame = open_map(other, visit.page.url.removeprefix(f"{visit.server.url}/"))
    assert shown(other_frame) == shown(frame)
    assert selected(other_frame) == selected(frame) == record
    assert view(other_frame) == where
    expect(other.page.locator(".atlas-card h2")).to_have_text(
        visit.page.locator(".atlas-card h2").inner_text()
    )
    visit.assert_clean()
    other.assert_clean()


@pytest.mark.sweep
def test_reload_keeps_the_screen(visit: Visit) -> None:
    frame = open_map(visit, "?theme=arms-transfers&theme=red-sea")
    drag(visit, 60, 60)
    before, where = shown(frame), view(frame)
    address = visit.page.url
    again = open_map(visit, address.removeprefix(f"{visit.server.url}/"))
    assert (shown(again), view(again), visit.page.url) == (before, where, address)
    visit.assert_clean()


def test_pan_is_written_to_the_address_and_sends_nothing(visit: Visit) -> None:
    frame = open_map(visit)
    before, sent = shown(frame), visit.websocket_sent
    drag(visit, 120, 50)
    where = view(frame)
    lat, lon, zoom = (float(part) for part in visit.query["view"][0].split(","))
    assert (lat, lon, zoom) == (where.lat, where.lon, where.zoom)
    assert visit.websocket_sent == sent
    # A message that comes late would come before the answer to the next click.
    pill(visit.page, "theme", "Red Sea").click()
    shown_after(frame, before)
    settled(visit.page)
    assert visit.websocket_sent == sent + 1
    assert visit.query["view"] == [f"{lat:.2f},{lon:.2f},{zoom:g}"]
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("way", ["address", "button"])
def test_present_mode_shows_the_map_alone(visit: Visit, way: str) -> None:
    button = visit.page.locator(".st-key-present-button button:visible")
    open_map(visit, "?present=1" if way == "address" else "")
    if way == "button":
        button.click()
    sidebar = visit.page.locator('[data-testid="stSidebar"]')
    panel = visit.page.locator(".st-key-atlas-panel")
    expect(sidebar).to_be_hidden()
    expect(panel).to_be_hidden()
    expect(visit.page.locator(MAP_FRAME)).to_be_visible()
    expect(visit.page.locator("h1")).to_be_visible()
    expect(visit.page.locator(".atlas-sources")).to_be_in_viewport()
    settled(visit.page)
    assert visit.query["present"] == ["1"]

    button.click()
    expect(sidebar).to_be_visible()
    expect(panel).to_be_visible()
    settled(visit.page)
    assert "present" not in visit.query
    visit.assert_clean()


NONSENSE = (
    {
        "actor": "<script>alert(1)</script>",
        "select": '"><script>alert(1)</script>',
        "view": "1,2,3);alert(1",
        "from": "abc",
        "to": "9999-99",
        "layer": "",
        "status": "\0",
        "verdict": "\N{COLLISION SYMBOL}",
    },
    {
        "theme": ["a", "b"],
        "select": "nope",
        "view": "999,999,99",
        "from": "2024-01",
        "to": "1990",
        "alliance": "nato",
        "present": "2",
        "basemap": "yes",
    },
)
"""Each parameter is read by itself (in test_address.py of the atlas): many go into one address."""


def test_nonsense_in_the_address_gives_the_default_screen(visit: Visit) -> None:
    frame = open_map(visit)
    usual = shown(frame), selected(frame), view(frame)
    assert usual[0] > 0 and usual[1] == ""
    for parameters in NONSENSE:
        frame = open_map(visit, f"?{urlencode(parameters, doseq=True)}")
        assert (shown(frame), selected(frame), view(frame)) == usual
        expect(visit.page.locator('[data-testid="stSidebar"]')).to_be_visible()
        expect(visit.page.locator(".atlas-card")).to_have_count(0)
        visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("words", ["<img src=x onerror=alert(1)>", "x" * 5000])
def test_any_words_in_the_address_are_searched_for(visit: Visit, words: str) -> None:
    frame = open_map(visit, f"?{urlencode({'q': words})}")
    assert shown(frame) == 0
    at = view(frame)
    assert -85 <= at.lat <= 85
    assert -180 <= at.lon <= 180
    assert 1 <= at.zoom <= 12
    visit.assert_clean()
