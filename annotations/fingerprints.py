"""Recognising the article's lines without keeping its text.

A dossier holds the first 16 hexadecimal digits of the SHA-256 of each line. Whoever has the article
can number its lines as the dossier does; nobody can read the article out of the digits.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

DIGITS = 16

# Copies of one article differ in these and in nothing that a reader would notice.
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_UNIFIED = str.maketrans({**_QUOTES, **_DASHES, **_INVISIBLE})


def normalise(text: str) -> str:
    """Reduce a line to what all copies of it share.

    Parameters
    ----------
    text : str
        A line of the article, without its number.

    Returns
    -------
    str
        NFKC, lower case, straight quotes, hyphens for dashes, nothing invisible, single spaces.
    """
    # Twice: what is translated first would otherwise be changed by NFKC (´ becomes a space and an
    # accent), and NFKC in turn makes new dashes and quotes out of wide forms.
    text = unicodedata.normalize("NFKC", text.translate(_UNIFIED)).translate(_UNIFIED)
    return " ".join(unicodedata.normalize("NFKC", text.lower()).split())


def fingerprint(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the normalised line.

    Parameters
    ----------
    text : str
        A line of the article, without its number.

    Returns
    -------
    str
        16 lower-case hexadecimal digits.
    """
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:DIGITS]


def match(lines: Sequence[str], fingerprints: Sequence[str]) -> list[bool]:
    """Tell which lines of a text are those of the article.

    Parameters
    ----------
    lines : sequence of str
        The lines at hand, in order, without their numbers.
    fingerprints : sequence of str
        The article's, in order: ``dossier.head.article.fingerprints``.

    Returns
    -------
    list of bool
        For each line whether it is the article's line at the same place; False beyond its end.
    """
    known = [*fingerprints, *[""] * max(0, len(lines) - len(fingerprints))]
    return [fingerprint(line) == known[index] for index, line in enumerate(lines)]
