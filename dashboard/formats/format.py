"""What a format of a briefing is: what it is called, what it is good for, and what writes it.

One module a format, named by its id, with one class; `dashboard.formats.registry` has them all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from dashboard.atlas.data import Atlas
from dashboard.sheet.sets import Progress, silent
from dashboard.sheet.sheet import Sheet

SCREEN_DPI = 192
"""Dots per inch of a picture for screens: twice the 96 that a screen takes for one inch."""

PAPER_DPI = 300
"""Dots per inch of a picture for paper."""


@dataclass(frozen=True)
class Offer:
    """One file that the page offers: a button.

    Attributes
    ----------
    key : str
        What it is called in code.
    label : str
        On the button.
    help : str
        What it is good for, in a sentence.
    dpi : int
        Dots per inch, for pictures.
    themes : bool
        Whether it is a deck with a slide for each theme.
    """

    key: str
    label: str
    help: str
    dpi: int = SCREEN_DPI
    themes: bool = False

    @property
    def told_apart(self) -> str:
        """What tells its file from others of the same ending; empty for the plain one."""
        return "all-themes" if self.themes else f"{self.dpi}dpi" if self.dpi != SCREEN_DPI else ""


@dataclass(frozen=True)
class Order:
    """What is to be written.

    Attributes
    ----------
    atlas : Atlas
    sheets : sequence of Sheet
        At least one; more only for a format that holds several.
    dpi : int
        Dots per inch, for pictures.
    progress : callable
        Is told how far it is.
    """

    atlas: Atlas
    sheets: Sequence[Sheet]
    dpi: int = SCREEN_DPI
    progress: Progress = silent

    @property
    def sheet(self) -> Sheet:
        """The only one, or the first."""
        return self.sheets[0]


class Format(ABC):
    """A format.

    What `write` needs is imported in it: a page that shows a preview need not load what makes
    slides.

    Attributes
    ----------
    id : str
        Value of ``--format``, and what its files end in.
    label : str
        For readers.
    help : str
        What it is good for, in a sentence.
    media_type : str
    several : bool
        Whether it holds more than one sheet.
    dots : bool
        Whether dots per inch make a difference.
    further : tuple of Offer
        What else the page offers in this format.
    """

    id: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    media_type: ClassVar[str]
    several: ClassVar[bool] = False
    dots: ClassVar[bool] = False
    further: ClassVar[tuple[Offer, ...]] = ()

    @property
    def suffix(self) -> str:
        """Of its files, with the dot."""
        return f".{self.id}"

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the page offers in this format, the plain file first."""
        return (Offer(self.id, self.label, self.help), *self.further)

    @abstractmethod
    def write(self, order: Order) -> bytes:
        """Write the file."""
