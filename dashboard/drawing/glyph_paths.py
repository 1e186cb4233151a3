"""Symbols as outlines for matplotlib, from the SVG paths of `dashboard.look.glyphs`."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.path import Path

from dashboard.atlas.layers import GLYPHS
from dashboard.look.glyphs import SIZE

_CODES: dict[str, list[int]] = {
    "moveTo": [int(Path.MOVETO)],
    "lineTo": [int(Path.LINETO)],
    "qCurveTo": [int(Path.CURVE3)] * 2,
    "curveTo": [int(Path.CURVE4)] * 3,
}


def outline(d: str) -> Path:
    """Read the `d` of an SVG path.

    Parameters
    ----------
    d : str
        SVG path data; arcs become cubic curves.

    Returns
    -------
    matplotlib.path.Path
        In the path's own units, y down as in SVG.

    Raises
    ------
    ValueError
        If it is no path data, or misses a number.
    """
    pen = RecordingPen()
    parse_path(d, pen)
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for command, points in pen.value:
        if command in _CODES:
            vertices += points
            codes += _CODES[command]
        elif command == "closePath":
            vertices.append(vertices[-1])
            codes.append(int(Path.CLOSEPOLY))
    return Path(np.array(vertices, dtype=float).reshape(-1, 2), codes)


@lru_cache(maxsize=64)
def glyph_path(name: str, part: str = "shape") -> Path | None:
    """Outline of a symbol, one unit high and wide around the origin, y up.

    Parameters
    ----------
    name : str
        Key of `dashboard.atlas.layers.GLYPHS`; ``dot`` stands in for one that is not there.
    part : str
        ``shape`` or ``mark``.

    Returns
    -------
    matplotlib.path.Path or None
        None for a symbol without a mark.
    """
    glyph = GLYPHS.get(name, GLYPHS["dot"])
    d = glyph.shape if part == "shape" else glyph.mark
    if not d:
        return None
    path = outline(d)
    half = SIZE / 2
    return Path((np.asarray(path.vertices) - half) / SIZE * [1, -1], path.codes)
