"""Slides: what stands on them can be edited, is complete, and flows over no box."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.atlas.address import Screen
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.layers import FIRM
from dashboard.formats import paper
from dashboard.formats.slide_flow import Block, flow
from dashboard.formats.slide_text import Paragraph, Run, height_of
from dashboard.formats.slides import deck
from dashboard.look.palette import MAP_COLOURS, theme_colour
from dashboard.sheet import arial
from dashboard.sheet.fonts import width_of
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sets import sheets_by_set, sheets_by_theme, themes_left_out
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FRAMES, Brief, KeyPoint, Style
from tests.dashboard.drawing.written import ARIAL_LINE, helvetica, in_arial, lines_in_arial
from tests.nonempty import nonempty
from tests.sweeps import first_of

BASE = "http://localhost:8501"

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


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


DOT = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\0\0")),
        _chunk(b"IEND", b""),
    )
)
"""A picture of one pixel."""


@pytest.fixture(scope="session")
def atlas(lakes: Atlas) -> Atlas:
    """The tests' own dossier."""
    return lakes


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take no time."""
    monkeypatch.setattr(paper, "map_png", lambda atlas, sheet, dpi: DOT)
    monkeypatch.setattr(paper, "legend_png", lambda atlas, sheet, dpi: DOT)


def brief(*themes: str, **fields: Any) -> Brief:
    return Brief(screen=Screen(filters=Filters(theme=themes)), **fields)


def opened(atlas: Atlas, *sheets: Sheet) -> Any:
    return Presentation(BytesIO(deck(atlas, sheets)))


def named(slide: Any, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name == name)


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def pictures(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def sources_of(deck: Any) -> list[Any]:
    return [slide for slide in deck.slides if slide.shapes.title.text.startswith("Sources")]


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


# Sources


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("frame", ["16:9", "square"])
def test_the_sources_are_complete(atlas: Atlas, frame: str) -> None:
    sheet = compose(atlas, brief(frame=frame), BASE)
    told = "\n".join(texts(slide) for slide in sources_of(opened(atlas, sheet)))
    assert atlas.dossier.head.article.description in told
    assert atlas.borders.long in told
    assert sheet.version in told and sheet.link in told
    for status, _ in nonempty(sheet.evidence):
        assert f"{status.label}: {status.definition}" in told
    ledger = dict(row.split("\t") for row in told.split("\n") if "\t" in row)
    numbers = {line for record in sheet.records for line in record.source.lines}
    assert set(ledger) == {str(number) for number in numbers}
    for record in nonempty(sheet.records):
        for line in nonempty(record.source.lines):
            assert record.title in ledger[str(line)]


@pytest.mark.usefixtures("quick")
def test_without_sources_there_is_no_slide_of_them(atlas: Atlas) -> None:
    deck = opened(atlas, compose(atlas, brief("copper", sources=False), BASE))
    assert len(deck.slides) == 1


def column(*texts: str) -> list[Block]:
    return [Block(Paragraph((Run(text),), after=0.4)) for text in texts]


def test_no_column_is_higher_than_it_may_be_and_nothing_is_lost() -> None:
    words = [f"{number}: " + "some words that run on " * number for number in range(1, 40)]
    columns = flow(column(*words), 9, 2.5, 3)
    assert len(columns) > 3
    assert all(height_of(paragraphs, 9, 2.5) <= 3 for paragraphs in nonempty(columns))
    told = " ".join(paragraph.text for paragraphs in columns for paragraph in paragraphs)
    assert told.split() == " ".join(words).split()


def test_a_heading_does_not_stand_last_in_a_column() -> None:
    line = height_of([Paragraph((Run("x"),))], 10, 3)
    blocks = [*column("1", "2"), Block(Paragraph((Run("Heading"),)), heading=True), *column("3")]
    for lines in range(3, 8):
        for paragraphs in nonempty(flow(blocks, 10, 3, lines * line)):
            assert paragraphs[-1].text != "Heading"


# Decks


@pytest.mark.sweep
@pytest.mark.usefixtures("quick")
def test_a_deck_of_all_themes_has_an_overview_the_themes_and_sources(atlas: Atlas) -> None:
    told: list[tuple[float, str]] = []
    sheets = sheets_by_theme(atlas, brief(extent="southern-africa"), BASE)
    content = deck(atlas, sheets, lambda done, words: told.append((done, words)))
    titles = [slide.shapes.title.text for slide in Presentation(BytesIO(content)).slides]
    labels = [theme.label for theme in atlas.dossier.head.themes]
    assert titles[: len(labels) + 1] == [atlas.dossier.head.title, *labels]
    assert all(title.startswith("Sources") for title in nonempty(titles[len(labels) + 1 :]))
    assert len(titles) > len(labels) + 1
    assert all(sheet.brief.extent == "southern-africa" for sheet in nonempty(sheets))
    done = [fraction for fraction, _ in told]
    assert done == sorted(done) and done[0] == 0 and done[-1] == 1
    for label in nonempty(labels):
        assert any(label in words for _, words in told)


@pytest.mark.usefixtures("quick")
def test_a_theme_that_cannot_be_seen_is_named(atlas: Atlas) -> None:
    told: list[str] = []
    asked = brief("copper", "border-war", "old-times", extent="by-suez")
    passed: list[str] = []
    sheets = sheets_by_theme(
        atlas, asked, BASE, lambda done, words: passed.append(words), told.append
    )
    left = [theme.label for theme in themes_left_out(atlas, sheets)]
    assert left == ["Border quarrel", "Old times"]
    assert [sheet.title for sheet in sheets[1:]] == ["Copper"]
    deck = opened(atlas, *sheets)
    assert passed == ["Overview", "Copper", "Border quarrel", "Old times"]
    assert len(told) == len(left)
    for label, sentence in nonempty(zip(left, told, strict=True)):
        assert sentence.startswith(f"{label} is left out: ")
        assert label in notes(deck.slides[0])
        assert label in texts(sources_of(deck)[0])


def test_a_theme_has_its_own_title_and_the_filters_of_the_overview(atlas: Atlas) -> None:
    filters = Filters(actor=("ZMB",), theme=("border-war", "copper"))
    asked = Brief(screen=Screen(filters=filters), title="Mine", points=(KeyPoint("Mine too"),))
    overview, *themes = sheets_by_theme(atlas, asked, BASE)
    assert overview.title == "Mine"
    assert [sheet.title for sheet in themes] == ["Copper", "Border quarrel"]
    for sheet in nonempty(themes):
        assert sheet.brief.screen.filters.actor == ("ZMB",)
        assert "Zambia" in sheet.filters
        assert all(point.record for point in nonempty(sheet.points))


def test_a_single_theme_is_its_own_overview(atlas: Atlas) -> None:
    assert len(sheets_by_theme(atlas, brief("copper"), BASE)) == 1


def test_an_alliance_is_filled_on_the_themes_that_it_belongs_to(atlas: Atlas) -> None:
    asked = Brief(screen=Screen(alliance=("lake-union",)))
    overview, *themes = sheets_by_theme(atlas, asked, BASE)
    assert overview.fills
    of = set(atlas.dossier.records["lake-union"].themes)
    for sheet in nonempty(themes):
        assert bool(sheet.fills) == (sheet.brief.screen.filters.theme[0] in of)


def test_chosen_sets_of_records_have_a_sheet_each(atlas: Atlas) -> None:
    sets = {
        "Cartridges": ["cartridges"],
        "Guard": ["ago-backs-guard", "rifles-for-the-guard"],
    }
    _, *sheets = sheets_by_set(atlas, brief(), sets, BASE)
    assert [sheet.title for sheet in sheets] == list(sets)
    assert [sorted(record.id for record in sheet.records) for sheet in sheets] == list(
        sets.values()
    )
    assert themes_left_out(atlas, [compose(atlas, brief(), BASE), *sheets]) == []
    with pytest.raises(EmptyBriefError, match=r"^Nothing: "):
        sheets_by_set(atlas, brief(), {"Nothing": ["no-such-record"]}, BASE)


def test_a_deck_of_nothing_or_of_several_frames_is_refused(atlas: Atlas) -> None:
    sheets: Sequence[Sheet] = [
        compose(atlas, brief("copper", frame=frame), BASE) for frame in ("16:9", "4:3")
    ]
    with pytest.raises(ValueError, match="no sheet"):
        deck(atlas, [])
    with pytest.raises(ValueError, match="same frame"):
        deck(atlas, sheets)


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
