"""Map, panel, list, buttons and address say the same, whatever the server does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from annotations.dates import PartialDate
from dashboard.atlas import data
from dashboard.atlas.address import Screen, cleared
from dashboard.atlas.data import Atlas
from tests.browser.agreement import assert_agreed, foreseen
from tests.browser.conftest import OpenVisit
from tests.browser.forked_servers import Restarted, restartable
from tests.browser.harness import APP, TWO_FRAMES, Visit, open_map
from tests.browser.interactions import (
    Interaction,
    choose,
    filtered,
    in_list,
    on_map,
    on_pill,
    press,
    search,
    switch,
    to_page,
)
from tests.browser.server import ROOT, serving
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty

SEED = 13
"""Of where the server is killed."""

EXPECTED = ("net::ERR_", "Cannot send rerun backMessage", "WebSocket", "Client Error")
"""What the browser's console may say where there is no server: not an error of ours."""


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return data.build(LAKES)


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    with restartable(tmp_path_factory.mktemp("app") / "log.txt", LAKES) as server:
        yield server


@pytest.fixture
def visit(open_visit: OpenVisit, restarted: Restarted) -> Visit:
    return open_visit(server=restarted)


def connected(page: Page, yes: bool = True) -> None:
    """Wait until the page has its server, or has noticed that it has none."""
    state = '[data-test-connection-state="CONNECTED"]'
    page.locator(f"{APP}{state if yes else f':not({state})'}").wait_for(state="attached")


def assert_clean(visit: Visit) -> None:
    """As `Visit.assert_clean`, but for what a browser says where there is no server."""
    visit.errors = [e for e in visit.errors if not any(part in e for part in EXPECTED)]
    visit.assert_clean()


# --- twenty interactions -----------------------------------------------------------------------


def script(atlas: Atlas) -> list[Interaction]:
    """Twenty of them, of every sort."""
    steps = {step.words: step for step in atlas.choices.dates}
    back = Interaction("back", lambda page: page.go_back(), lambda screen: screen, True)
    return [
        on_pill("theme", "Copper", "copper"),
        on_map("copper-network"),
        on_pill("theme", "Border quarrel", "copper", "border-war"),
        in_list("cape-way"),
        on_pill("verdict", "Unverified", "unverified"),
        on_pill("alliance", "League", "coast-league", "lake-union"),
        on_pill("verdict", "Unverified"),
        switch("relations"),
        choose("actor", "Zambia", filtered(actor=("ZMB",))),
        press("present-button", lambda screen: replace(screen, present=True)),
        press("present-button", lambda screen: replace(screen, present=False)),
        on_pill("status", "Opinion", "opinion"),
        replace(back, change=filtered(status=())),
        choose("from", "2016", filtered(from_=steps.get("2016", PartialDate("2016")))),
        to_page("timeline"),
        on_pill("layer", "Corridors", "corridors"),
        to_page("map"),
        press("reset", lambda screen: cleared(screen, atlas.choices)),
        search("copper"),
        on_pill("layer", "Flows", "flows"),
    ]


def test_script_has_twenty_interactions(atlas: Atlas) -> None:
    assert len(script(atlas)) == 20


def kill_about(step: Interaction, when: str, page: Page, server: Restarted) -> None:
    """Do it with the server killed and begun anew before it, during it, or just after it."""
    if when == "before":
        server.kill()
        server.begin()
        step.act(page)  # as soon as the page lets a reader
    elif when == "without":
        server.kill()
        connected(page, yes=False)
        step.act(page)
        server.begin()
    else:
        step.act(page)
        server.kill()
        server.begin()
    connected(page)


@pytest.mark.sweep
def test_all_five_agree_with_the_server_killed_about_each_interaction(
    visit: Visit, restarted: Restarted, atlas: Atlas
) -> None:
    random = Random(SEED)
    page = visit.page
    open_map(visit)
    screen = Screen(alliance=atlas.choices.default_alliance)
    assert_agreed(page, atlas, screen, "at the start")
    for number, step in enumerate(script(atlas)):
        points = ["before", "after", *(["without"] if step.without_server else [])]
        when = random.choice(points)
        kill_about(step, when, page, restarted)
        screen = step.change(screen)
        assert_agreed(page, atlas, screen, (number, step.name, when))
    assert_clean(visit)


# --- a server that is late ---------------------------------------------------------------------


@dataclass
class Held:
    """The page's wire, on which answers can be held back."""

    held: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def lies_between(self, page: Page) -> None:
        page.route_web_socket("**/_stcore/stream", self._connected)

    def _connected(self, wire: WebSocketRoute) -> None:
        server = wire.connect_to_server()
        server.on_message(lambda message: self._answered(lambda: wire.send(message)))

    def _answered(self, send: Callable[[], None]) -> None:
        if self.held:
            self.waiting.append(send)
        else:
            send()

    def release(self) -> None:
        while self.waiting:  # more may come meanwhile: none overtakes another
            self.waiting.pop(0)()
        self.held = False


def opened_with_wire(visit: Visit) -> Held:
    """Open the map, and give the wire that all its answers come by."""
    wire = Held()
    wire.lies_between(visit.page)
    open_map(visit)
    return wire


CLICKS = [
    on_pill("theme", "Copper", "copper"),
    on_pill("verdict", "Unverified", "unverified"),
    on_pill("theme", "Border quarrel", "copper", "border-war"),
    on_pill("alliance", "League", "coast-league", "lake-union"),
]
"""Each follows the last."""


@pytest.mark.sweep
def test_all_five_agree_while_the_answers_are_late(
    visit: Visit, restarted: Restarted, atlas: Atlas
) -> None:
    """Each click follows the last without an answer, and the word comes before any of them."""
    page = visit.page
    wire = opened_with_wire(visit)
    screen = Screen(alliance=atlas.choices.default_alliance)
    assert_agreed(page, atlas, screen, "at the start")
    wire.held = True
    for step in nonempty([*CLICKS, on_pill("verdict", "Unverified")]):
        step.act(page)
        screen = step.change(screen)
        found = foreseen(page, atlas)
        assert (found.screen, found.differences()) == (screen, []), step.name
    expect(page.locator("#atlas-word")).to_contain_text("not confirmed")
    choice = in_list("cape-way")
    choice.act(page)
    found = foreseen(page, atlas)
    assert (found.screen, found.differences()) == (screen, []), "the list waits for its answer"
    wire.release()
    assert_agreed(page, atlas, choice.change(screen), "answered")
    expect(page.locator("#atlas-word")).to_have_text("")
    assert_clean(visit)


@pytest.mark.sweep
def test_who_goes_back_before_the_answers_come_stays_there(
    visit: Visit, restarted: Restarted, atlas: Atlas
) -> None:
    page = visit.page
    wire = opened_with_wire(visit)
    start = Screen(alliance=atlas.choices.default_alliance)
    first = CLICKS[0].change(start)
    CLICKS[0].act(page)
    assert_agreed(page, atlas, first, "answered at once")
    wire.held = True
    for step in nonempty(CLICKS[1:]):
        step.act(page)
    page.evaluate(TWO_FRAMES)
    steps = page.evaluate("history.length")
    page.evaluate("times => { while (times--) history.back(); }", len(CLICKS) - 1)
    page.wait_for_function("location.search === '?theme=copper'")
    # All answers to the clicks come now, and after them those to the steps back.
    wire.release()
    assert_agreed(page, atlas, first, "where the steps back led")
    page.go_back()
    assert_agreed(page, atlas, start, "one more")
    assert page.evaluate("history.length") == steps
    assert_clean(visit)


FIELDS = frozenset({"actor", "q", "dates"})
"""Streamlit's own, whose filters the browser does not know."""


@pytest.mark.sweep
def test_what_is_not_foreseen_waits_everywhere(
    visit: Visit, restarted: Restarted, atlas: Atlas
) -> None:
    """Of each kind, with nothing under way and after a click that is foreseen."""
    page = visit.page
    wire = opened_with_wire(visit)
    dates = {step.words: step for step in atlas.choices.dates}
    screen = Screen(alliance=atlas.choices.default_alliance)
    kinds = [
        press("present-button", lambda screen: replace(screen, present=True)),
        press("present-button", lambda screen: replace(screen, present=False)),
        press("reset", lambda screen: cleared(screen, atlas.choices)),
        in_list("cape-way"),
        choose("actor", "Zambia", filtered(actor=("ZMB",))),
        search("copper"),
        choose("from", "2016", filtered(from_=dates["2016"])),
    ]
    for number, step in nonempty(enumerate(kinds)):
        wire.held = True
        if number % 2 == 0 and not screen.present:
            pressed = screen.filters.verdict
            click = on_pill("verdict", "Unverified", *(() if pressed else ("unverified",)))
            click.act(page)
            screen = click.change(screen)
        step.act(page)
        found = foreseen(page, atlas)
        assert (found.screen, found.differences(FIELDS)) == (screen, []), step.name
        wire.release()
        screen = step.change(screen)
        assert_agreed(page, atlas, screen, step.name)
    assert_clean(visit)


def test_buttons_count_before_a_new_server_has_answered(
    visit: Visit, restarted: Restarted, atlas: Atlas
) -> None:
    page = visit.page
    wire = opened_with_wire(visit)
    start = Screen(alliance=atlas.choices.default_alliance)
    buttons = [
        (
            [press("present-button", lambda s: replace(s, present=True))],
            replace(start, present=True),
        ),
        ([press("present-button", lambda s: replace(s, present=False))], start),
        ([on_pill("theme", "Copper", "copper"), press("reset", lambda s: start)], start),
    ]
    for steps, expected in nonempty(buttons):
        restarted.kill()
        connected(page, yes=False)
        wire.held = True
        restarted.begin()
        connected(page)
        for step in nonempty(steps):
            step.act(page)
        wire.release()
        assert_agreed(page, atlas, expected, steps[-1].name)
    assert_clean(visit)


# --- a server that refuses ---------------------------------------------------------------------

REFUSING = f"""
from pathlib import Path

import streamlit as st

from dashboard.shell import sidebar


def refuse(**changes):
    raise RuntimeError("planted: no filter is changed")


sidebar.change_filters = refuse

source = Path({str(ROOT)!r}, "streamlit_app.py").read_text(encoding="utf-8")
exec(source.replace("dashboard/main.py", {(ROOT / "dashboard/main.py").as_posix()!r}))
if False:
    app = st.App("Streamlit looks for such a line")
"""


def test_what_the_server_refuses_is_taken_back_everywhere_at_once(
    open_visit: OpenVisit, tmp_path: Path, atlas: Atlas
) -> None:
    script = tmp_path / "refusing.py"
    script.write_text(REFUSING, encoding="utf-8")
    with serving(tmp_path / "log.txt", LAKES, script=script) as server:
        visit = open_visit(server=server)
        page = visit.page
        wire = Held()
        wire.lies_between(page)
        open_map(visit)
        start = Screen(alliance=atlas.choices.default_alliance)
        wire.held = True
        click = on_pill("theme", "Copper", "copper")
        click.act(page)
        found = foreseen(page, atlas)
        assert (found.screen, found.differences()) == (click.change(start), [])
        wire.release()
        assert_agreed(page, atlas, start, "refused")
        expect(page.locator("#atlas-word")).to_contain_text("taken back")
        expect(page.locator(".atlas-faults")).to_contain_text("did not work")
