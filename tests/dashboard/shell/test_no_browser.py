"""A program that asks for a page through Streamlit's agent API reads which records are shown."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.atlas.data import Atlas
from dashboard.shell import programs
from dashboard.shell.shown_table import COLUMNS, shown_table
from tests.browser.server import Server, serving
from tests.dashboard.editing import copy
from tests.dashboard.opening import run_at
from tests.dossiers.shelf import LAKES
from tests.nonempty import nonempty

MORE = 110
"""Records beyond those of the lakes: Streamlit by itself would cut a table off at a hundred."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(LAKES, tmp_path_factory.mktemp("many") / "lakes"))
    for number in range(MORE):
        copy(folder / "statements/bank-describes.yml", f"bank-describes-{number}")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, many: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_SERVER_ENABLE_AGENT_API", "true")
        with serving(tmp_path_factory.mktemp("app") / "log.txt", many) as server:
            yield server


def asked(server: Server, **what: Any) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.url}/_stcore/agent/interact",
        data=json.dumps(what).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    assert found["status"] == "ready"
    return found


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", ()):
        yield from nodes(child)


def table(answer: dict[str, Any]) -> dict[str, Any]:
    [found] = [node for node in nodes(answer["tree"]) if node.get("key") == "records-shown"]
    data_: dict[str, Any] = found["data"]
    return data_


def words(answer: dict[str, Any]) -> str:
    return " ".join(
        node["props"]["body"] for node in nodes(answer["tree"]) if node["type"] == "html"
    )


@pytest.mark.sweep
def test_a_program_reads_which_records_are_shown(server: Server, lakes: Atlas) -> None:
    answer = asked(server)
    count = len(lakes.dossier.records) + MORE
    assert f"<b>{count}</b> of {count} records shown" in words(answer)
    assert "Nothing passes" not in words(answer)
    assert len({row[0] for row in table(answer)["preview"]["rows"]}) == count
    few = asked(server, query_params={"theme": ["border-war"], "layer": ["events"]})
    shown = {
        record.id
        for record in nonempty(lakes.dossier.records.values())
        if "border-war" in record.themes and record.kind == "event"
    }
    assert {row[0] for row in nonempty(table(few)["preview"]["rows"])} == shown
    none = asked(server, query_params={"q": ["zzzz"]})
    assert "Nothing passes all filters at once" in words(none)
    assert table(none)["row_count"] == 0


def test_the_table_is_the_list(lakes: Atlas) -> None:
    found = shown_table(lakes, lakes.dossier.records)
    assert list(found.columns) == list(COLUMNS)
    assert set(found["id"]) == set(lakes.dossier.records)
    assert list(found["when"]) == sorted(found["when"])


def test_a_browser_is_sent_no_table(small: Path) -> None:
    assert not run_at().dataframe


def test_without_streamlits_word_nobody_is_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "agent_spec", object())
    assert not programs.is_read_by_a_program()
