"""What lies on and beneath the records' symbols: layers, outlines, the online basemap."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.harness import (
    Visit,
    open_map,
    pill,
    settled,
    shown,
    wait_for_data,
)
from tests.nonempty import nonempty


def test_layers_are_switched_with_no_word_to_the_server(visit: Visit) -> None:
    frame = open_map(visit)
    before, records = visit.websocket_sent, shown(frame)
    relations = frame.locator("path.relation:not(.hit)")
    assert relations.count() > 0
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_label("Relations").uncheck()
    expect(relations).to_have_count(0)
    assert shown(frame) == records
    assert visit.query["off"] == ["relations"]
    assert visit.websocket_sent == before

    # It outlives a filter, and a link brings it along.
    pill(visit.page, "theme", "Sanctions").click()
    settled(visit.page)
    expect(relations).to_have_count(0)
    assert visit.query["off"] == ["relations"]
    frame = open_map(visit, "?theme=sanctions&off=relations&off=nonsense")
    relations = frame.locator("path.relation:not(.hit)")
    expect(relations).to_have_count(0)
    frame.get_by_role("button", name="Layers (1 off)").click()
    frame.get_by_label("Relations").check()
    expect(relations).not_to_have_count(0)
    assert "off" not in visit.query
    visit.assert_clean()


@pytest.mark.sweep
def test_finer_outlines_come_with_a_closer_look(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    frame = open_map(visit)
    corners = """() => {
      const land = atlas.areas.byCode.get("NOR").layer.getLatLngs();
      return land.flat(Infinity).length;
    }"""
    before = frame.evaluate(corners)
    assert not any(url.endswith("/countries.outlines") for url in nonempty(asked))
    # A selected symbol is looked at from near by; zooming does it too.
    frame.get_by_role("button", name="Zoom in").click()
    frame.get_by_role("button", name="Zoom in").click()
    wait_for_data(frame, "fine", "true")
    assert frame.evaluate(corners) > 1.3 * before
    assert sum(url.endswith("/countries.outlines") for url in asked) == 1
    assert frame.locator("path.country").count() == 241

    # A link that looks closely has them from the start.
    frame = open_map(visit, "?view=35.7,51.4,6")
    wait_for_data(frame, "fine", "true")
    visit.assert_clean()


@pytest.mark.sweep
def test_borders_that_stay_coarse_are_said_to(visit: Visit) -> None:
    frame = open_map(visit)
    visit.page.route("**/countries.outlines", lambda route: route.abort())
    zoom_in = frame.get_by_role("button", name="Zoom in")
    zoom_in.click()
    note = frame.get_by_role("status")
    expect(note).to_contain_text("Finer borders did not load")
    visit.page.unroute("**/countries.outlines")
    zoom_in.click()
    wait_for_data(frame, "fine", "true")
    expect(note).to_have_count(0)
    assert visit.off_origin == []


@pytest.mark.sweep
def test_online_basemap_is_asked_for_by_hand_alone(visit: Visit) -> None:
    frame = open_map(visit, "?basemap=online&online=1&off=online")
    visit.assert_clean()
    sent = visit.websocket_sent
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_label("Online basemap").check()
    # Nobody answers here: the map says so and keeps its land.
    expect(frame.get_by_role("status")).to_contain_text("cannot be reached")
    assert {urlsplit(url).netloc for url in visit.off_origin} == {"tile.openstreetmap.org"}
    expect(frame.locator(".with-tiles")).to_have_count(0)
    frame.get_by_label("Online basemap").uncheck()
    expect(frame.get_by_role("status")).to_have_count(0)
    assert visit.websocket_sent == sent
    assert "basemap" not in visit.page.url.partition("?")[2].replace("basemap=online", "")
