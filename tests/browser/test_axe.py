"""Nothing stands in the way of those who use the app otherwise than by eye and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.atlas import data
from dashboard.brief.address import read, split
from dashboard.formats.registry import export
from dashboard.sheet.sheet import compose
from tests.browser.axe import Finding, findings, read_allowed
from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit, map_frame, settled
from tests.nonempty import nonempty
from tests.sweeps import first_of

SIZES = {"a desk": (1440, 900), "a phone": (390, 844)}
SCHEMES = ("light", "dark")

ANY = "any"

Open = Callable[[Visit], None]


def _card_and_layers(visit: Visit) -> None:
    expect(visit.page.locator(".atlas-card")).to_be_visible()
    frame = map_frame(visit.page)
    frame.locator(".atlas-layers .toggle").click()
    expect(frame.locator(".atlas-layers .list")).to_be_visible()


STATES: dict[str, tuple[str, str, Open | None]] = {
    "map": ("", ".atlas-list a", None),
    "card and layers open": ("?select=instc", ".atlas-card", _card_and_layers),
    "present mode": ("?present=1", ".presenting", None),
    "timeline": ("timeline?select=rus-ukr-war", ".atlas-timeline a", None),
    "alliances": ("alliances", ".atlas-matrix", None),
    "corridors": ("corridors?closed=suez-canal", ".corridor-strip", None),
    "actors": ("actors?actor=IRN", ".actor-head", None),
    "who supports whom": ("actors?show=matrix", ".actors-matrix", None),
    "briefing": ("briefing", '[data-testid="stImage"] img', None),
    "search": ("search?ask=Su-35", ".atlas-search .group", None),
    "question": ("search?ask=who+sanctions+Russia", ".atlas-search .understood", None),
    "sources": ("sources", ".atlas-ledger", None),
}
"""By name: address, what is waited for, and what is opened then."""


def allowed_in(state: str) -> list[Mapping[str, str]]:
    return [entry for entry in read_allowed() if entry["state"] in {state, ANY}]


def looked_at(
    page: Page, allowed: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, list[Finding]]]:
    """What axe finds in light and dark, at each size: on one page, which is not loaded anew."""
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.wait_for_function(
                """([scheme, map]) => {
                  const app = document.querySelector('[data-testid="stApp"]');
                  const { contentDocument: frame } = document.querySelector(map) || {};
                  const root = frame?.documentElement;
                  return (!app || getComputedStyle(app).colorScheme === scheme)
                    && (!root?.dataset.theme || root.dataset.theme === scheme);
                }""",
                arg=[scheme, MAP_FRAME],
            )
            frames = [map_frame(page)] if page.locator(MAP_FRAME).count() else []
            yield f"{scheme}, {name}", findings(page, allowed, frames)


def faults(page: Page, allowed: Sequence[Mapping[str, str]]) -> list[str]:
    """What axe finds and nobody allowed, each once with where it first was; and what is allowed
    in vain.
    """
    told: dict[tuple[str, str], str] = {}
    needed = set()
    for where, found in nonempty(list(looked_at(page, allowed))):
        for finding in found:
            if finding.allowed >= 0:
                needed.add(finding.allowed)
            else:
                told.setdefault((finding.rule, finding.target), f"{where}: {finding}")
    in_vain = [
        f"{entry} is not found"
        for at, entry in enumerate(allowed)
        if at not in needed and entry["state"] != ANY
    ]
    return [*told.values(), *in_vain]


@pytest.mark.parametrize("state", first_of(STATES))
def test_axe_finds_nothing(open_visit: OpenVisit, state: str) -> None:
    query, sign, open_ = STATES[state]
    visit = open_visit()
    visit.page.goto(f"{visit.server.url}/{query}")
    visit.page.locator(sign).first.wait_for(state="attached")
    if visit.page.locator(MAP_FRAME).count():
        ready = visit.page.frame_locator(MAP_FRAME).locator('#map_div[data-ready="true"]')
        ready.wait_for(state="attached")
    settled(visit.page)
    if open_:
        open_(visit)
    found = faults(visit.page, allowed_in(state))
    assert not found, "\n".join(found)


@pytest.mark.sweep
@pytest.mark.parametrize("style", ["light", "dark"])
def test_axe_finds_nothing_in_a_standalone_page(
    open_visit: OpenVisit, tmp_path: Path, style: str
) -> None:
    atlas = data.load()
    brief = read(split(f"?actor=RUS&theme=arms-transfers&style={style}")[1], atlas)
    file = tmp_path / "page.html"
    file.write_bytes(export(atlas, [compose(atlas, brief, "")], "html"))
    page = open_visit(color_scheme=style).page
    page.unroute_all()
    page.goto(file.as_uri())
    page.locator('#map_div[data-ready="true"]').wait_for()
    page.locator("details.record summary").first.click()
    told = []
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found = findings(page, allowed_in(ANY))
        told += [f"{name}: {finding}" for finding in found if finding.allowed < 0]
    assert not told, "\n".join(told)


def test_each_that_is_allowed_has_its_reason() -> None:
    for entry in nonempty(read_allowed()):
        assert set(entry) == {"state", "rule", "selector", "reason"}
        assert all(isinstance(value, str) and value.strip() for value in nonempty(entry.values()))
        assert entry["state"] in {*STATES, ANY}


def test_a_fault_is_found(visit: Visit) -> None:
    """Else nothing would be found because nothing is asked."""
    page: Any = visit.page
    page.set_content("<main><h1>Title</h1><button></button><img src=''></main>")
    assert {finding.rule for finding in findings(page)} >= {"button-name", "image-alt"}
