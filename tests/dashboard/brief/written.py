"""The texts of a sheet as other programs find them: in an SVG, in a PDF, and how wide they are.

Widths are Pillow's, of the fonts that the sheet is set in; none of the code that set it is asked.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

from font_source_sans_pro import font_files_ttf
from PIL import ImageFont
from pypdf import PdfReader

SVG = "{http://www.w3.org/2000/svg}"

_FACES = {
    "400": font_files_ttf["SourceSansPro"],
    "600": font_files_ttf["SourceSansProSemibold"],
    "700": font_files_ttf["SourceSansProBold"],
    "italic": font_files_ttf["SourceSansProIt"],
}


@dataclass(frozen=True)
class Word:
    """A text on a page, in points from the upper left corner.

    Attributes
    ----------
    text : str
    left, baseline : float
    size : float
        Of the type.
    face : str
        ``400``, ``600``, ``700`` or ``italic``.
    colour : str
        ``#rrggbb``.
    """

    text: str
    left: float
    baseline: float
    size: float
    face: str
    colour: str

    @property
    def width(self) -> float:
        return width_of(self.text, self.size, self.face)

    @property
    def middle(self) -> tuple[float, float]:
        """Middle of its letters."""
        return self.left + self.width / 2, self.baseline - 0.33 * self.size


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FACES[face], 1000, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, size: float, face: str = "400") -> float:
    """Width of a line in points, by Pillow."""
    return float(_font(face).getlength(text)) * size / 1000


def in_svg(svg: bytes) -> list[Word]:
    """Texts of an SVG in the order in which they are drawn."""
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        parts = [part.partition(":") for part in (node.get("style") or "").split(";")]
        style = {name.strip(): value.strip() for name, _, value in parts}
        face = style.get("font-weight", "400")
        face = "italic" if style.get("font-style") == "italic" else face
        size = float(style["font-size"].removesuffix("px"))
        text = "".join(node.itertext())
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[style["text-anchor"]]
        left = float(str(node.get("x"))) - share * width_of(text, size, face)
        found.append(Word(text, left, float(str(node.get("y"))), size, face, style["fill"]))
    return found


def in_pdf(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """Stretches of text of a PDF's first page: text, left, baseline and size."""
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    high = float(page.mediabox.height)
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, outer: Any, inner: Any, font: Any, size: float) -> None:
        if text.strip():
            found.append(
                (text.strip(), outer[4] + inner[4], high - outer[5] - inner[5], float(size))
            )

    page.extract_text(visitor_text=visit)
    return found


def squeezed(text: str) -> str:
    """Without spaces, which a break may take away."""
    return re.sub(r"\s", "", text)
