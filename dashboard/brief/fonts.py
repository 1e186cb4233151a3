"""Fonts of pictures and slides, and how wide a text is in them.

Source Sans Pro is the family that the app shows; what it has no signs for comes from DejaVu Sans,
and what neither has is shown as a box that names the script.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from font_source_sans_pro import font_files_ttf
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

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


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line of text.

    Parameters
    ----------
    text : str
    size : float
        Points.
    weight : str
        As in `font`.

    Returns
    -------
    float
        Inches.
    """
    register()
    # 72 dpi: pixels are points. Hinting is off, as in vector output: sizes are the same everywhere.
    face = font_manager.get_font(
        [font_manager.findfont(font(size, weight)), font_manager.findfont("DejaVu Sans")]
    )
    face.set_size(100, 72)
    face.set_text(text, 0.0)
    # The advance of a text that ends in spaces is more than its ink; ink is what is measured.
    width, _ = face.get_width_height()
    return float(width / 64) * size / 100 / 72


def clean(text: str) -> str:
    """Text of one line: no control characters, white space as single spaces."""
    spaced = " ".join(text.split())
    # Joiners and marks of direction are needed by scripts and emoji; others only do harm.
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})


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
        As in `font`.

    Returns
    -------
    list of str
        Nothing is lost but the spaces at the breaks. Empty for an empty text.
    """
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        if not word:
            continue
        tried = f"{line} {word}" if line else word
        if width_of(tried, size, weight) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size, weight) > width and len(line) > 1:
            fits = next(
                (
                    n
                    for n in range(len(line) - 1, 1, -1)
                    if width_of(line[:n], size, weight) <= width
                ),
                1,
            )
            lines.append(line[:fits])
            line = line[fits:]
    if line:
        lines.append(line)
    return lines
