"""A briefing's picture beside a plain geopandas plot of the same layers, in the same run.

``python -m benchmarks.briefing`` prints a table and writes it to ``benchmarks/briefing.md``. Both
make a PNG of a 16:9 slide, 2560 × 1440 pixels, in the same projection, of the same countries,
waters, disputed areas, lines and points. The plot has no title, names, legend, symbols, heads,
halos or sources, and nothing is placed.
"""

from __future__ import annotations

import io
import os
import pickle
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import numpy as np
from shapely.geometry import LineString, MultiLineString, box

from dashboard.atlas import data
from dashboard.atlas.address import Screen

BASE = "http://localhost:8501"
ROUNDS = 7
DPI = 192
OUT = Path(__file__).with_name("briefing.md")
WORKS = {"overview, Eurasia": "eurasia", "overview, world": "world", "Red Sea and Gulf": "red-sea"}


def briefing(atlas: data.Atlas, extent: str) -> bytes:
    """What the product does: from a request to the bytes of a PNG."""
    from dashboard.formats import paper
    from dashboard.sheet.sheet import compose
    from dashboard.sheet.spec import Brief

    sheet = compose(atlas, Brief(screen=Screen(), extent=extent), BASE)
    return paper.png(atlas, sheet, DPI)


@dataclass(frozen=True)
class Shown:
    """What a sheet shows, without the product: all that the plot needs."""

    crs: str
    limits: tuple[float, float, float, float]
    bounds: tuple[float, float, float, float]
    size: tuple[float, float]
    lines: list[list[np.ndarray]]
    line_colours: list[str]
    points: list[tuple[float, float]]
    point_colours: list[str]


def shown(atlas: data.Atlas, extent: str) -> Shown:
    """Take from a sheet what the plot needs."""
    from dashboard.sheet.sheet import compose
    from dashboard.sheet.spec import Brief

    sheet = compose(atlas, Brief(screen=Screen(), extent=extent), BASE)
    view, frame = sheet.view, sheet.layout.frame
    return Shown(
        crs=view.crs,
        limits=(view.x0, view.y0, view.x1, view.y1),
        bounds=sheet.bounds,
        size=(frame.width, frame.height),
        lines=[list(line.of.parts) for line in sheet.lines],
        line_colours=[line.colour for line in sheet.lines],
        points=[(point.of.lon, point.of.lat) for point in sheet.symbols],
        point_colours=[point.colour for point in sheet.symbols],
    )


def plain(atlas: data.Atlas, what: Shown) -> bytes:
    """What a competent user would write with geopandas."""
    from matplotlib.figure import Figure

    west, _, east, _ = what.bounds
    # What lies on the far side would run across the picture: everybody cuts it off.
    window = box(max(-180, west - 60), -60, min(180, east + 60), 85)
    lines = gpd.GeoSeries(
        [MultiLineString([LineString(part) for part in parts]) for parts in what.lines],
        crs="EPSG:4326",
    )
    points = gpd.GeoSeries.from_xy(*np.array(what.points).T, crs="EPSG:4326")
    figure = Figure(figsize=what.size, dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    atlas.countries.geometry.clip(window).to_crs(what.crs).plot(
        ax=axes, facecolor="#f7f5f0", edgecolor="#b9b8b2", linewidth=0.6
    )
    kinds = atlas.water["kind"]
    atlas.water[kinds == "lake"].geometry.clip(window).to_crs(what.crs).plot(
        ax=axes, color="#dfe8ee"
    )
    atlas.water[kinds == "river"].geometry.clip(window).to_crs(what.crs).plot(
        ax=axes, color="#bcd0dc", linewidth=0.7
    )
    atlas.disputed.geometry.clip(window).to_crs(what.crs).plot(
        ax=axes, facecolor="none", edgecolor="#6d6a66", hatch="////"
    )
    lines.to_crs(what.crs).plot(ax=axes, color=what.line_colours, linewidth=2)
    points.to_crs(what.crs).plot(ax=axes, color=what.point_colours, markersize=90, zorder=5)
    x0, y0, x1, y1 = what.limits
    axes.set(xlim=(x0, x1), ylim=(y0, y1))
    axes.set_aspect("auto")
    axes.set_axis_off()
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DPI)
    return file.getvalue()


def timed(work: Callable[[], bytes]) -> float:
    """Seconds."""
    start = time.perf_counter()
    made = work()
    spent = time.perf_counter() - start
    assert made.startswith(b"\x89PNG")
    return spent


def first(what: Path | None, extent: str) -> float:
    """Seconds that the first picture of a fresh process takes, libraries included."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.briefing", "--first", extent, str(what or "")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(found.stdout)


def _cell(values: list[float]) -> str:
    low, high = min(values) * 1000, max(values) * 1000
    return f"{statistics.median(values) * 1000:,.0f} ({low:,.0f}–{high:,.0f})"


def main() -> None:
    """Measure, print and write."""
    atlas = data.load()
    if "--first" in sys.argv:
        extent, file = sys.argv[-2:]
        if file:
            what = pickle.loads(Path(file).read_bytes())
            print(timed(lambda: plain(atlas, what)))
        else:
            print(timed(lambda: briefing(atlas, extent)))
        return
    rows: list[tuple[str, list[float], list[float]]] = []
    for words, extent in WORKS.items():
        what = shown(atlas, extent)
        ours, theirs = partial(briefing, atlas, extent), partial(plain, atlas, what)
        ours(), theirs()
        pairs = [(timed(ours), timed(theirs)) for _ in range(ROUNDS)]
        rows.append((f"{words}, warm", [p[0] for p in pairs], [p[1] for p in pairs]))
    with tempfile.TemporaryDirectory() as folder:
        file_ = Path(folder, "shown")
        file_.write_bytes(pickle.dumps(shown(atlas, "eurasia")))
        pairs = [(first(None, "eurasia"), first(file_, "eurasia")) for _ in range(ROUNDS)]
    words = "overview, Eurasia, first of a process"
    rows.append((words, [p[0] for p in pairs], [p[1] for p in pairs]))
    table = ["| | briefing, ms | plain plot, ms | ratio |", "| --- | ---: | ---: | ---: |"]
    for words, mine, plots in rows:
        ratio = statistics.median(mine) / statistics.median(plots)
        table.append(f"| {words} | {_cell(mine)} | {_cell(plots)} | {ratio:.2f} |")
    text = "\n".join(
        [
            "# A briefing's PNG beside a plain geopandas plot",
            "",
            f"Median of {ROUNDS} (least–most), taking turns; `python -m benchmarks.briefing`.",
            "Both are 2560 × 1440 pixels of the same layers in the same projection; the plot has",
            "no words, symbols, heads, halos, legend. The first of a process loads its libraries.",
            "",
            *table,
            "",
            f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python "
            f"{platform.python_version()}; geopandas {gpd.__version__}, "
            f"matplotlib {version('matplotlib')}.",
            "",
        ]
    )
    print(text)
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
