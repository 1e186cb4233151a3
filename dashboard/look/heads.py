"""Heads of lines: which line ends in which, and what each looks like.

The map in the browser gets them with the scene; the pictures of a briefing draw the same. Pixels
are those of CSS (1/96 inch). No Streamlit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """The head of a line that runs to the right and ends at 0, 0.

    Attributes
    ----------
    outline : tuple of (float, float)
        Its corners in pixels, y down.
    stop : float
        Where along the line its stroke may end, in pixels: the head hides the gap.
    """

    outline: tuple[tuple[float, float], ...]
    stop: float = 0

    @property
    def tip(self) -> float:
        """How far it reaches beyond the line's end, in pixels."""
        return max(x for x, _ in self.outline)


def _disc(radius: float, corners: int = 16) -> tuple[tuple[float, float], ...]:
    turns = (2 * math.pi * number / corners for number in range(corners))
    return tuple((round(radius * math.cos(t), 2), round(radius * math.sin(t), 2)) for t in turns)


HEADS: Mapping[str, Head] = {
    "arrow": Head(((-10.4, -5.5), (1.6, 0), (-10.4, 5.5), (-7.4, 0)), stop=-6.9),
    "bar": Head(((-1.1, -4.5), (1.1, -4.5), (1.1, 4.5), (-1.1, 4.5))),
    "dot": Head(_disc(3)),
}

HEAD_OF: Mapping[str, str] = {"flow": "arrow", "supports": "dot", "opposes": "bar"}
"""By the stance of a line, or its type where it has none; all others end in nothing."""


def head_of(type_: str, stance: str | None = None) -> str | None:
    """Key of `HEADS` for a line of the scene, or None; see `dashboard.look.strokes.line_stroke`."""
    return HEAD_OF.get(stance or type_)
