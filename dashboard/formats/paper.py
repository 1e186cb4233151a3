"""Sheets on paper: PNG, SVG and PDF of a briefing, drawn by matplotlib without a browser.

matplotlib's settings are global and its fonts are shared, while sessions of the app run in threads:
one sheet is drawn at a time.
"""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import RLock
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text as FigureText

from dashboard.atlas.data import Atlas
from dashboard.drawing.canvas import Canvas
from dashboard.drawing.furniture import draw_furniture, draw_legend
from dashboard.drawing.picture import draw_map
from dashboard.formats.format import SCREEN_DPI
from dashboard.formats.pdf_tags import alternative_text, tagged
from dashboard.sheet.fitting import Rect
from dashboard.sheet.fonts import FAMILIES, cut_down
from dashboard.sheet.layout import set_legend
from dashboard.sheet.sheet import Sheet

SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "dossier-atlas",  # the same sheet gives the same bytes
    "pdf.fonttype": 42,  # fonts are embedded as TrueType
    "pdf.compression": 6,
    "text.hinting": "none",  # lines are as wide as they were measured, at every resolution
    "text.usetex": False,
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "path.simplify": True,
}
"""matplotlib's settings while a sheet is drawn and written."""

_DRAWING = RLock()


@contextmanager
def drawing() -> Iterator[None]:
    """Draw or write a figure: alone, with `SETTINGS`, and without a word on signs no font has."""
    with _DRAWING, matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
        # A box stands for them.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from")
        yield


def _canvas(rect: Rect, sheet: Sheet, dpi: float | None) -> Canvas:
    """Something empty; at a resolution a whole number of pixels wide and high."""
    if dpi is None:
        return Canvas(rect.width, rect.height, sheet.colours["paper"])

    def whole(inches: float) -> float:
        # matplotlib cuts off what is less than a pixel: a hair more than a whole number stays it.
        return (round(inches * dpi) + 0.01) / dpi

    return Canvas(whole(rect.width), whole(rect.height), sheet.colours["paper"])


def _add_map(canvas: Canvas, rect: Rect, atlas: Atlas, sheet: Sheet) -> None:
    width, height = canvas.width, canvas.height
    axes = canvas.figure.add_axes(
        (
            rect.x / width,
            1 - rect.bottom / height,
            rect.width / width,
            rect.height / height,
        )
    )
    draw_map(axes, atlas, sheet)


def figure_of(atlas: Atlas, sheet: Sheet, dpi: float | None = None, links: bool = False) -> Figure:
    """A whole sheet, as large as its frame in inches; to be drawn and written within `drawing`."""
    frame = sheet.layout.frame
    canvas = _canvas(Rect(0, 0, frame.width, frame.height), sheet, dpi)
    _add_map(canvas, sheet.layout.map, atlas, sheet)
    draw_furniture(canvas, sheet, links)
    return canvas.figure


def _as_png(figure: Figure, sheet: Sheet, dpi: float) -> bytes:
    file = io.BytesIO()
    metadata = {
        "Title": sheet.title,
        "Source": sheet.sources if sheet.brief.sources else "",
        "Software": "Dossier Atlas",
    }
    figure.set_dpi(dpi)
    FigureCanvasAgg(figure).print_png(
        file,
        metadata={key: value for key, value in metadata.items() if value},
        pil_kwargs={"dpi": (dpi, dpi), "compress_level": 3},
    )
    return file.getvalue()


def png(atlas: Atlas, sheet: Sheet, dpi: float = SCREEN_DPI) -> bytes:
    """Write a sheet as PNG.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet
    dpi : float
        Dots per inch: the picture has as many pixels as the frame's inches times this, rounded.

    Returns
    -------
    bytes
        With title and source as text fields, and the resolution.
    """
    with drawing():
        return _as_png(figure_of(atlas, sheet, dpi), sheet, dpi)


def map_png(atlas: Atlas, sheet: Sheet, dpi: float = SCREEN_DPI) -> bytes:
    """Write only the map of a sheet as PNG, of the shape of ``sheet.layout.map``."""
    rect = sheet.layout.map
    with drawing():
        canvas = _canvas(rect, sheet, dpi)
        _add_map(canvas, Rect(0, 0, canvas.width, canvas.height), atlas, sheet)
        return _as_png(canvas.figure, sheet, dpi)


def legend_png(atlas: Atlas, sheet: Sheet, dpi: float = SCREEN_DPI) -> bytes:
    """Write only the legend of a sheet as PNG, of the shape of ``sheet.layout.legend``.

    Raises
    ------
    ValueError
        If the sheet has none.
    """
    rect = sheet.layout.legend
    legend = set_legend(sheet.layout, sheet.legend)
    if rect is None or legend is None:
        raise ValueError("the sheet has no legend")
    with drawing():
        canvas = _canvas(rect, sheet, dpi)
        draw_legend(canvas, legend, 0, 0, sheet)
        return _as_png(canvas.figure, sheet, dpi)


def pdf(atlas: Atlas, sheet: Sheet) -> bytes:
    """Write a sheet as PDF: vectors, text that can be selected, fonts embedded, tagged."""
    file = io.BytesIO()
    metadata = {
        "Title": sheet.title,
        "Subject": sheet.subtitle,
        "Creator": "Dossier Atlas",
        "CreationDate": None,  # the same sheet gives the same bytes
    }
    with drawing():
        figure = figure_of(atlas, sheet, links=True)
        FigureCanvasPdf(figure).print_pdf(file, metadata=metadata)
    return tagged(file.getvalue(), sheet)


# --- SVG ---------------------------------------------------------------------------------------


def svg(atlas: Atlas, sheet: Sheet) -> bytes:
    """Write a sheet as SVG: text as text, the fonts that it uses within the file."""
    file = io.BytesIO()
    with drawing():
        figure = figure_of(atlas, sheet)
        metadata = {
            "Title": sheet.title,
            "Source": sheet.link,
            "Creator": "Dossier Atlas",
            "Date": None,
        }
        FigureCanvasSVG(figure).print_svg(file, metadata=metadata)
        fonts = _font_faces(figure)
    text = file.getvalue().decode()
    # The type's address is an outer reference that no reader needs.
    text = re.sub(r"<!DOCTYPE[^>]*>\s*", "", text, count=1)
    words = alternative_text(sheet)
    text = text.replace("</title>", f"</title>\n <desc>{escape(words)}</desc>", 1)
    text = text.replace("<svg ", '<svg role="img" lang="en" ', 1)
    text = text.replace("<defs>", f'<defs>\n  <style type="text/css">{fonts}</style>', 1)
    return text.encode()


def _font_faces(figure: Figure) -> str:
    """Style sheet with the fonts of a figure's texts, cut down to the signs that they use."""
    used: dict[tuple[str, int, str, str], set[str]] = defaultdict(set)
    for text in figure.findobj(FigureText):
        if not text.get_visible() or not text.get_text():
            continue
        wanted = text.get_fontproperties()
        left = set(text.get_text())
        for family in FAMILIES:
            one = wanted.copy()
            one.set_family(family)
            path = str(font_manager.findfont(one))
            has = {sign for sign in left if ord(sign) in _signs(path)}
            left -= has
            if has:
                named = wanted.get_weight()
                weight = named if isinstance(named, int) else font_manager.weight_dict[named]
                used[family, weight, wanted.get_style(), path] |= has
    faces = []
    for (family, weight, style, path), signs in sorted(used.items()):
        data = base64.b64encode(cut_down(path, "".join(sorted(signs)))).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
    return "".join(faces)


@lru_cache(maxsize=16)
def _signs(path: str) -> frozenset[int]:
    """Code points that a font has."""
    return frozenset(font_manager.get_font(path).get_charmap())
