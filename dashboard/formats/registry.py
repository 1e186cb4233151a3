"""The formats that a briefing can be written in: the one list, for the app and the command line.

The page's buttons, what the command line takes and the table in its help are made of `FORMATS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

from dashboard.atlas.data import Atlas
from dashboard.formats.csv import Csv
from dashboard.formats.format import SCREEN_DPI, Format, Order
from dashboard.formats.geojson import GeoJson
from dashboard.formats.gpkg import GeoPackage
from dashboard.formats.html import Html
from dashboard.formats.pdf import Pdf
from dashboard.formats.png import Png
from dashboard.formats.pptx import Pptx
from dashboard.formats.svg import Svg
from dashboard.log import logger, report
from dashboard.sheet.sets import Progress, silent
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.spec import Brief

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


FORMATS: Mapping[str, Format] = {
    format_.id: format_
    for format_ in (Png(), Svg(), Pdf(), Pptx(), Html(), GeoJson(), Csv(), GeoPackage())
}
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
        made = format_.write(Order(atlas, sheets, dpi, progress))
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
