"""What is wrong is told on every page, and nothing ends in an error box."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from PIL import Image
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.formats import paper
from dashboard.shell import sidebar
from dashboard.shell.callbacks import FAILED, safely
from dashboard.shell.faults import MOST_LISTED, faults_html
from dashboard.views.map import page as map_page
from tests.dashboard.editing import copy, rewrite
from tests.dashboard.opening import MAIN, html, run_at, text
from tests.dashboard.reading import Page
from tests.sweeps import first_of
from tests.views import PAGES, SPEAKING

ROOT = MAIN.parents[1]
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in PAGES]


def _page(name: str) -> None:
    from importlib import import_module

    from dashboard.shell.site import Site

    import_module(name).show(Site())


def open_page(name: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60, args=(name,))
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The briefing page draws no picture but a single dot."""
    Image.new("L", (1, 1)).save(dot := BytesIO(), "PNG")
    monkeypatch.setattr(paper, "png", lambda *_: dot.getvalue())


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("name", first_of(MODULES))
def test_each_page_tells_what_is_wrong(small: Path, name: str) -> None:
    head = (small / "dossier.yml").read_bytes()
    rewrite(small / "flows/drones.yml", goods="magic")
    app = open_page(name)
    assert "1 problem in the dossier's files" in text(app)
    assert "flows/drones.yml" in text(app)
    assert "Out of date" not in text(app)
    (small / "dossier.yml").unlink()
    app.run()
    assert not app.exception
    assert "Out of date." in text(app)
    assert "dossier.yml: is missing" in text(app)
    (small / "dossier.yml").write_bytes(head)
    app.run()
    assert "Out of date" not in text(app)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("name", first_of(MODULES))
def test_a_sound_dossier_leaves_the_room_empty(small: Path, name: str) -> None:
    assert '<div class="atlas-faults"></div>' in html(open_page(name))


def test_a_click_after_the_head_is_cut_counts(small: Path) -> None:
    """The last good state goes on being filtered."""
    app = run_at()
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    app.pills(key="layer").set_value(["flows"]).run()
    assert not app.exception
    assert not app.error
    assert "1 of 8 records shown" in text(app)
    assert "Out of date." in text(app)


def test_presenting_shows_no_fault(small: Path) -> None:
    rewrite(small / "flows/drones.yml", goods="magic")
    assert "problem" not in text(run_at(present="1"))


def test_many_problems_are_cut_short(small: Path) -> None:
    for number in range(MOST_LISTED + 3):
        copy(small / "flows/drones.yml", f"drones-{number}", goods="magic")
    page = Page(faults_html(data.standing()))
    assert f"{MOST_LISTED + 3} problems in the dossier's files" in page.text
    assert "and 3 more" in page.text
    assert page.tags.count("li") == MOST_LISTED + 1


# Exceptions that nobody foresaw


def failing(*_: Any, **__: Any) -> None:
    raise ValueError("what a reader asked for")


def logged_number(caplog: pytest.LogCaptureFixture) -> str:
    """Number of the only exception in the log."""
    [record] = [record for record in caplog.records if record.exc_info]
    found = re.search(r"error (\d{6}):", record.getMessage())
    assert found
    return found[1]


def test_a_page_that_fails_is_a_sentence_with_the_logs_number(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(map_page, "show_map", failing)
    app = run_at()
    assert not app.exception
    assert f"This page could not be drawn: error {logged_number(caplog)}" in text(app)
    assert "what a reader asked for" not in text(app)


def test_a_callback_that_fails_is_a_sentence_with_the_logs_number(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = run_at()
    monkeypatch.setattr(sidebar, "go", failing)
    app.button(key="reset").click().run()
    assert not app.exception
    assert f"That did not work: error {logged_number(caplog)}" in text(app)
    assert "what a reader asked for" not in text(app)
    assert "8 of 8 records shown" in text(app)
    app.run()
    assert "did not work" not in text(app), "told once"


def test_a_callback_without_a_dossier_leaves_it_to_the_page(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    state: dict[str, str] = {}
    monkeypatch.setattr(st, "session_state", state)

    def act() -> None:
        raise DossierError("x", [])

    safely(act)()
    assert state == {}
    safely(failing)(1, two=2)
    assert list(state) == [FAILED]
    assert (
        len([record for record in caplog.records if record.name.startswith("dossier_atlas")]) == 1
    )


def test_streamlits_own_way_of_stopping_is_let_through() -> None:
    def stop() -> None:
        raise StopException

    with pytest.raises(StopException):
        safely(stop)()


def callbacks_in(path: Path) -> list[ast.expr]:
    """What the widgets of a module are told to call; no words such as "ignore"."""
    return [
        keyword.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if (keyword.arg or "").startswith("on_") and not isinstance(keyword.value, ast.Constant)
    ]


def test_every_callback_is_a_safe_one() -> None:
    found = {str(path): callbacks_in(path) for path in SPEAKING if callbacks_in(path)}
    assert sum(map(len, found.values())) > 25
    bare = [
        f"{name}:{value.lineno}"
        for name, values in found.items()
        for value in values
        if not (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id == safely.__name__
        )
    ]
    assert bare == []
