"""The formats that a briefing can be written in: the one list, for the app and the command line.

The page's buttons, what the command line takes and the table in its help are made of `FORMATS`.

What writes a format is imported when it is first asked for: a page that shows a preview need not
load what makes slides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from dashboard.atlas.data import Atlas
from dashboard.log import logger, report
from dashboard.sheet.sets import Progress, silent
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.spec import Brief

SCREEN_DPI = 192
"""Dots per inch of a picture for screens: twice the 96 that a screen takes for one inch."""

PAPER_DPI = 300
"""Dots per inch of a picture for paper."""

LEAST_DPI, MOST_DPI = 50, 600

SLOW = 5.0
"""Seconds from which on an export is noted in the log."""

_log = logger("export")


class FormatError(Exception):
    """A format could not be written; the message names it and says why.

    Attributes
    ----------
    number : str
        By which the log has what went wrong; empty where the request itself was wrong.
    """

    def __init__(self, message: str, number: str = "") -> None:
        super().__init__(message)
        self.number = number


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
class Format:
    """A format.

    Attributes
    ----------
    id : str
        Value of ``--format``.
    label : str
        For readers.
    suffix : str
        Of its files, with the dot.
    media_type : str
    help : str
        What it is good for, in a sentence.
    write : callable
        Writes sheets: an atlas, the sheets, dots per inch, and whom to tell how far it is.
    several : bool
        Whether it holds more than one sheet.
    dots : bool
        Whether dots per inch make a difference.
    further : tuple of Offer
        What else the page offers in this format.
    """

    id: str
    label: str
    suffix: str
    media_type: str
    help: str
    write: Callable[[Atlas, Sequence[Sheet], int, Progress], bytes]
    several: bool = False
    dots: bool = False
    further: tuple[Offer, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the page offers in this format, the plain file first."""
        return (Offer(self.id, self.label, self.help), *self.further)


def _png(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import paper

    return paper.png(atlas, sheets[0], dpi)


def _svg(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import paper

    return paper.svg(atlas, sheets[0])


def _pdf(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import paper

    return paper.pdf(atlas, sheets[0])


def _pptx(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats.slides import deck

    return deck(atlas, sheets, progress)


def _html(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import standalone

    return standalone.html(atlas, sheets[0])


def _geojson(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import records

    return records.geojson(atlas, sheets[0])


def _csv(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import records

    return records.csv(atlas, sheets[0])


def _gpkg(atlas: Atlas, sheets: Sequence[Sheet], dpi: int, progress: Progress) -> bytes:
    from dashboard.formats import records

    return records.geopackage(atlas, sheets[0])


_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FORMATS: Mapping[str, Format] = {
    format_.id: format_
    for format_ in (
        Format(
            "png", "PNG", ".png", "image/png", "A picture, twice as fine as a screen.", _png,
            dots=True,
            further=(Offer("png-300", "PNG 300 dpi", "A picture for paper.", PAPER_DPI),),
        ),
        Format("svg", "SVG", ".svg", "image/svg+xml", "A drawing to edit; text stays text.", _svg),
        Format(
            "pdf", "PDF", ".pdf", "application/pdf", "A page to print, sharp at any size.", _pdf
        ),
        Format(
            "pptx", "PowerPoint", ".pptx", _SLIDES,
            "A slide with editable text, notes and sources.", _pptx,
            several=True,
            further=(
                Offer(
                    "deck", "Deck by theme", "An overview, a slide for each theme, sources.",
                    themes=True,
                ),
            ),
        ),
        Format(
            "html", "HTML", ".html", "text/html",
            "The interactive map in one file; needs no network.", _html,
        ),
        Format(
            "geojson", "GeoJSON", ".geojson", "application/geo+json", "The records shown.",
            _geojson,
        ),
        Format("csv", "CSV", ".csv", "text/csv", "The records shown, as a table.", _csv),
        Format(
            "gpkg", "GeoPackage", ".gpkg", "application/geopackage+sqlite3",
            "The records shown, for a GIS.", _gpkg,
        ),
    )
}  # fmt: skip
"""By id, in the order offered."""


def export(
    atlas: Atlas,
    sheets: Sequence[Sheet],
    format_id: str,
    dpi: int = SCREEN_DPI,
    progress: Progress = silent,
) -> bytes:
    """Write sheets in a format.

    Parameters
    ----------
    atlas : Atlas
    sheets : sequence of Sheet
        One, unless the format holds several.
    format_id : str
        Key of `FORMATS`.
    dpi : int
        Dots per inch, for pictures.
    progress : callable
        Is told how far it is.

    Returns
    -------
    bytes

    Raises
    ------
    FormatError
        If it could not be written, for whatever reason.
    """
    format_ = FORMATS[format_id]
    if len(sheets) > 1 and not format_.several:
        raise FormatError(f"{format_.label} holds one view, not {len(sheets)}.")
    progress(0, f"Writing {format_.label}")
    began = monotonic()
    try:
        made = format_.write(atlas, sheets, dpi, progress)
    except Exception as error:  # whatever went wrong: the page goes on, and says what failed
        number = report(_log, f"writing {format_.label}", error)
        reason = " ".join(str(error).split()) or type(error).__name__
        raise FormatError(f"{format_.label} could not be written: {reason}", number) from error
    if (taken := monotonic() - began) > SLOW:
        records = len({record.id for sheet in sheets for record in sheet.records})
        _log.warning(
            "slow: writing %s took %.1f s; records: %d, sheets: %d",
            format_.label,
            taken,
            records,
            len(sheets),
        )
    progress(1, f"{format_.label} written")
    return made


def _slug(text: str, longest: int) -> str:
    """Lower-case ASCII with dashes, for the name of a file."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > longest:
        words = words[:longest].rpartition("-")[0] or words[:longest]
    return words


def file_name(atlas: Atlas, brief: Brief, suffix: str, what: str = "") -> str:
    """Name of a file, readable and plain ASCII: ``lakes_copper_16x9_2019-09.png``.

    Parameters
    ----------
    atlas : Atlas
    brief : Brief
        Gives the subject and the frame.
    suffix : str
        With the dot.
    what : str
        What else tells it from others, e.g. ``300dpi``.

    Returns
    -------
    str
        No path, no space; never longer than a file system takes.
    """
    filters = brief.screen.filters
    subject = [*filters.actor, *filters.theme] or [brief.heading or brief.title or "all"]
    parts = (
        _slug(Path(atlas.dossier.name).name, 40) or "dossier",
        _slug(" ".join(subject), 48) or "view",
        _slug(brief.frame.replace(":", "x"), 20),
        _slug(what, 20),
        _slug(str(atlas.dossier.head.as_of), 10),
    )
    return "_".join(part for part in parts if part) + suffix
