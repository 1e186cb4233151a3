"""The corridors page in a browser: what an analyst asks of it."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Visit, open_map, pill, settled, shown, wait_for_data

DETOURS = ".leaflet-pane path.line.detour"
STRIPS = ".corridor-strip"


def measure(page: Page, label: str) -> list[str]:
    """Cells of one row of the comparison."""
    row = page.locator(".corridors-table.sides tbody tr").filter(
        has=page.locator("th", has_text=label)
    )
    return row.first.locator("td").all_inner_texts()


def pressed(page: Page, widget: str) -> list[str]:
    return page.locator(f'.st-key-{widget} button[aria-pressed="true"]').all_inner_texts()


def test_opens_with_one_route_of_each_corridor(visit: Visit) -> None:
    frame = open_map(visit, "corridors")
    page = visit.page
    assert pressed(page, "corridors-route") == ["INSTC western", "Suez route", "Cape route"]
    assert pressed(page, "corridors-closed") == []
    expect(page.locator(STRIPS)).to_have_count(3)
    assert measure(page, "Length") == ["6,756 km", "14,187 km", "22,576 km"]
    expect(page.locator(STRIPS).first).to_contain_text("162–170 km published, 154 km as drawn")
    assert shown(frame) == 4  # three corridors, and the attacks
    expect(frame.locator(DETOURS)).to_have_count(0)
    visit.assert_clean()


def test_closing_a_strait_reroutes_in_one_run_and_back_undoes_it(visit: Visit) -> None:
    frame = open_map(visit, "corridors")
    page = visit.page
    frame.evaluate("() => { window.kept = 'kept'; }")
    sent = visit.websocket_sent
    pill(page, "corridors-closed", "Suez Canal").click()
    expect(frame.locator(DETOURS)).to_have_count(1)
    expect(page.locator(STRIPS).nth(1)).to_contain_text("+8,182 km")
    settled(page)
    assert "22,368 km" in measure(page, "With the Suez Canal closed")[1]
    assert visit.query == {"closed": ["suez-canal"]}
    assert visit.websocket_sent == sent + 1
    assert frame.evaluate("() => window.kept") == "kept"

    page.go_back()
    expect(frame.locator(DETOURS)).to_have_count(0)
    expect(page.locator(".corridors-table .closed")).to_have_count(0)
    settled(page)
    assert "closed" not in visit.query
    assert pressed(page, "corridors-closed") == []
    visit.assert_clean()


def test_opens_from_a_link_with_all_its_state(visit: Visit) -> None:
    query = (
        "corridors?route=instc.eastern&route=suez-route.suez"
        "&closed=strait-of-hormuz&closed=bab-el-mandeb&select=suez-route"
    )
    frame = open_map(visit, query)
    page = visit.page
    assert pressed(page, "corridors-route") == ["INSTC eastern", "Suez route"]
    assert pressed(page, "corridors-closed") == ["Bab el-Mandeb", "Strait of Hormuz"]
    wait_for_data(frame, "select", "suez-route")
    expect(page.locator(".atlas-card")).to_contain_text("Suez route St Petersburg")
    expect(page.locator(f"{STRIPS}.lost")).to_contain_text("no way by sea remains")
    expect(frame.locator(DETOURS)).to_have_count(1)
    visit.assert_clean()


@pytest.mark.sweep
def test_nonsense_in_the_address_is_passed_over(visit: Visit) -> None:
    open_map(visit, "corridors?route=moon&closed=%3Cb%3E&closed=cape-of-good-hope&select=x")
    assert len(pressed(visit.page, "corridors-route")) == 3
    assert pressed(visit.page, "corridors-closed") == []
    visit.assert_clean()


def test_routes_are_chosen(visit: Visit) -> None:
    frame = open_map(visit, "corridors")
    page = visit.page
    drawn = "() => document.querySelectorAll('path.line.leg.mode-rail:not(.casing, .ties)').length"
    before = frame.evaluate(drawn)
    sent = visit.websocket_sent
    pill(page, "corridors-route", "INSTC eastern").click()
    expect(page.locator(STRIPS)).to_have_count(4)
    frame.wait_for_function(f"before => ({drawn})() > before", arg=before)
    settled(page)
    assert visit.websocket_sent == sent + 1
    assert visit.query["route"] == [
        "instc.western",
        "instc.eastern",
        "suez-route.suez",
        "cape-route.cape",
    ]
    for left, name in enumerate(("Cape route", "Suez route", "INSTC eastern", "INSTC western")):
        pill(page, "corridors-route", name).click()
        expect(page.locator(STRIPS)).to_have_count(3 - left)
        settled(page)
    expect(page.get_by_text("Choose at least one route.")).to_be_visible()
    pill(page, "corridors-route", "INSTC central: Olya – Amirabad").click()
    expect(page.locator(STRIPS)).to_have_count(1)
    settled(page)
    assert visit.query["route"] == ["instc.central.olya.amirabad"]
    visit.assert_clean()


def test_threat_is_selected_here_and_closed_again(visit: Visit) -> None:
    frame = open_map(visit, "corridors")
    page = visit.page
    page.locator(".corridors-table.sides").get_by_text("Houthi attacks on shipping").click()
    wait_for_data(frame, "select", "houthi-attacks-red-sea")
    card = page.locator(".atlas-card")
    expect(card.locator("h2")).to_have_text("Houthi attacks on shipping in the Red Sea")
    settled(page)
    assert visit.query["select"] == ["houthi-attacks-red-sea"]
    card.locator("a.close").click()
    expect(card).to_have_count(0)
    wait_for_data(frame, "select", "")
    visit.assert_clean()


@pytest.mark.parametrize(
    ("select", "words", "strips"),
    [("instc", "Compare routes", 5), ("place:suez-canal", "Close it", 3)],
)
def test_cards_of_the_map_lead_here(visit: Visit, select: str, words: str, strips: int) -> None:
    open_map(visit, f"?select={select}")
    visit.page.locator(".atlas-card").get_by_text(words, exact=True).click()
    expect(visit.page.locator(STRIPS)).to_have_count(strips)
    settled(visit.page)
    assert "/corridors" in visit.page.url
    visit.assert_clean()


@pytest.mark.sweep
def test_everything_that_is_drawn_is_in_sight(visit: Visit) -> None:
    frame = open_map(visit, "corridors")
    frame.wait_for_function(
        """() => window.atlas.map.getBounds().contains(L.latLngBounds(window.atlas.address.extent))
          && window.atlas.map.getSize().y === document.documentElement.clientHeight"""
    )
    # Symbols that stand alone are drawn as well.
    expect(frame.locator('.symbol[data-record="place:gibraltar"]')).to_be_attached()
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "query", ["corridors", "corridors?closed=suez-canal&route=instc.eastern&route=suez-route"]
)
def test_no_name_lies_on_another_or_outside(visit: Visit, query: str) -> None:
    open_map(visit, query)
    for width in (1440, 1000, 390):
        visit.page.set_viewport_size({"width": width, "height": 900})
        names_have_room(visit.page, width)
    visit.assert_clean()


def names_have_room(page: Page, width: int) -> None:
    """No name of a strip lies on another or outside, and nothing is wider than the page."""
    over = page.evaluate(
        """() => [...document.querySelectorAll(".corridor-strip .names")].flatMap((names) => {
          const boxes = [...names.querySelectorAll("span")].map((span) => {
            const { left, right, top, bottom } = span.getBoundingClientRect();
            return { text: span.textContent, left, right, top, bottom };
          });
          const page = document.documentElement.clientWidth;
          const bad = boxes.filter(({ left, right }) => left < 0 || right > page);
          for (const [i, a] of boxes.entries()) {
            for (const b of boxes.slice(0, i)) {
              const across = a.left < b.right && b.left < a.right;
              const down = a.top < b.bottom && b.top < a.bottom;
              if (across && down) bad.push([a.text, b.text]);
            }
          }
          return bad;
        })"""
    )
    assert over == []
    assert (
        page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    )


@pytest.mark.sweep
def test_tables_are_downloaded(visit: Visit) -> None:
    open_map(visit, "corridors")
    with visit.page.expect_download() as waiting:
        visit.page.locator(".st-key-corridors-download-legs button").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    [gap] = [row for row in rows if row["status"] == "gap"]
    assert gap["km_published"] == "162–170"
    assert {row["route"] for row in rows} == {"instc.western", "suez-route.suez", "cape-route.cape"}
    visit.assert_clean()
