"""The app against the size of its dossier: ``python -m benchmarks.growth`` writes ``growth.md``.

For each size a synthetic dossier (`benchmarks.synthetic`) is loaded by a server of its own and used
in headless Chromium. Times of clicks are taken in the page, from the click to the end of the frame
in which both the map and the panel show what was asked for. A size that does not answer in its time
is given as just that, with the stages of loading, which say where the time went.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Frame, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks import browser as chromium
from benchmarks.browser import NotShownError, Sample, Tab, launch, new_context
from benchmarks.protocol import expected_by_theme
from benchmarks.server import ROOT, Server, ServerError, serving
from benchmarks.synthetic import SIZES, kept

ROUNDS = 7
LIMIT = 300.0
"""Seconds that one size may take, from the start of its server on."""
PORT = 8755
DOSSIERS = ROOT / "build" / "benchmarks"
RESULTS = Path(__file__).with_name("growth.md")
DRAG = (240, 140)
"""Pixels over which the map is dragged, there and back."""

MAP_FRAME = 'iframe[title="streamlit_folium.st_folium"]'


@dataclass
class Size:
    """What was measured with one size. Times in ms unless said otherwise; bytes; MB of 10⁶ bytes.

    Attributes
    ----------
    count : int
        Records.
    stages : dict of str to float
        Processor seconds of each stage of loading, measured in a process of its own.
    values : dict of str to list of float
        Measure → what was obtained in each round.
    failures : list of str
        What did not come about in its time.
    """

    count: int
    stages: dict[str, float] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, measure: str, value: float) -> None:
        """Note one value."""
        self.values.setdefault(measure, []).append(value)


# --- loading, stage by stage -------------------------------------------------------------------


def stages(folder: Path) -> Iterator[tuple[str, float]]:
    """Load a dossier as the app does; yield each stage's name and processor seconds."""
    # Here, so that the driver itself stays small.
    from annotations.loader import load_dossier
    from dashboard.atlas.address import build_choices
    from dashboard.atlas.draw import draw
    from dashboard.atlas.filters import build_index
    from dashboard.atlas.reload import state_of
    from dashboard.atlas.scene import build_scene
    from dashboard.atlas.search import build_search
    from geodata.boundaries import border_note, load_countries, load_disputed
    from geodata.join import join

    taken = 0.0

    def timed(work: Callable[[], Any]) -> Any:
        nonlocal taken
        start = time.process_time()
        result = work()
        taken = time.process_time() - start
        return result

    countries, disputed = timed(lambda: (load_countries(), load_disputed()))
    yield "borders", taken
    timed(lambda: state_of(folder))
    yield "state of the files", taken
    dossier = timed(lambda: load_dossier(folder))
    yield "read and validate", taken
    joined = timed(lambda: join(dossier, countries))
    yield "join", taken
    index = timed(lambda: build_index(joined.dossier))
    yield "filter index", taken
    drawn = timed(lambda: draw(joined, disputed))
    yield "what is drawn", taken
    timed(lambda: build_choices(joined.dossier, index, drawn.things))
    yield "choices", taken
    scene = timed(lambda: build_scene(drawn, border_note().short))
    yield "scene", taken
    timed(lambda: gzip.compress(scene.body, 9))
    yield "pack the scene", taken
    timed(lambda: build_search(joined.dossier, index.totals["actor"], drawn.places))
    yield "search index", taken
    yield "memory, MB", psutil.Process().memory_info().rss / 1e6


def _stages_apart(folder: Path, size: Size, limit: float) -> None:
    """Run `stages` in a process of its own, ended after `limit` seconds; keep what it got to."""
    command = [sys.executable, "-m", "benchmarks.growth", "--stages", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        size.failures.append(f"loading, stage by stage, was ended after {limit:.0f} s")
    finally:
        process.kill()
    for line in said.splitlines():
        name, _, seconds = line.rpartition("\t")
        size.stages[name] = float(seconds)


# --- in the browser ----------------------------------------------------------------------------


def _holds(shown: int) -> str:
    """JavaScript: the map and the panel both show so many records."""
    on_map = "__bench.map().querySelector('#map_div').dataset"
    return (
        f"{on_map}.ready === 'true' && {on_map}.shown === '{shown}' && "
        f"__bench.number('.atlas-summary h2 b') === {shown}"
    )


_RECORD_FRAMES = """() => {
  window.benchFrames = [];
  const note = (now) => {
    if (!window.benchFrames) return;
    window.benchFrames.push(now);
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""

# Two frames after the drag has ended: the redraw that it causes is in the figures.
_STOP_FRAMES = """() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const frames = window.benchFrames;
    window.benchFrames = null;
    resolve(frames);
  }));
})"""


def _frame(tab: Tab) -> Frame:
    frame = tab.page.locator(MAP_FRAME).element_handle().content_frame()
    assert frame is not None
    return frame


def _pan(tab: Tab, size: Size) -> None:
    """Drag the map there and back; note frames a second and the longest frame."""
    box = tab.page.locator(MAP_FRAME).bounding_box()
    assert box is not None
    frame, mouse = _frame(tab), tab.page.mouse
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.35
    mouse.move(x, y)
    frame.evaluate(_RECORD_FRAMES)
    mouse.down()
    mouse.move(x + DRAG[0], y + DRAG[1], steps=30)
    mouse.move(x, y, steps=30)
    mouse.up()
    stamps: list[float] = frame.evaluate(_STOP_FRAMES)
    gaps = [after - before for before, after in pairwise(stamps)]
    if not gaps:
        raise NotShownError("no frame was drawn while the map was dragged")
    size.add("pan: frames a second", 1000 * len(gaps) / sum(gaps))
    size.add("pan: longest frame, ms", max(gaps))


def _heap_mb(context: BrowserContext, tab: Tab) -> float:
    """JavaScript's memory in use after a collection, page and map together, in MB."""
    session = context.new_cdp_session(tab.page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1e6


def _note_click(size: Size, sample: Sample, what: str) -> None:
    size.add(f"{what}, ms", sample.ms)
    size.add(f"{what}: websocket KB", sample.websocket / 1000)
    size.add(f"{what}: server ms", sample.cpu_ms)


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Let the tab wait for `seconds` instead of its own time."""
    usual = chromium.SECONDS_TO_SHOW, chromium.SECONDS_TO_REST
    chromium.SECONDS_TO_SHOW = max(1, int(seconds))
    chromium.SECONDS_TO_REST = max(1, min(60, int(seconds)))
    try:
        yield
    finally:
        chromium.SECONDS_TO_SHOW, chromium.SECONDS_TO_REST = usual


def _use(browser: Browser, server: Server, size: Size, scene: Any, rounds: int, end: float) -> None:
    """Everything that is done in the browser, until the time `end`."""
    everything = len(scene["records"])
    themes = [(theme, len(found)) for theme, found in expected_by_theme(scene).items() if found]

    def left() -> float:
        remaining = end - time.perf_counter()
        if remaining < 1:
            raise NotShownError("no time left")
        return remaining

    context = new_context(browser)
    try:
        with _patience(left()):
            tab = Tab(context, server)
            sample = tab.visit(_holds(everything))
        size.add("first map, cold, ms", sample.ms)
        size.add("first map, cold: HTTP KB", sample.http / 1000)
        size.add("first map, cold: websocket KB", sample.websocket / 1000)
        for _ in range(max(1, rounds // 2)):
            tab.page.close()
            with _patience(left()):
                tab = Tab(context, server)
                sample = tab.visit(_holds(everything))
            size.add("first map, warm, ms", sample.ms)
        size.add("browser heap, MB", _heap_mb(context, tab))
        for number in range(rounds):
            theme, shown = themes[number % len(themes)]
            button = tab.page.locator(".st-key-theme button").filter(has_text=theme)
            with _patience(left()):
                _note_click(size, tab.click(button.click, _holds(shown)), "filter to one theme")
            with _patience(left()):
                _note_click(size, tab.click(button.click, _holds(everything)), "filter taken away")
        for _ in range(max(2, rounds // 2)):
            left()
            _pan(tab, size)
    finally:
        context.close()


# --- one size ----------------------------------------------------------------------------------


def _fetch(url: str, timeout: float) -> tuple[bytes, int]:
    """A body, and the bytes in which it came when gzip was accepted."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        packed: bytes = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(packed) if is_packed else packed), len(packed)


def measure(
    count: int, browser: Browser, rounds: int = ROUNDS, limit: float = LIMIT, port: int = PORT
) -> Size:
    """Measure one size; whatever does not come about within `limit` seconds is a failure."""
    size = Size(count)
    folder = kept(count, DOSSIERS)
    _stages_apart(folder, size, limit)
    environment = {"DOSSIER_ATLAS_DOSSIER": str(folder)}
    script = ROOT / "streamlit_app.py"
    try:
        with serving(script, ROOT, port, environment) as server:
            end = time.perf_counter() + limit
            size.add("process to first answer, ms", server.seconds_to_answer * 1000)
            start = time.perf_counter()
            body, packed = _fetch(f"{server.url}/atlas/scene.json", limit)
            size.add("dossier loaded and served, ms", (time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            _fetch(f"{server.url}/atlas/scene.json", limit)
            size.add("scene.json again, ms", (time.perf_counter() - start) * 1000)
            size.add("scene.json, MB", len(body) / 1e6)
            size.add("scene.json gzipped, MB", packed / 1e6)
            size.add("server, dossier loaded, MB", server.memory_mb())
            try:
                _use(browser, server, size, json.loads(body), rounds, end)
            finally:
                size.add("server, at the end, MB", server.memory_mb())
    except (ServerError, NotShownError, PlaywrightError, OSError, TimeoutError) as error:
        words = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        size.failures.append(words)
    return size


# --- the table ---------------------------------------------------------------------------------


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(values: Sequence[float]) -> str:
    """Median, with the range where there are several."""
    if not values:
        return "–"
    text = _number(statistics.median(values))
    return text if len(values) == 1 else f"{text} ({_number(min(values))}–{_number(max(values))})"


def _rows(sizes: Sequence[Size], names: Sequence[str], cell: Callable[[Size, str], str]) -> str:
    lines = [
        "| | " + " | ".join(f"{size.count:,}" for size in sizes) + " |",
        "| --- |" + " ---: |" * len(sizes),
    ]
    lines += [
        f"| {name} | " + " | ".join(cell(size, name) for size in sizes) + " |" for name in names
    ]
    return "\n".join(lines)


def report(sizes: Sequence[Size]) -> str:
    """The whole text of ``growth.md``."""
    measures = list(dict.fromkeys(name for size in sizes for name in size.values))
    parts = list(dict.fromkeys(name for size in sizes for name in size.stages))
    lines = [
        "# Against the size of the dossier",
        "",
        f"{date.today()}, {os.cpu_count()} processors, {platform.system()}, Python "
        f"{platform.python_version()}, Streamlit {version('streamlit')}, headless Chromium without "
        "a graphics card. Synthetic dossiers, see `benchmarks/synthetic.py`. Median (min–max).",
        "",
        _rows(sizes, measures, lambda size, name: _cell(size.values.get(name, ()))),
        "",
        "Loading, stage by stage, in a process of its own: processor seconds.",
        "",
        _rows(
            sizes,
            parts,
            lambda size, name: _number(size.stages[name]) if name in size.stages else "–",
        ),
    ]
    failures = [f"- {size.count:,} records: {what}" for size in sizes for what in size.failures]
    if failures:
        lines += ["", "Not reached:", "", *failures]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds that a size may take")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--stages", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.stages:
        for name, seconds in stages(args.stages):
            print(f"{name}\t{seconds}", flush=True)
        return 0
    # Ended from outside, it still ends its server and browser.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sizes: list[Size] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            for count in sorted(args.sizes):
                sizes.append(measure(count, browser, args.rounds, args.limit, args.port))
                print(f"{count:,} records: {'; '.join(sizes[-1].failures) or 'done'}", flush=True)
                args.out.write_text(report(sizes), encoding="utf-8")
        finally:
            browser.close()
    print(report(sizes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
