"""How each subject is started and driven, and how to tell that it has answered.

What a page shows is told by expressions in JavaScript, which `observer.js` asks after each frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.aims import PLOTLY, PLOTLY_POINTS, Spot, aim_atlas, aim_deck, aim_folium, aim_plotly
from benchmarks.subjects.records import Records

ROOT = Path(__file__).parents[1]
SUBJECTS_FOLDER = ROOT / "benchmarks" / "subjects"
HOVER_MS = 300
"""How long the mouse rests on an object before the click: plotly looks for objects on moves."""

MAP_FRAME = 'iframe[title="streamlit_folium.st_folium"]'


@dataclass(frozen=True)
class Counts:
    """How much a screen shows."""

    records: int
    points: int
    lines: int


def counts(records: Records, themes: Sequence[str]) -> Counts:
    """How much a filter by themes leaves."""
    ids = records.visible(themes)
    return Counts(
        records=len(ids),
        points=int(records.points["record"].isin(ids).sum()),
        lines=int(records.lines["record"].isin(ids).sum()),
    )


def filter_clicks(records: Records) -> Iterator[tuple[int, Counts]]:
    """Positions of the themes to click, without end, and what is shown after each.

    By turns one theme is added and the older taken away: each click changes the set, no set is
    empty. Steps after which no other number of records and points would be shown are left out, as
    the page could not be told from what it was before.
    """
    ids = list(records.themes)

    def differ(one: Counts, other: Counts) -> bool:
        return one.records != other.records and one.points != other.points

    def shown(*positions: int) -> Counts:
        return counts(records, [ids[position] for position in positions])

    everything = shown()
    old = next(p for p in range(len(ids)) if differ(shown(p), everything))
    yield old, shown(old)
    position = old
    misses = 0
    while misses < len(ids):
        position = (position + 1) % len(ids)
        both = shown(old, position)
        if position == old or not (differ(shown(old), both) and differ(both, shown(position))):
            misses += 1
            continue
        misses = 0
        yield position, both
        yield old, shown(position)
        old = position


@dataclass(frozen=True)
class Subject:
    """One app.

    Attributes
    ----------
    name, title : str
        As in the table, and in words.
    script : Path
        What Streamlit runs.
    shows : callable
        Expression that is true when map and panel show these counts.
    layer_state : str or None
        Expression whose value tells what the layer switch has changed; None without a switch.
    switch : callable
        Clicks the layer switch.
    card : str
        Expression for the text of the card.
    aim : callable or None
        Finds an object on the map, other than the last time: (x, y) in pixels of the page, and its
        name. None without a map.
    other : str
        Expression that is true when the second page is shown.
    leave, back : callable
        Click the links to the second page and back to the map.
    confirms : str or None
        Expression that is true once Python has confirmed what the browser showed by itself; None
        where the browser shows nothing by itself.
    """

    name: str
    title: str
    script: Path
    shows: Callable[[Counts], str]
    layer_state: str | None
    switch: Callable[[Page], None]
    card: str
    aim: Callable[[Page, Records, str], Spot] | None
    other: str
    leave: Callable[[Page], None]
    back: Callable[[Page], None]
    confirms: str | None = None

    @property
    def folder(self) -> Path:
        """Where Streamlit is started, and finds settings if there are any."""
        return self.script.parent

    @property
    def environment(self) -> dict[str, str]:
        """Variables that the process gets."""
        return {"BENCHMARK_SUBJECT": SCRIPTS[self.name]} if self.name in SCRIPTS else {}


SCRIPTS = {
    "floor": "floor",
    "usual": "usual",
    "dynamic": "dynamic",
    "pydeck": "pydeck_chart",
    "plotly": "plotly_chart",
}
"""Modules of the subjects that `benchmarks/subjects/app.py` serves."""


def click_theme(page: Page, position: int) -> None:
    """Click the filter's button of the theme at a position; all subjects offer the same ones."""
    page.locator(".st-key-theme button").nth(position).click()


def click_map(page: Page, x: float, y: float) -> None:
    """Move to a point of the map, rest there, click."""
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y, steps=3)
    page.wait_for_timeout(HOVER_MS)
    page.mouse.click(x, y)


# --- subjects ----------------------------------------------------------------------------------


def _panel(shown: Counts) -> str:
    return f'__bench.number(".st-key-panel") === {shown.records}'


def _in_map(selector: str) -> str:
    return f"__bench.map().querySelectorAll('{selector}').length"


def _shows_folium(shown: Counts) -> str:
    points, lines = _in_map("path.record-point"), _in_map("path.record-line")
    return f"{points} === {shown.points} && {lines} === {shown.lines} && {_panel(shown)}"


def _shows_deck(shown: Counts) -> str:
    return f"__bench.drawn.includes({shown.points}) && {_panel(shown)}"


def _shows_plotly(shown: Counts) -> str:
    points = f"document.querySelectorAll('{PLOTLY_POINTS}').length"
    land = f"document.querySelector('{PLOTLY} .choroplethlayer path')"
    return f"{points} === {shown.points} && {land} && {_panel(shown)}"


def _shows_atlas(shown: Counts) -> str:
    data = "__bench.map().querySelector('#map_div').dataset"
    rows = "document.querySelectorAll('.st-key-atlas-panel .atlas-list a.record').length"
    return (
        "document.querySelector('.st-key-atlas-map')"  # the timeline has a map and a panel too
        f" && {data}.ready === 'true' && {data}.shown === '{shown.records}'"
        f" && __bench.number('.st-key-atlas-panel .atlas-summary h2') === {shown.records}"
        f" && {rows} === {shown.records}"
    )


def switch_checkbox(page: Page) -> None:
    """The layer switch of the small apps."""
    page.locator(".st-key-corridors label").click()


def switch_atlas(page: Page) -> None:
    """The product's layer control, in the map: shows or hides the corridors."""
    frame = page.locator(MAP_FRAME).element_handle().content_frame()
    # Opened without a click: the clock starts with the first one.
    frame.evaluate("() => atlas.switch.open(true)")
    frame.get_by_label("Corridors").click()


_AWAITS = "__bench.map().querySelector('#map_div').dataset.awaits"
_RESTS = "document.querySelector('[data-test-script-state=\"notRunning\"]')"

ATLAS_LAYER_STATE = (
    "[__bench.map().querySelector('#map_div').dataset.shown, "
    "__bench.map().querySelectorAll('path.line').length].join()"
)
"""What the product's layer control changes: records shown, and lines in the document."""


def _link(words: str, within: str) -> Callable[[Page], None]:
    return lambda page: page.locator(f"{within} a").filter(has_text=words).first.click()


def _small(
    name: str,
    title: str,
    shows: Callable[[Counts], str],
    layer_state: str | None,
    aim: Callable[[Page, Records, str], Spot] | None,
) -> Subject:
    return Subject(
        name=name,
        title=title,
        script=SUBJECTS_FOLDER / "app.py",
        shows=shows,
        layer_state=layer_state,
        switch=switch_checkbox,
        card='__bench.text(".st-key-card")',
        aim=aim,
        other="document.querySelector('.st-key-about p') !== null",
        leave=_link("About", '[data-testid="stHeader"]'),
        back=_link("Map", '[data-testid="stHeader"]'),
    )


SUBJECTS: tuple[Subject, ...] = (
    _small("floor", "the filter and one line of text", _panel, None, None),
    _small(
        "usual",
        "folium, rebuilt on each rerun, `st_folium` with defaults",
        _shows_folium,
        _in_map("path.record-line"),
        aim_folium,
    ),
    _small(
        "dynamic",
        "folium with `feature_group_to_add`",
        _shows_folium,
        _in_map("path.record-line"),
        aim_folium,
    ),
    _small("pydeck", "`st.pydeck_chart`", _shows_deck, "__bench.drawn.length", aim_deck),
    _small(
        "plotly",
        "`st.plotly_chart` on a geo subplot",
        _shows_plotly,
        f"document.querySelectorAll('{PLOTLY} .scatterlayer path.js-line').length",
        aim_plotly,
    ),
    Subject(
        name="atlas",
        title="this product, whole",
        script=ROOT / "streamlit_app.py",
        shows=_shows_atlas,
        layer_state=ATLAS_LAYER_STATE,
        switch=switch_atlas,
        card='__bench.text(".st-key-atlas-panel .atlas-card h2")',
        aim=aim_atlas,
        other="document.querySelector('.atlas-timeline .band li') !== null",
        confirms=f"{_AWAITS} === undefined && {_RESTS} !== null",
        leave=_link("Timeline", ".st-key-atlas-nav"),
        back=_link("Map", ".st-key-atlas-nav"),
    ),
)
