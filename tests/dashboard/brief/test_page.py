"""The briefing page as a whole, run without a browser: the address in, the page out, and back."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.brief import page as briefing_page
from dashboard.brief.address import read
from dashboard.brief.turns import DECKS, FILES, Turns
from dashboard.formats import paper
from dashboard.formats.format import Order
from dashboard.formats.registry import FORMATS, FormatError
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, LONGEST_TEXT, MOST_POINTS
from dashboard.sheet.words import suggest_title
from tests.dashboard.opening import address, html
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0f01f0005000201ff0f5c"
    "e2a20000000049454e44ae426082"
)


DRAWN = paper.png
"""What draws in truth, beside the tests that leave it out."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """Draws nothing, and keeps what was to be drawn."""
    drawn: list[Sheet] = []

    def png(atlas: Atlas, sheet: Sheet, dpi: float = 192) -> bytes:
        drawn.append(sheet)
        return ONE_PIXEL

    monkeypatch.setattr(paper, "png", png)
    briefing_page._preview.forget(data.load())  # what another test drew
    return drawn


def _page() -> None:
    """The page alone: the app's own main script cannot be sent to a page that is no file."""
    from dashboard.brief import page as briefing_page
    from dashboard.shell.site import Site

    briefing_page.show(Site())


def run_at(**parameters: Any) -> AppTest:
    """Open the page at an address; ``from_`` stands for ``from``."""
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name.rstrip("_")] = value
    app.run()
    assert not app.exception
    return app


def points(app: AppTest) -> list[str]:
    areas = [area for area in app.text_area if (area.key or "").startswith("briefing-point-")]
    return [area.value or "" for area in areas]


def test_the_page_suggests_what_the_sheet_says(atlas: Atlas, quick: list[Sheet]) -> None:
    app = run_at(theme=["copper"])
    sheet = compose(atlas, read({"theme": ["copper"]}, atlas))
    assert app.text_area(key="briefing-title").value == sheet.title
    assert app.text_area(key="briefing-subtitle").value == sheet.subtitle
    assert points(app) == [point.text for point in sheet.points]
    assert [drawn.title for drawn in quick] == [sheet.title]
    assert address(app) == {"theme": ["copper"]}


def test_the_page_shows_the_sheet_itself(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch, quick: list[Sheet]
) -> None:
    """Nothing is left out: what the browser gets is the sheet, at the preview's size."""
    monkeypatch.setattr(paper, "png", DRAWN)
    app = run_at(theme=["copper"], style="dark", frame="4:3")
    assert quick == []
    kind, _, packed = app.get("image")[0].proto.imgs[0].url.partition(",")
    assert kind == "data:image/png;base64"
    content = b64decode(packed)
    sheet = compose(atlas, read({"theme": ["copper"], "style": ["dark"], "frame": ["4:3"]}, atlas))
    with Image.open(io.BytesIO(content)) as image:
        dpi = briefing_page.PREVIEW_DPI
        assert image.size == (10 * dpi, 7.5 * dpi)
        assert image.info["Title"] == sheet.title
        pixels = np.asarray(image.convert("RGB"))
    told = np.asarray(Image.open(io.BytesIO(DRAWN(atlas, sheet, dpi))).convert("RGB"))
    np.testing.assert_array_equal(pixels, told)


def test_each_format_has_its_buttons() -> None:
    app = run_at(theme=["copper"])
    shown = {
        (button.key, button.label, button.help)
        for button in app.button
        if (button.key or "").startswith("briefing-make-")
    }
    wanted = {
        (f"briefing-make-{offer.key}", offer.label, offer.help)
        for format_ in FORMATS.values()
        for offer in format_.offers
    }
    assert len(wanted) > len(FORMATS)
    assert shown == wanted


@pytest.mark.sweep
def test_each_button_makes_the_file_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, int]] = []

    def note(atlas: Atlas, sheets: Any, name: str, dpi: int = 0, progress: Any = None) -> bytes:
        asked.append((name, len(sheets), dpi))
        return ONE_PIXEL

    turns: list[Turns] = []

    @contextmanager
    def turn(line: Turns, what: str) -> Iterator[None]:
        turns.append(line)
        yield

    monkeypatch.setattr(briefing_page, "export", note)
    monkeypatch.setattr(briefing_page, "in_turn", turn)
    app = run_at()
    for format_ in FORMATS.values():
        for offer in nonempty(format_.offers):
            asked.clear()
            app.button(key=f"briefing-make-{offer.key}").click().run()
            assert not app.exception
            ((name, sheets, dpi),) = [
                call for call in asked if call[2] != briefing_page.PREVIEW_DPI
            ]
            assert name == format_.id
            assert (sheets > 1) == offer.themes
            assert turns.pop() is (DECKS if offer.themes else FILES)
            assert offer.themes or dpi == offer.dpi
            made = app.session_state[briefing_page.MADE]
            assert made.name.endswith(format_.suffix)
            assert (offer.told_apart or "16x9") in made.name
            assert made.media_type == format_.media_type


def test_the_widgets_show_what_the_address_says() -> None:
    app = run_at(
        theme=["old-times"], frame="square", extent="world", style="print", projection="conformal",
        labels="0", title="A title", subtitle="", point=["One", "Two"],
    )  # fmt: skip
    for key, value in {
        "frame": "square",
        "extent": "world",
        "style": "print",
        "projection": "conformal",
    }.items():
        assert app.pills(key=f"briefing-{key}").value in (value, [value])
    assert app.pills(key="briefing-show").value == ["legend", "sources"]
    assert app.text_area(key="briefing-title").value == "A title"
    assert app.text_area(key="briefing-subtitle").value == ""
    assert points(app) == ["One", "Two"]


def test_choices_go_to_the_address_and_to_the_sheet(quick: list[Sheet]) -> None:
    app = run_at(theme=["copper"])
    app.pills(key="briefing-frame").set_value("a4-portrait").run()
    assert address(app) == {"theme": ["copper"], "frame": ["a4-portrait"]}
    app.pills(key="briefing-show").set_value(["labels", "sources"]).run()
    assert address(app)["legend"] == ["0"]
    assert not quick[-1].brief.legend
    assert quick[-1].layout.frame == FRAMES["a4-portrait"]


def test_words_stay_suggested_until_they_differ(atlas: Atlas, quick: list[Sheet]) -> None:
    app = run_at(theme=["copper"])
    suggested = suggest_title(atlas, read({"theme": ["copper"]}, atlas))
    app.text_area(key="briefing-title").set_value("Mine").run()
    assert address(app)["title"] == ["Mine"]
    assert quick[-1].title == "Mine"
    app.text_area(key="briefing-title").set_value(f" {suggested} ").run()
    assert "title" not in address(app)
    app.text_area(key="briefing-subtitle").set_value("").run()
    assert address(app)["subtitle"] == [""]
    assert quick[-1].subtitle == ""


def test_points_are_edited_emptied_added_and_suggested_again(
    atlas: Atlas, quick: list[Sheet]
) -> None:
    app = run_at(theme=["copper"])
    before = points(app)
    assert len(before) == MOST_POINTS
    app.text_area(key="briefing-point-1").set_value("My own words").run()
    assert points(app) == [before[0], "My own words", *before[2:]]
    assert quick[-1].points[1].record == quick[0].points[1].record, "its number stays on the map"
    app.text_area(key="briefing-point-0").set_value("").run()
    assert points(app) == ["My own words", *before[2:]]
    app.selectbox[0].set_value(quick[0].points[0].record).run()
    assert points(app) == ["My own words", *before[2:], before[0]]
    app.button(key="briefing-points-reset").click().run()
    assert points(app) == before
    assert "point" not in address(app)


def test_reset_keeps_what_is_shown() -> None:
    app = run_at(of="timeline", theme=["copper"], frame="square", title="T", bbox="10,10,60,40")
    app.button(key="briefing-reset").click().run()
    assert address(app) == {"of": ["timeline"], "theme": ["copper"], "bbox": ["10,10,60,40"]}


def test_the_current_view_is_offered_where_there_is_one() -> None:
    assert "Current view" not in app_options(run_at())
    assert "Current view" in app_options(run_at(bbox="10,10,60,40"))


def app_options(app: AppTest) -> list[str]:
    return list(app.pills(key="briefing-extent").options)


def test_web_mercator_only_on_wish_and_says_why() -> None:
    assert "no scale bar holds" not in html(run_at())
    assert "no scale bar holds" in html(run_at(projection="web-mercator"))


@pytest.mark.parametrize(
    ("parameters", "reason", "way"),
    [
        ({"q": "zzzz"}, "No record passes the filters", "./map?q=zzzz"),
        ({"of": "search", "ask": "zzzz"}, "No record was found for “zzzz”", "./search?ask=zzzz"),
        ({"of": "sources", "show": "unmapped"}, "no record", "./sources?show=unmapped"),
        (
            {"theme": "copper", "bbox": "-80,-20,-70,-10", "extent": "view"},
            "lies within the extent",
            "./briefing?theme=copper&amp;bbox=",
        ),
    ],
)
def test_an_empty_view_is_refused_with_a_way_back(
    quick: list[Sheet], parameters: dict[str, str], reason: str, way: str
) -> None:
    app = run_at(**parameters)
    page = html(app)
    assert "There is nothing to brief" in page
    assert reason in Page(page).text
    assert f'href="{way}' in page
    assert quick == []
    assert not [button for button in nonempty(app.button) if "make" in (button.key or "")]


def test_a_file_is_made_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for name in FORMATS:
        write = FORMATS[name].write

        def count(order: Order, name: str = name, write: Any = write) -> bytes:
            made.append(name)
            return bytes(write(order))

        monkeypatch.setattr(FORMATS[name], "write", count)
    app = run_at(theme=["old-times"])
    assert made == ["png"], "the preview"
    app.button(key="briefing-make-csv").click().run()
    assert not app.exception
    assert made == ["png", "csv"]
    assert "Saved as" in html(app)
    assert "lakes_old-times_16x9" in html(app)
    app.pills(key="briefing-style").set_value("dark").run()
    assert made == ["png", "csv", "png"]
    assert "Saved as" not in html(app), "it was of another sheet"


def test_a_format_that_fails_is_named_and_the_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(atlas: Atlas, sheet: Sheet) -> bytes:
        raise FormatError("<b>disk</b> [full](x)")

    monkeypatch.setattr(paper, "svg", fail)
    app = run_at(theme=["old-times"])
    app.button(key="briefing-make-svg").click().run()
    assert not app.exception
    assert "SVG could not be written" in app.error[0].value
    assert app.button(key="briefing-make-png")


def test_hostile_words_are_text(atlas: Atlas, quick: list[Sheet]) -> None:
    hostile = '"><img src=x onerror=alert(1)>{{7*7}}<script>alert(2)</script>'
    app = run_at(theme=["copper"], title=hostile, point=[hostile, "x" * 9000])
    assert quick[-1].title == hostile
    assert app.text_area(key="briefing-title").value == hostile
    assert len(points(app)[1]) == LONGEST_TEXT
    assert hostile not in html(app)
