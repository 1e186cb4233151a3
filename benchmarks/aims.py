"""Where to click: places on the map of each subject at which an object lies free."""

from __future__ import annotations

import math
from collections.abc import Callable

from playwright.sync_api import Page

from benchmarks.subjects.records import Records

Spot = tuple[float, float, str]
"""A place in pixels of the page, and the name of what lies there."""


class NoTargetError(Exception):
    """There is nothing on the map that a mouse could hit."""


PLOTLY = '[data-testid="stPlotlyChart"]'
PLOTLY_POINTS = f"{PLOTLY} .scatterlayer path.point"

# Of objects in the document: those that lie free, so that a mouse hits them.
_FREE = """([selector, key]) => {
  const frame = [...document.querySelectorAll('iframe[title="streamlit_folium.st_folium"]')].at(-1);
  const inside = frame ? frame.contentDocument : document;
  const offset = frame ? frame.getBoundingClientRect() : { x: 0, y: 0 };
  const free = [];
  [...inside.querySelectorAll(selector)].forEach((node, index) => {
    const box = node.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [px, py] = [x + offset.x, y + offset.y];
    if (px < 10 || py < 10 || px > innerWidth - 10 || py > innerHeight - 10) return;
    const there = inside.elementFromPoint(x, y);
    if (there && (node === there || node.contains(there))) {
      free.push([px, py, key ? node.dataset[key] : String(index)]);
    }
  });
  return free;
}"""


def aim_atlas(page: Page, records: Records, last: str) -> Spot:
    """Symbols say what they stand for."""
    selector = ".symbol[data-record]:not([data-record*=':'])"
    return _next(page.evaluate(_FREE, [selector, "record"]), last)


def aim_folium(page: Page, records: Records, last: str) -> Spot:
    """Circles stand in the document in the order of the points."""
    titles = list(records.points["title"])
    known = _unambiguous(records)
    found = page.evaluate(_FREE, ["path.record-point", ""])
    named = [(x, y, titles[int(index)]) for x, y, index in found]
    return _next([spot for spot in named if spot[2] in known], last)


def _unambiguous(records: Records) -> set[str]:
    """Titles of records with one point, where no other record has one: a click gives its card."""
    points = records.points
    alone = ~points.geometry.duplicated(keep=False) & ~points["title"].duplicated(keep=False)
    return set(points.loc[alone, "title"])


def _next(spots: list[Spot], last: str) -> Spot:
    """The spot after the last one, of something else."""
    names = [name for _, _, name in spots]
    start = names.index(last) + 1 if last in names else 0
    for x, y, name in spots[start:] + spots[:start]:
        if name != last:
            return x, y, name
    raise NoTargetError("fewer than two objects on the map lie free")


def _isolated(
    records: Records, width: float, height: float, project: Callable[[float, float], list[float]]
) -> list[Spot]:
    """Points that lie in sight and well apart from all others, in pixels of the map."""
    known = _unambiguous(records)
    placed: dict[tuple[float, float], str] = {}
    for row in records.points.itertuples():
        x, y = project(row.geometry.x, row.geometry.y)
        placed.setdefault((round(x, 1), round(y, 1)), row.title)
    return [
        (x, y, title)
        for (x, y), title in placed.items()
        if title in known
        and 30 < x < width - 30
        and 30 < y < height - 30
        and all(math.dist((x, y), other) > 16 for other in placed if other != (x, y))
    ]


def aim_deck(page: Page, records: Records, last: str) -> Spot:
    """On a canvas there is nothing to find: project the points as deck.gl does."""
    box = page.locator('[data-testid="stDeckGlJsonChart"] canvas').first.bounding_box()
    if box is None:
        raise NoTargetError("no canvas")
    scale = 256 * 2**records.zoom

    def mercator(lon: float, lat: float) -> tuple[float, float]:
        y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
        return math.radians(lon) * scale / math.tau, -y * scale / math.tau

    x0, y0 = mercator(records.lon, records.lat)

    def project(lon: float, lat: float) -> list[float]:
        x, y = mercator(lon, lat)
        return [x - x0 + box["width"] / 2, y - y0 + box["height"] / 2]

    most = min(box["height"], 890 - box["y"])
    apart = _isolated(records, box["width"], most, project)
    return _next([(x + box["x"], y + box["y"], title) for x, y, title in apart], last)


def aim_plotly(page: Page, records: Records, last: str) -> Spot:
    """A glass pane lies over all symbols, so none lies free: take those well apart from others."""
    boxes = page.evaluate(
        f"""() => [...document.querySelectorAll('{PLOTLY_POINTS}')].map((node) => {{
          const box = node.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2, node.__data__.tx];
        }})"""
    )
    frame = page.locator(f"{PLOTLY} .geolayer .bg").first.bounding_box()
    if frame is None:
        raise NoTargetError("no map")
    # Nor where a line bends: plotly may take that for what is meant, half a degree is 3 pixels.
    bends = {at for line in records.lines.geometry for at in line.coords}
    known = _unambiguous(records)
    free = {
        row.title
        for row in records.points.itertuples()
        if row.title in known
        and all(math.dist(at, (row.geometry.x, row.geometry.y)) > 0.5 for at in bends)
    }
    apart = [
        (x, y, title)
        for x, y, title in boxes
        if title in free
        and frame["x"] + 10 < x < frame["x"] + frame["width"] - 10
        and frame["y"] + 10 < y < min(frame["y"] + frame["height"], 890) - 10
        and all(o == (x, y) or math.dist((x, y), o) > 10 for o in ((a, b) for a, b, _ in boxes))
    ]
    return _next(apart, last)
