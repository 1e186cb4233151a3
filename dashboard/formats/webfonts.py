"""The app's typeface for a page that brings all it needs: Latin letters, in WOFF."""

from __future__ import annotations

import base64
from functools import lru_cache

from dashboard.sheet.fonts import FILES, cut_down

FAMILY = "Source Sans"
"""As the style sheet calls it."""

WEIGHTS = {"normal": 400, "semibold": 600, "bold": 700}

LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2192, 0x2212)
"""Code points kept: Latin with accents, dashes, quotes, €, → and −. Others come from the reader's
own fonts."""


@lru_cache(maxsize=1)
def font_css() -> str:
    """``@font-face`` rules with the fonts in them; about 75 KB, made once."""
    letters = "".join(map(chr, LETTERS))
    rules = []
    for name, weight in WEIGHTS.items():
        data = base64.b64encode(cut_down(FILES[name], letters, ("tnum",))).decode()
        rules.append(
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight};'
            f' src: url(data:font/woff;base64,{data}) format("woff"); }}'
        )
    return "\n".join(rules)
