"""The map page in a browser: what a reader and a presenter do with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import (
    APP,
    MAP_FRAME,
    Visit,
    bare_spot,
    drag,
    free_symbol,
    map_element,
    open_map,
    pill,
    selected,
    settled,
    shown,
    shown_after,
    view,
    wait_for_data,
)

FILTERS = ("q", "actor", "theme", "from", "to", "alliance", "layer", "status", "verdict", "reset")
"""Keys of the sidebar's widgets."""

MOST_FOR_A_FILTER = 10_000
"""Bytes that the app may send when a filter changes."""


def test_default_screen_is_whole_and_asks_nothing_of_others(visit: Visit) -> None:
    frame = open_map(visit)
    assert shown(frame) > 0
    assert selected(frame) == ""
    expect(visit.page.locator(".atlas-summary")).to_be_visible()
    expect(visit.page.locator(".atlas-card")).to_have_count(0)
    expect(visit.page.locator(".atlas-list a[data-select]")).to_have_count(shown(frame))
    expect(frame.locator(".leaflet-control-attribution")).to_be_visible()
    for part in ('[data-testid="stSidebar"]', MAP_FRAME, ".atlas-summary"):
        box = visit.page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0, part
        assert box["y"] >= 0, part
        assert box["x"] + box["width"] <= 1440, part
        assert box["y"] + box["height"] <= 900, part
    visit.assert_clean()


@pytest.mark.sweep
def test_what_changes_at_one_place_has_no_other_styles_worked_out_anew(visit: Visit) -> None:
    """A rule that counts children, or a property that all inherit, makes a click twice as slow."""
    frame = open_map(visit)
    counting = """() => [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
      .filter(({ selectorText }) => selectorText?.includes(":nth-child"))
      .map(({ selectorText }) => selectorText)"""
    assert frame.evaluate(counting) == []
    expect(frame.locator("#map_div2")).to_be_hidden()
    height = "(css) => getComputedStyle(document.querySelector(css)).getPropertyValue('--legend')"
    assert [frame.evaluate(height, css) for css in (":root", ".symbol, .ring")] == ["", ""]
    legend = frame.locator(".atlas-legend").bounding_box()
    scale = frame.locator(".leaflet-control-scale").bounding_box()
    assert legend and scale and scale["y"] + scale["height"] <= legend["y"]
    visit.assert_clean()


def test_filter_click_keeps_frame_and_view_and_costs_little(visit: Visit) -> None:
    frame = open_map(visit)
    drag(visit, 90, 40)
    before, where, element = shown(frame), view(frame), map_element(visit.page)
    frame.evaluate("() => { window.kept = 'kept'; }")
    received = visit.websocket_bytes

    pill(visit.page, "theme", "Trade corridors").click()
    after = shown_after(frame, before)
    settled(visit.page)

    assert 0 < after < before
    assert visit.websocket_bytes - received <= MOST_FOR_A_FILTER
    assert element.evaluate("(e, css) => document.querySelector(css) === e", MAP_FRAME)
    assert frame.evaluate("() => window.kept") == "kept"
    assert view(frame) == where
    assert visit.query["theme"] == ["trade-corridors"]
    expect(visit.page.locator(".atlas-list a[data-select]")).to_have_count(after)

    pill(visit.page, "theme", "Trade corridors").click()
    assert shown_after(frame, after) == before
    settled(visit.page)
    assert "theme" not in visit.query
    visit.assert_clean()


CLICKS = [
    ("theme", "Trade corridors"),
    ("status", "Allegation"),
    ("verdict", "Imprecise"),
    ("layer", "Flows"),
    ("theme", "Arms transfers"),
    ("status", "Allegation"),
    ("alliance", "BRICS"),
    ("layer", "Events"),
    ("layer", "Flows"),
    ("verdict", "Stands"),
]
"""Pills that are pressed and let go in turn, each on top of the last."""


DRAWN = """css => {
  const colour = (one) => one.style.getPropertyValue("--c") || one.style.background;
  const map = document.querySelector(css).contentDocument;
  return [
    [...document.querySelectorAll(".atlas-list :is(h3, a)")]
      .map((one) => [one.textContent, one.className, colour(one)]),
    [...map.querySelectorAll(".symbol, .ring")]
      .map((one) => [one.ariaLabel, colour(one.firstElementChild).trim()])
      .sort(),
  ];
}"""
"""Rows of the list in their order, and symbols on the map, with their looks."""

OFF = """() => {
  const off = [];
  atlas.map.eachLayer((layer) => {
    const { x, y, width, height } = layer._icon?.getBoundingClientRect() ?? {};
    if (width) off.push(atlas.map.latLngToContainerPoint(layer.getLatLng())
      .distanceTo([x + width / 2, y + height / 2]));
  });
  return off;
}"""
"""How far each symbol stands from where its place is, in pixels."""


def test_what_the_browser_foresees_is_what_python_says(visit: Visit) -> None:
    """A click is answered at once by the browser's own rule: it must be the rule of the filters."""
    frame = open_map(visit, "?actor=IRN&from=2022")
    page = visit.page
    # Keeps what was painted at the click, before any message could have come.
    page.evaluate(
        """css => {
          const seen = () => [
            document.querySelector(css).contentDocument.querySelector("#map_div").dataset.shown,
            document.querySelector(".atlas-summary").innerText,
            [...document.querySelectorAll(".atlas-list a")].map((a) => a.dataset.select).join(),
          ];
          window.seen = seen;
          document.addEventListener("click", () => { window.foreseen = seen(); }, true);
        }""",
        MAP_FRAME,
    )
    told = []
    for facet, words in CLICKS:
        pill(page, facet, words).click()
        settled(page)
        foreseen, confirmed = page.evaluate("() => [window.foreseen, window.seen()]")
        assert foreseen == confirmed, (facet, words)
        assert confirmed[0] == str(shown(frame))
        told.append(tuple(confirmed))
    assert len(set(told)) >= 6, "the clicks change nothing"

    # An answer to an earlier click moves nothing on the map; what is taken back is as Python said.
    before, *then = frame.evaluate(
        """() => {
          const { said } = atlas;
          const shown = () => Number(atlas.map.getContainer().dataset.shown);
          const before = shown();
          const nothing = { themes: [], layers: [], alliances: [], places: [] };
          atlas.foresee({ ...nothing, pressed: "layer=another", shown: [0] });
          const foreseen = shown();
          const places = said.places.map((place) => place.replace("place:", "")).join(" ");
          atlas.receive({ ...said, places, countries: said.countries.join(" ") });
          const answered = shown();
          atlas.takeBack();
          return [before, foreseen, answered, shown()];
        }"""
    )
    assert before > 1
    assert then == [1, 1, before]

    # What was left standing through all the clicks is what a new page draws.
    kept = page.evaluate(DRAWN, MAP_FRAME)
    assert min(map(len, kept)) > 1
    frame = open_map(visit, page.url.removeprefix(f"{visit.server.url}/"))
    assert page.evaluate(DRAWN, MAP_FRAME) == kept
    off = frame.evaluate(OFF)
    assert len(off) == len(kept[1])
    assert max(off) <= 1
    visit.assert_clean()


def test_what_the_mouse_rests_on_is_named_with_no_word_to_the_server(visit: Visit) -> None:
    frame = open_map(visit)
    sent, received = visit.websocket_sent, visit.websocket_bytes
    tips = frame.locator(".leaflet-tooltip.atlas")
    _, symbol = free_symbol(frame)
    symbol.hover()
    expect(tips).to_be_visible()
    assert tips.inner_text()
    x, y = bare_spot(frame)
    frame.locator("#map_div").hover(position={"x": x, "y": y})
    expect(tips).to_have_count(0)
    assert (visit.websocket_sent, visit.websocket_bytes) == (sent, received)
    visit.assert_clean()


def test_search_filters_and_reset_leads_back(visit: Visit) -> None:
    frame = open_map(visit)
    before = shown(frame)
    visit.page.get_by_label("Search").fill("Shahed")
    visit.page.get_by_label("Search").press("Enter")
    found = shown_after(frame, before)
    assert 0 < found < before
    settled(visit.page)
    assert visit.query["q"] == ["Shahed"]
    visit.page.locator(".st-key-reset button").click()
    assert shown_after(frame, found) == before
    settled(visit.page)
    assert "q" not in visit.query
    expect(visit.page.get_by_label("Search")).to_have_value("")
    visit.assert_clean()


@pytest.mark.sweep
def test_nothing_found_says_so(visit: Visit) -> None:
    frame = open_map(visit, "?q=no-such-words-anywhere")
    assert shown(frame) == 0
    expect(visit.page.locator(".atlas-summary .empty")).to_be_visible()
    visit.page.locator(".st-key-reset button").click()
    assert shown_after(frame, 0) > 0
    visit.assert_clean()


def test_record_in_the_list_is_selected(visit: Visit) -> None:
    frame = open_map(visit)
    frame.evaluate("() => { window.kept = 'kept'; }")
    link = visit.page.locator(".atlas-list a[data-select]").nth(9)
    record, title = link.get_attribute("data-select"), link.locator(".title").inner_text()
    assert record
    link.click()
    wait_for_data(frame, "select", record)
    card = visit.page.locator(".atlas-card")
    expect(card.locator("h2")).to_have_text(title)
    settled(visit.page)
    assert visit.query["select"] == [record]
    assert frame.evaluate("() => window.kept") == "kept"
    expect(visit.page).to_have_title(re.compile(r".+ · Map · .+"))

    card.locator("a.close").click()
    wait_for_data(frame, "select", "")
    expect(card).to_have_count(0)
    settled(visit.page)
    assert "select" not in visit.query
    expect(visit.page).to_have_title(re.compile(r"Map · .+"))
    visit.assert_clean()


def test_symbol_on_the_map_is_selected(visit: Visit) -> None:
    frame = open_map(visit)
    element = map_element(visit.page)
    frame.evaluate("() => { window.kept = 'kept'; }")
    record, symbol = free_symbol(frame)
    symbol.click()
    wait_for_data(frame, "select", record)
    title = visit.page.locator(f'.atlas-list a[data-select="{record}"] .title').inner_text()
    expect(visit.page.locator(".atlas-card h2")).to_have_text(title)
    settled(visit.page)
    assert visit.query["select"] == [record]
    assert element.evaluate("(e, css) => document.querySelector(css) === e", MAP_FRAME)
    assert frame.evaluate("() => window.kept") == "kept"
    visit.assert_clean()


def test_tab_reaches_every_filter(visit: Visit) -> None:
    open_map(visit)
    missing = set(FILTERS)
    for _ in range(80):
        visit.page.keyboard.press("Tab")
        missing -= set(
            visit.page.evaluate(
                """() => {
                  const names = document.activeElement.closest("[class*='st-key-']")?.classList;
                  return [...(names ?? [])].map((name) => name.replace(/^st-key-/, ""));
                }"""
            )
        )
        if not missing:
            break
    assert missing == set()
    visit.assert_clean()


def test_keyboard_alone_sets_a_filter(visit: Visit) -> None:
    frame = open_map(visit)
    before = shown(frame)
    pill(visit.page, "theme", "Red Sea").focus()
    visit.page.keyboard.press("Enter")
    assert 0 < shown_after(frame, before) < before
    settled(visit.page)
    assert visit.query["theme"] == ["red-sea"]
    visit.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_follows_the_colour_scheme(open_visit: OpenVisit, scheme: str) -> None:
    visit = open_visit(color_scheme=scheme)
    frame = open_map(visit)
    expect(frame.locator("html")).to_have_attribute("data-theme", scheme)
    background = visit.page.locator(APP).evaluate("e => getComputedStyle(e).backgroundColor")
    channels = [int(number) for number in re.findall(r"\d+", background)[:3]]
    assert (sum(channels) / 3 < 128) == (scheme == "dark")
    visit.assert_clean()


def test_phone_can_be_used(open_visit: OpenVisit) -> None:
    visit = open_visit(viewport={"width": 390, "height": 844}, has_touch=True)
    frame = open_map(visit)
    too_wide = """() => [document.documentElement, ...document.querySelectorAll(
        '[data-testid="stMain"], [data-testid="stMainBlockContainer"]')]
      .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.tagName + e.className)"""
    assert visit.page.evaluate(too_wide) == []
    box = visit.page.locator(MAP_FRAME).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert 300 <= box["width"] <= 390
    assert box["y"] < 422, "the map begins in the upper half of the screen"
    assert 300 <= box["height"] <= 760

    link = visit.page.locator(".atlas-list a[data-select]").nth(2)
    record = link.get_attribute("data-select")
    assert record
    link.tap()
    wait_for_data(frame, "select", record)
    expect(visit.page.locator(".atlas-card")).to_be_visible()
    settled(visit.page)
    assert visit.page.evaluate(too_wide) == []

    visit.page.locator('[data-testid="stExpandSidebarButton"]').tap()
    expect(pill(visit.page, "theme", "Red Sea")).to_be_in_viewport()
    visit.assert_clean()


def test_selected_record_that_is_filtered_out_is_explained(visit: Visit) -> None:
    open_map(visit, "?theme=trade-corridors&select=irn-rus-shahed-drones")
    expect(visit.page.locator(".atlas-hidden")).to_be_visible()
    expect(visit.page.locator(".atlas-card h2")).to_be_visible()
    visit.assert_clean()


def test_an_open_card_does_not_travel_with_a_filter(visit: Visit) -> None:
    """With the card of an alliance sent again, a filter would cost more than it may."""
    frame = open_map(visit, "?select=sco")
    expect(visit.page.locator(".atlas-card")).to_be_visible()
    before = shown(frame)
    already = visit.websocket_bytes
    pill(visit.page, "theme", "Trade corridors").click()
    shown_after(frame, before)
    settled(visit.page)
    expect(visit.page.locator(".atlas-card h2")).to_contain_text("Shanghai")
    assert 0 < visit.websocket_bytes - already <= MOST_FOR_A_FILTER
    visit.assert_clean()
