"""A page whose session is new: what its widgets say counts, and what its address bar shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from dashboard.atlas import data
from dashboard.shell import returning, sidebar
from tests.dossiers.shelf import LAKES

MAIN = Path(__file__).parents[3] / "dashboard" / "main.py"


@pytest.fixture(autouse=True)
def lakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(LAKES))


def page(**parameters: Any) -> AppTest:
    """A page that was drawn by a server which is gone since."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def says(app: AppTest) -> WidgetStates:
    """What its widgets say."""
    assert app._tree is not None
    return app._tree.get_widget_states()


def reaches(states: WidgetStates, **parameters: Any) -> AppTest:
    """The page at another server, which has not run for it yet."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app._run(states)
    assert not app.exception
    return app


def again(states: WidgetStates, bar: str) -> WidgetStates:
    """The same, with the word that the page is connected again."""
    state = states.widgets.add(id="$$ID-0-x__events")
    state.json_trigger_value = json.dumps([{"event": returning.AGAIN, "value": bar}])
    return states


def address(app: AppTest) -> dict[str, list[str]]:
    values = {key: app.query_params[key] for key in app.query_params}
    return {key: value if isinstance(value, list) else [value] for key, value in values.items()}


def test_a_page_that_nobody_touched_stays_as_it_is() -> None:
    before = page(theme="copper", select="cape-way")
    after = reaches(says(before), theme="copper", select="cape-way")
    assert address(after) == {"theme": ["copper"], "select": ["cape-way"]}
    assert [pills.value for pills in after.pills] == [pills.value for pills in before.pills]


def test_what_was_clicked_counts_whatever_was_clicked() -> None:
    before = page(theme="copper")
    before.pills(key="theme").set_value(["copper", "border-war"])
    before.pills(key="verdict").set_value(["stands"])
    before.multiselect(key="actor").set_value(["TZA"])
    before.text_input(key="q").set_value("railway")
    after = reaches(says(before), theme="copper")
    expected = {"actor": ["TZA"], "theme": ["copper", "border-war"], "verdict": ["stands"]}
    assert address(after) == expected | {"q": ["railway"]}
    assert after.pills(key="theme").value == ["copper", "border-war"]
    assert after.text_input(key="q").value == "railway"


def test_a_button_counts_once() -> None:
    before = page(theme="copper")
    before.button(key="present-button").click()
    after = reaches(says(before), theme="copper")
    assert address(after) == {"theme": ["copper"], "present": ["1"]}
    after.run()
    assert address(after) == {"theme": ["copper"], "present": ["1"]}


PRESENTS = {"theme": ["copper"], "present": ["1"]}


@pytest.mark.parametrize(("button", "expected"), [("reset", {}), ("present-button", PRESENTS)])
def test_what_was_clicked_first_counts_first_and_once(
    button: str, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter, then a button, while the first run has drawn only the button."""
    before = page()
    before.pills(key="theme").set_value(["copper"])
    before.button(key=button).click()
    # A browser says last what was pressed last.
    states = sorted(says(before).widgets, key=lambda state: state.trigger_value)
    clicked = WidgetStates(widgets=states)
    whole = sidebar._facet

    def overtaken(*given: Any) -> None:
        monkeypatch.setattr(sidebar, "_facet", whole)
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        rerun = RerunData(widget_states=clicked, page_script_hash=context.page_script_hash)
        context.script_requests.request_rerun(rerun)
        context.yield_check()

    monkeypatch.setattr(sidebar, "_facet", overtaken)
    after = reaches(clicked)
    assert address(after) == expected
    assert after.pills(key="theme").value == expected.get("theme", [])


def test_the_address_bar_is_where_the_page_is() -> None:
    """The browser writes there what it foresees, before Streamlit knows of it."""
    before = page(theme="copper")
    before.pills(key="theme").set_value(["copper", "border-war"])
    bar = "?theme=copper&theme=border-war&view=1,2,3&off=flows"
    after = reaches(again(says(before), bar), theme="copper")
    assert address(after) == {"theme": ["copper", "border-war"]}
    # Also where no widget says so.
    states = again(says(page(theme="copper")), "?theme=copper&select=cape-way")
    assert address(reaches(states, theme="copper")) == {"theme": ["copper"], "select": ["cape-way"]}


def test_where_the_map_looks_stays_in_the_address() -> None:
    """It is the map's to write: where nothing else differs, nothing is written anew."""
    before = page(theme="copper", view="1,2,3", off="flows")
    states = again(says(before), "?theme=copper&view=4,5,6")
    after = reaches(states, theme="copper", view="1,2,3", off="flows")
    assert address(after) == {"theme": ["copper"], "view": ["1,2,3"], "off": ["flows"]}


def test_nonsense_from_a_page_does_no_harm() -> None:
    before = says(page())
    for value in ('{"event": "again"}', '[1, null, {"event": "again", "value": 5}]', "7", "{"):
        states = WidgetStates()
        states.CopyFrom(before)
        states.widgets.add(id="$$ID-0-x__events").json_trigger_value = value
        states.widgets.add(id="$$ID-1-no-such-widget").int_value = 3
        assert address(reaches(states)) == {}


def test_a_page_that_is_new_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    take_up = returning.take_up
    monkeypatch.setattr(returning, "take_up", lambda said: (drawn.append(said), take_up(said)))
    app = page(theme="copper")
    app.pills(key="theme").set_value([]).run()
    assert address(app) == {}
    assert [list(said) for said in drawn] == [[], []]
