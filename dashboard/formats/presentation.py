"""A presentation in the colours of a style, and text that fits its boxes in any reader's program.

What is particular to PowerPoint's format is here; what stands on the slides is in `slides`.

Slides are set in Arial: PowerPoint, Keynote and Google Slides all have it, and LibreOffice has a
face of exactly its widths. So lines break where they were measured to, which no face could promise
that a reader must install first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.shapes.autoshape import Shape
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from dashboard.formats.slide_text import FONT, Paragraph, Run, fitting_size
from dashboard.sheet.fitting import Rect
from dashboard.sheet.fonts import clean, is_right_to_left
from dashboard.sheet.spec import Frame

CONTENT, TITLE_ONLY = "Title and Content", "Title Only"
"""Names of the layouts that are kept."""

LONGEST_PROPERTY = 255
"""Characters that a document's property can have."""


# --- the file ----------------------------------------------------------------------------------


def new_presentation(
    frame: Frame, colours: Mapping[str, str], accents: Sequence[str], dark: bool
) -> PresentationType:
    """An empty presentation of a frame's size, its theme in the colours and the font of a style.

    Parameters
    ----------
    frame : Frame
    colours : mapping of str
        From `dashboard.look.palette.MAP_COLOURS`.
    accents : sequence of str
        ``#rrggbb``; the first six become the theme's accents.
    dark : bool
        Whether it is light on dark.

    Returns
    -------
    pptx.presentation.Presentation
        With the layouts `CONTENT` and `TITLE_ONLY`.
    """
    deck = Presentation()
    width, height = Inches(frame.width), Inches(frame.height)
    scale = (width / (deck.slide_width or width), height / (deck.slide_height or height))
    deck.slide_width, deck.slide_height = width, height
    for layout in list(deck.slide_layouts):
        if layout.name not in {CONTENT, TITLE_ONLY}:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    for page in (master, *deck.slide_layouts):
        # What inherits its place has none of its own.
        for transform in page.element.iter(qn("a:xfrm")):
            _scale(transform, *scale)
    _set_theme(master, colours, accents, dark)
    # The size is no longer the one that the template names.
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)
    # Nor do its picture of itself, its statistics and its printer tell of this one.
    _drop(deck.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    _drop(deck.part.package, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    _drop(deck.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    return deck


def _scale(transform: Any, across: float, down: float) -> None:
    for name, horizontal, vertical in (("a:off", "x", "y"), ("a:ext", "cx", "cy")):
        node = transform.find(qn(name))
        if node is not None:
            node.set(horizontal, str(round(int(node.get(horizontal)) * across)))
            node.set(vertical, str(round(int(node.get(vertical)) * down)))


def _drop(part: Any, kind: str) -> None:
    for key, relationship in list(part._rels.items()):
        if relationship.reltype == kind:
            part._rels.pop(key)


def _set_theme(master: Any, colours: Mapping[str, str], accents: Sequence[str], dark: bool) -> None:
    """Give a master its colours and font, so that what a user adds looks like the rest."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    theme.set("name", "Dossier Atlas")
    strong, pale = (colours["ink"], colours["ink-soft"]), (colours["paper"], colours["land"])
    darks, lights = (pale, strong) if dark else (strong, pale)
    named = {"dk1": darks[0], "dk2": darks[1], "lt1": lights[0], "lt2": lights[1]}
    named |= {f"accent{n}": accents[(n - 1) % len(accents)] for n in range(1, 7)}
    named |= {"hlink": colours["focus"], "folHlink": colours["focus"]}
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "Dossier Atlas")
    for name, colour in named.items():
        slot = scheme.find(qn(f"a:{name}"))
        slot[:] = [slot.makeelement(qn("a:srgbClr"), {"val": colour[1:].upper()})]
    fonts = theme.find(f".//{qn('a:fontScheme')}")
    fonts.set("name", "Dossier Atlas")
    for latin in fonts.iter(qn("a:latin")):
        latin.set("typeface", FONT)
    for script in fonts.iter(qn("a:font")):
        if script.get("script") in {"Arab", "Hebr"}:
            script.set("typeface", FONT)
    part._blob = serialize_part_xml(theme)
    if dark:
        mapping = master.element.find(qn("p:clrMap"))
        for role, slot in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
            mapping.set(role, slot)
    background = master.element.find(f".//{qn('p:bg')}")
    fill = parse_xml(
        f'<p:bgPr xmlns:p="{master.element.nsmap["p"]}" xmlns:a="{master.element.nsmap["a"]}">'
        '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr>'
    )
    background[:] = [fill]
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("b", "1")


def set_properties(deck: PresentationType, title: str, subject: str, words: str, day: date) -> None:
    """Say in the file what it is; the dates are the dossier's, so that the same gives the same."""
    properties = deck.core_properties
    properties.title = clean(title)[:LONGEST_PROPERTY]
    properties.subject = clean(subject)[:LONGEST_PROPERTY]
    properties.keywords = clean(words)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = "Dossier Atlas"
    properties.comments = ""
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = datetime(day.year, day.month, day.day)


def to_bytes(deck: PresentationType) -> bytes:
    """The file. The same slides give the same bytes: no time of writing is in it."""
    written = BytesIO()
    deck.save(written)
    fixed = BytesIO()
    with ZipFile(written) as source, ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            info = ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            # Pictures are packed already.
            info.compress_type = ZIP_STORED if entry.filename.endswith(".png") else ZIP_DEFLATED
            target.writestr(info, source.read(entry))
    return fixed.getvalue()


# --- text --------------------------------------------------------------------------------------


def place(shape: Any, rect: Rect) -> None:
    """Put a shape where it belongs."""
    shape.left, shape.top = Inches(rect.x), Inches(rect.y)
    shape.width, shape.height = Inches(rect.width), Inches(rect.height)


def describe(shape: Any, name: str, text: str = "") -> None:
    """Name a shape for the list of shapes; `text` is read out to who does not see it."""
    properties = shape._element.xpath("./*/p:cNvPr")[0]
    properties.set("name", name)
    if text:
        properties.set("descr", clean(text))


def write_text(
    shape: Shape,
    paragraphs: Sequence[Paragraph],
    rect: Rect,
    largest: float,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> float:
    """Write paragraphs into a shape, as large as they fit.

    Parameters
    ----------
    shape : pptx.shapes.autoshape.Shape
        A text box or a placeholder, put at `rect`.
    paragraphs : sequence of Paragraph
    rect : Rect
        Inches.
    largest : float
        Points.
    anchor : MSO_ANCHOR
        Where in the box a text stands that is not as high as the box.

    Returns
    -------
    float
        Size of type in points.
    """
    place(shape, rect)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.word_wrap = True
    # It fits as it is; what a user adds makes it smaller rather than flow out.
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.vertical_anchor = anchor
    size = fitting_size(paragraphs, rect, largest)
    _fill(frame, paragraphs, size)
    return size


def _fill(frame: TextFrame, paragraphs: Sequence[Paragraph], size: float) -> None:
    for number, paragraph in enumerate(paragraphs):
        written = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        scaled = size * paragraph.scale
        written.line_spacing = 1.0
        written.space_before = Pt(0)
        written.space_after = Pt(paragraph.after * scaled)
        written.alignment = PP_ALIGN.LEFT
        properties = written._p.get_or_add_pPr()
        properties.set("marL", str(Inches(paragraph.indent)))
        properties.set("indent", str(-Inches(paragraph.indent)))
        if is_right_to_left(paragraph.text):
            properties.set("rtl", "1")
            written.alignment = PP_ALIGN.RIGHT
        _set_bullet(properties, paragraph.numbered)
        for run in _tidy(paragraph.runs):
            added = written.add_run()
            added.text = run.text
            font = added.font
            font.size, font.bold = Pt(scaled), run.bold
            if run.link and run.link.startswith(("http://", "https://")):
                added.hyperlink.address = run.link
            elif run.colour:
                font.color.rgb = RGBColor.from_string(run.colour[1:7].upper())
            else:
                soft, ink = MSO_THEME_COLOR.TEXT_2, MSO_THEME_COLOR.TEXT_1
                font.color.theme_color = soft if run.soft else ink
            font._element.set("lang", "en-GB")


def _tidy(runs: Sequence[Run]) -> list[Run]:
    """Runs without control characters, save the tab after what hangs; spaces between stay."""
    kept = []
    for run in runs:
        parts = []
        for part in run.text.split("\t"):
            ends = (" " if part[:1].isspace() else "", " " if part[-1:].isspace() else "")
            inner = clean(part)
            parts.append(f"{ends[0]}{inner}{ends[1]}" if inner else ends[0])
        kept.append(replace(run, text="\t".join(parts)))
    return [run for run in kept if run.text]


def _set_bullet(properties: Any, colour: str | None) -> None:
    """The number that the program counts, or none (placeholders have one by themselves)."""
    if colour is None:
        properties.append(properties.makeelement(qn("a:buNone"), {}))
        return
    # White in a disc, as on the map; who has no such bullet shows plain figures.
    kind = "circleNumWdBlackPlain"
    for name, value in (("a:buClr", None), ("a:buFont", "Wingdings"), ("a:buAutoNum", kind)):
        node = properties.makeelement(qn(name), {})
        if name == "a:buClr":
            node.append(node.makeelement(qn("a:srgbClr"), {"val": colour[1:7].upper()}))
        else:
            node.set("typeface" if name == "a:buFont" else "type", str(value))
        properties.append(node)
