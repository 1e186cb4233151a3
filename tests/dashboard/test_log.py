"""The log: what an operator needs, under the numbers that readers were told, and nobody's words."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.problems import Problem
from dashboard import log
from dashboard.atlas import data
from dashboard.brief.address import read
from dashboard.formats import registry as formats
from dashboard.formats.registry import FORMATS, FormatError, export
from dashboard.log import Formatter, list_problems, logger, report, set_up
from dashboard.sheet.sheet import compose
from tests.dashboard.editing import copy, rewrite
from tests.dashboard.opening import html, run_at, text
from tests.dashboard.web.test_preload import start_server
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[2]
SECRET = "Zyxwv"
"""Stands in every text that must not be logged."""


@pytest.fixture
def plain() -> Iterator[logging.Logger]:
    """The logger as a server finds it: nothing set up; as it was afterwards."""
    found = logging.getLogger(log.NAME)
    level, handlers = found.level, found.handlers[:]
    found.handlers = [logging.NullHandler()]
    yield found
    found.handlers = handlers
    found.setLevel(level)


def set_up_alone(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Set up as if pytest did not listen; gives what is written."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(sys, "stderr", err := io.StringIO())
    set_up()
    return err


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that is logged, from the level on that is written."""
    caplog.set_level(logging.INFO, log.NAME)
    return caplog


def written(caplog: pytest.LogCaptureFixture) -> str:
    """As it would be written."""
    records = [record for record in caplog.records if record.name.startswith(log.NAME)]
    return "\n".join(Formatter().format(record) for record in records)


# Setting up


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        (None, "INFO"),
        ("", "INFO"),
        ("debug", "DEBUG"),
        (" Warning ", "WARNING"),
        ("ERROR", "ERROR"),
    ],
)
def test_the_environment_names_the_level(
    plain: logging.Logger, monkeypatch: pytest.MonkeyPatch, asked: str | None, level: str
) -> None:
    monkeypatch.delenv(log.ENVIRONMENT, raising=False)
    if asked is not None:
        monkeypatch.setenv(log.ENVIRONMENT, asked)
    set_up()
    assert logging.getLevelName(plain.level) == level


def test_an_unknown_level_is_told(plain: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(log.ENVIRONMENT, "loud")
    err = set_up_alone(monkeypatch)
    assert logging.getLevelName(plain.level) == "INFO"
    assert "DOSSIER_ATLAS_LOG_LEVEL is none of DEBUG, INFO" in err.getvalue()


def test_a_line_says_when_how_bad_and_where(
    plain: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(log.ENVIRONMENT, raising=False)
    err = set_up_alone(monkeypatch)
    set_up()
    logger("load").info("two lines are %d", 2)
    logger("load").debug("not at this level")
    [line] = err.getvalue().splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO dossier_atlas.load: two lines are 2", line
    )


def test_who_has_set_up_logging_keeps_it(
    plain: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(io.StringIO())])
    set_up()
    assert [type(handler) for handler in plain.handlers] == [logging.NullHandler]


# Exceptions


def failed(words: str = SECRET) -> Exception:
    """An exception that another one led to."""
    try:
        try:
            raise PermissionError(13, "Permission denied", words)
        except OSError as error:
            raise ValueError(words) from error
    except ValueError as error:
        return error


def test_an_exception_is_written_with_its_way_and_without_its_words(
    heard: pytest.LogCaptureFixture,
) -> None:
    number = report(logger("page"), "the page Map", failed())
    told = written(heard)
    assert f"error {number}: the page Map failed" in told
    assert "ValueError" in told
    assert "PermissionError: Permission denied" in told
    assert told.index("PermissionError") < told.index("ValueError")
    assert "test_log.py" in told
    assert SECRET not in told


def test_at_debug_an_exception_has_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, log.NAME)
    report(logger("page"), "the page Map", failed())
    assert f"ValueError: {SECRET}" in written(caplog)


def test_a_chain_in_a_circle_ends(heard: pytest.LogCaptureFixture) -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    report(logger("page"), "the page Map", one)
    assert written(heard).count("KeyError") == 1


def test_numbers_differ() -> None:
    numbers = {report(logger("page"), "the page Map", ValueError()) for _ in range(20)}
    assert len(numbers) > 15
    assert all(re.fullmatch(r"[1-9]\d{5}", number) for number in nonempty(numbers))


# What is said


def test_a_start_a_load_and_a_reload(small: Path, heard: pytest.LogCaptureFixture) -> None:
    start_server()
    rewrite(small / "flows/drones.yml", title="Another title")
    data.load()
    said = written(heard)
    assert re.search(r"INFO dossier_atlas.server: started; dossier: small, Python 3", said)
    counts = r"records: 8, actors: \d+, places: 5, problems: 0"
    assert len(re.findall(rf"loaded dossier small in \d+\.\d\d s; {counts}", said)) == 2
    assert "INFO dossier_atlas.reload: the files have changed: loading anew" in said
    assert "INFO dossier_atlas.server: stopped" in said


def test_problems_are_counted_and_placed(small: Path, heard: pytest.LogCaptureFixture) -> None:
    rewrite(small / "flows/drones.yml", goods=f"it's {SECRET}'s")
    data.load()
    said = written(heard)
    assert "problems: 1" in said
    assert re.search(r"WARNING dossier_atlas.load: flows/drones.yml:\d+: goods: '…'", said)
    assert SECRET not in said


def test_of_many_problems_the_rest_is_counted(heard: pytest.LogCaptureFixture) -> None:
    many = [Problem(f"flows/{n}.yml", 1, "", "is missing") for n in range(log.MOST_PROBLEMS + 7)]
    list_problems(logger("load"), many)
    assert len(heard.records) == log.MOST_PROBLEMS + 1
    assert heard.messages[-1] == "and 7 problems more"


def test_what_cannot_be_shown_any_more(small: Path, heard: pytest.LogCaptureFixture) -> None:
    data.load()
    (small / "dossier.yml").unlink()
    data.load()
    data.load()
    said = written(heard)
    assert said.count("ERROR dossier_atlas.reload: the dossier cannot be loaded") == 1
    assert "what was loaded last stays; problems: 1" in said
    assert "WARNING dossier_atlas.reload: dossier.yml: is missing" in said


def test_an_export_that_fails_has_the_number_that_the_reader_is_told(
    small: Path, monkeypatch: pytest.MonkeyPatch, heard: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> bytes:
        raise failed()

    sheets = [compose(data.load(), read({}, data.load()), "")]
    monkeypatch.setattr(FORMATS["png"], "write", fails)
    with pytest.raises(FormatError, match="PNG could not be written") as caught:
        export(data.load(), sheets, "png")
    assert f"error {caught.value.number}: writing PNG failed" in written(heard)
    assert "ValueError" in written(heard)
    assert SECRET not in written(heard)


@pytest.mark.parametrize("slow", [True, False])
def test_a_slow_export_is_noted(
    small: Path, monkeypatch: pytest.MonkeyPatch, heard: pytest.LogCaptureFixture, slow: bool
) -> None:
    sheets = [compose(data.load(), read({}, data.load()), "")]
    monkeypatch.setattr(FORMATS["png"], "write", lambda _: b"x")
    monkeypatch.setattr(formats, "SLOW", -1.0 if slow else 1e9)
    export(data.load(), sheets, "png")
    count = len(sheets[0].records)
    noted = rf"WARNING .*export: slow: writing PNG took 0\.\d s; records: {count}, sheets: 1"
    assert bool(re.search(noted, written(heard))) == slow
    assert count


# What is not said


def test_no_words_of_records_or_readers_are_logged(
    small: Path, heard: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite(small / "flows/drones.yml", title=f"A {SECRET}", summary=f"{SECRET} says {SECRET}.")
    copy(small / "flows/drones.yml", "two", goods=f"{SECRET} or so", themes=[SECRET])
    copy(small / "flows/drones.yml", "three", **{SECRET: "x"})
    rewrite(small / "actors/IRN.yml", aliases=[SECRET])
    app = run_at(q=SECRET, actor="IRN", select=SECRET)
    assert SECRET in html(app)
    (small / "dossier.yml").write_text(f'title: "{SECRET}\n{SECRET}', encoding="utf-8")
    app.run()
    assert "Out of date" in text(app)
    monkeypatch.setattr("dashboard.views.map.page.show_panel", lambda *_: 1 / 0)
    app.run()
    said = written(heard)
    assert "ZeroDivisionError" in said
    assert said.count("WARNING") > 3
    assert SECRET not in said


@pytest.mark.sweep
@pytest.mark.parametrize(
    "command",
    [
        ["annotations", "check", "--dossier", "{}"],
        ["dashboard.brief", "--dossier", "{}", "--format", "csv", "-o", "{}/../out.csv"],
    ],
    ids=lambda command: command[0],
)
def test_command_lines_write_no_log(small: Path, command: list[str]) -> None:
    rewrite(small / "flows/drones.yml", goods="magic")
    done = subprocess.run(
        [sys.executable, "-m", *(word.format(small) for word in command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.search(r"drones\.yml|1 problem", done.stdout + done.stderr), done
    assert log.NAME not in done.stdout + done.stderr
    assert "'…'" not in done.stderr
