"""The actors page in a browser: profile, matrix, and what stands in the address."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import Visit, open_map, selected, settled, wait_for_data

CELL = '.actors-matrix a[data-cell="RUS UKR"]'


def open_actors(visit: Visit, query: str = "") -> Page:
    """Go to the actors page and wait until it is drawn."""
    visit.server.assert_running()
    visit.page.goto(f"{visit.server.url}/actors{query}")
    expect(visit.page.locator(".actor-lists, .st-key-actors-records").first).to_be_visible(
        timeout=30_000
    )
    # Its style sheets and its script come after the page itself.
    visit.page.wait_for_function(
        """() => {
          const value = (e, name) => getComputedStyle(e).getPropertyValue(name);
          const styled = value(document.querySelector(".stApp"), "--rule");
          return window.atlasFollow && styled && value(document.documentElement, "--page");
        }"""
    )
    settled(visit.page)
    return visit.page


def choose(page: Page, name: str) -> None:
    """Choose an actor by its name."""
    field = page.locator(".st-key-actors-actor input")
    field.fill(name)
    page.get_by_role("option", name=name, exact=True).click()


def test_most_named_actor_is_profiled(visit: Visit) -> None:
    page = open_actors(visit)
    expect(page.locator(".actor-head h2")).to_have_text("Russia")
    expect(page.locator(".actor-deals")).to_contain_text("Sends")
    expect(page.locator(".actor-standings")).to_contain_text("BRICS: member")
    expect(page.locator('[data-testid="stVegaLiteChart"]')).to_be_visible(timeout=30_000)
    assert visit.query == {}
    visit.assert_clean()


def test_chosen_actor_stands_in_the_address_after_one_run(visit: Visit) -> None:
    page = open_actors(visit)
    sent = visit.websocket_sent
    choose(page, "Iran")
    expect(page.locator(".actor-head h2")).to_have_text("Iran")
    settled(page)
    assert visit.websocket_sent == sent + 1
    assert visit.query == {"actor": ["IRN"]}

    page.go_back()
    expect(page.locator(".actor-head h2")).to_have_text("Russia")
    visit.assert_clean()


@pytest.mark.sweep
def test_card_on_the_map_leads_to_the_profile(visit: Visit) -> None:
    open_map(visit, "?select=actor:houthis")
    visit.page.locator(".atlas-card").get_by_role("link", name="Full profile").click()
    expect(visit.page.locator(".actor-head h2")).to_have_text("Houthis")
    settled(visit.page)
    assert visit.query == {"actor": ["houthis"]}
    assert visit.page.url.partition("?")[0].endswith("/actors")

    visit.page.go_back()
    expect(visit.page.locator(".atlas-card h2")).to_have_text("Houthis", timeout=30_000)
    assert visit.query == {"select": ["actor:houthis"]}
    visit.assert_clean()


@pytest.mark.sweep
def test_record_leads_to_the_map(visit: Visit) -> None:
    page = open_actors(visit, "?actor=IRN")
    link = page.locator(".actor-deals a[data-select]").first
    record = link.get_attribute("data-select")
    link.click()
    expect(page.locator(".atlas-card")).to_be_visible()
    settled(page)
    assert visit.query["select"] == [record]
    visit.assert_clean()


def test_cell_lists_its_records_after_one_run(visit: Visit) -> None:
    page = open_actors(visit, "?show=matrix")
    cell = page.locator(CELL)
    cell.evaluate("e => { e.kept = true; }")
    sent, received = visit.websocket_sent, visit.websocket_bytes
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".actors-acts h2")).to_contain_text("Russia → Ukraine")
    settled(page)
    assert visit.websocket_sent == sent + 1
    assert visit.websocket_bytes - received < 25_000
    assert visit.query == {"show": ["matrix"], "by": ["RUS"], "toward": ["UKR"]}
    # The table stays as it is: neither place nor focus is lost.
    assert page.locator(CELL).evaluate("e => e.kept && document.activeElement === e")
    expect(page.locator(CELL)).to_have_css("outline-style", "solid")

    link = page.locator(".actors-acts a[data-select]").first
    record = link.get_attribute("data-select")
    link.click()
    expect(page.locator(".atlas-card")).to_be_visible()
    settled(page)
    assert visit.query == {"select": [record]}
    visit.assert_clean()


def test_back_takes_a_choice_back(visit: Visit) -> None:
    page = open_actors(visit, "?show=matrix")
    page.locator(CELL).click()
    expect(page.locator(".actors-acts h2")).to_contain_text("Russia → Ukraine")
    page.go_back()
    expect(page.locator(".actors-acts h2")).to_have_text("How to read it")
    page.locator('.actors-matrix a[data-row="IRN"]').click()
    expect(page.locator(".actors-acts h2").first).to_contain_text("Iran → Russia")
    visit.assert_clean()


def test_view_is_chosen_and_left(visit: Visit) -> None:
    page = open_actors(visit, "?actor=IRN")
    page.get_by_role("radio", name="Who does what to whom").or_(
        page.get_by_role("button", name="Who does what to whom")
    ).first.click()
    expect(page.locator(".actors-matrix")).to_be_visible()
    settled(page)
    assert visit.query == {"actor": ["IRN"], "show": ["matrix"]}
    page.go_back()
    expect(page.locator(".actor-head h2")).to_have_text("Iran")
    visit.assert_clean()


def test_filters_of_the_map_hold_here(visit: Visit) -> None:
    page = open_actors(visit, "?actor=houthis&theme=red-sea")
    expect(page.locator(".actors-filtered")).to_contain_text("themes: Red Sea")
    expect(page.locator(".actor-head .facts")).to_contain_text(" of ")
    page.locator(".actors-filtered a").click()
    expect(page.locator(".actors-filtered")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "query",
    [
        "?actor=nobody&show=nonsense",
        "?show=matrix&by=%3Cscript%3E&toward=IRN%22",
        "?show=matrix&by=IRN&toward=IRN",
        "?actor=&actor=&by=x",
    ],
)
def test_nonsense_does_no_harm(visit: Visit, query: str) -> None:
    open_actors(visit, query)
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("query", ["?actor=IRN", "?show=matrix"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_cut_off(open_visit: OpenVisit, width: int, query: str) -> None:
    visit = open_visit(viewport={"width": width, "height": 900 if width > 400 else 844})
    page = open_actors(visit, query)
    across = page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth - e.clientWidth")
    assert across <= 0
    visit.assert_clean()


def test_matrix_is_whole_on_one_screen(visit: Visit) -> None:
    page = open_actors(visit, "?show=matrix")
    box = page.locator(".actors-matrix").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1440
    assert box["y"] + box["height"] <= 900
    inner = page.locator(".st-key-actors-matrix").evaluate(
        "e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]"
    )
    assert max(inner) <= 1
    visit.assert_clean()


def test_matrix_can_be_had_as_a_table(visit: Visit) -> None:
    page = open_actors(visit, "?show=matrix")
    with page.expect_download() as download:
        page.get_by_role("button", name="Matrix as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["sign"] for row in rows} == {"supports", "opposes"}
    visit.assert_clean()


@pytest.mark.sweep
def test_map_shows_the_actors_records(visit: Visit) -> None:
    page = open_actors(visit, "?actor=houthis")
    page.get_by_role("link", name="Its records on the map").click()
    expect(page.locator(".atlas-card h2")).to_have_text("Houthis")
    frame = open_map(visit, f"?{page.url.partition('?')[2]}")
    wait_for_data(frame, "select", "actor:houthis")
    assert selected(frame) == "actor:houthis"
    assert visit.query["actor"] == ["houthis"]
    visit.assert_clean()
