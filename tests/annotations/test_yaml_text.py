"""Strict reading of YAML."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotations import yaml_text
from annotations.yaml_text import SIZE_LIMIT, Flaw, read_file, read_text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("yes", "yes"),
        ("NO", "NO"),
        ("on", "on"),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", "Null"),
        ("7", 7),
        ("-7", -7),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("9" * 19, "9" * 19),
        ("1.10", 1.1),
        ("-0.5", -0.5),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2023-12-07", "2023-12-07"),
        ("2023-12", "2023-12"),
        ("2023", 2023),
        ("'1.10'", "1.10"),
        ('"true"', "true"),
        ("''", ""),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_scalars(written: str, value: object) -> None:
    """Only what looks like a number, true, false or nothing is that; the rest is text."""
    reading = read_text(f"field: {written}\n")
    assert reading.flaws == []
    assert reading.data == {"field": value}
    assert type((reading.data or {})["field"]) is type(value)


def test_lines() -> None:
    """A field stands where its name does, an item where it begins."""
    reading = read_text(
        "# comment\n"
        "title: A\n"
        "\n"
        "summary: >-\n"
        "  Two\n"
        "  lines.\n"
        "source:\n"
        "  lines:\n"
        "    - 4\n"
        "    - 5\n"
        "members:\n"
        "  - actor: RUS\n"
        "    status: member\n"
        "actors: [RUS,\n"
        "  IRN]\n"
    )
    assert reading.lines == {
        (): 2,
        ("title",): 2,
        ("summary",): 4,
        ("source",): 7,
        ("source", "lines"): 8,
        ("source", "lines", 0): 9,
        ("source", "lines", 1): 10,
        ("members",): 11,
        ("members", 0): 12,
        ("members", 0, "actor"): 12,
        ("members", 0, "status"): 13,
        ("actors",): 14,
        ("actors", 0): 14,
        ("actors", 1): 15,
    }
    assert reading.line_of(("members", 0, "from")) == 12
    assert reading.line_of(("nothing", "here")) == 2
    assert yaml_text.Reading().line_of(("nothing",)) == 0


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    """All line endings count alike."""
    reading = read_text(f"a: 1{ending}b: 2{ending}")
    assert reading.data == {"a": 1, "b": 2}
    assert reading.line_of(("b",)) == 2


def test_byte_order_mark(tmp_path: Path) -> None:
    """What some editors put first is no part of the text."""
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_file(path).data == {"a": 1}


def test_first_of_two_stands() -> None:
    """A repeated field is a flaw; the first value and its lines stay."""
    reading = read_text("a: {b: 1}\na:\n  b: 2\n  c: 3\n")
    assert reading.data == {"a": {"b": 1}}
    assert reading.flaws == [Flaw(2, ("a",), "is given twice (first in line 1)")]
    assert reading.line_of(("a", "b")) == 1


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes cost nothing: the file is not even opened."""
    path = tmp_path / "large.yml"
    with path.open("wb") as file:
        file.truncate(10_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert read_file(path).flaws == [Flaw(0, (), "is 9,766 KiB large, 256 KiB at most")]


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    """The limit itself is within it."""
    path = tmp_path / "full.yml"
    path.write_text("a: " + "x" * (SIZE_LIMIT - 3), encoding="utf-8")
    assert len((read_file(path).data or {})["a"]) == SIZE_LIMIT - 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """What is not a file is not waited for."""
    os.mkfifo(tmp_path / "pipe.yml")
    assert read_file(tmp_path / "pipe.yml").flaws == [Flaw(0, (), "is not a file")]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses is a flaw like others."""
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert read_file(path).flaws == [Flaw(0, (), "cannot be read (Permission denied)")]


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=4), st.booleans())
def test_what_is_dumped_is_read(data: dict[str, Any], flow: bool) -> None:
    """Whatever PyYAML quotes so that it stays text stays text here too."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    reading = read_text(text)
    assert reading.flaws == []
    assert reading.data == data


@pytest.mark.parametrize("parser", ["SafeLoader", "CSafeLoader"])
@given(text=st.text() | st.text("ab:-[]{}&*!|>'\"#%@,? \n\\xU0\t"))
def test_nothing_raises(parser: str, text: str) -> None:
    """Any text gives data or a flaw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_Loader", getattr(yaml, parser, yaml.SafeLoader))
        reading = read_text(text)
    assert (reading.data is None) <= bool(reading.flaws)
    assert all("\n" not in flaw.reason for flaw in reading.flaws)
