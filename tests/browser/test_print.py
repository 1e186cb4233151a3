"""A page on paper: what the present mode shows, with its source and its address."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit, map_frame, open_map, settled, shown, view
from tests.nonempty import nonempty
from tests.sweeps import first_of

A4_ACROSS = (842, 595)
"""Points of an A4 sheet that lies."""


def printed(visit: Visit) -> list[str]:
    """Print the page as a reader's browser would, and give the text of each sheet."""
    pdf = visit.page.pdf(prefer_css_page_size=True, print_background=False)
    sheets = nonempty(PdfReader(io.BytesIO(pdf)).pages)
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4_ACROSS
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_a_map_is_one_sheet_with_all_that_explains_it(visit: Visit) -> None:
    frame = open_map(visit, "?actor=RUS&view=40,45,3.5")
    before = view(frame)
    title = visit.page.locator(".atlas-title h1").inner_text()
    legend = frame.locator(".atlas-legend li").first.text_content() or ""
    # As it will be, in the sheet's size; and it is so at once, since a browser waits for nothing.
    sizes = visit.page.evaluate(
        """css => {
          const { map } = document.querySelector(css).contentWindow.atlas;
          window.atlasPrint(true);
          const { clientWidth, clientHeight } = map.getContainer();
          const { x, y } = map.getSize();
          return [[x, y], [clientWidth, clientHeight]];
        }""",
        MAP_FRAME,
    )
    assert sizes[0] == sizes[1]
    rings = [text for text in frame.locator(".ring span").all_inner_texts() if len(text) > 1]
    visit.page.evaluate("() => window.atlasPrint(false)")
    count = shown(frame)
    sheet, *others = printed(visit)
    assert others == []
    for said in (title, legend.strip(), f"{count} of ", "actors: Russia", "Source: "):
        assert said in sheet, said
    address = "".join(sheet.split())
    assert visit.page.url.split("?")[0] in address
    assert "actor=RUS" in address
    assert all(ring in sheet for ring in nonempty(rings))
    for hidden in ("Filters", "Reset", "Brief this view", "Records shown"):
        assert hidden not in sheet, hidden
    # Printing changes nothing on the screen.
    expect(visit.page.locator(".atlas-printing")).to_have_count(0)
    expect(visit.page.locator('[data-testid="stSidebar"]')).to_be_visible()
    assert view(frame) == before
    visit.assert_clean()


PAGES = {
    "timeline": ("timeline", ".atlas-timeline h2", "Timeline"),
    "alliances": ("alliances", ".atlas-matrix tbody tr", "Alliances"),
    "corridors": ("corridors", ".corridor-strip", "Corridors"),
    "actors": ("actors?actor=IRN", ".actor-lists h3", "Actors"),
    "who supports whom": ("actors?show=matrix", ".actors-matrix tbody tr", "Actors"),
    "briefing": ("briefing", '[data-testid="stImage"] img', ""),
    "search": ("search?ask=Su-35", ".atlas-search .group h2", ""),
    "sources": ("sources", ".atlas-ledger tbody tr", "Sources"),
}
"""By name: address, what is printed last of it, and how the sheet calls the page."""

WITH_A_MAP = ("timeline", "alliances", "corridors")

ON_PAPER = """() => {
  const [r, g, b] = getComputedStyle(document.querySelector("h1")).color.match(/\\d+/g).map(Number);
  const grounds = ["html", "body", ".stApp", '[data-testid="stAppViewContainer"]'];
  const strip = document.querySelector(".st-key-atlas-timeline-strip svg.marks");
  return {
    dark_words: Math.max(r, g, b) < 100,
    grounds: grounds.map((css) => getComputedStyle(document.querySelector(css)).backgroundColor),
    over: [...document.querySelectorAll('[data-testid="stColumn"]')]
      .filter((column) => column.scrollWidth > column.clientWidth + 1)
      .map(({ textContent }) => textContent.slice(0, 40)),
    strip: strip && [
      Math.round(strip.getBoundingClientRect().width),
      Math.round(document.querySelector(".atlas-timeline .plot").getBoundingClientRect().width),
    ],
  };
}"""


@pytest.mark.parametrize("name", first_of(PAGES))
def test_other_pages_are_printed_whole_and_light(open_visit: OpenVisit, name: str) -> None:
    query, sign, called = PAGES[name]
    visit = open_visit(color_scheme="dark")
    page = visit.page
    page.goto(f"{visit.server.url}/{query}")
    page.locator(sign).last.wait_for(state="attached")
    if name in WITH_A_MAP:
        ready = page.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"]')
        ready.wait_for(state="attached")
        page.frame_locator(MAP_FRAME).locator('html[data-theme="dark"]').wait_for(state="attached")
    if name == "timeline":
        page.locator(".st-key-atlas-timeline-strip svg.marks").wait_for()
    settled(page)
    page.locator(".atlas-skip").wait_for(state="attached")  # our script is there
    words = (page.locator(sign).last.text_content() or "").split()
    text = " ".join(printed(visit))
    assert not words or words[0] in text, words
    for said in ("Source: ", called):
        assert said in text, said
    assert f"{visit.server.url}/{query}" in "".join(text.split())
    for hidden in ("Brief this view", "Download", "Choose a file", "Filters", "Skip to"):
        assert hidden not in text, hidden

    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate(ON_PAPER)
    assert seen["dark_words"]
    assert set(nonempty(seen["grounds"])) == {"rgba(0, 0, 0, 0)"}
    assert seen["over"] == []
    if name == "timeline":
        width, beneath = seen["strip"]
        assert abs(width - beneath) <= 2
    if name in WITH_A_MAP:
        frame = map_frame(page)
        for printing, theme in ((True, "light"), (False, "dark")):
            page.evaluate("printing => window.atlasPrint(printing)", printing)
            assert frame.locator("html").get_attribute("data-theme") == theme
    visit.assert_clean()
