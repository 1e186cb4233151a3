"""Slides: each sheet as a slide whose words can be edited, then slides with all sources.

A slide has the map as a picture and everything else as text; its notes have the records with who
says so, what the check found, and the article's lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.util import Emu, Inches

from annotations.english import counted
from annotations.head import Theme
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import FIRM, layer_of
from dashboard.drawing.furniture import INTRODUCTION, LIGHTER, evidence_words
from dashboard.formats import paper
from dashboard.formats.appendix import about_blocks, ledger_blocks
from dashboard.formats.notes import notes_of
from dashboard.formats.presentation import (
    CONTENT,
    TITLE_ONLY,
    describe,
    new_presentation,
    place,
    set_properties,
    to_bytes,
    write_text,
)
from dashboard.formats.slide_flow import flow
from dashboard.formats.slide_text import Paragraph, Run
from dashboard.look.palette import theme_colour
from dashboard.sheet.fitting import LEVELS, NUMBER_WIDTH, Rect
from dashboard.sheet.fonts import clean
from dashboard.sheet.layout import TITLES
from dashboard.sheet.sets import Progress, silent, theme_of, themes_left_out
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.spec import Style
from dashboard.sheet.words import footer_of, ground_of, point_text

PICTURE_DPI = 200
"""Pixels per inch of the pictures: sharp on a projector of 2560 pixels, and still to be mailed."""

EVIDENCE_SIZE = 8.0
"""Points at most."""

SOURCES_SIZE = 9.0
"""Points of the long texts at the end."""

COLUMN_WIDTH = 3.3
"""Inches that a column of sources has at least."""

_GAP = 0.3


def deck(atlas: Atlas, sheets: Sequence[Sheet], progress: Progress = silent) -> bytes:
    """Make a presentation.

    Parameters
    ----------
    atlas : Atlas
    sheets : sequence of Sheet
        One slide each, all of one frame and style; the first is the overview.
    progress : callable
        Called with how much is done (0 to 1) and words, before each slide and at the end.

    Returns
    -------
    bytes
        A PPTX file: the slides, then as many of sources as are needed, unless the first sheet asks
        for none. The same sheets give the same bytes.

    Raises
    ------
    ValueError
        If there is no sheet, or they differ in frame or style.
    """
    if not sheets:
        raise ValueError("There is no sheet to make slides of.")
    first = sheets[0]
    if len({(sheet.brief.frame, sheet.brief.style) for sheet in sheets}) > 1:
        raise ValueError("The sheets of one deck must have the same frame and style.")
    head = atlas.dossier.head
    dark = first.dark
    accents = [_theme_accent(atlas, first, theme) for theme in head.themes]
    made = new_presentation(first.layout.frame, first.colours, accents, dark)
    left_out = themes_left_out(atlas, sheets)
    for number, sheet in enumerate(sheets):
        words = f"Slide {number + 1} of {len(sheets)}: {sheet.title}"
        progress(number / (len(sheets) + 1), words)
        _Slide(made, atlas, sheet).draw(left_out if number == 0 else [])
    if first.brief.sources:
        progress(len(sheets) / (len(sheets) + 1), "Sources")
        _draw_sources(made, atlas, sheets, left_out)
    set_properties(made, first.title, first.subtitle, first.filters, head.as_of.last_day)
    content = to_bytes(made)
    progress(1.0, "Done")
    return content


def _theme_accent(atlas: Atlas, sheet: Sheet, theme: Theme) -> str:
    if sheet.brief.style is Style.PRINT:
        return sheet.colours["ink"]
    position = atlas.dossier.head.theme_ids.index(theme.id)
    return theme_colour(position)[sheet.dark]


# --- one sheet ---------------------------------------------------------------------------------


class _Slide:
    """One sheet as a slide."""

    def __init__(self, deck: PresentationType, atlas: Atlas, sheet: Sheet) -> None:
        self.atlas = atlas
        self.sheet = sheet
        self.layout = sheet.layout
        with_points = bool(sheet.points and sheet.layout.points)
        name = CONTENT if with_points else TITLE_ONLY
        self.slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(name))
        self.points = self.slide.placeholders[1] if with_points else None

    def draw(self, left_out: Sequence[Theme]) -> None:
        """Put everything in its place, in the order in which it is to be read."""
        sheet, layout = self.sheet, self.layout
        _write_title(self.slide, sheet.title, layout.title.rect, layout.title.size)
        self.bar()
        if sheet.subtitle:
            subtitle = [Paragraph((Run(sheet.subtitle, soft=True),))]
            self.text("Subtitle", subtitle, layout.subtitle.rect, layout.subtitle.size)
        filters = [Paragraph((Run(sheet.filters),))]
        self.text("Filters and date", filters, layout.filters.rect, layout.filters.size)
        self.picture("Map", paper.map_png(self.atlas, sheet, PICTURE_DPI), layout.map, self.seen())
        evidence = [Paragraph(_evidence_runs(sheet))]
        self.text("Evidence", evidence, layout.evidence, EVIDENCE_SIZE, MSO_ANCHOR.MIDDLE)
        self.key_points(layout.points)
        if layout.legend and sheet.legend:
            picture = paper.legend_png(self.atlas, sheet, PICTURE_DPI)
            self.picture("Legend", picture, layout.legend, self.legend_in_words())
        self.footer()
        notes = self.slide.notes_slide.notes_text_frame
        if notes is not None:
            notes.text = "\n".join(notes_of(self.atlas, sheet, left_out))

    def text(
        self,
        name: str,
        paragraphs: Sequence[Paragraph],
        rect: Rect,
        largest: float,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    ) -> None:
        """A text box."""
        box = self.slide.shapes.add_textbox(Emu(0), Emu(0), Emu(0), Emu(0))
        describe(box, name)
        write_text(box, paragraphs, rect, largest, anchor)

    def picture(self, name: str, png: bytes, rect: Rect, words: str) -> None:
        """A picture, with words for who does not see it."""
        size = (Inches(rect.x), Inches(rect.y), Inches(rect.width), Inches(rect.height))
        describe(self.slide.shapes.add_picture(BytesIO(png), *size), name, words)

    def bar(self) -> None:
        """A bar beneath the head: in its theme's colour where the sheet is about one."""
        head, map_ = self.layout.filters.rect, self.layout.map
        theme = theme_of(self.atlas, self.sheet)
        colour = self.sheet.colours["rule"]
        if theme:
            colour = _theme_accent(self.atlas, self.sheet, theme)
        thick = 0.035 if theme else 0.014
        top = map_.y - thick - 0.012
        _draw_bar(self.slide, Rect(head.x, top, head.width, thick), colour)

    def key_points(self, rect: Rect | None) -> None:
        """The key points, in the slide's body: they stand in the outline too."""
        if self.points is None or rect is None:
            return
        shape = self.points
        paragraphs = [
            Paragraph(
                _point_runs(self.atlas, point.text, point.record),
                indent=NUMBER_WIDTH,
                numbered=self.sheet.colours["ink"],
                after=0.55,
            )
            for point in self.sheet.points
        ]
        # The wider face takes what it can of the space above the legend.
        below = self.layout.legend
        if below and below.x == rect.x:
            rect = replace(rect, height=max(rect.height, below.y - rect.y - 0.08))
        write_text(shape, paragraphs, rect, LEVELS[0][0])
        describe(shape, "Key points")
        # Placeholders come first; these are read after the map.
        tree = shape._element.getparent()
        tree.remove(shape._element)
        tree.append(shape._element)

    def footer(self) -> None:
        """Sources, borders, version and link."""
        sheet = self.sheet
        words = footer_of(sheet.brief, sheet.sources, sheet.borders, "", sheet.version)
        runs: tuple[Run, ...] = (Run(words, soft=True),)
        if sheet.link:
            runs = Run(f"{words} ", soft=True), Run(sheet.link, soft=True, link=sheet.link)
        foot = self.layout.footer
        # What the wider face takes more may reach into the margin.
        height = self.layout.frame.height - 0.1 - foot.rect.y
        rect = Rect(foot.rect.x, foot.rect.y, foot.rect.width, max(height, foot.rect.height))
        self.text("Sources, borders, version", [Paragraph(runs)], rect, foot.size)

    def seen(self) -> str:
        """What the map shows, in words."""
        sheet = self.sheet
        kinds = Counter(layer_of(record) for record in sheet.records)
        drawn = ", ".join(
            counted(count, layer.one, layer.label).lower() for layer, count in kinds.items()
        )
        countries = self.atlas.countries["name"]
        named = [str(countries[code]) for code in sheet.countries if code in countries.index][:12]
        words = f"Map, {sheet.view.name} projection: {sheet.title}. It shows {drawn}."
        if named:
            words += f" Countries: {', '.join(named)}."
        return words + " The notes list every record."

    def legend_in_words(self) -> str:
        """The legend's entries, by group."""
        groups: dict[str, list[str]] = {}
        for entry in self.sheet.legend:
            groups.setdefault(entry.group, []).append(entry.label)
        return "Legend. " + " ".join(f"{g}: {', '.join(e)}." for g, e in groups.items())


def _evidence_runs(sheet: Sheet) -> tuple[Run, ...]:
    """The evidence key, in the words that it has on paper: what is drawn lighter comes last."""
    firm, light = (
        " · ".join(evidence_words(s, count) for s, count in sheet.evidence if (s in FIRM) is full)
        for full in (True, False)
    )
    counted = f"{firm} · {LIGHTER} {light}" if firm and light else firm or f"{LIGHTER} {light}"
    return (Run(f"{INTRODUCTION}  ", bold=True), Run(counted, soft=True))


def _point_runs(atlas: Atlas, text: str, record_id: str | None) -> tuple[Run, ...]:
    """A key point; what backs it stands back, unless somebody has worded it anew."""
    record = atlas.dossier.records.get(record_id or "")
    if record and text == clean(point_text(record)):
        return Run(clean(record.title)), Run(f" {clean(ground_of(record))}", soft=True)
    return (Run(text),)


def _write_title(slide: Any, text: str, rect: Rect, size: float) -> None:
    shape = slide.shapes.title
    write_text(shape, [Paragraph((Run(text, bold=True),))], rect, size)
    describe(shape, "Title")


def _draw_bar(slide: Any, rect: Rect, colour: str) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), Emu(0), Emu(0))
    place(shape, rect)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour[1:7].upper())
    shape.line.fill.background()
    # Its style would give it a shadow.
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    describe(shape, "Bar")


# --- sources -----------------------------------------------------------------------------------


def _draw_sources(
    deck: PresentationType, atlas: Atlas, sheets: Sequence[Sheet], left_out: Sequence[Theme]
) -> None:
    """Slides with the article, the terms, the borders, and what each of its lines says."""
    first = sheets[0]
    frame, title = first.layout.frame, first.layout.title.rect
    head = Rect(title.x, title.y, frame.width - 2 * title.x, 0.42)
    top = head.bottom + 0.22
    width = head.width
    count = max(1, int((width + _GAP) / (COLUMN_WIDTH + _GAP)))
    column = (width - (count - 1) * _GAP) / count
    height = frame.height - top - title.y
    blocks = [*about_blocks(atlas, sheets, left_out), *ledger_blocks(atlas, sheets)]
    columns = flow(blocks, SOURCES_SIZE, column, height)
    slides = [columns[n : n + count] for n in range(0, len(columns), count)]
    for number, shown in enumerate(slides, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(TITLE_ONLY))
        words = "Sources" if len(slides) == 1 else f"Sources ({number} of {len(slides)})"
        _write_title(slide, words, head, TITLES[0][0])
        _draw_bar(slide, Rect(head.x, head.bottom + 0.05, width, 0.014), first.colours["rule"])
        for position, paragraphs in enumerate(shown):
            box = slide.shapes.add_textbox(Emu(0), Emu(0), Emu(0), Emu(0))
            describe(box, f"Column {position + 1}")
            rect = Rect(title.x + position * (column + _GAP), top, column, height)
            write_text(box, paragraphs, rect, SOURCES_SIZE)
