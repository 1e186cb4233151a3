"""What a reader does on the pages, each with the screen that the address then stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Page

from dashboard.atlas.address import Screen
from tests.browser.harness import MAP_FRAME, pill


@dataclass(frozen=True)
class Interaction:
    """What a reader does, and what the address then stands for.

    Attributes
    ----------
    name : str
    act : callable
        Does it on a page.
    change : callable
        The screen before → the screen after.
    without_server : bool
        Whether it can be done while the server is away.
    """

    name: str
    act: Callable[[Page], Any]
    change: Callable[[Screen], Screen]
    without_server: bool = False


def filtered(**changes: Any) -> Callable[[Screen], Screen]:
    return lambda screen: replace(screen, filters=replace(screen.filters, **changes))


def on_pill(facet: str, words: str, *values: str) -> Interaction:
    """A click on a pill, after which its facet has these values."""
    change = filtered(**{facet: values})
    if facet == "alliance":
        change = lambda screen: replace(screen, alliance=values)  # noqa: E731
    return Interaction(f"{facet} {words}", lambda page: pill(page, facet, words).click(), change)


def in_list(record: str) -> Interaction:
    link = f'.atlas-list a[data-select="{record}"]'
    return Interaction(
        f"list {record}",
        lambda page: page.locator(link).click(),
        lambda screen: replace(screen, select=record),
        without_server=True,
    )


def on_map(record: str) -> Interaction:
    symbol = f'.symbol[data-record="{record}"]'
    return Interaction(
        f"map {record}",
        lambda page: page.frame_locator(MAP_FRAME).locator(symbol).first.click(force=True),
        lambda screen: replace(screen, select=record),
        without_server=True,
    )


def choose(key: str, words: str, change: Callable[[Screen], Screen]) -> Interaction:
    """An option of a list that folds out."""

    def act(page: Page) -> None:
        page.locator(f".st-key-{key} input").fill(words)
        page.get_by_role("option").filter(has_text=words).first.click()

    return Interaction(f"{key} {words}", act, change)


def search(words: str) -> Interaction:
    def act(page: Page) -> None:
        page.get_by_label("Search").fill(words)
        page.get_by_label("Search").press("Enter")

    return Interaction(f"search {words}", act, filtered(q=words))


def press(key: str, change: Callable[[Screen], Screen]) -> Interaction:
    return Interaction(
        key,
        lambda page: page.locator(f".st-key-{key} button:visible").first.click(),
        change,
    )


def switch(layer: str) -> Interaction:
    """A layer of the map, switched off or on again: the filters know nothing of it."""

    def act(page: Page) -> None:
        frame = page.frame_locator(MAP_FRAME)
        frame.get_by_role("button", name="Layers").click()
        frame.locator(f'.atlas-layers input[value="{layer}"]').click()
        frame.get_by_role("button", name="Layers").click()

    return Interaction(f"layer {layer} of the map", act, lambda screen: screen, without_server=True)


def to_page(name: str) -> Interaction:
    """By a link to a page that keeps the filters."""

    def act(page: Page) -> None:
        page.locator(f'.atlas-pages a[data-goto="{name}"]').click()
        page.locator(f'.atlas-pages a[data-goto="{name}"][aria-current]').wait_for()

    return Interaction(f"to the {name}", act, lambda screen: screen)
