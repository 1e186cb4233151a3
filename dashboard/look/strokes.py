"""Strokes: how wide, how dashed and of what colour each sort of line is drawn.

One definition for the map in the browser, which gets it as a style sheet, and for the pictures that
are drawn without a browser. Widths and dashes are in CSS pixels (1/96 inch) as on screen. No
Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

MOST_COUNTED = 6
"""Records up to which a bundle of relations grows thicker."""


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn.

    Attributes
    ----------
    width : float
        Pixels.
    casing : float
        Width of the pale line beneath, in pixels; 0 for none.
    casing_opacity : float
        From 0 to 1, on top of what the colour ``halo`` lets through by itself.
    dash : tuple of float
        Lengths of strokes and gaps in pixels; empty for a line without gaps.
    round : bool
        Whether strokes end round: a dash of nearly no length is then a dot.
    colour : str
        ``theme`` for that of the record's subject, or a key of `palette.MAP_COLOURS`.
    opacity : float
        From 0 to 1.
    ties : tuple of float
        Dash of the pale cross strokes on top (a railway's sleepers); empty for none.
    """

    width: float
    casing: float = 0
    casing_opacity: float = 1
    dash: tuple[float, ...] = ()
    round: bool = False
    colour: str = "theme"
    opacity: float = 1
    ties: tuple[float, ...] = ()


TYPES: Mapping[str, Stroke] = {
    "flow": Stroke(2.4, casing=4.4, casing_opacity=0.75),
    "relation": Stroke(1, opacity=0.8),
    "leg": Stroke(3.4, casing=6),
    "detour": Stroke(2.6, casing=6, dash=(2, 5), round=True, colour="ink"),
}
"""By type of line; a relation's width grows with its records, see `line_stroke`."""

RELATION_STEP = 0.35
"""Pixels that each record adds to the width of a bundle of relations."""

BASE: Mapping[str, Stroke] = {
    "border": Stroke(0.7, colour="border"),
    "coast": Stroke(0.6, colour="coast"),
    "river": Stroke(0.9, colour="river"),
    "member": Stroke(0.9, colour="border"),
    "disputed": Stroke(0.9, dash=(3, 2.5), colour="hatch"),
}
"""Lines of the base map. ``coast`` is the shore of lakes too; ``member`` is the border of a country
that an alliance fills, on the map in the browser."""

TIES_WIDTH = 1.5
"""Pixels."""

TIES_COLOUR = "paper"
"""Key of `dashboard.look.palette.MAP_COLOURS`."""

STATES: Mapping[str, Mapping[str, Any]] = {
    "partly-delivered": {"dash": (16, 4)},
    "agreed": {"dash": (9, 5)},
    "contemplated": {"dash": (0.1, 5.5), "round": True},
    "stalled": {"dash": (10, 4, 2, 4)},
}
"""What the state of a flow changes."""

STANCES: Mapping[str, Mapping[str, Any]] = {"opposes": {"dash": (5, 3)}}
"""What the stance of a relation changes."""

MODES: Mapping[str, Mapping[str, Any]] = {
    "rail": {"width": 3.6, "ties": (5, 5)},
    "road": {"width": 2.4},
    "sea": {"width": 2, "dash": (9, 4)},
    "river": {"width": 2, "dash": (3, 3)},
    "canal": {"width": 3.4},
}
"""What the mode of a corridor's leg changes."""

STATUSES: Mapping[str, Mapping[str, Any]] = {
    "under-construction": {"dash": (7, 4)},
    "planned": {"dash": (2, 4)},
    "gap": {"colour": "alert", "width": 4, "dash": (3, 3), "ties": ()},
    "disrupted": {"colour": "alert", "dash": (9, 3, 2, 3, 2, 3), "ties": ()},
}
"""What the status of a corridor's leg changes; it outweighs the mode.

A dash holds for the ties too: sleepers lie where there is track.
"""

LIGHT_OPACITY = 0.5
"""Of lines that the article does not state as fact."""

CONTEXT_OPACITY = 0.55
"""Of lines that are not in the article at all."""


def line_stroke(
    type_: str,
    *,
    state: str | None = None,
    stance: str | None = None,
    mode: str | None = None,
    status: str | None = None,
    count: int = 1,
) -> Stroke:
    """Stroke of a line of the scene.

    Parameters
    ----------
    type_ : str
        A key of `TYPES`.
    state, stance, mode, status : str, optional
        As in the scene's lines.
    count : int
        Records that the line stands for.

    Returns
    -------
    Stroke
        Lines of light evidence are drawn with `LIGHT_OPACITY` instead of its own.

    Raises
    ------
    KeyError
        If there is no such type.
    """
    stroke = TYPES[type_]
    if type_ == "relation":
        stroke = replace(stroke, width=stroke.width + RELATION_STEP * min(count, MOST_COUNTED))
    for changes, key in ((STATES, state), (STANCES, stance), (MODES, mode), (STATUSES, status)):
        stroke = replace(stroke, **changes.get(key or "", {}))
    if stroke.ties and (dash := STATUSES.get(status or "", {}).get("dash")):
        stroke = replace(stroke, ties=dash)
    return stroke
