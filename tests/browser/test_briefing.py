"""The briefing page in a browser: from any page to a file, with that page's state."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect

from dashboard.sheet.spec import FRAMES
from tests.browser.conftest import OpenVisit
from tests.browser.harness import Visit, drag, open_map, settled, view
from tests.sweeps import first_of

SHEET = '[class*="st-key-briefing-sheet"] [data-testid="stImage"] img'

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}} שלום 🚀'


def open_briefing(visit: Visit, query: str = "") -> None:
    """Go to the briefing page and wait until it shows the sheet."""
    visit.server.assert_running()
    visit.page.goto(f"{visit.server.url}/briefing{query}")
    wait_for_sheet(visit.page)


def wait_for_sheet(page: Page) -> str:
    """Wait until the page has drawn its sheet; gives the picture's address."""
    expect(page.locator(SHEET)).to_be_visible(timeout=60_000)
    settled(page)
    page.wait_for_function(
        "sheet => document.querySelector(sheet)?.complete && !!document.querySelector(sheet).width",
        arg=SHEET,
    )
    return page.locator(SHEET).get_attribute("src") or ""


def brief(page: Page) -> None:
    """Press the button in the title row."""
    page.locator("a.atlas-brief").click()
    page.wait_for_url("**/briefing*")
    wait_for_sheet(page)


def save(page: Page, label: str) -> Download:
    """Press a format's button and wait for its file."""
    with page.expect_download(timeout=90_000) as waiting:
        page.locator(".st-key-briefing-exports").get_by_role(
            "button", name=label, exact=True
        ).click()
    return waiting.value


@pytest.mark.parametrize(
    ("path", "expected", "title"),
    first_of(
        [
            ("?theme=red-sea", {"theme": ["red-sea"]}, "Red Sea"),
            ("timeline?to=2022-12", {"of": ["timeline"], "to": ["2022-12"]}, None),
            (
                "alliances?alliance=brics&date=2023-12-31",
                {"of": ["alliances"], "alliance": ["brics"], "date": ["2023-12-31"]},
                "BRICS on 31 December 2023",
            ),
            (
                "corridors?closed=suez-canal",
                {"of": ["corridors"], "closed": ["suez-canal"]},
                None,
            ),
            ("actors?actor=IRN", {"of": ["actors"], "actor": ["IRN"]}, "Iran"),
            (
                "actors?show=matrix&by=RUS&toward=IRN",
                {"of": ["actors"], "show": ["matrix"], "by": ["RUS"], "toward": ["IRN"]},
                "What Russia does to Iran",
            ),
            ("search?ask=drones", {"of": ["search"], "ask": ["drones"]}, None),
            ("sources?show=disputed", {"of": ["sources"], "show": ["disputed"]}, "Disputed claims"),
        ],
        2,
    ),
)
def test_the_button_takes_the_pages_state_along_and_back(
    visit: Visit, path: str, expected: dict[str, list[str]], title: str | None
) -> None:
    page = visit.page
    page.goto(f"{visit.server.url}/{path}")
    expect(page.locator("a.atlas-brief")).to_be_visible(timeout=30_000)
    settled(page)
    brief(page)
    query = visit.query
    query.pop("bbox", None)
    assert query == expected
    if title:
        expect(page.get_by_label("Title", exact=True)).to_have_value(title)
    page.locator("#briefing-back").click()
    page.wait_for_url(lambda url: "/briefing" not in url)
    settled(page)
    own = {key: values for key, values in expected.items() if key != "of"}
    assert visit.query == own
    visit.assert_clean()


def test_a_map_that_was_moved_is_briefed_where_it_looks(visit: Visit) -> None:
    frame = open_map(visit, "?theme=red-sea")
    page = visit.page
    drag(visit, -120, 60)
    moved = view(frame)
    page.wait_for_url("**view=*")
    west, south, east, north = frame.evaluate(
        """() => {
          const s = atlas.legend.sight();
          return [s.getWest(), s.getSouth(), s.getEast(), s.getNorth()];
        }"""
    )
    brief(page)
    assert visit.query["extent"] == ["view"]
    bounds = [float(part) for part in visit.query["bbox"][0].split(",")]
    assert bounds == pytest.approx([west, south, east, north], abs=0.01)
    page.locator("#briefing-back").click()
    page.wait_for_url(lambda url: "/briefing" not in url)
    settled(page)
    frame = open_map(visit, page.url.partition("/?")[2] and f"?{page.url.partition('/?')[2]}")
    assert view(frame) == moved
    visit.assert_clean()


def test_back_leads_to_the_page_it_came_from(visit: Visit) -> None:
    open_map(visit, "?theme=red-sea")
    brief(visit.page)
    visit.page.go_back()
    visit.page.wait_for_url(lambda url: "/briefing" not in url)
    assert visit.query == {"theme": ["red-sea"]}
    visit.assert_clean()


def test_the_preview_follows_each_choice_in_one_run(visit: Visit) -> None:
    open_briefing(visit, "?theme=red-sea")
    page = visit.page
    before = wait_for_sheet(page)
    wide = page.locator(SHEET).bounding_box()
    sent = visit.websocket_sent
    page.locator(".st-key-briefing-frame button").filter(has_text="A4 upright").click()
    expect(page.locator(SHEET)).not_to_have_attribute("src", before, timeout=60_000)
    wait_for_sheet(page)
    upright = page.locator(SHEET).bounding_box()
    assert wide and upright
    assert wide["width"] > wide["height"]
    assert upright["height"] > upright["width"]
    assert visit.query["frame"] == ["a4-portrait"]
    assert visit.websocket_sent == sent + 1

    title = page.get_by_label("Title", exact=True)
    title.fill("Ships under fire")
    before = wait_for_sheet(page)
    title.press("Control+Enter")
    expect(page.locator(SHEET)).not_to_have_attribute("src", before, timeout=60_000)
    expect(page.locator(SHEET)).to_have_attribute("alt", "Preview: Ships under fire")
    assert visit.query["title"] == ["Ships under fire"]
    page.go_back()
    expect(title).to_have_value("Red Sea")
    visit.assert_clean()


def test_a_picture_is_saved_by_one_click(visit: Visit, tmp_path: Path) -> None:
    open_briefing(visit, "?theme=red-sea")
    download = save(visit.page, "PNG")
    assert download.suggested_filename.startswith("russia-iran_red-sea_16x9_")
    download.save_as(tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as picture:
        picture.load()
        assert picture.format == "PNG"
        assert picture.size == (2560, 1440)
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 50, "something is drawn"
    expect(visit.page.locator(".briefing-saved")).to_contain_text(download.suggested_filename)
    visit.assert_clean()


def test_records_are_saved_as_a_table(visit: Visit) -> None:
    open_briefing(visit, "?theme=history")
    content = Path(save(visit.page, "CSV").path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert rows
    again = save(visit.page, "GeoJSON")
    assert again.suggested_filename.endswith(".geojson")
    visit.assert_clean()


@pytest.mark.sweep
def test_a_deck_tells_how_far_it_is(visit: Visit) -> None:
    open_briefing(visit, "?actor=houthis")
    page = visit.page
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name="Deck by theme").click()
        expect(page.locator('[data-testid="stProgress"]')).to_be_visible(timeout=30_000)
    assert waiting.value.suggested_filename.endswith(".pptx")
    assert "all-themes" in waiting.value.suggested_filename
    expect(page.locator('[data-testid="stProgress"]')).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_an_empty_view_is_refused_and_leads_back(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.server.url}/briefing?q=zzzz")
    empty = page.locator(".briefing-empty")
    expect(empty).to_contain_text("No record passes the filters (text: “zzzz”)", timeout=30_000)
    expect(page.locator(".st-key-briefing-exports")).to_have_count(0)
    empty.get_by_role("link", name="Brief the whole dossier").click()
    wait_for_sheet(page)
    assert visit.query == {}
    visit.assert_clean()


@pytest.mark.sweep
def test_hostile_words_stay_words(visit: Visit) -> None:
    open_briefing(visit, "?theme=red-sea")
    page = visit.page
    for label in ("Title", "Subtitle"):
        field = page.get_by_label(label, exact=True)
        before = wait_for_sheet(page)
        field.fill(HOSTILE)
        field.press("Control+Enter")
        expect(page.locator(SHEET)).not_to_have_attribute("src", before, timeout=60_000)
    expect(page.locator(SHEET)).to_have_attribute("alt", f"Preview: {HOSTILE}")
    assert page.locator("img[src='x']").count() == 0
    download = save(page, "SVG")
    text = Path(download.path()).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "onerror" not in text or "&lt;" in text
    assert download.suggested_filename.isascii()
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "size", [(1440, 900), (1920, 1080), (390, 844)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_the_sheet_is_seen_whole(open_visit: OpenVisit, size: tuple[int, int]) -> None:
    visit = open_visit(viewport={"width": size[0], "height": size[1]})
    for frame in ("16:9", "a4-portrait"):
        open_briefing(visit, f"?theme=red-sea&frame={frame}")
        box = visit.page.locator(SHEET).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
        assert box["width"] > 0.4 * min(size)
        shape = FRAMES[frame].width / FRAMES[frame].height
        assert box["width"] / box["height"] == pytest.approx(shape, rel=0.02), "not distorted"
        wide = visit.page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= size[0]
    visit.assert_clean()
