"""A briefing's picture beside a plain geopandas plot of the same layers, in the same run.

``python -m benchmarks.briefing`` prints a table and writes it to ``benchmarks/briefing.md``. Both
make a PNG of a 16:9 slide, 2560 × 1440 pixels, in the same projection, of the same countries, waters,
disputed areas, lines and points. The plot has no title, names, legend, symbols, heads, halos or
sources, and nothing is placed.
"""

from __future__ import annotations

import io
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import matplotlib as mpl
import numpy as np
from shapely.geometry import LineString, MultiLineString, box

from dashboard import data
from dashboard.address import Screen
from dashboard.brief import paper
from dashboard.brief.sheet import Sheet, compose
from dashboard.brief.spec import Brief

ROUNDS = 7
DPI = 192
OUT = Path(__file__).with_name("briefing.md")
WORKS = {"overview, Eurasia": "eurasia", "overview, world": "world", "Red Sea and Gulf": "red-sea"}


def briefing(atlas: data.Atlas, extent: str) -> bytes:
    """What the product does: from a request to the bytes of a PNG."""
    sheet = compose(atlas, Brief(screen=Screen(), extent=extent), "http://localhost:8501")
    return paper.png(atlas, sheet, DPI)


def plain(atlas: data.Atlas, sheet: Sheet) -> bytes:
    """What a competent user would write with geopandas, of what the sheet shows."""
    from matplotlib.figure import Figure

    view, frame = sheet.view, sheet.layout.frame
    middle = sheet.bounds
    window = box(max(-180, middle[0] - 60), -60, min(180, middle[2] + 60), 85)
    lines = gpd.GeoSeries(
        [MultiLineString([LineString(part) for part in line.parts]) for line in sheet.lines],
        crs="EPSG:4326",
    )
    points = gpd.GeoSeries.from_xy(
        [point.lon for point in sheet.symbols],
        [point.lat for point in sheet.symbols],
        crs="EPSG:4326",
    )
    figure = Figure(figsize=(frame.width, frame.height), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    # What lies on the far side would run across the picture: everybody cuts it off.
    atlas.countries.geometry.clip(window).to_crs(view.crs).plot(
        ax=axes, facecolor="#f7f5f0", edgecolor="#b9b8b2", linewidth=0.6
    )
    kinds = atlas.water["kind"]
    atlas.water[kinds == "lake"].geometry.clip(window).to_crs(view.crs).plot(
        ax=axes, color="#dfe8ee"
    )
    atlas.water[kinds == "river"].geometry.clip(window).to_crs(view.crs).plot(
        ax=axes, color="#bcd0dc", linewidth=0.7
    )
    atlas.disputed.geometry.clip(window).to_crs(view.crs).plot(
        ax=axes, facecolor="none", edgecolor="#6d6a66", hatch="////"
    )
    lines.to_crs(view.crs).plot(ax=axes, color=[line.colour for line in sheet.lines], linewidth=2)
    points.to_crs(view.crs).plot(
        ax=axes, color=[point.colour for point in sheet.symbols], markersize=90, zorder=5
    )
    axes.set(xlim=(view.x0, view.x1), ylim=(view.y0, view.y1))
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


def first(extent: str, which: str) -> float:
    """Seconds that the first picture of a fresh process takes, once the atlas is loaded."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.briefing", "--first", extent, which],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(found.stdout)


def _both(atlas: data.Atlas, extent: str) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    brief = Brief(screen=Screen(), extent=extent)
    sheet = compose(atlas, brief, "http://localhost:8501")
    return lambda: briefing(atlas, extent), lambda: plain(atlas, sheet)


def _cell(values: list[float]) -> str:
    low, high = min(values) * 1000, max(values) * 1000
    return f"{statistics.median(values) * 1000:,.0f} ({low:,.0f}–{high:,.0f})"


def main() -> None:
    """Measure, print and write."""
    atlas = data.load()
    if "--first" in sys.argv:
        extent, which = sys.argv[-2:]
        if which == "briefing":
            print(timed(lambda: briefing(atlas, extent)))
        else:
            # The sheet is worked out by the product; only the plot is timed.
            print(timed(_both(atlas, extent)[1]))
        return
    rows = []
    for words, extent in WORKS.items():
        ours, theirs = _both(atlas, extent)
        ours(), theirs()
        pairs = np.array([(timed(ours), timed(theirs)) for _ in range(ROUNDS)])
        rows.append((f"{words}, warm", list(pairs[:, 0]), list(pairs[:, 1])))
    cold = [(first("eurasia", "briefing"), first("eurasia", "plain")) for _ in range(ROUNDS)]
    rows.append(("overview, Eurasia, first of a process", *map(list, zip(*cold, strict=True))))
    table = ["| | briefing, ms | plain plot, ms | ratio |", "| --- | ---: | ---: | ---: |"]
    for words, mine, plots in rows:
        ratio = statistics.median(mine) / statistics.median(plots)
        table.append(f"| {words} | {_cell(mine)} | {_cell(plots)} | {ratio:.2f} |")
    text = "\n".join(
        [
            "# A briefing's PNG beside a plain geopandas plot",
            "",
            f"Median of {ROUNDS} (least–most), taking turns in one process; "
            "`python -m benchmarks.briefing`. Both are 2560 × 1440 pixels of the same layers in the",
            "same projection; the plot has no words, symbols, heads, halos or legend. In a first picture",
            "the plot finds libraries loaded that the briefing loads itself.",
            "",
            *table,
            "",
            f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python "
            f"{platform.python_version()}; geopandas {gpd.__version__}, matplotlib {mpl.__version__}.",
            "",
        ]
    )
    print(text)
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
