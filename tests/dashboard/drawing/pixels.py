"""A map as its pixels, asked by longitude and latitude.

Where a place must lie is worked out here from the sheet's projection and frame alone, with none of
the code that draws: what frames a map is tested in `test_frame_of_map`.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from pyproj import Transformer

from dashboard.atlas.data import Atlas
from dashboard.formats import paper
from dashboard.sheet.sheet import Sheet

DPI = 144
POINT = DPI / 72
"""Pixels in a point."""


def rgb(colour: str) -> np.ndarray:
    """``#rrggbb`` as three numbers."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def over(colour: str, ground: str, share: float) -> str:
    """A colour laid over another."""
    mixed = rgb(colour) * share + rgb(ground) * (1 - share)
    return "#" + "".join(f"{round(part):02x}" for part in mixed.tolist())


class Painted:
    """The map of a sheet, painted."""

    def __init__(self, atlas: Atlas, sheet: Sheet) -> None:
        with Image.open(io.BytesIO(paper.map_png(atlas, sheet, DPI))) as image:
            self.pixels = np.asarray(image.convert("RGB")).astype(int)
        self.height, self.width, _ = self.pixels.shape
        self.view = sheet.view
        self.project = Transformer.from_crs("EPSG:4326", sheet.view.crs, always_xy=True)
        self.rows, self.columns = np.mgrid[: self.height, : self.width] + 0.5

    def spots(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Degrees as pixels: rows of (column, row) from the upper left corner."""
        x, y = self.project.transform(np.asarray(lon), np.asarray(lat))
        view = self.view
        return np.column_stack(
            [
                (np.asarray(x) - view.x0) / (view.x1 - view.x0) * self.width,
                (view.y1 - np.asarray(y)) / (view.y1 - view.y0) * self.height,
            ]
        )

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """One place as (column, row)."""
        column, row = self.spots(np.array([lon]), np.array([lat]))[0]
        return float(column), float(row)

    def has(self, colour: str, near: int = 12) -> np.ndarray:
        """Which pixels have a colour, or nearly."""
        return np.asarray(np.abs(self.pixels - rgb(colour)).sum(axis=2) <= near)

    def disc(self, lon: float, lat: float, points: float) -> np.ndarray:
        """Which pixels lie within so many points of a place."""
        column, row = self.spot(lon, lat)
        found = np.asarray(np.hypot(self.columns - column, self.rows - row) <= points * POINT)
        assert found.any(), f"{lon}, {lat} is not on the picture"
        return found

    def share(self, colour: str, lon: float, lat: float, points: float) -> float:
        """Share of the pixels around a place that have a colour."""
        disc = self.disc(lon, lat, points)
        return float(self.has(colour)[disc].mean())

    def colour_at(self, lon: float, lat: float) -> tuple[int, int, int]:
        """What colour most of the few pixels at a place have."""
        around = self.pixels[self.disc(lon, lat, 1.5)]
        found, counts = np.unique(around, axis=0, return_counts=True)
        red, green, blue = found[np.argmax(counts)].tolist()
        return red, green, blue

    def farthest(self, mask: np.ndarray, spots: np.ndarray) -> float:
        """How far from the nearest of some pixels (column, row) any of a mask lies, in points."""
        rows, columns = np.nonzero(mask)
        if not len(rows):
            return 0.0
        at = np.column_stack([columns + 0.5, rows + 0.5])
        apart = np.hypot(*(at[:, None] - spots[None]).transpose(2, 0, 1))
        return float(apart.min(axis=1).max() / POINT)
