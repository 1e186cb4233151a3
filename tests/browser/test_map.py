"""The map page in a browser: what a reader and a presenter do with it."""

import re
from urllib.parse import urlencode, urlsplit

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
from tests.nonempty import nonempty

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


@pytest.mark.sweep
def test_theme_in_the_address_filters(visit: Visit) -> None:
    everything = shown(open_map(visit))
    frame = open_map(visit, "?theme=trade-corridors")
    assert 0 < shown(frame) < everything
    expect(pill(visit.page, "theme", "Trade corridors")).to_have_attribute("aria-pressed", "true")
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
