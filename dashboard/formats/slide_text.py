"""Text of a slide, measured as PowerPoint sets it: runs, paragraphs, the size that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.look.units import POINT
from dashboard.sheet import arial
from dashboard.sheet.fitting import LEADING, Rect
from dashboard.sheet.fonts import clean, wrap

FONT = "Arial"

SLACK = 1.02
"""How much less than a box's width is taken for a line: programs round widths each in their way."""

SMALLEST = 5.0
"""Points below which no text is set, even if its box were to overflow."""

_MEASURED = 10.0


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look.

    Attributes
    ----------
    text : str
        Plain.
    bold : bool
    soft : bool
        Whether it stands back: in the paler ink.
    colour : str or None
        ``#rrggbb`` where it is neither ink nor the paler ink.
    link : str or None
        Address that it opens; only http and https are taken.
    """

    text: str
    bold: bool = False
    soft: bool = False
    colour: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes
    ----------
    runs : tuple of Run
    indent : float
        Inches by which all lines but the beginning of the first are indented; what is written
        before a tab hangs in it.
    numbered : str or None
        Colour (``#rrggbb``) of the number that the program counts; None for no number.
    after : float
        Space beneath, as a multiple of the size of type.
    scale : float
        Its size of type, as a multiple of that of the box.
    """

    runs: tuple[Run, ...]
    indent: float = 0.0
    numbered: str | None = None
    after: float = 0.0
    scale: float = 1.0

    @property
    def text(self) -> str:
        """All of it, plain, white space as single spaces."""
        return clean("".join(run.text for run in self.runs))


def lines_of(paragraph: Paragraph, size: float, width: float) -> list[str]:
    """Lines that a paragraph takes in a box, in Arial, counted with some slack.

    Parameters
    ----------
    paragraph : Paragraph
    size : float
        Points of the box.
    width : float
        Inches.
    """
    # What hangs in the indent takes no room of the lines.
    text = paragraph.text
    if paragraph.indent and not paragraph.numbered:
        text = clean("".join(run.text for run in paragraph.runs).partition("\t")[2]) or text
    bold = any(run.bold for run in paragraph.runs)
    room = max(width - paragraph.indent, 0.1) / SLACK
    # Widths grow with the size: measured at one size, they are measured once.
    room *= _MEASURED / (size * paragraph.scale)
    return wrap(text, _MEASURED, room, arial.BOLD if bold else arial.NORMAL) or [""]


def height_of(paragraphs: Sequence[Paragraph], size: float, width: float) -> float:
    """Height that paragraphs take in a box of `width`, in inches."""
    return sum(
        (len(lines_of(p, size, width)) * LEADING + p.after) * size * p.scale * POINT
        for p in paragraphs
    )


def fitting_size(paragraphs: Sequence[Paragraph], rect: Rect, largest: float) -> float:
    """The largest size of type, in points, at which paragraphs fit their box.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
    rect : Rect
        Inches.
    largest : float
        Points.

    Returns
    -------
    float
        In steps of a quarter of a point; not less than `SMALLEST`.
    """
    # The space beneath the last paragraph may lie outside.
    *others, last = paragraphs
    paragraphs = [*others, replace(last, after=0.0)]
    size = largest
    while size > SMALLEST and height_of(paragraphs, size, rect.width) > rect.height + 1e-6:
        size -= 0.25
    return max(size, SMALLEST)
