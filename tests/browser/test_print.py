"""A page on paper: what the present mode shows, with its source and its address."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit, open_map, settled, shown, view
from tests.nonempty import nonempty

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


@pytest.mark.parametrize(
    ("query", "sign"),
    [("corridors", ".corridor-strip"), ("sources", ".atlas-ledger tbody tr:last-child")],
)
def test_other_pages_are_printed_whole(open_visit: OpenVisit, query: str, sign: str) -> None:
    visit = open_visit()
    visit.page.goto(f"{visit.server.url}/{query}")
    last = visit.page.locator(sign).last
    last.wait_for(state="attached")
    if visit.page.locator(MAP_FRAME).count():
        ready = visit.page.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"]')
        ready.wait_for(state="attached")
    settled(visit.page)
    visit.page.locator(".atlas-skip").wait_for(state="attached")  # our script is there
    words = (last.text_content() or "").split()
    text = " ".join(printed(visit))
    assert all(word in text for word in nonempty(words[:3]))
    assert "Source: " in text
    assert f"{visit.server.url}/{query}" in "".join(text.split())
    visit.assert_clean()
