"""The search page: what was understood, and what the map and a briefing make of it."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from dashboard.atlas import data
from dashboard.atlas.address import read
from dashboard.atlas.data import Atlas
from dashboard.brief.origins import brief_of
from dashboard.views.search.on_map import on_map
from tests.dashboard.opening import html, open_page
from tests.dashboard.reading import Page
from tests.dossiers.shelf import LAKES

ASK = "aid to Mozambique"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app shows the tests' own dossier."""
    monkeypatch.setenv(data.ENVIRONMENT, str(LAKES))


@pytest.mark.parametrize("question", ["which claims are wrong?", "flows to Rwanda", "statements"])
def test_the_map_shows_the_same(atlas: Atlas, question: str) -> None:
    answer = atlas.search.answer(question)
    parameters = parse_qs(on_map(atlas, answer).removeprefix("map?"))
    assert parameters
    shown = atlas.index.visible(read(parameters, atlas.choices).filters)
    assert set(shown) == {hit.thing.id for group in answer.groups for hit in group.hits}


def test_what_the_map_cannot_say_is_not_offered(atlas: Atlas) -> None:
    """Its filter of actors tells no sender from a receiver."""
    assert on_map(atlas, atlas.search.answer("what does Kenya send")) != ""
    assert on_map(atlas, atlas.search.answer("which alliances did Zambia leave")) == ""
    assert on_map(atlas, atlas.search.answer("copper")) == ""


@pytest.mark.usefixtures("here")
def test_the_page_shows_what_was_understood() -> None:
    page = Page(html(open_page("search", ask=ASK)))
    assert "Understood: flows" in page.text
    assert "to Mozambique" in page.text
    without = Page(html(open_page("search", ask=ASK, without=["to:MOZ"])))
    assert "+ to Mozambique" in without.text
    assert "1 found for" in page.text


@pytest.mark.usefixtures("here")
def test_a_hostile_address_stays_text() -> None:
    app = open_page("search", ask=ASK, without=[HOSTILE] * 50, **{"with": ["to:" + HOSTILE, "x"]})
    assert not app.exception
    assert "img" not in Page(html(app)).tags


def test_a_briefing_goes_by_what_was_changed(atlas: Atlas) -> None:
    wrong = {"ask": ["which claims are wrong?"]}
    turned = {**wrong, "without": ["verdict:wrong"], "with": ["verdict:disputed"]}
    brief = brief_of("search", turned, atlas)
    assert set(brief.records) == {"rifles-for-the-guard", "answer-strike"}
    assert "read as disputed" in brief.asked
    assert parse_qs(brief.page.partition("?")[2]) == turned
    assert "read as" not in brief_of("search", wrong, atlas).asked
