"""Slides: what stands on them can be edited, is complete, and flows over no box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import FIRM
from dashboard.formats.slides import deck
from dashboard.look.palette import MAP_COLOURS, theme_colour
from dashboard.sheet import arial
from dashboard.sheet.fonts import width_of
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import FRAMES, KeyPoint, Style
from tests.dashboard.drawing.written import ARIAL_LINE, helvetica, in_arial, lines_in_arial
from tests.dashboard.formats.opened_deck import BASE, brief, notes, opened
from tests.nonempty import nonempty
from tests.sweeps import first_of

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} ${7*7} _x0041_",
    "word " * 99 + "words",
    "W" * 500,
    "الشراكة بين روسيا وإيران في مجال الأسلحة",
    "emoji 😀👩‍👩‍👧 and 漢字",
    "control \x0b\x00\x1f characters \ud800 and \ufffe",
)


def named(slide: Any, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name == name)


def pictures(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


# A slide


@pytest.mark.usefixtures("quick")
def test_everything_but_the_pictures_is_text(atlas: Atlas) -> None:
    sheet = compose(atlas, brief("lake-railways"), BASE)
    slide = opened(atlas, sheet).slides[0]
    assert slide.shapes.title.text == sheet.title
    assert named(slide, "Subtitle").text_frame.text == sheet.subtitle
    assert named(slide, "Filters and date").text_frame.text == sheet.filters
    assert named(slide, "Sources, borders, version").text_frame.text == sheet.footer
    points = named(slide, "Key points").text_frame.paragraphs
    assert [point.text for point in points] == [point.text for point in sheet.points]
    firm, light = named(slide, "Evidence").text_frame.text.split("drawn lighter:")
    for status, count in nonempty(sheet.evidence):
        assert f"{status.label} {count}" in (firm if status in FIRM else light)


@pytest.mark.usefixtures("quick")
def test_title_and_key_points_stand_in_the_outline(atlas: Atlas) -> None:
    slide = opened(atlas, compose(atlas, brief(), BASE)).slides[0]
    assert [shape.name for shape in slide.placeholders] == ["Title", "Key points"]
    assert next(iter(slide.shapes)).name == "Title"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("style", Style)
def test_a_slide_without_points_and_legend_has_no_empty_placeholder(
    atlas: Atlas, style: Style
) -> None:
    bare = brief(points=(), legend=False, subtitle="", style=style)
    slide = opened(atlas, compose(atlas, bare, BASE)).slides[0]
    assert [shape.name for shape in slide.placeholders] == ["Title"]
    assert [shape.name for shape in pictures(slide)] == ["Map"]
    boxes = [s for s in slide.shapes if s.name != "Bar" and s.has_text_frame]
    assert all(shape.text_frame.text for shape in nonempty(boxes))


@pytest.mark.usefixtures("quick")
def test_pictures_say_what_they_show(atlas: Atlas) -> None:
    sheet = compose(atlas, brief("copper"), BASE)
    told = {
        picture.name: picture._element.xpath("./*/p:cNvPr")[0].get("descr")
        for picture in pictures(opened(atlas, sheet).slides[0])
    }
    assert set(told) == {"Map", "Legend"}
    assert sheet.title in told["Map"] and sheet.view.name in told["Map"]
    assert "Zambia" in told["Map"]
    for entry in nonempty(sheet.legend):
        assert entry.label in told["Legend"]


@pytest.mark.usefixtures("quick")
def test_the_notes_tell_every_record(atlas: Atlas) -> None:
    sheet = compose(atlas, brief(), BASE)
    told = notes(opened(atlas, sheet).slides[0])
    # An alliance is drawn where it is filled.
    drawn = [r for r in atlas.dossier.records.values() if r.kind != "alliance"]
    assert len(sheet.records) == len(drawn)
    for record in nonempty(sheet.records):
        entry = told[told.index(f"{record.title} (") :].split("\n\n")[0]
        assert lines_in_words(record.source.lines) in entry
        assert record.check.verdict.label.lower() in entry
        assert record.evidence.status.label in entry
        assert (record.evidence.attributed_to or "") in entry
        assert (record.check.note or "") in entry
        assert (f"Ground: {record.check.reference}" in entry) == bool(record.check.reference)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("base", "links"),
    [(BASE, True), ("https://atlas.example/app", True), ("", False), ("javascript:x//", False)],
)
def test_only_an_address_of_the_web_is_a_link(atlas: Atlas, base: str, links: bool) -> None:
    sheet = compose(atlas, brief("copper"), base)
    footer = named(opened(atlas, sheet).slides[0], "Sources, borders, version")
    found = [run.hyperlink.address for run in footer.text_frame.paragraphs[0].runs]
    assert [address for address in found if address] == ([sheet.link] if links else [])
    assert sheet.link in footer.text_frame.text


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("style", Style)
def test_the_theme_has_the_colours_of_the_style(atlas: Atlas, style: Style) -> None:
    deck = opened(atlas, compose(atlas, brief("copper", style=style), BASE))
    master = deck.slide_master
    roles = master.element.find(qn("p:clrMap")).attrib
    theme = master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    for role, colour in (("bg1", "paper"), ("tx1", "ink"), ("tx2", "ink-soft")):
        value = MAP_COLOURS[style][colour][1:].upper()
        assert f'<a:{roles[role]}><a:srgbClr val="{value}"/>' in theme
    position = atlas.dossier.head.theme_ids.index("copper")
    wanted = theme_colour(position)[style is Style.DARK]
    bar = named(deck.slides[0], "Bar").fill.fore_color.rgb
    assert str(bar) == (MAP_COLOURS["print"]["ink"] if style is Style.PRINT else wanted)[1:].upper()


@pytest.mark.usefixtures("quick")
def test_slides_are_set_in_arial(atlas: Atlas) -> None:
    """Their boxes are measured for it; no run has a face of its own."""
    deck = opened(atlas, compose(atlas, brief("copper"), BASE))
    master = deck.slide_master
    theme = master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert set(re.findall(r'<a:latin typeface="([^"]*)"', theme)) == {"Arial"}
    named_fonts = {
        run.font.name
        for slide in nonempty(list(deck.slides))
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert named_fonts == {None}


@pytest.mark.sweep
def test_the_pictures_have_the_shape_of_their_boxes(atlas: Atlas) -> None:
    slide = opened(atlas, compose(atlas, brief("copper", frame="4:3"), BASE)).slides[0]
    for picture in nonempty(pictures(slide)):
        width, height = picture.image.size
        assert width > 300
        assert width / height == pytest.approx(picture.width / picture.height, rel=0.01)


# Nothing flows over


def height_in_box(shape: Any) -> float:
    """Inches that a box's text takes in Arial, measured without the code that set it."""
    frame = shape.text_frame
    width = shape.width - frame.margin_left - frame.margin_right
    needed = 0.0
    for number, paragraph in enumerate(frame.paragraphs):
        size = max((run.font.size.pt for run in paragraph.runs), default=0.0)
        indent = int(paragraph._p.pPr.get("marL"))
        bold = any(run.font.bold for run in paragraph.runs)
        text = paragraph.text.partition("\t")[2] or paragraph.text
        lines = lines_in_arial(text, size, (width - indent) / 12700, bold)
        needed += lines * size * ARIAL_LINE / 72
        if number < len(frame.paragraphs) - 1:
            needed += paragraph.space_after.inches
    return needed + (frame.margin_top + frame.margin_bottom) / 914400


def overflowing(deck: Any) -> Iterator[str]:
    for number, slide in nonempty(enumerate(deck.slides, start=1)):
        for shape in nonempty(slide.shapes):
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width + 10
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame and shape.name != "Bar":
                assert shape.text_frame.word_wrap
                needed, room = height_in_box(shape), shape.height.inches
                if needed > room + 0.001:
                    yield f"slide {number}, {shape.name}: {needed:.2f} > {room:.2f} inches"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("frame", first_of(FRAMES))
def test_no_text_is_higher_than_its_box(atlas: Atlas, frame: str) -> None:
    long = tuple(KeyPoint("A point at length, and longer still. " * 9) for _ in range(5))
    sheets = [
        compose(atlas, brief("border-war", frame=frame), BASE),
        compose(atlas, brief(frame=frame, title="Long title " * 30, points=long), BASE),
    ]
    deck = opened(atlas, *sheets)
    assert deck.slide_width.inches == pytest.approx(FRAMES[frame].width, abs=0.001)
    assert deck.slide_height.inches == pytest.approx(FRAMES[frame].height, abs=0.001)
    assert list(overflowing(deck)) == []


@pytest.mark.parametrize(("weight", "bold"), [(arial.NORMAL, False), (arial.BOLD, True)])
def test_texts_are_measured_as_wide_as_arial_is(atlas: Atlas, weight: str, bold: bool) -> None:
    signs = set(helvetica(bold))
    records = atlas.dossier.records.values()
    lines = [text for record in records for text in (record.title, record.title.upper())]
    plain = [line for line in lines if set(line) <= signs]
    assert len(plain) > len(lines) / 2
    for line in nonempty(plain):
        assert width_of(line, 72, weight) == pytest.approx(in_arial(line, 1, bold), rel=1e-6)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("title", ["RUSSIA AND IRAN: SEA, ROAD, RAIL, CSTO, ECO, SCO, BRICS " * 3])
def test_a_title_in_capitals_keeps_to_its_box(atlas: Atlas, title: str) -> None:
    """Capitals of Arial are a quarter wider than those that sheets are set in."""
    points = (KeyPoint(title), KeyPoint(title.lower()))
    asked = brief("copper", title=title, subtitle=title, points=points)
    assert list(overflowing(opened(atlas, compose(atlas, asked, BASE)))) == []


# Hostile texts


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("text", first_of(HOSTILE, 2), ids=range(len(HOSTILE)))
def test_a_hostile_text_comes_out_as_text(atlas: Atlas, text: str) -> None:
    asked = brief("copper", title=text, subtitle=text, points=(KeyPoint(text),))
    sheet = compose(atlas, asked, BASE)
    deck = opened(atlas, sheet)
    slide = deck.slides[0]
    assert sheet.title
    assert slide.shapes.title.text == sheet.title
    assert named(slide, "Subtitle").text_frame.text == sheet.title
    assert named(slide, "Key points").text_frame.text == sheet.title
    assert notes(slide).startswith(sheet.title)
    assert list(overflowing(deck)) == []


@pytest.mark.usefixtures("quick")
def test_what_runs_from_right_to_left_is_set_so(atlas: Atlas) -> None:
    sheet = compose(atlas, brief("copper", title=HOSTILE[5], subtitle="From the left"), BASE)
    slide = opened(atlas, sheet).slides[0]
    told = {
        name: named(slide, name).text_frame.paragraphs[0]._p.pPr.get("rtl")
        for name in ("Title", "Subtitle")
    }
    assert told == {"Title": "1", "Subtitle": None}


# The file


@pytest.mark.usefixtures("quick")
def test_the_same_sheets_give_the_same_bytes(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = compose(atlas, brief("copper"), BASE)
    first = deck(atlas, [sheet])
    # Years later.
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert deck(atlas, [sheet]) == first
    with ZipFile(BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.namelist()[0] == "[Content_Types].xml"


@pytest.mark.usefixtures("quick")
def test_the_file_says_what_it_is(atlas: Atlas) -> None:
    sheet = compose(atlas, brief(title="T" * 400), BASE)
    properties = opened(atlas, sheet).core_properties
    assert properties.title == "T" * 255
    assert properties.subject == sheet.subtitle
    assert properties.author == "Dossier Atlas"
    assert properties.keywords == sheet.filters
    assert properties.created.date() == atlas.dossier.head.as_of.last_day
