"""Chromium, Firefox and WebKit show the same pages, and the same comes of what is done there.

What is asserted of a look is what the engine has computed. Few pages are loaded: a page is gone to
by its link, as readers do, and much is asked of it there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.atlas import data
from dashboard.formats.standalone import html
from dashboard.look.palette import MAP_COLOURS, PAGE, theme_colour
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from tests.browser.engines.engine import ENTER, Engine
from tests.browser.engines.recorded import RECORDER
from tests.browser.server import Server
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty

REM = 16
LIGHT, DARK = 0, 1

LOOKS: dict[str, dict[str, dict[str, str]]] = {
    "Map": {
        ".atlas-title h1": {"font-size": f"{1.3 * REM}px", "margin-top": "0px"},
        ".atlas-pages a[aria-current]": {"text-decoration-line": "none", "font-weight": "600"},
        ".st-key-atlas-map iframe": {"border-top-left-radius": "8px", "display": "block"},
        ".st-key-atlas-panel": {"overflow-y": "auto", "height": f"{900 - 4.1 * REM}px"},
        ".st-key-theme button": {"border-top-left-radius": "999px"},
        ".atlas-summary .empty": {"display": "none"},
        ".atlas-summary .bars": {"display": "grid"},
        ".atlas-list ul": {"list-style-type": "none", "padding-left": "0px"},
        ".atlas-list .record": {"display": "flex", "text-decoration-line": "none"},
    },
    "Timeline": {
        ".atlas-timeline ul": {"list-style-type": "none", "position": "relative"},
        ".atlas-timeline .band": {"position": "relative", "padding-bottom": "3px"},
        ".atlas-timeline a": {"position": "absolute", "text-decoration-line": "none"},
        ".atlas-timeline a > i": {"position": "absolute"},
        ".st-key-atlas-timeline-strip": {"height": "62px"},
    },
    "Alliances": {
        ".atlas-duel": {"border-top-left-radius": "8px", "padding-left": f"{0.8 * REM}px"},
        ".atlas-duel .rounds": {"display": "grid"},
        ".atlas-matrix": {"border-collapse": "collapse"},
        ".st-key-alliances-chosen button": {"min-height": f"{1.7 * REM}px"},
    },
    "Corridors": {
        ".corridors-strips .strip": {"display": "flex", "height": f"{1.05 * REM}px"},
        ".corridor-strip .names span": {"position": "absolute", "white-space-collapse": "collapse"},
        ".corridors-table": {"border-collapse": "collapse"},
        ".st-key-corridors-map iframe": {"height": "520px"},
    },
    "Actors": {
        ".actor-head": {"display": "grid"},
        ".actor-lists": {"column-gap": f"{2.2 * REM}px"},
        ".actor-lists ul": {"list-style-type": "none", "padding-left": "0px"},
    },
    "Sources": {
        ".atlas-ledger": {"border-collapse": "collapse"},
        ".atlas-ledger thead th": {"position": "sticky"},
        ".atlas-figures": {"display": "flex"},
    },
    "Ask": {
        ".atlas-search ul": {"list-style-type": "none"},
        ".atlas-search .facts": {"display": "flex"},
        ".atlas-search .facts .badge": {"border-top-left-radius": "999px"},
    },
    "Brief": {
        ".st-key-briefing-exports": {"flex-wrap": "wrap"},
        ".briefing-back h2": {"font-size": f"{REM}px"},
        '[class*="st-key-briefing-sheet-"] img': {"display": "block", "border-top-width": "1px"},
    },
}
"""What the style sheet makes of parts of each page, and no engine by itself."""

MAP_LOOKS = {
    "#map_div": {"overflow-x": "hidden"},
    ".leaflet-control-zoom a": {"text-decoration-line": "none"},
    ".symbol, .ring": {"position": "absolute"},
    "path.country": {"stroke-linejoin": "round"},
}

READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const map = document.querySelector("MAP")?.contentDocument?.querySelector("#map_div");
  return app?.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && (NO_MAP || (map?.dataset.ready === "true" && map.dataset.shown !== undefined
      && map.dataset.awaits === undefined));
}"""


def settled(engine: Engine, with_map: bool = True) -> None:
    """Wait until the page has come to rest."""
    frame = "iframe[title='streamlit_folium.st_folium']"
    engine.wait_for(READY.replace("MAP", frame, 1).replace("NO_MAP", str(not with_map).lower()))


def open_page(engine: Engine, server: Server, path: str = "/", with_map: bool = True) -> None:
    server.assert_running()
    engine.go(f"{server.url}{path}")
    settled(engine, with_map)


def number(value: str) -> Any:
    """Lengths as numbers: an engine may add a millionth."""
    return pytest.approx(float(value[:-2]), abs=0.1) if re.fullmatch(r"[\d.]+px", value) else value


def assert_looks(engine: Engine, looks: dict[str, dict[str, str]], in_map: bool = False) -> None:
    for css, expected in nonempty(looks.items()):
        engine.wait_for("(css) => document.querySelector(css) !== null", css, in_map=in_map)
        found = [
            float(value[:-2]) if re.fullmatch(r"[\d.]+px", value) else value
            for value in engine.style(css, *expected, in_map=in_map)
        ]
        assert found == [number(value) for value in expected.values()], css


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def assert_clean(engine: Engine, server: Server) -> None:
    """Nothing went wrong in page or app, and nothing was asked of others."""
    assert engine.evaluate("() => window.wentWrong") == []
    asked = engine.evaluate(
        """() => [window, ...[...document.querySelectorAll("iframe")].map((f) => f.contentWindow)]
          .flatMap((w) => w.performance.getEntriesByType("resource").map(({ name }) => name))"""
    )
    here = urlsplit(server.url).netloc
    others = [url for url in nonempty(asked) if urlsplit(url).netloc not in {here, ""}]
    assert others == []
    assert "Traceback" not in server.log()


def shown(engine: Engine) -> tuple[str, str]:
    """How many records the map shows, and how many the panel says that it does."""
    settled(engine)
    on_map = engine.evaluate("() => document.querySelector('#map_div').dataset.shown", in_map=True)
    # The map may stand a moment before the panel: they come as two parts of one answer.
    words = engine.wait_for("() => document.querySelector('.atlas-summary h2 b')?.textContent")
    return str(on_map), str(words)


SELECTED = "() => document.querySelector('#map_div').dataset.select"
CARD = "() => document.querySelector('.atlas-card h2')?.textContent"


@pytest.mark.sweep
def test_every_page_has_its_styles(engine: Engine, recorded: Server) -> None:
    engine.size(1440, 900)
    open_page(engine, recorded)
    assert_looks(engine, LOOKS["Map"])
    assert_looks(engine, MAP_LOOKS, in_map=True)
    painted, came = engine.evaluate(
        """() => [
          performance.getEntriesByName("first-contentful-paint")[0].startTime,
          ["app.css", "theme.css"].map((name) => performance.getEntriesByType("resource")
            .find((entry) => entry.name.includes(name)).responseEnd),
        ]"""
    )
    assert painted >= max(came), "seen without its styles first"
    dossier = data.build(LAKES).dossier.head.title
    for page in nonempty(("Timeline", "Alliances", "Corridors", "Actors", "Sources")):
        engine.click(".atlas-pages a", page)
        engine.wait_for("(title) => document.title === title", f"{page} · {dossier}")
        assert_looks(engine, LOOKS[page])
    engine.click(".st-key-atlas-head input")
    engine.type(f"copper{ENTER}")
    assert_looks(engine, LOOKS["Ask"])
    engine.click(".atlas-pages a", "Map")
    settled(engine)
    engine.click(".atlas-brief")
    assert_looks(engine, LOOKS["Brief"])
    sheet = '[class*="st-key-briefing-sheet-"] img'
    engine.wait_for("(css) => document.querySelector(css)?.naturalWidth > 600", sheet)
    assert_clean(engine, recorded)


def test_what_is_filtered_and_selected_is_the_same_everywhere(
    engine: Engine, recorded: Server
) -> None:
    engine.size(1440, 900)
    open_page(engine, recorded)
    everything = shown(engine)
    assert everything == ("40", "40")
    assert_looks(engine, LOOKS["Map"])
    assert_looks(engine, MAP_LOOKS, in_map=True)
    engine.click(".st-key-theme button", "Copper")
    engine.wait_for("() => location.search === '?theme=copper'")
    some = shown(engine)
    assert some[0] == some[1] != "40"

    engine.click(".atlas-list .record")
    chosen = engine.wait_for(SELECTED, in_map=True)
    title = engine.wait_for(CARD)
    link = f'.atlas-list .record[data-select="{chosen}"] .title'
    assert engine.wait_for("(css) => document.querySelector(css)?.textContent", link) == title

    # The symbol lies free, and is that of another record.
    record = engine.wait_for(
        """(not) => [...document.querySelectorAll(".symbol[data-record]")].find((symbol) => {
          const { x, y, width, height } = symbol.getBoundingClientRect();
          const hit = document.elementFromPoint(x + width / 2, y + height / 2);
          return symbol.dataset.record !== not && symbol.contains(hit);
        })?.dataset.record""",
        chosen,
        in_map=True,
    )
    engine.click(f'.symbol[data-record="{record}"]', in_map=True)
    engine.wait_for(f"(id) => ({SELECTED})() === id", record, in_map=True)
    another = f"(before) => {{ const now = ({CARD})(); return now !== before && now; }}"
    title = engine.wait_for(another, title)
    settled(engine)

    copied = "(id) => location.href.includes(`select=${id}`) && location.href"
    address = engine.wait_for(copied, record)
    engine.go("about:blank")
    engine.go(address)
    assert shown(engine) == some
    assert engine.evaluate(SELECTED, in_map=True) == record
    assert engine.wait_for(CARD) == title
    pressed = """() =>
      document.querySelector(".st-key-theme [aria-pressed='true']")?.textContent.trim()"""
    assert engine.wait_for(pressed).startswith("Copper")

    engine.click(".st-key-present-button button")
    engine.wait_for("() => document.querySelector('.atlas-title.presenting') !== null")
    settled(engine)
    assert engine.style('[data-testid="stSidebar"]', "display") == ["none"]
    assert shown(engine)[0] == some[0]
    assert_clean(engine, recorded)


@pytest.mark.sweep
def test_a_dark_page_takes_the_dark_colours(engine: Engine, recorded: Server) -> None:
    """Not what the system prefers counts, but what is chosen in Streamlit's menu."""
    engine.size(1440, 900)
    themes = [theme.id for theme in data.build(LAKES).dossier.head.themes]
    number = themes.index("copper")
    ask = """() => {
      const pressed = document.querySelector(".st-key-theme [aria-pressed='true'] p");
      return pressed && [
        getComputedStyle(pressed, "::before").backgroundColor,
        getComputedStyle(document.querySelector(".stApp")).backgroundColor,
      ];
    }"""
    choose = """(name) => {
      localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(name));
    }"""
    open_page(engine, recorded, "/?theme=copper")
    for mode, name in nonempty(((DARK, "Dark"), (LIGHT, "Light"))):
        engine.evaluate(choose, name)
        engine.go("about:blank")
        open_page(engine, recorded, "/?theme=copper")
        assert engine.wait_for(ask) == [rgb(theme_colour(number)[mode]), rgb(PAGE[mode])]
        sea = engine.evaluate(
            "() => getComputedStyle(document.querySelector('#map_div')).backgroundColor",
            in_map=True,
        )
        assert sea == rgb(MAP_COLOURS[("light", "dark")[mode]]["sea"])
    assert_clean(engine, recorded)


def test_a_page_from_disk_shows_its_map(engine: Engine, tmp_path: Path) -> None:
    engine.size(1440, 900)
    atlas = data.build(LAKES)
    sheet = compose(atlas, Brief(), "")
    page = html(atlas, sheet).replace(b"<head>", f"<head><script>{RECORDER}</script>".encode(), 1)
    file = tmp_path / "briefing.html"
    file.write_bytes(page)
    engine.go(file.as_uri())
    ready = "() => document.querySelector('#map_div')?.dataset.ready === 'true'"
    engine.wait_for(ready)
    looks = {
        "h1": {"margin-top": "0px"},
        "main": {"display": "grid"},
        "path.country": {"stroke-linejoin": "round"},
    }
    assert_looks(engine, looks)
    counts = engine.evaluate(
        """() => [
          document.querySelectorAll("path.country").length > 150,
          document.querySelectorAll("details[data-record]").length,
          document.fonts.check('600 14px "Source Sans"'),
        ]"""
    )
    assert counts == [True, len(sheet.records), True]
    engine.click("[data-layer=events] details summary")
    engine.wait_for("() => document.querySelector('#map_div').dataset.select")
    assert (
        engine.evaluate("() => document.querySelectorAll('[data-layer=events] [open]').length") == 1
    )
    assert engine.evaluate("() => window.wentWrong") == []
