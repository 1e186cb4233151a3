"""Names that a mistyped word may have meant. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

NEAR = 0.72
"""How alike a mistyped word and a name must be, from 0 to 1."""


def nearest(word: str, names: Iterable[str]) -> list[str]:
    """Names most like a word, the nearest first; a name that the word begins is near."""
    near = []
    matcher = SequenceMatcher(None, "", word)
    for name in names:
        if len(word) > 1 and name.startswith(word):
            near.append((1.0, name))
            continue
        if 2 * min(len(word), len(name)) < NEAR * (len(word) + len(name)):
            continue
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= NEAR:
            ratio = matcher.ratio()
            if ratio >= NEAR:
                near.append((ratio, name))
    near.sort(key=lambda pair: (-pair[0], pair[1]))
    # What is much less like it than the nearest is no help.
    return [name for ratio, name in near[:3] if ratio > near[0][0] - 0.12]
