"""Draws lines, areas and texts on matplotlib axes, in points; nothing is rasterised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke as Outline
from matplotlib.transforms import Affine2D, Transform
from shapely.geometry.base import BaseGeometry

from dashboard.drawing.courses import in_points
from dashboard.drawing.naming import MapText
from dashboard.sheet.fonts import font
from dashboard.sheet.mapview import MapView


def area_path(geometry: BaseGeometry, view: MapView, size: tuple[float, float]) -> Path:
    """Polygons in metres as one outline in points."""
    rings = shapely.get_rings(shapely.get_parts(shapely.get_parts(geometry)))
    return _path(rings, view, size, closed=True)


def line_path(geometry: BaseGeometry, view: MapView, size: tuple[float, float]) -> Path:
    """Lines in metres as one path in points."""
    return _path(shapely.get_parts(shapely.get_parts(geometry)), view, size, closed=False)


def _path(parts: np.ndarray, view: MapView, size: tuple[float, float], closed: bool) -> Path:
    parts = parts[np.isin(shapely.get_type_id(parts), (1, 2))] if len(parts) else parts
    xy, index = shapely.get_coordinates(parts, return_index=True)
    codes = np.full(len(xy), Path.LINETO, dtype=Path.code_type)
    if len(xy):
        first = np.concatenate([[True], index[1:] != index[:-1]])
        codes[first] = Path.MOVETO
        if closed:
            codes[np.concatenate([first[1:], [True]])] = Path.CLOSEPOLY
    return Path(in_points(xy, view, size), codes)


class Pen:
    """Draws in points on axes."""

    def __init__(self, axes: Axes, size: tuple[float, float]) -> None:
        self.axes = axes
        self.size = size
        self.transform: Transform = Affine2D().scale(1 / size[0], 1 / size[1]) + axes.transAxes

    def stroke(
        self,
        path: Path,
        colour: str,
        width: float,
        z: float,
        dash: Sequence[float] = (),
        alpha: float | None = None,
        round_: bool = True,
    ) -> None:
        """A line; its dash in points."""
        if not len(np.asarray(path.vertices)):
            return
        cap = "round" if round_ else "butt"
        self.axes.add_artist(
            PathPatch(
                path,
                facecolor="none",
                edgecolor=colour,
                linewidth=width,
                # matplotlib multiplies dashes with the width.
                linestyle=(0, [part / width for part in dash]) if dash else "solid",
                capstyle=cap,
                joinstyle="round",
                alpha=alpha,
                transform=self.transform,
                zorder=z,
            )
        )

    def fill(
        self,
        path: Path,
        colour: str,
        z: float,
        edge: str = "none",
        width: float = 0.0,
        alpha: float | None = None,
    ) -> None:
        """An area."""
        if len(np.asarray(path.vertices)):
            self.axes.add_artist(
                PathPatch(
                    path,
                    facecolor=colour,
                    edgecolor=edge,
                    linewidth=width,
                    joinstyle="round",
                    alpha=alpha,
                    transform=self.transform,
                    zorder=z,
                )
            )

    def many(
        self,
        paths: Sequence[Path],
        colours: Sequence[str],
        z: float,
        edges: Sequence[str] | str = "none",
        width: float = 0.0,
    ) -> None:
        """Several areas at once."""
        if paths:
            collection = PathCollection(
                paths,
                facecolors=colours,
                edgecolors=edges,
                linewidths=width,
                joinstyle="round",
                transform=self.transform,
                zorder=z,
            )
            self.axes.add_collection(collection, autolim=False)

    def text(
        self,
        text: MapText,
        colour: str,
        z: float,
        weight: str = "normal",
        italic: bool = False,
        halo: str | None = None,
        align: str = "center",
    ) -> None:
        """One line of text, as text; its halo beneath."""
        common: dict[str, Any] = {
            "fontproperties": font(text.size, weight, italic),
            "ha": align,
            "va": "center_baseline" if text.kind in ("count", "badge") else "center",
            "transform": self.transform,
            "parse_math": False,
            "clip_on": True,
        }
        if halo:
            # An effect on the text itself would turn it into outlines in vector formats.
            self.axes.text(
                text.x,
                text.y,
                text.text,
                color=halo,
                zorder=z,
                path_effects=[Outline(linewidth=2.2, foreground=halo)],
                **common,
            )
        self.axes.text(text.x, text.y, text.text, color=colour, zorder=z + 0.1, **common)
