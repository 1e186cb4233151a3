"""The map and the panel with some 1,500 records: what is too many to draw singly is counted."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Frame, expect

from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.formats.standalone import html
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from tests.browser.conftest import OpenVisit, Serve
from tests.browser.harness import (
    MAP_FRAME,
    open_map,
    pill,
    settled,
    shown,
    shown_after,
    wait_for_data,
)
from tests.browser.server import ROOT, Server

FLOWS = 700
"""No two between the same states in the same direction: each is a line of its own."""
EVENTS = 700
AT_ONE_PLACE = 300
MOST_TO_CHOOSE = 100
"""Buttons of a list on the map; what it leaves out, it says."""

Data = dict[str, Any]


def _read(path: Path) -> Data:
    content: Data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _all(folder: Path) -> list[Data]:
    return [_read(path) for path in sorted(folder.glob("*.yml"))]


def _write(folder: Path, record: Data, number: int) -> None:
    record = record | {
        "id": f"{record['id']}-{number}",
        "title": f"{record['title'][:100]} {number}",
    }
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
    (folder / f"{record['id']}.yml").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Many:
    """The app with a large dossier.

    Attributes
    ----------
    server : Server
    folder : Path
    themes : collections.Counter of str
        How many records each theme has.
    total : int
        How many there are.
    crowded : tuple of float
        Latitude and longitude of the place where `AT_ONE_PLACE` events and more happened.
    """

    server: Server
    folder: Path
    themes: Counter[str]
    total: int
    crowded: tuple[float, float]


@pytest.fixture(scope="module")
def many(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Many:
    """Copies of the project's own records, sent between other states and to other places."""
    folder = tmp_path_factory.mktemp("many") / "dossier"
    shutil.copytree(ROOT / "annotations" / "russia-iran", folder)
    (folder / "coverage.yml").unlink()  # it would have to name every copy
    states = [actor["id"] for actor in _all(folder / "actors") if actor["type"] == "state"]
    cities = [place for place in _all(folder / "places") if place["type"] == "city"]
    crowded = cities[0]
    pairs: Iterator[tuple[str, str]] = permutations(states, 2)
    flows, events = _all(folder / "flows"), _all(folder / "events")
    for number in range(FLOWS):
        flow = {**flows[number % len(flows)]}
        for end in ("from_place", "to_place"):
            flow.pop(end, None)
        flow["from"], flow["to"] = next(pairs)
        flow.pop("actors", None)
        _write(folder / "flows", flow, number)
    for number in range(EVENTS):
        place = crowded if number < AT_ONE_PLACE else cities[number % len(cities)]
        _write(folder / "events", events[number % len(events)] | {"places": [place["id"]]}, number)
    kinds = ("alliances", "corridors", "events", "flows", "indicators", "presences", "relations")
    records = [record for kind in (*kinds, "statements") for record in _all(folder / kind)]
    themes = Counter(theme for record in records for theme in record["themes"])
    return Many(serve(folder), folder, themes, len(records), (crowded["lat"], crowded["lon"]))


def _count(frame: Frame, selector: str) -> int:
    return frame.locator(selector).count()


@pytest.mark.sweep
def test_not_all_lines_are_drawn_and_the_map_says_so(many: Many, open_visit: OpenVisit) -> None:
    visit = open_visit(server=many.server)
    frame = open_map(visit)
    assert shown(frame) == many.total
    said = re.fullmatch(
        r"([\d,]+) of ([\d,]+) lines drawn, the most firmly claimed: filter or zoom in",
        frame.locator(".atlas-cap").inner_text(),
    )
    assert said
    drawn, there = (int(number.replace(",", "")) for number in said.groups())
    assert drawn == frame.evaluate("() => atlas.lines.crowd.canvas.lines.length")
    assert drawn < there <= FLOWS + 200

    # Few enough to be drawn one by one.
    pill(visit.page, "layer", "Corridors").click()
    shown_after(frame, many.total)
    expect(frame.locator(".atlas-cap")).to_have_count(0)
    expect(frame.locator("#map_div path.leg:not(.hit)")).not_to_have_count(0)
    expect(frame.locator(".leaflet-crowd-pane canvas")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_a_page_opened_from_disk_draws_as_many(
    many: Many, browser: Browser, tmp_path: Path
) -> None:
    atlas = data.load(many.folder)
    path = tmp_path / "briefing.html"
    path.write_bytes(html(atlas, compose(atlas, Brief(screen=Screen(), extent="world"))))
    page = browser.new_page()
    page.goto(path.as_uri())
    expect(page.locator('#map_div[data-ready="true"]')).to_be_attached()
    expect(page.locator(".atlas-cap")).to_contain_text("lines drawn")
    page.close()


@pytest.mark.sweep
def test_line_under_the_pointer_can_be_chosen(many: Many, open_visit: OpenVisit) -> None:
    visit = open_visit(server=many.server)
    frame = open_map(visit, "?layer=flows")
    assert _count(frame, "#map_div path.flow") == 0
    spot = frame.evaluate(
        """() => {
          const { map, crowd: { canvas } } = atlas.lines;
          const { scale } = canvas;
          for (const { course: [part] } of canvas.lines.toReversed()) {
            for (let i = 0; i < part.length; i += 2) {
              const at = L.point(part[i], part[i + 1]).multiplyBy(scale);
              const { x, y } = map.layerPointToContainerPoint(at.subtract(map.getPixelOrigin()));
              const there = document.elementFromPoint(x, y);
              if (there?.closest(".leaflet-land-pane, #map_div") && !there.closest(
                ".leaflet-marker-icon, .leaflet-control, .atlas-legend")) return [x, y];
            }
          }
          return null;
        }"""
    )
    assert spot
    box = visit.page.locator(MAP_FRAME).bounding_box()
    assert box is not None
    x, y = box["x"] + spot[0], box["y"] + spot[1]
    visit.page.mouse.move(x - 3, y)
    visit.page.mouse.move(x, y)
    expect(frame.locator("#map_div path.flow:not(.casing)")).to_have_count(1)
    visit.page.mouse.click(x, y)
    expect(frame.locator(".leaflet-popup")).to_be_visible()
    visit.assert_clean()


@pytest.mark.sweep
def test_records_of_one_place_open_a_list(many: Many, open_visit: OpenVisit) -> None:
    visit = open_visit(server=many.server)
    lat, lon = many.crowded
    frame = open_map(visit, f"?layer=events&view={lat:.2f},{lon:.2f},9")
    ring = frame.locator(".ring")
    number = max(int(text) for text in ring.locator("span").all_inner_texts())
    assert number > AT_ONE_PLACE
    most = ring.filter(has_text=str(number))
    assert str(most.get_attribute("aria-label")).endswith(f": {number} records")
    most.click()
    popup = frame.locator(".atlas-popup.choice")
    expect(popup.locator(".kicker")).to_have_text(f"{number} records here")
    expect(popup.locator("button")).to_have_count(MOST_TO_CHOOSE)
    expect(popup).to_contain_text(f"and {number - MOST_TO_CHOOSE} more: filter, or use the list")
    button = popup.locator("button").first
    title = button.inner_text()
    button.click()
    expect(visit.page.locator(".atlas-card h2")).to_have_text(title)
    settled(visit.page)
    wait_for_data(frame, "select", visit.query["select"][0])
    assert _count(frame, ".ring.selected") == 1
    visit.assert_clean()


@pytest.mark.sweep
def test_filter_counts_what_it_lets_pass(many: Many, open_visit: OpenVisit) -> None:
    visit = open_visit(server=many.server)
    page, frame = visit.page, open_map(visit)
    pill(page, "theme", "Arms transfers").click()
    expected = many.themes["arms-transfers"]
    assert shown_after(frame, many.total) == expected
    expect(page.locator(".atlas-summary h2 b")).to_have_text(str(expected))
    settled(page)
    assert shown(frame) == expected
    expect(page.locator(".atlas-summary h2 b")).to_have_text(str(expected))

    # The list counts all of them, but writes rows only where the reader looks.
    heads = page.locator(".atlas-list h3").all_inner_texts()
    assert sum(int(head.split("(")[1].rstrip(")")) for head in heads) == expected
    rows = page.locator(".atlas-list a[data-select]")
    assert 0 < rows.count() < expected
    unseen = page.locator(".atlas-list ul:empty")
    before = unseen.count()
    unseen.last.scroll_into_view_if_needed()
    expect(unseen).not_to_have_count(before)
    expect(page.locator(".atlas-list ul").last.locator("a[data-select]")).not_to_have_count(0)
    visit.assert_clean()
