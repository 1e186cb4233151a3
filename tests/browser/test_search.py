"""Asking in a browser: from every page, by keyboard, and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit, map_element, open_map, settled
from tests.sweeps import first_of

PAGES = ("", "timeline", "alliances", "corridors", "actors", "sources", "search")


def field(page: Page) -> Locator:
    """The field in the title row."""
    return page.get_by_label("Ask the dossier")


def open_search(visit: Visit, query: str = "") -> Page:
    """Go to the search page and wait until it is drawn."""
    visit.server.assert_running()
    visit.page.goto(f"{visit.server.url}/search{query}")
    expect(visit.page.locator(".atlas-search")).to_be_visible(timeout=30_000)
    settled(visit.page)
    return visit.page


@pytest.mark.parametrize("name", first_of(PAGES))
def test_asked_from_every_page_by_keyboard(visit: Visit, name: str) -> None:
    visit.page.goto(f"{visit.server.url}/{name}")
    expect(field(visit.page)).to_be_visible(timeout=30_000)
    settled(visit.page)
    visit.page.wait_for_function("() => window.atlasFollow")  # the page's script is there
    visit.page.keyboard.press("/")
    expect(field(visit.page)).to_be_focused()
    visit.page.keyboard.type("Ansar Allah")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".atlas-search .title").first).to_have_text("Houthis")
    settled(visit.page)
    assert visit.query == {"ask": ["Ansar Allah"]}
    assert visit.page.url.partition("?")[0].endswith("/search")
    expect(field(visit.page)).to_have_value("Ansar Allah")
    visit.assert_clean()

    visit.page.go_back()
    visit.page.wait_for_url(f"{visit.server.url}/{name}")
    if name != "search":
        expect(visit.page.locator(".atlas-search")).to_have_count(0)


def test_tab_reaches_field_and_results_and_enter_opens(visit: Visit) -> None:
    page = open_search(visit, "?ask=Persia")
    focused = "() => document.activeElement.outerHTML.slice(0, 200)"
    field(page).focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "actor:IRN" in page.evaluate(focused):
            break
    else:
        raise AssertionError("Tab does not reach the first result")
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-card h2")).to_have_text("Iran")
    settled(page)
    assert visit.query == {"select": ["actor:IRN"]}

    page.go_back()
    expect(page.locator(".atlas-search .title").first).to_have_text("Iran")
    expect(field(page)).to_have_value("Persia")
    visit.assert_clean()


def test_asking_again_takes_one_run(visit: Visit) -> None:
    page = open_search(visit, "?ask=Persia")
    sent = visit.websocket_sent
    field(page).fill("Kiev")
    field(page).press("Enter")
    expect(page.locator(".atlas-search .title").first).to_have_text("Ukraine")
    settled(page)
    assert visit.query == {"ask": ["Kiev"]}
    assert visit.websocket_sent == sent + 1

    page.go_back()
    expect(page.locator(".atlas-search .title").first).to_have_text("Iran")
    expect(field(page)).to_have_value("Persia")
    visit.assert_clean()


def test_typo_leads_on(visit: Visit) -> None:
    page = open_search(visit, "?ask=houtis")
    page.locator(".atlas-search .examples a").first.click()
    # What was meant is found already before the click: only the address tells them apart.
    page.wait_for_url(lambda url: "Houthis" in url)
    expect(page.locator(".atlas-search .title").first).to_have_text("Houthis")
    settled(page)
    assert visit.query == {"ask": ["Houthis"]}
    visit.assert_clean()


def test_a_part_that_was_understood_is_clicked_away(visit: Visit) -> None:
    page = open_search(visit, "?ask=who+sanctions+Russia")
    expect(page.locator(".atlas-search li")).to_have_count(3)
    page.get_by_role("link", name="Without: on Russia").click()
    back = page.get_by_role("link", name="+ on Russia")
    expect(back).to_be_visible()
    settled(page)
    assert visit.query == {"ask": ["who sanctions Russia"], "without": ["to:RUS"]}
    expect(field(page)).to_have_value("who sanctions Russia")
    back.click()
    expect(back).to_have_count(0)
    settled(page)
    assert visit.query == {"ask": ["who sanctions Russia"]}
    visit.assert_clean()


@pytest.mark.sweep
def test_one_kind_in_full_and_back(visit: Visit) -> None:
    page = open_search(visit, "?ask=Iran")
    total = page.locator(".atlas-search li").count()
    page.locator(".atlas-search .more").first.click()
    expect(page.locator(".atlas-search .group")).to_have_count(1)
    settled(page)
    assert "kind" in visit.query
    page.get_by_role("link", name="Show all kinds").click()
    expect(page.locator(".atlas-search li")).to_have_count(total)
    visit.assert_clean()


@pytest.mark.sweep
def test_leaving_the_field_asks_nothing(visit: Visit) -> None:
    """Whoever has typed, and then goes on with the map, stays on the map."""
    open_map(visit)
    element = map_element(visit.page)
    sent = visit.websocket_sent
    field(visit.page).fill("half a thought")
    field(visit.page).blur()
    visit.page.locator(".atlas-summary").click()
    settled(visit.page)
    assert visit.websocket_sent == sent
    assert element.evaluate("(e, css) => document.querySelector(css) === e", MAP_FRAME)
    visit.assert_clean()


@pytest.mark.sweep
def test_a_slash_in_a_field_is_a_slash(visit: Visit) -> None:
    open_map(visit)
    box = visit.page.get_by_label("Search")
    box.focus()
    visit.page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    expect(box).to_be_focused()


@pytest.mark.sweep
@pytest.mark.parametrize("query", ["", "?ask=", "?ask=%20&kind=nonsense"])
def test_empty_query_says_what_to_do(visit: Visit, query: str) -> None:
    page = open_search(visit, query)
    expect(page.locator(".atlas-search")).to_contain_text("Type an actor")
    page.locator(".atlas-search .examples a").first.click()
    expect(page.locator(".atlas-search .title").first).to_be_visible()
    visit.assert_clean()


def test_markup_in_the_query_stays_text(visit: Visit) -> None:
    page = open_search(visit, "?ask=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.locator(".atlas-search")).to_contain_text("<img src=x onerror=alert(1)>")
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_cut_off(open_visit: OpenVisit, width: int) -> None:
    visit = open_visit(viewport={"width": width, "height": 844})
    page = open_search(visit, "?ask=Iran")
    across = page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth - e.clientWidth")
    assert across <= 0
    expect(field(page)).to_be_in_viewport()
    visit.assert_clean()
