"""A reader who waits for a file sees their place, and whatever ends the run gives it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from dashboard.brief import waiting
from dashboard.brief.turns import Turns
from dashboard.brief.waiting import waiting_html
from tests.dashboard.reading import Page

TURNS = Turns()


def _page() -> None:
    import streamlit as st

    from dashboard.brief.waiting import in_turn
    from tests.dashboard.brief.test_waiting import TURNS

    if st.button("Make", key="make"):
        with in_turn(TURNS, "Deck by theme"):
            st.html("<p>made</p>")


def press(app: AppTest) -> str:
    """Ask for the file; gives the page's text when the run has ended."""
    app.button(key="make").click().run()
    assert not app.exception
    return Page("".join(element.proto.body for element in app.get("html"))).text


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(_page, default_timeout=60).run()


def when_told(monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> list[int]:
    """Have something done each time that the reader is told their place; gives the places."""
    told: list[int] = []

    def tell(before: int, what: str) -> str:
        told.append(before)
        act(before)
        return waiting_html(before, what)

    monkeypatch.setattr(waiting, "waiting_html", tell)
    return told


def test_nobody_before_means_no_word_of_waiting(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = when_told(monkeypatch, lambda before: None)
    assert press(app) == "made"
    assert told == []
    assert len(TURNS) == 0


@pytest.mark.sweep
def test_the_place_is_told_as_it_changes(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [ExitStack() for _ in range(3)]
    for other in others:
        other.enter_context(TURNS.place())
    told = when_told(monkeypatch, lambda before: others[3 - before].close())
    assert press(app) == "made"
    assert told == [3, 2, 1]
    assert [button.key for button in app.button] == ["make"], "nothing is left to leave"
    assert len(TURNS) == 0


def test_whatever_ends_the_run_gives_the_place_to_the_next(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Streamlit asks for when a widget is used, a page is left or a window closed."""

    def leave(_: int) -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        context.script_requests.request_stop()

    with TURNS.place():
        told = when_told(monkeypatch, leave)
        assert "made" not in press(app)
        assert told == [1]
        assert len(TURNS) == 1
    assert press(app) == "made"


def test_one_other_is_one() -> None:
    assert Page(waiting_html(1, "PNG")).text == "PNG: 1 other is before you. It begins by itself."
    assert "2 others are before you" in waiting_html(2, "PNG")
    assert "<b>" not in waiting_html(2, "<b>")
