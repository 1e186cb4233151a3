"""Texts keep to their boxes by the measure of programs that did not set them.

Sheets by Pillow, from the finished SVG; slides by LibreOffice, where it is installed, from the PDF
that it makes of them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from pptx import Presentation
from pypdf import PdfReader

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.formats import paper, slides
from dashboard.sheet.fitting import Rect
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, Brief, KeyPoint
from tests.dashboard.drawing.written import Word, in_arial, in_svg, squeezed
from tests.nonempty import nonempty
from tests.sweeps import first_of

BASE = "http://localhost:8501"
LONG = tuple(KeyPoint("A point at length, and longer still. " * 9) for _ in range(5))


def sheet_of(atlas: Atlas, *themes: str, **wanted: Any) -> Sheet:
    screen = Screen(
        filters=Filters(theme=themes),
        alliance=("lake-union", "coast-league", "copper-circle") if not themes else (),
    )
    return compose(atlas, Brief(screen=screen, **wanted), BASE)


# Sheets


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the map: its names have tests of their own."""

    def nothing(axes: Axes, atlas: Atlas, sheet: Sheet) -> None:
        axes.set_axis_off()

    monkeypatch.setattr(paper, "draw_map", nothing)


def holds(rect: Rect, word: Word) -> bool:
    """Whether a word stands in a rectangle, from its ascenders to its descenders."""
    by = 0.75
    return (
        word.left >= rect.x * 72 - by
        and word.left + word.width <= rect.right * 72 + by
        and word.baseline - 0.72 * word.size >= rect.y * 72 - by
        and word.baseline + 0.22 * word.size <= rect.bottom * 72 + by
    )


WORDS: dict[str, dict[str, Any]] = {
    "as suggested": {},
    "long": {"title": "Long title " * 30, "subtitle": "At length, " * 40, "points": LONG},
    "one word": {"title": "W" * 300, "points": (KeyPoint("m" * 400),)},
}


@pytest.mark.sweep
@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("frame", first_of(FRAMES))
def test_no_text_of_a_sheet_leaves_its_box_or_runs_into_another(
    atlas: Atlas, frame: str, words: str
) -> None:
    sheet = sheet_of(atlas, frame=frame, **WORDS[words])
    layout = sheet.layout
    places = [
        *(part.rect for part in (layout.title, layout.subtitle, layout.filters, layout.footer)),
        layout.evidence,
        *(rect for rect in (layout.points, layout.legend) if rect),
    ]
    found = in_svg(paper.svg(atlas, sheet))
    assert len(found) > 30
    outside = [word for word in found if not any(holds(place, word) for place in places)]
    assert outside == []
    for word, other in nonempty(combinations(found, 2)):
        across = min(word.left + word.width, other.left + other.width) - max(word.left, other.left)
        # Letters of small height do not touch those of the line above.
        apart = abs(word.baseline - other.baseline)
        assert across < 0.75 or apart > 0.8 * min(word.size, other.size), (word, other)


# Slides


Stretch = tuple[str, float, float, float, bool]
"""Text, left, baseline from the top and size in points, and whether it is bold."""


@pytest.fixture(scope="module")
def printed(
    atlas: Atlas, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, list[list[Stretch]]]:
    """A deck, and the texts of each page of what LibreOffice prints of it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: no other program sets the slides")
    folder = tmp_path_factory.mktemp("printed")
    file = folder / "deck.pptx"
    sheets = [
        sheet_of(atlas, "border-war"),
        sheet_of(atlas, title="Long title " * 30, subtitle="At length, " * 40, points=LONG),
        sheet_of(
            atlas, "copper", title="LAKES, COAST, COPPER, GUARD " * 4, points=(KeyPoint("m" * 400),)
        ),
    ]
    file.write_bytes(slides.deck(atlas, sheets))
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    made = folder / "deck.pdf"
    if not made.exists():
        pytest.skip(f"LibreOffice printed nothing: {done.stderr.strip()[:200]}")
    return Presentation(str(file)), _pages(made)


def _pages(file: Path) -> list[list[Stretch]]:
    """Stretches of text of each page."""
    pages = []
    for page in PdfReader(io.BytesIO(file.read_bytes())).pages:
        high = float(page.mediabox.height)
        found: list[Stretch] = []

        def visit(
            text: str,
            outer: Any,
            inner: Any,
            font: Any,
            size: float,
            found: list[Stretch] = found,
            high: float = high,
        ) -> None:
            if text.strip():
                bold = "Bold" in str(font and font.get("/BaseFont"))
                found.append((text.strip(), inner[4], high - inner[5], float(size), bold))

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


@pytest.mark.sweep
def test_another_program_sets_every_text_of_a_slide_within_its_box(printed: Any) -> None:
    deck, pages = printed
    assert len(pages) == len(deck.slides) > 3
    for number, (slide, found) in enumerate(zip(deck.slides, nonempty(pages), strict=True)):
        boxes = [
            shape
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text.strip()
        ]
        left = {id(box): squeezed(box.text_frame.text) for box in boxes}
        # But for the figures in discs, which the program counts.
        texts = (one for one in found if len(one[0]) > 1 or one[0].isascii())
        for text, x, baseline, size, bold in nonempty(texts):
            # Each box takes its own stretches, in the order in which they stand in it.
            mine = [
                box
                for box in boxes
                if squeezed(text) in left[id(box)]
                and box.left.pt - 1 <= x <= (box.left.pt + box.width.pt)
                and box.top.pt - 1 <= baseline <= (box.top.pt + box.height.pt) + 0.25 * size
            ]
            assert mine, f"slide {number + 1}: {text!r} at {x:.0f}, {baseline:.0f} is in no box"
            box = mine[0]
            assert baseline + 0.2 * size <= (box.top.pt + box.height.pt) + 1, (number + 1, text)
            end = x + in_arial(text, size, bold, kerned=True)
            assert end <= (box.left.pt + box.width.pt) + 2, (number + 1, text, end)


@pytest.mark.sweep
def test_another_program_has_no_need_to_set_a_slide_smaller(printed: Any) -> None:
    """It would, where a text does not fit as it is: its sizes are those of the file."""
    deck, pages = printed
    for slide, found in zip(deck.slides, nonempty(pages), strict=True):
        sizes = {
            run.font.size.pt
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if run.font.size
        }
        for text, _, _, size, _ in nonempty(found):
            assert min(abs(size - wanted) for wanted in sizes) < 0.08, (text, size, sorted(sizes))


@pytest.mark.sweep
def test_another_program_loses_no_text(printed: Any) -> None:
    deck, pages = printed
    for slide, found in zip(deck.slides, nonempty(pages), strict=True):
        told = squeezed("".join(text for text, *_ in found))
        frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
        paragraphs = [paragraph for frame in frames for paragraph in frame.paragraphs]
        words = [word for each in paragraphs for word in each.text.split()[:40]]
        for word in nonempty(words):
            assert squeezed(word) in told, word
