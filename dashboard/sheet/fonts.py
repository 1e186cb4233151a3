"""Fonts of pictures and slides, and how wide a text is in them.

Source Sans Pro is the family that the app shows; what it has no signs for comes from DejaVu Sans,
and what neither has is shown as a box that names the script.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from font_source_sans_pro import font_files_ttf
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import LoadFlags

from dashboard.look.units import INCH
from dashboard.sheet import arial

FAMILIES = ("Source Sans Pro", "DejaVu Sans")
"""In the order in which a sign is looked for."""

FILES = {
    "normal": font_files_ttf["SourceSansPro"],
    "semibold": font_files_ttf["SourceSansProSemibold"],
    "bold": font_files_ttf["SourceSansProBold"],
    "italic": font_files_ttf["SourceSansProIt"],
}
"""Paths by weight. TrueType: its outlines go into a PDF as they are."""


@lru_cache(maxsize=1)
def register() -> None:
    """Make the fonts known to matplotlib, once."""
    # DejaVu Sans has no semibold: its bold stands in, and need not be announced.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    # Tables of a font that no reader needs are dropped without a word.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    for path in FILES.values():
        font_manager.fontManager.addfont(path)


@lru_cache(maxsize=64)
def font(size: float, weight: str = "normal", italic: bool = False) -> FontProperties:
    """Font of a size in points.

    Parameters
    ----------
    size : float
        Points (1/72 inch).
    weight : str
        ``normal``, ``semibold`` or ``bold``.
    italic : bool
        Only for weight ``normal``.
    """
    register()
    return FontProperties(
        family=list(FAMILIES), size=size, weight=weight, style="italic" if italic else "normal"
    )


_WIDER = 1.14
"""How much wider than Source Sans Pro what stands in for Arial is taken to be."""

_MISSING_WIDTH = 1.1475
"""Width of the box that stands for a sign that no font has, as a multiple of the size of type."""


@lru_cache(maxsize=16)
def _paths(weight: str) -> tuple[str, ...]:
    register()
    wanted = [FontProperties(family=family, weight=weight) for family in FAMILIES]
    return tuple(font_manager.findfont(properties) for properties in wanted)


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    """Code points that one of the families has."""
    register()
    found: set[int] = set()
    for path in _paths("normal"):
        found |= set(font_manager.get_font(path).get_charmap())
    return frozenset(found)


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line of text.

    Parameters
    ----------
    text : str
    size : float
        Points.
    weight : str
        As in `font`, or a weight of `dashboard.sheet.arial`.

    Returns
    -------
    float
        Inches.
    """
    return _ems(text, weight) * size / INCH


# Widths grow with the size: what is tried at many sizes is measured once.
@lru_cache(maxsize=32768)
def _ems(text: str, weight: str) -> float:
    """Width of one line as a multiple of the size of type."""
    if weight in (arial.NORMAL, arial.BOLD):
        table = arial.widths(weight)
        others = "".join(c for c in text if c not in table)
        stands_in = "bold" if weight == arial.BOLD else "normal"
        return sum(table.get(c, 0.0) for c in text) + (
            _WIDER * _ems(others, stands_in) if others else 0.0
        )
    known = "".join(c for c in text if ord(c) in _drawable())
    missing = (len(text) - len(known)) * _MISSING_WIDTH
    # A face of this thread's own: it holds one text at a time.
    face = font_manager.get_font(list(_paths(weight)))
    # 72 dpi: pixels are points. Without hinting, as it is drawn: the same at every resolution.
    face.set_size(100, 72)
    face.set_text(known, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = face.get_width_height()
    return float(width) / 64 / 100 + missing


@lru_cache(maxsize=32)
def cut_down(path: str, signs: str, features: tuple[str, ...] = ()) -> bytes:
    """A font with no more than some signs, and what shapes and joins them.

    Parameters
    ----------
    path : str
        TrueType file.
    signs : str
        Characters that are kept; those that the font has not are passed over.
    features : tuple of str
        OpenType features that are kept beside the usual ones, e.g. ``tnum``.

    Returns
    -------
    bytes
        WOFF; the same for the same signs.
    """
    # Lazily: what is not kept is not read, which takes three quarters of the time.
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        options = subset.Options(hinting=False, notdef_outline=True)
        options.layout_features += features
        cutter = subset.Subsetter(options)
        cutter.populate(text=signs)
        cutter.subset(font)
        font.flavor = "woff"
        file = BytesIO()
        font.save(file)
    return file.getvalue()


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """Text of one line: no control characters, white space as single spaces."""
    # Joiners and marks of direction are needed by scripts and emoji; others only do harm.
    harmful = {"Cc", "Cs", "Co", "Cn"}
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in harmful)
    return " ".join("".join(kept).split())


_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


def _clusters(word: str) -> list[str]:
    """Characters of a word with the marks and joiners that belong to them."""
    found: list[str] = []
    for character in word:
        joins = (
            character in _JOINERS
            or unicodedata.category(character).startswith("M")
            or unicodedata.category(character) == "Sk"
        )
        if found and (joins or found[-1].endswith("\u200d")):
            found[-1] += character
        else:
            found.append(character)
    return found


def _broken(word: str, size: float, width: float, weight: str) -> list[str]:
    """A word in pieces that are no wider than `width`, or one character long."""
    pieces = []
    left = _clusters(word)
    while left:
        low, high = 1, len(left)
        while low < high:
            middle = (low + high + 1) // 2
            if width_of("".join(left[:middle]), size, weight) <= width:
                low = middle
            else:
                high = middle - 1
        pieces.append("".join(left[:low]))
        left = left[low:]
    return pieces


def wrap(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break a text into lines that are no wider than `width`.

    Parameters
    ----------
    text : str
        Plain text; a word that is wider than a line is broken.
    size : float
        Points.
    width : float
        Inches.
    weight : str
        As in `width_of`.

    Returns
    -------
    list of str
        Nothing is lost but the spaces at the breaks. Empty for an empty text.
    """
    return list(_wrapped(clean(text), size, width, weight))


@lru_cache(maxsize=2048)
def _wrapped(text: str, size: float, width: float, weight: str) -> tuple[str, ...]:
    words = [word for word in text.split(" ") if word]
    lines: list[str] = []
    # Measuring is what takes time: a line is first tried with as many letters as the last had.
    letters = int(width / (size * 0.0065)) + 1
    start = 0
    while start < len(words):
        end = _end_of_line(words, start, letters, size, width, weight)
        if end == start:
            *full, words[start] = _broken(words[start], size, width, weight)
            lines += full
            # What is left may be a single letter, wider than the line.
            end = max(start + 1, _end_of_line(words, start, letters, size, width, weight))
        lines.append(" ".join(words[start:end]))
        letters = len(lines[-1])
        start = end
    return tuple(lines)


def _end_of_line(
    words: Sequence[str], start: int, letters: int, size: float, width: float, weight: str
) -> int:
    """First word that the line beginning with `start` has no room for; `letters` is a guess."""

    def fits(end: int) -> bool:
        return width_of(" ".join(words[start:end]), size, weight) <= width

    end, length = start + 1, len(words[start])
    while end < len(words) and length + 1 + len(words[end]) <= letters:
        length += 1 + len(words[end])
        end += 1
    while end > start and not fits(end):
        end -= 1
    while start < end < len(words) and fits(end + 1):
        end += 1
    return end


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
