"""A briefing in one file, opened from disk with the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.formats.standalone import html
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief, KeyPoint, Style

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Reader:
    """A page opened from disk, and all that happened on it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_clean(self, path: Path) -> None:
        """Only the file itself was read, and nothing went wrong."""
        fetched = [url for url in self.requests if not url.startswith("data:")]
        assert fetched == [path.as_uri()]
        assert self.errors == []


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(data.ENVIRONMENT, raising=False)
        return data.load()


def written(atlas: Atlas, folder: Path, **options: object) -> tuple[Path, Sheet]:
    sheet = compose(atlas, Brief(**options), "http://here")  # type: ignore[arg-type]
    path = folder / "briefing.html"
    path.write_bytes(html(atlas, sheet))
    return path, sheet


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Give a function that opens a file with the network off and waits for its map."""
    contexts = []

    def open_(path: Path, viewport: dict[str, int] = WIDE) -> Reader:
        context = browser.new_context(viewport=viewport, reduced_motion="reduce")
        contexts.append(context)
        context.set_offline(True)
        reader = Reader(context.new_page())
        page = reader.page
        page.on("request", lambda request: reader.requests.append(request.url))
        page.on("pageerror", lambda error: reader.errors.append(str(error)))
        page.on("console", lambda message: reader.errors.append(message.text))
        page.on("dialog", lambda dialog: (reader.errors.append("a dialog"), dialog.dismiss()))
        page.goto(path.as_uri())
        page.locator('#map_div[data-ready="true"][data-shown]').wait_for(state="attached")
        return reader

    yield open_
    for context in contexts:
        context.close()


CORRIDORS = Screen(filters=Filters(theme=("trade-corridors",)), alliance=("brics",))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_map_is_drawn_with_the_network_off(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader], viewport: dict[str, int]
) -> None:
    path, sheet = written(atlas, tmp_path, screen=CORRIDORS, extent="eurasia")
    reader = open_file(path, viewport)
    page = reader.page
    expect(page.locator("h1")).to_have_text(sheet.title)
    assert page.locator("path.country").count() > 200
    assert page.locator("path.country.member").count() == len(sheet.fills)
    assert page.locator("path.line.leg").count() > 20
    assert page.locator(".leaflet-marker-icon").count() > 3
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(sheet.borders)
    expect(page.locator("details[data-record]")).to_have_count(len(sheet.records))
    inside = page.evaluate(
        """() => {
          const [[south, west], [north, east]] = atlas.update.extent;
          return atlas.map.getBounds().contains([[south, west], [north, east]]);
        }"""
    )
    assert inside
    assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
    family = page.evaluate("document.fonts.check('600 14px \"Source Sans\"')")
    assert family
    reader.assert_clean(path)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_entry_of_the_list_and_line_on_the_map_lead_to_each_other(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader], viewport: dict[str, int]
) -> None:
    path, _ = written(atlas, tmp_path, screen=CORRIDORS, extent="eurasia")
    reader = open_file(path, viewport)
    page = reader.page
    entry = page.locator('details[data-record="instc-agreement-2000"]')
    entry.locator("summary").click()
    expect(entry).to_have_attribute("open", "")
    popup = page.locator(".leaflet-popup .title")
    expect(popup).to_have_text(entry.locator("summary .title").inner_text())
    expect(page.locator("#map_div")).to_have_attribute("data-select", "instc-agreement-2000")

    flow = page.locator('[data-layer="flows"] details').first
    record = flow.get_attribute("data-record")
    page.evaluate(
        """(id) => {
          const { group } = atlas.lines.byRecord.get(id)[0];
          const at = atlas.lines.byRecord.get(id)[0].main.getCenter();
          group.getLayers().at(-1).fire("click", { latlng: at, originalEvent: new Event("click") });
        }""",
        record,
    )
    expect(flow).to_have_attribute("open", "")
    expect(entry).not_to_have_attribute("open", "")
    expect(flow.locator("summary")).to_be_in_viewport()

    # By keyboard: Escape closes the entry, and the focus stays where it was opened.
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("details[open]")).to_have_count(0)
    expect(entry.locator("summary")).to_be_focused()
    reader.assert_clean(path)


def test_subject_that_is_switched_off_goes_from_map_legend_and_list(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader]
) -> None:
    path, sheet = written(atlas, tmp_path, extent="middle-east")
    reader = open_file(path)
    page = reader.page
    legend = page.locator(".atlas-legend")
    shown = page.locator("details[data-record]:visible")
    expect(shown).to_have_count(len(sheet.records))
    expect(legend).to_contain_text("Arms transfers")
    lines = page.locator("path.line").count()
    page.get_by_role("checkbox", name="Arms transfers").uncheck()
    expect(legend).not_to_contain_text("Arms transfers")
    left = shown.count()
    assert left < len(sheet.records)
    expect(page.locator("#map_div")).to_have_attribute("data-shown", str(left))
    assert page.locator("path.line").count() < lines
    page.get_by_role("checkbox", name="Arms transfers").check()
    expect(shown).to_have_count(len(sheet.records))
    expect(page.locator("path.line")).to_have_count(lines)
    reader.assert_clean(path)


@pytest.mark.sweep
def test_layer_that_is_switched_off_goes_from_map_and_legend(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader]
) -> None:
    path, _ = written(atlas, tmp_path, screen=CORRIDORS, extent="eurasia")
    reader = open_file(path)
    page = reader.page
    expect(page.locator(".atlas-legend")).to_contain_text("Rail")
    page.locator(".atlas-layers .toggle").click()
    page.locator('.atlas-layers input[value="corridors"]').uncheck()
    expect(page.locator("path.line.leg")).to_have_count(0)
    expect(page.locator(".atlas-legend")).not_to_contain_text("Rail")
    assert page.url == path.as_uri()
    reader.assert_clean(path)


def test_hostile_words_run_nothing(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader]
) -> None:
    words = '<script>alert(1)</script></script><!-- "><img src=x onerror=alert(1)> {{7*7}} \u2028'
    path, sheet = written(
        atlas,
        tmp_path,
        screen=Screen(filters=Filters(theme=("red-sea",)), select="houthi-attacks-red-sea"),
        extent="red-sea",
        style=Style.DARK,
        title=words,
        subtitle=words,
        points=(KeyPoint(words),),
    )
    reader = open_file(path)
    page = reader.page
    expect(page.locator("h1")).to_have_text(sheet.title)
    expect(page.locator(".points li")).to_have_text(sheet.points[0].text)
    assert page.locator("img").count() == 0
    # What is selected is pointed at, and the map opens where the briefing looks all the same.
    selected = page.locator('details[data-record="houthi-attacks-red-sea"]')
    expect(selected).to_have_attribute("open", "")
    expect(page.locator(".leaflet-popup .title")).to_have_text(
        selected.locator("summary .title").inner_text()
    )
    reader.assert_clean(path)


@pytest.mark.sweep
def test_view_survives_another_size_of_the_window(
    atlas: Atlas, tmp_path: Path, open_file: Callable[..., Reader]
) -> None:
    path, _ = written(atlas, tmp_path, screen=CORRIDORS, extent="eurasia")
    reader = open_file(path)
    page = reader.page
    page.evaluate("() => { atlas.map.setView([25, 56], 6, { animate: false }); }")
    page.set_viewport_size({"width": 1200, "height": 700})
    # Not `wait_for_function`: that asks by text, which the file's policy forbids.
    fits = page.evaluate(
        """async () => {
          const box = document.querySelector("#map_div");
          for (let frame = 0; frame < 600 && atlas.map.getSize().x !== box.clientWidth; frame++) {
            await new Promise(requestAnimationFrame);
          }
          return atlas.map.getSize().x === box.clientWidth;
        }"""
    )
    assert fits
    assert page.evaluate("atlas.map.getZoom()") == 6
    reader.assert_clean(path)
