"""A table that a reader asks for comes with the page's messages, also where a run is overtaken."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import saving


def page() -> None:
    import pandas as pd

    from dashboard.shell.saving import offer_table

    offer_table("Save", "numbers", lambda: pd.DataFrame({"a": [1, 2]}), "numbers")
    offer_table("Save others", "others", lambda: pd.DataFrame({"b": [3]}), "others")


def handed(app: AppTest) -> list[bytes]:
    """What is on its way to the browser."""
    found: list[Any] = list(app.get("bidi_component"))
    return [element.proto.bytes for element in found]


def test_a_table_is_written_when_it_is_asked_for_and_comes_until_it_was_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(page).run()
    assert handed(app) == []
    [first] = handed(app.button(key="numbers").click().run())
    about, _, content = first.partition(b"\n")
    assert b'"name": "numbers.csv"' in about
    assert content.decode("utf-8-sig") == "a\r\n1\r\n2\r\n"
    # The next run may come before the browser has drawn this one.
    assert handed(app.run()) == [first]
    # One above it may be on its way still: the browser saves each once.
    assert b'"name": "others.csv"' in handed(app.button(key="others").click().run())[-1]
    [second] = handed(app.run())
    assert b'"name": "others.csv"' in second
    [again] = handed(app.button(key="numbers").click().run())
    assert again != first, "asked for again: saved again"
    monkeypatch.setattr(saving, "LONG_ENOUGH", 0.0)
    assert handed(app.run()) == []
