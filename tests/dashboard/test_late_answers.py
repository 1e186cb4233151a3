"""Clicks that follow one another faster than the answers: each speaks from before the last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.atlas import data
from tests.dossiers.shelf import LAKES

MAIN = Path(__file__).parents[2] / "dashboard" / "main.py"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(data.ENVIRONMENT, str(LAKES))
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.query_params["theme"] = "copper"
    return app.run()


def speaks_from(app: AppTest, **parameters: Any) -> None:
    """The page has not heard of what came of its last click."""
    app.query_params.clear()
    app.query_params.update(parameters)


def address(app: AppTest) -> dict[str, list[str]]:
    assert not app.exception
    values = {key: app.query_params[key] for key in app.query_params}
    return {key: value if isinstance(value, list) else [value] for key, value in values.items()}


def test_clicks_on_several_filters_all_count(app: AppTest) -> None:
    app.pills(key="verdict").set_value(["stands"]).run()
    speaks_from(app, theme="copper")
    app.text_input(key="q").set_value("railway").run()
    speaks_from(app, theme="copper")
    app.button(key="present-button").click().run()
    expected = {"theme": ["copper"], "verdict": ["stands"], "q": ["railway"], "present": ["1"]}
    assert address(app) == expected
    # An answer came: it speaks from there.
    speaks_from(app, theme="copper", verdict="stands")
    app.run()
    assert address(app) == expected


def test_where_the_map_looks_does_not_matter(app: AppTest) -> None:
    app.pills(key="verdict").set_value(["stands"]).run()
    speaks_from(app, theme="copper", view="1,2,3", off="flows")
    app.pills(key="status").set_value(["opinion"]).run()
    assert address(app) == {"theme": ["copper"], "status": ["opinion"], "verdict": ["stands"]}


def test_who_returns_to_where_they_were_is_there(app: AppTest) -> None:
    app.pills(key="verdict").set_value(["stands"]).run()
    app.pills(key="verdict").set_value([]).run()
    assert address(app) == {"theme": ["copper"]}
    app.text_input(key="q").set_value("railway").run()
    assert address(app) == {"theme": ["copper"], "q": ["railway"]}


def test_who_goes_back_before_an_answer_is_where_that_leads(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's widgets still say what it had clicked."""
    app.pills(key="verdict").set_value(["stands"]).run()
    for module in ("location", "returning"):
        monkeypatch.setattr(f"dashboard.shell.{module}.leads_back", lambda: True)
    monkeypatch.setattr("dashboard.shell.callbacks.leads_back", lambda: True)
    speaks_from(app, theme="copper")
    app.pills(key="verdict").set_value(["stands", "disputed"])
    app.button(key="present-button").click().run()
    assert address(app) == {"theme": ["copper"]}
    assert app.pills(key="verdict").value == []


def test_what_is_clicked_is_written_in_the_order_offered(app: AppTest) -> None:
    """As the browser writes it, which foresees the address."""
    app.pills(key="alliance").set_value(["lake-union", "coast-league"]).run()
    assert address(app)["alliance"] == ["coast-league", "lake-union"]
    app.pills(key="theme").set_value(["border-war", "copper"]).run()
    assert address(app)["theme"] == ["copper", "border-war"]


def test_an_address_that_was_never_left_is_taken_as_it_is(app: AppTest) -> None:
    app.pills(key="verdict").set_value(["stands"]).run()
    speaks_from(app, theme="border-war")
    app.run()
    assert address(app) == {"theme": ["border-war"]}


def told(app: AppTest) -> dict[str, Any]:
    """What the list beside the map is told."""
    [records] = app.get("bidi_component")
    found: dict[str, Any] = json.loads(records.proto.json)
    return found


def test_a_click_that_was_not_done_is_told_to_have_been_seen(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By this the page knows that it has to take back what it foresaw."""
    assert "asked" not in told(app)
    app.pills(key="theme").set_value(["copper", "border-war"]).run()
    assert "asked" not in told(app)

    def fails(**changes: object) -> None:
        raise OSError("planted")

    monkeypatch.setattr("dashboard.shell.sidebar.change_filters", fails)
    app.pills(key="theme").set_value(["border-war"]).run()
    assert told(app)["asked"] == "theme=border-war&alliance=lake-union"
    assert told(app)["pressed"] == "theme=copper&theme=border-war&alliance=lake-union"
    assert app.pills(key="theme").value == ["copper", "border-war"]
    app.run()
    assert "asked" not in told(app)


def test_a_reset_that_was_not_done_is_told_to_have_been_seen(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page waits for what its buttons say after it; they say still what they said before."""

    def fails(screen: object) -> None:
        raise OSError("planted")

    monkeypatch.setattr("dashboard.shell.sidebar.go", fails)
    app.button(key="reset").click().run()
    assert told(app)["asked"] == "alliance=lake-union"
    assert told(app)["pressed"] == "theme=copper&alliance=lake-union"
    assert address(app) == {"theme": ["copper"]}


def test_a_run_that_shows_the_same_is_told_apart_from_the_last(app: AppTest) -> None:
    """Streamlit tells a page nothing of a part that is as before: it would wait for its answer."""
    before = told(app)
    app.run()
    after = told(app)
    assert after.pop("run") != before.pop("run")
    assert after == before
