"""Sheets on paper: of the exact size, with all their words, and nothing over anything else."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.drawing.furniture import INTRODUCTION, LIGHTER
from dashboard.formats import paper
from dashboard.formats.format import PAPER_DPI, SCREEN_DPI
from dashboard.sheet.fitting import Rect
from dashboard.sheet.fonts import clean, width_of, wrap
from dashboard.sheet.layout import for_sheet
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, LONGEST_TEXT, Brief, KeyPoint, Style
from tests.nonempty import nonempty
from tests.sweeps import first_of

BASE = "http://localhost:8501"
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "entities": "Oil & gas &amp; ]]> <!-- -->",
    "template": "{{7*7}} ${7*7} %s {0}",
    "formula": r"$x^2$ \frac{1}{2} \n",
    "long": ("Corridors and seas " * 40)[:LONGEST_TEXT],
    "one word": "W" * LONGEST_TEXT,
    "Arabic": "الشراكة بين روسيا وإيران",
    "Hebrew": "השותפות בין רוסיה לאיראן",
    "Persian": "روابط روسیه و ایران می‌خواهم",
    "emoji": "Iran 😀 👩‍👩‍👧 🚀",
    "many emoji": "😀" * LONGEST_TEXT,
    "no font": "伊朗 俄罗斯",
    "marks": "e\u0301a\u0308 Z\u0335a\u0335 \u200d",
    "control": "a\x00b\x1bc\x7fd\ud800e\ufffef\r\n\tg",
}


def briefing(atlas: Atlas, **wanted: Any) -> Sheet:
    """A sheet of the theme that has the fewest signs, unless asked otherwise."""
    screen = Screen(
        filters=Filters(theme=wanted.pop("theme", ("copper",))),
        alliance=wanted.pop("alliance", ()),
    )
    return compose(atlas, Brief(screen=screen, **wanted), BASE)


def everything(atlas: Atlas, **wanted: Any) -> Sheet:
    """A sheet with the longest legend there is."""
    return briefing(
        atlas, theme=(), alliance=("lake-union", "coast-league", "copper-circle"), **wanted
    )


def blank_map(axes: Axes, atlas: Atlas, sheet: Sheet) -> None:
    """A map without a thing on it."""
    axes.set_axis_off()


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the map, which has tests of its own."""
    monkeypatch.setattr(paper, "draw_map", blank_map)


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def lines_of(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def squeezed(text: str) -> str:
    """Without the spaces, which a break may take away."""
    return re.sub(r"\s", "", text)


def boxes(figure: Figure) -> Iterator[tuple[str, Rect]]:
    """Texts of a figure and where they stand, in inches from the upper left."""
    figure.set_dpi(72)
    renderer = FigureCanvasAgg(figure).get_renderer()
    height = figure.get_figheight()
    for text in figure.findobj(Text):
        if text.get_text():
            box = text.get_window_extent(renderer)
            rect = Rect(box.x0 / 72, height - box.y1 / 72, box.width / 72, box.height / 72)
            yield text.get_text(), rect


def inside(inner: Rect, outer: Rect, by: float = 0.03) -> bool:
    return (
        inner.x >= outer.x - by
        and inner.y >= outer.y - by
        and inner.right <= outer.right + by
        and inner.bottom <= outer.bottom + by
    )


def overlap(one: Rect, other: Rect, by: float) -> bool:
    return (
        min(one.right, other.right) - max(one.x, other.x) > by
        and min(one.bottom, other.bottom) - max(one.y, other.y) > by
    )


# Size


@pytest.mark.parametrize(
    ("frame", "dpi"),
    first_of([("a4-portrait", PAPER_DPI), *((frame, SCREEN_DPI) for frame in FRAMES)]),
)
@pytest.mark.usefixtures("blank")
def test_a_picture_has_the_exact_size(atlas: Atlas, frame: str, dpi: int) -> None:
    image = picture(paper.png(atlas, briefing(atlas, frame=frame), dpi))
    wanted = FRAMES[frame]
    assert image.size == (round(wanted.width * dpi), round(wanted.height * dpi))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.01)


@pytest.mark.usefixtures("blank")
def test_map_and_legend_alone_have_the_shape_of_their_place(atlas: Atlas) -> None:
    sheet = briefing(atlas)
    assert sheet.layout.legend
    for write, rect in ((paper.map_png, sheet.layout.map), (paper.legend_png, sheet.layout.legend)):
        size = picture(write(atlas, sheet, 96)).size
        assert size == (round(rect.width * 96), round(rect.height * 96))


def test_a_legend_that_is_off_cannot_be_drawn(atlas: Atlas) -> None:
    with pytest.raises(ValueError, match="no legend"):
        paper.legend_png(atlas, briefing(atlas, legend=False))


@pytest.mark.sweep
@pytest.mark.usefixtures("blank")
def test_vectors_have_the_size_of_the_frame(atlas: Atlas) -> None:
    sheet = briefing(atlas, frame="a4-portrait")
    page = PdfReader(io.BytesIO(paper.pdf(atlas, sheet))).pages[0].mediabox
    root = ElementTree.fromstring(paper.svg(atlas, sheet))
    for width, height in (
        (float(page.width), float(page.height)),
        (float(root.attrib["width"][:-2]), float(root.attrib["height"][:-2])),
    ):
        assert (width, height) == pytest.approx((8.268 * 72, 11.693 * 72), abs=0.01)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_map_has_the_most_room(atlas: Atlas, frame: str) -> None:
    layout = everything(atlas, frame=frame).layout
    share = layout.map.width * layout.map.height / (layout.frame.width * layout.frame.height)
    assert share > (0.5 if frame == "16:9" else 0.4)


def test_what_is_off_gives_its_room_to_the_map(atlas: Atlas) -> None:
    full, bare = briefing(atlas).layout, briefing(atlas, legend=False, points=()).layout
    assert bare.legend is None and bare.points is None
    assert bare.map.width == pytest.approx(bare.footer.rect.width)
    assert bare.map.width > full.map.width


# Words


@pytest.mark.usefixtures("blank")
def test_all_that_makes_it_quotable_is_on_it(atlas: Atlas) -> None:
    sheet = everything(atlas)
    written = squeezed(" ".join(lines_of(paper.svg(atlas, sheet))))
    for words in (
        sheet.title,
        sheet.subtitle,
        sheet.as_of,
        sheet.filters,
        sheet.sources,
        sheet.borders,
        sheet.link,
        sheet.version,
        INTRODUCTION,
        LIGHTER,
        *(point.text for point in sheet.points),
        *(f"{status.label} {count}" for status, count in sheet.evidence),
        *(entry.label for entry in for_sheet(sheet.legend)),
    ):
        assert squeezed(words) in written, words


@pytest.mark.usefixtures("blank")
def test_what_is_off_is_not_on_it(atlas: Atlas) -> None:
    sheet = briefing(atlas, legend=False, sources=False, points=())
    written = " ".join(lines_of(paper.svg(atlas, sheet)))
    assert "Source:" not in written and "Chokepoint" not in written
    # How firmly it is said stands there all the same.
    assert INTRODUCTION in written


@pytest.mark.sweep
@pytest.mark.parametrize("first", range(0, len(HOSTILE), 5))
@pytest.mark.usefixtures("blank")
def test_hostile_words_come_out_as_text(atlas: Atlas, first: int) -> None:
    texts = list(HOSTILE.values())[first : first + 5]
    points = tuple(KeyPoint(text) for text in texts)
    sheet = briefing(atlas, title=texts[0], subtitle=texts[1], points=points, frame="square")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg, pdf = paper.svg(atlas, sheet), paper.pdf(atlas, sheet)
        image = picture(paper.png(atlas, sheet, 48))
    assert image.info["Title"] == sheet.title
    root = ElementTree.fromstring(svg)
    assert root.findtext(f"{SVG}title") == sheet.title
    assert {element.tag for element in root.iter()}.isdisjoint({f"{SVG}script", f"{SVG}image"})
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata and reader.metadata.title == sheet.title
    written, printed = squeezed("".join(lines_of(svg))), set(reader.pages[0].extract_text())
    for text in nonempty(texts):
        assert squeezed(clean(text)) in written
        # Readers differ in the order of what runs from right to left.
        assert set(squeezed(clean(text))) <= printed
    assert (
        written.count(squeezed(sheet.title)) >= 2 and written.count(squeezed(sheet.subtitle)) >= 2
    )


# Nothing over anything else

CASES: Mapping[str, Callable[[Atlas, str], Sheet]] = {
    "few signs": lambda atlas, frame: briefing(atlas, frame=frame),
    "all signs": lambda atlas, frame: everything(atlas, frame=frame),
    "no points": lambda atlas, frame: everything(atlas, frame=frame, points=()),
    "no legend": lambda atlas, frame: everything(atlas, frame=frame, legend=False),
    "long": lambda atlas, frame: everything(
        atlas,
        frame=frame,
        title=HOSTILE["long"],
        subtitle=HOSTILE["long"],
        points=tuple(KeyPoint(HOSTILE["long"]) for _ in range(5)),
    ),
    "wide": lambda atlas, frame: everything(
        atlas,
        frame=frame,
        title=HOSTILE["many emoji"],
        points=tuple(KeyPoint(HOSTILE["many emoji"]) for _ in range(5)),
    ),
    "right to left": lambda atlas, frame: briefing(
        atlas,
        frame=frame,
        title=HOSTILE["Arabic"],
        points=tuple(KeyPoint(HOSTILE["Persian"] * 3) for _ in range(5)),
    ),
}


@pytest.mark.sweep
@pytest.mark.parametrize("frame", first_of(FRAMES))
@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("blank")
def test_every_text_stands_in_its_place_and_over_no_other(
    atlas: Atlas, case: str, frame: str
) -> None:
    sheet = CASES[case](atlas, frame)
    layout = sheet.layout
    places = [
        layout.title.rect,
        layout.subtitle.rect,
        layout.filters.rect,
        layout.evidence,
        layout.footer.rect,
        *(rect for rect in (layout.points, layout.legend) if rect),
    ]
    whole = [*places, layout.map]
    for one in nonempty(whole):
        assert inside(one, Rect(0, 0, layout.frame.width, layout.frame.height), -0.15)
    assert not any(overlap(one, other, 0.001) for one, other in nonempty(combinations(whole, 2)))
    with paper.drawing():
        found = list(boxes(paper.figure_of(atlas, sheet)))
    for number, (text, box) in nonempty(enumerate(found)):
        assert any(inside(box, place) for place in places), f"{text!r} stands at {box}"
        # Letters of one line reach a little into the space of the next.
        over = [other for other, taken in found[:number] if overlap(box, taken, 0.045)]
        assert over == [], f"{text!r} stands on others"


# Lines


@given(st.text(max_size=120), st.floats(0.4, 6.0))
@settings(max_examples=60, deadline=None)
def test_breaking_a_text_loses_nothing(text: str, width: float) -> None:
    lines = wrap(text, 10, width)
    assert squeezed("".join(lines)) == squeezed(clean(text))
    assert all(width_of(line, 10) <= width + 1e-9 or len(line) < 12 for line in lines)


# Formats


@pytest.mark.usefixtures("blank")
def test_an_svg_brings_its_fonts_and_asks_for_nothing(atlas: Atlas) -> None:
    svg = paper.svg(atlas, briefing(atlas, title="Iran: شراكة")).decode()
    assert "<!DOCTYPE" not in svg
    assert re.findall(r'href="(?!#)', svg) == []
    assert set(re.findall(r"url\((?!#)(\w+):", svg)) == {"data"}
    faces = set(re.findall(r"@font-face\{font-family:'([^']+)';font-weight:(\d+)", svg))
    asked = set(re.findall(r"font-family: '([^']+)'", svg))
    assert asked == {"Source Sans Pro"}
    assert faces >= {("Source Sans Pro", "400"), ("Source Sans Pro", "700"), ("DejaVu Sans", "700")}


@pytest.mark.sweep
@pytest.mark.usefixtures("blank")
def test_a_pdf_embeds_all_its_fonts_and_leads_back(atlas: Atlas) -> None:
    sheet = briefing(atlas, title="Iran: شراكة 😀")
    page = PdfReader(io.BytesIO(paper.pdf(atlas, sheet))).pages[0]
    fonts = [reference.get_object() for reference in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in nonempty(fonts):
        [inner] = [descendant.get_object() for descendant in font["/DescendantFonts"]]
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()
    text = squeezed(page.extract_text())
    assert squeezed(sheet.sources) in text and squeezed(sheet.filters) in text
    addresses = {annotation.get_object()["/A"]["/URI"] for annotation in page["/Annots"]}  # type: ignore[union-attr]
    assert addresses == {sheet.link}


@pytest.mark.sweep
def test_print_style_has_no_colour(atlas: Atlas) -> None:
    sheet = everything(atlas, style=Style.PRINT)
    pixels = np.asarray(picture(paper.png(atlas, sheet, 72)).convert("RGB"))
    assert np.ptp(pixels, axis=2).max() == 0
    assert pixels.min() < 30


@pytest.mark.sweep
def test_the_same_sheet_gives_the_same_bytes(atlas: Atlas) -> None:
    sheet = briefing(atlas, extent="lakes")
    for write in (paper.svg, paper.pdf):
        assert write(atlas, sheet) == write(atlas, sheet)


@pytest.mark.sweep
@pytest.mark.usefixtures("blank")
def test_sessions_draw_at_the_same_time(atlas: Atlas) -> None:
    sheets = [briefing(atlas, frame=frame, title=frame) for frame in list(FRAMES)[:3]]
    before = dict(matplotlib.rcParams)
    alone = [paper.svg(atlas, sheet) for sheet in sheets]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda sheet: paper.svg(atlas, sheet), sheets))
    assert together == alone
    assert dict(matplotlib.rcParams) == before


@pytest.mark.usefixtures("blank")
def test_a_figure_that_is_drawn_is_of_the_sheets_size(atlas: Atlas) -> None:
    sheet = briefing(atlas, frame="4:3")
    with paper.drawing():
        figure = paper.figure_of(atlas, sheet)
    assert tuple(figure.get_size_inches()) == pytest.approx((10, 7.5))
