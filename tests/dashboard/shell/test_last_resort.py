"""Whatever is raised, wherever: a sentence with the log's number, a way on, and never a box."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest
import streamlit as st
from streamlit.elements import exception
from streamlit.errors import StreamlitAPIException
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1 import app_test as streamlit_app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

import dashboard.views.corridors
from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.shell import last_resort
from dashboard.shell.last_resort import keep_words_out, tell, without_box
from dashboard.views.map import page as map_page
from tests.dashboard.opening import html, run_at, text
from tests.dashboard.reading import Page

SECRET = "what a reader asked for"
Plant = Callable[[pytest.MonkeyPatch], None]


class Runner(LocalScriptRunner):
    """Runs the script as the app does: with what `streamlit_app.py` gives to `st.App`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_script_error = tell


@pytest.fixture(autouse=True)
def as_the_app_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit_app_test, "LocalScriptRunner", Runner)


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


def endless(*_: Any) -> None:
    """Call itself for ever. Python 3.13.0 bounds no depth of calls that take `*_` themselves."""

    def deeper(depth: int) -> None:
        deeper(depth + 1)

    deeper(0)


def import_of_a_page(planted: pytest.MonkeyPatch) -> None:
    planted.delattr(dashboard.views.corridors, "page", raising=False)
    planted.setitem(sys.modules, "dashboard.views.corridors.page", None)


def chart_that_cannot_be_written(planted: pytest.MonkeyPatch) -> None:
    def chart(*_: Any) -> None:
        st.altair_chart(alt.Chart().mark_bar().encode(x=alt.X(aggregate=SECRET)))

    planted.setattr(map_page, "show_map", chart)


def bad_value_of_a_widget(planted: pytest.MonkeyPatch) -> None:
    def widget(*_: Any) -> None:
        st.session_state["bad"] = SECRET
        st.slider("Bad", 0, 5, key="bad")

    planted.setattr(map_page, "show_map", widget)


def twice_the_same_key(planted: pytest.MonkeyPatch) -> None:
    def widgets(*_: Any) -> None:
        st.button("One", key="same")
        st.button("Two", key="same")

    planted.setattr(map_page, "show_map", widgets)


def fragment(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(map_page, "show_map", st.fragment(raising(ValueError(SECRET))))


def planting(owner: Any, name: str, error: BaseException) -> Plant:
    return lambda planted: planted.setattr(owner, name, raising(error))


PLANTS: dict[str, Plant] = {
    "import of a page": import_of_a_page,
    "page's settings": planting(st, "set_page_config", StreamlitAPIException(SECRET)),
    "navigation": planting(st, "navigation", ValueError(SECRET)),
    "title": planting(map_page, "show_title", OSError(SECRET)),
    "data": planting(data, "load", KeyError(SECRET)),
    "page": planting(map_page, "show_map", ValueError(SECRET)),
    "chart": chart_that_cannot_be_written,
    "widget's value": bad_value_of_a_widget,
    "widget's key": twice_the_same_key,
    "fragment": fragment,
    "no memory": planting(map_page, "show_map", MemoryError()),
    "endless": lambda planted: planted.setattr(map_page, "show_map", endless),
    "the end": planting(map_page, "show_map", SystemExit(1)),
    "an interruption": planting(map_page, "show_map", KeyboardInterrupt()),
    "several": planting(map_page, "show_map", ExceptionGroup(SECRET, [ValueError(SECRET)])),
}


def assert_told(app: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    """A sentence with the number of the log's only error, and links that lead on."""
    assert not app.exception
    found = [re.search(r"error (\d{6}):", record.getMessage()) for record in caplog.records]
    numbers = [match[1] for match in found if match]
    assert len(numbers) == 1, caplog.text
    assert f"error {numbers[0]}." in text(app)
    assert SECRET not in text(app)
    links = re.findall(r'href="([^"]*)">(?:Reload it|open the map)', html(app))
    assert links == ["", "./"]


@pytest.mark.parametrize("place", PLANTS)
def test_what_is_raised_anywhere_is_told(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    PLANTS[place](monkeypatch)
    caplog.set_level(logging.ERROR, "dossier_atlas")
    assert_told(run_at(), caplog)


def test_before_the_page_is_drawn(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A callback that nobody has made safe, a value that cannot be read: they come before it."""
    app = run_at()
    monkeypatch.setattr(SessionState, "on_script_will_rerun", raising(ValueError(SECRET)))
    assert_told(app.run(), caplog)
    monkeypatch.undo()


@pytest.mark.parametrize("error", [SystemExit(0), KeyboardInterrupt()])
def test_a_callback_that_would_end_the_session(
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: BaseException,
) -> None:
    app = run_at()
    monkeypatch.setattr("dashboard.shell.sidebar.go", raising(error))
    app.button(key="reset").click().run()
    assert "That did not work: error " in text(app)
    assert "8 of 8 records shown" in text(app)


def test_a_dossier_that_is_not_there_is_told_as_such(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "navigation", raising(DossierError("x", [])))
    app = run_at()
    assert not app.exception
    assert "The dossier cannot be read" in app.error[0].value


def test_a_teller_that_fails_is_logged_and_leaves_it_to_the_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(last_resort, "show_failure", raising(MemoryError()))
    assert not tell(ValueError(SECRET))
    assert caplog.text.count("failed") == 2


def test_streamlits_log_keeps_nobodys_words(monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.getLogger("streamlit.error_util")
    monkeypatch.setattr(log, "filters", [])
    keep_words_out()
    told = logging.LogRecord(log.name, logging.ERROR, "", 1, "Uncaught", None, None)
    assert log.filter(told)
    told.exc_info = (ValueError, ValueError(SECRET), None)
    assert not log.filter(told)


# --- what is on its way to a browser -----------------------------------------------------------


def box() -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = [0, 3, 1]
    message.metadata.cacheable = True
    exception.marshall(message.delta.new_element.exception, ValueError(SECRET))
    return message


def told(message: ForwardMsg) -> ForwardMsg:
    return ForwardMsg.FromString(without_box(message.SerializeToString()))


def assert_no_box(message: ForwardMsg, caplog: pytest.LogCaptureFixture) -> None:
    sent = told(message)
    assert SECRET.encode() not in sent.SerializeToString()
    assert sent.delta.new_element.WhichOneof("type") == "html"
    [record] = caplog.records
    [number] = re.findall(r"error (\d{6}):", record.getMessage())
    assert f"error {number}." in Page(sent.delta.new_element.html.body).text
    assert not sent.metadata.cacheable


def test_a_box_becomes_a_sentence_in_its_place(caplog: pytest.LogCaptureFixture) -> None:
    assert_no_box(box(), caplog)
    assert list(told(box()).metadata.delta_path) == [0, 3, 1]


def test_a_box_without_a_place_gets_one(caplog: pytest.LogCaptureFixture) -> None:
    """What comes of a message from the browser that could not be handled."""
    message = box()
    message.ClearField("metadata")
    assert_no_box(message, caplog)
    assert list(told(message).metadata.delta_path) == [0, 0]


def test_a_script_that_does_not_compile_is_told_so_too(caplog: pytest.LogCaptureFixture) -> None:
    message = ForwardMsg()
    exception.marshall(message.session_event.script_compilation_exception, SyntaxError(SECRET))
    assert_no_box(message, caplog)


def test_all_else_goes_as_it_is() -> None:
    message = ForwardMsg()
    message.metadata.delta_path[:] = [0, 1]
    message.delta.new_element.html.body = "exception"
    whole = message.SerializeToString()
    assert without_box(whole) == whole
    event = ForwardMsg()
    event.session_event.script_was_manually_stopped = True
    assert without_box(event.SerializeToString()) == event.SerializeToString()
    assert without_box(b"\xff\xff no message") == b"\xff\xff no message"
