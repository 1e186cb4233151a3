"""The texts of a sheet as other programs find them: in an SVG, in a PDF, and how wide they are.

Widths on sheets are Pillow's, of the fonts that they are set in, less what the fonts' own tables
draw pairs of letters together by: whatever shows an SVG kerns, as browsers do. Slides are set in
Arial, which nobody may ship: its widths and pairs are those of Helvetica, which matplotlib has as a
table; what that lacks is measured by Pillow in DejaVu Sans. None of the code that sets the texts is
asked.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
from font_source_sans_pro import font_files_ttf
from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont
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


@cache
def _names(face: str) -> dict[int, str]:
    """Names of a font's signs, by code point."""
    return dict(TTFont(_FACES[face]).getBestCmap())


@cache
def _kerns(face: str) -> list[list[Any]]:
    """The tables of each step of a font's kerning; of a step the first counts that has a pair."""
    table = TTFont(_FACES[face])["GPOS"].table
    features = [f.Feature for f in table.FeatureList.FeatureRecord if f.FeatureTag == "kern"]
    steps = {index for feature in features for index in feature.LookupListIndex}
    lookups = [table.LookupList.Lookup[index] for index in sorted(steps)]
    return [[getattr(t, "ExtSubTable", t) for t in lookup.SubTable] for lookup in lookups]


@cache
def _pair(face: str, first: str, second: str) -> float:
    """What a font adds to the width of a letter before another, in its thousandths."""
    left, right = _names(face).get(ord(first)), _names(face).get(ord(second))
    total = 0.0
    for tables in _kerns(face) if left and right else ():
        for table in tables:
            if left not in table.Coverage.glyphs:
                continue
            if table.Format == 2:
                of_left, of_right = table.ClassDef1.classDefs, table.ClassDef2.classDefs
                record = table.Class1Record[of_left.get(left, 0)]
                value = record.Class2Record[of_right.get(right, 0)].Value1
                total += getattr(value, "XAdvance", 0)
                break
            pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            found = [pair.Value1 for pair in pairs if pair.SecondGlyph == right]
            if found:
                total += getattr(found[0], "XAdvance", 0)
                break
    return total


def width_of(text: str, size: float, face: str = "400") -> float:
    """Width of a line in points, as a program sets it that kerns."""
    kerned = sum(_pair(face, *pair) for pair in pairwise(text))
    return (float(_font(face).getlength(text)) + kerned) * size / 1000


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


# Arial

ARIAL_LINE = 1.15
"""Height of a line of Arial, as a multiple of its size: what programs take for single spacing."""

_BOX = 1.2
"""Ems that a sign takes which no font at hand has, an emoji for one."""


def _helvetica(bold: bool) -> list[str]:
    """Lines of the table of Helvetica."""
    name = "phvb8a.afm" if bold else "phvr8a.afm"
    path = Path(matplotlib.get_data_path()) / "fonts" / "afm" / name
    return path.read_text("latin-1").splitlines()


@cache
def helvetica_pairs(bold: bool) -> dict[str, float]:
    """What Helvetica draws pairs of signs together by, in ems below 0."""
    pairs = [line.split() for line in _helvetica(bold) if line.startswith("KPX ")]
    return {toUnicode(a) + toUnicode(b): float(by) / 1000 for _, a, b, by in pairs}


@cache
def helvetica(bold: bool) -> dict[str, float]:
    """Widths of Helvetica's signs, which are Arial's, in ems."""
    found = {}
    for line in _helvetica(bold):
        fields = dict(part.split(maxsplit=1) for part in line.split(";") if len(part.split()) > 1)
        if "WX" in fields and "N" in fields:
            found[toUnicode(fields["N"].strip())] = float(fields["WX"]) / 1000
    return found


@cache
def _others(bold: bool) -> tuple[ImageFont.FreeTypeFont, frozenset[int]]:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
    signs = frozenset(TTFont(path).getBestCmap())
    return ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC), signs


@cache
def _ems(sign: str, bold: bool) -> float:
    known = helvetica(bold).get(sign)
    if known is not None:
        return known
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    font, signs = _others(bold)
    return float(font.getlength(sign)) / 1000 if ord(sign) in signs else _BOX


def in_arial(text: str, size: float, bold: bool = False, kerned: bool = False) -> float:
    """Width of a line in points, set in Arial; `kerned` by a program that pulls pairs together."""
    pairs = helvetica_pairs(bold) if kerned else {}
    together = sum(pairs.get(a + b, 0.0) for a, b in pairwise(text))
    return (sum(_ems(sign, bold) for sign in text) + together) * size


def lines_in_arial(text: str, size: float, width: float, bold: bool = False) -> int:
    """Lines that a text takes, broken between words as a program would; points."""
    lines, used = 1, 0.0
    space = in_arial(" ", size, bold)
    for word in text.split():
        long = in_arial(word, size, bold)
        if used and used + space + long > width:
            lines, used = lines + 1, 0.0
        if not used and long > width:
            # A word without a break is broken where the line ends.
            for sign in word:
                step = in_arial(sign, size, bold)
                if used and used + step > width:
                    lines, used = lines + 1, 0.0
                used += step
        else:
            used += long + (space if used else 0.0)
    return lines
