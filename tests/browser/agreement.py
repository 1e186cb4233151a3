"""What a page says in each of its five places, so that a test can ask whether they agree.

Map, panel, list, buttons and address each tell what is shown; here each is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from dashboard.atlas.address import Screen, read
from dashboard.atlas.data import Atlas
from tests.browser.harness import MAP_FRAME, TWO_FRAMES, settled

PAGE_SAYS = """css => {
  const { atlas } = document.querySelector(css).contentWindow;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const pressed = (key) => all(`.st-key-${key} button[aria-pressed]`).flatMap(
    (button, i) => button.getAttribute("aria-pressed") === "true" ? [i] : []);
  return {
    search: location.search,
    map: {
      shown: [...atlas.drawn.shown.on].flatMap((on, position) => on ? [position] : []),
      select: atlas.map.getContainer().dataset.select,
      themes: atlas.update.themes,
      layers: atlas.update.layers ?? [],
      alliances: atlas.update.alliances,
      present: document.querySelector(css).contentDocument.documentElement.dataset.present,
      off: [...atlas.switch.off],
    },
    panel: {
      count: Number(document.querySelector(".atlas-summary h2 b").textContent),
      card: all(".atlas-card h2").map((card) => card.textContent),
    },
    list: {
      shown: all(".atlas-list a[data-select]").map((link) => link.dataset.select),
      select: all(".atlas-list a[aria-current]").map((link) => link.dataset.select),
    },
    buttons: {
      theme: pressed("theme"),
      layer: pressed("layer"),
      status: pressed("status"),
      verdict: pressed("verdict"),
      alliance: pressed("alliance"),
      actor: all(".st-key-actor .react-aria-ComboBox [data-tag]").map((tag) => tag.ariaLabel),
      q: document.querySelector(".st-key-q input").value,
      dates: ["from", "to"].map((key) => document.querySelector(`.st-key-${key} input`).value),
      present: all(".st-key-present-button button").map((button) => button.innerText.trim()),
    },
  };
}"""


@dataclass(frozen=True)
class Five:
    """The five places.

    Attributes
    ----------
    screen : Screen
        What the address stands for.
    said : dict
        What each of the other four says, in words that can be compared.
    expected : dict
        What each would say of that screen.
    """

    screen: Screen
    said: dict[str, Any]
    expected: dict[str, Any]

    def differences(self, ahead: frozenset[str] = frozenset()) -> list[str]:
        """Where a place says something else than the address.

        Fields of Streamlit's own named in `ahead` show what was put into them until it is answered.
        """
        return [
            f"{place} {what}: {value}, address: {self.expected[place][what]}"
            for place, told in self.said.items()
            for what, value in told.items()
            if value != self.expected[place][what] and what not in ahead
        ]


def five(page: Page, atlas: Atlas) -> Five:
    """Read them as they are at this moment."""
    said = page.evaluate(PAGE_SAYS, MAP_FRAME)
    parameters = parse_qs(urlsplit(said.pop("search")).query, keep_blank_values=True)
    screen = read(parameters, atlas.choices)
    filters = screen.filters
    visible = atlas.index.visible(filters)
    offered = atlas.choices.offered
    records = atlas.dossier.records

    def places(facet: str) -> list[int]:
        chosen = screen.alliance if facet == "alliance" else getattr(filters, facet)
        return [place for place, value in enumerate(offered[facet]) if value in chosen]

    steps = atlas.choices.dates
    present = set(said["buttons"]["present"])
    said["buttons"]["present"] = len(present) == 1 and present.pop().endswith("Leave")
    said["list"]["shown"].sort()
    # A multiselect says how often an actor is named, too.
    named = [words.rstrip("0123456789 ") for words in said["buttons"]["actor"]]
    said["buttons"]["actor"] = sorted(named)
    card = []
    if screen.select:
        card = [records[screen.select].title] if screen.select in records else said["panel"]["card"]
    expected = {
        "map": {
            "shown": [atlas.scene.record_ids.index(record) for record in visible],
            "select": screen.select or "",
            "themes": list(filters.theme),
            "layers": list(filters.layer),
            "alliances": list(screen.alliance),
            "present": "true" if screen.present else "false",
            "off": parameters.get("off", []),
        },
        "panel": {"count": len(visible), "card": card},
        "list": {
            "shown": sorted(visible),
            "select": [screen.select] if screen.select in visible else [],
        },
        "buttons": {
            **{
                facet: places(facet)
                for facet in ("theme", "layer", "status", "verdict", "alliance")
            },
            "actor": sorted(atlas.dossier.actors[actor].name for actor in filters.actor),
            "q": filters.q,
            "dates": [(filters.from_ or steps[0]).words, (filters.to or steps[-1]).words],
            "present": screen.present,
        },
    }
    return Five(screen, said, expected)


def foreseen(page: Page, atlas: Atlas) -> Five:
    """Read them when what a click foresees is drawn: the address takes its step after that."""
    page.evaluate(TWO_FRAMES)
    return five(page, atlas)


SECONDS = 30.0
"""That an answer may take, on the busiest machine."""


def assert_agreed(page: Page, atlas: Atlas, screen: Screen, context: object) -> None:
    """All five come to say that `screen` is shown, and say so still when nothing is under way."""
    deadline = monotonic() + SECONDS
    while (different := _against(page, atlas, screen)) and monotonic() < deadline:
        page.evaluate("() => new Promise(requestAnimationFrame)")  # between two looks
    if not different:
        settled(page)
        different = _against(page, atlas, screen)
    assert not different, f"{context}: {different}"


def _against(page: Page, atlas: Atlas, screen: Screen) -> list[str]:
    """What is otherwise than it should be."""
    frame = page.frame_locator(MAP_FRAME)
    if not frame.locator('#map_div[data-ready="true"][data-shown]').count():
        return ["there is no map"]
    found = five(page, atlas)
    if found.screen != screen:
        return [f"the address says {found.screen}, not {screen}"]
    return found.differences()
