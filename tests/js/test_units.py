"""The tests that are written in JavaScript, each file as one test of ours."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.js.node import HERE, executable

FILES = sorted(HERE.glob("*.test.mjs"))


def run(file: Path) -> subprocess.CompletedProcess[str]:
    """Run a file of tests; what they found comes as TAP."""
    command = [executable(), "--no-warnings", "--test-reporter=tap", str(file)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def counted(said: str, what: str) -> int:
    found = re.search(rf"^# {what} (\d+)$", said, re.MULTILINE)
    assert found, said
    return int(found[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_all_that_a_file_asserts_holds(file: Path) -> None:
    done = run(file)
    assert done.returncode == 0, done.stdout + done.stderr
    named = len(re.findall(r"^ *test\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert counted(done.stdout, "pass") == counted(done.stdout, "tests") >= named > 0


def test_there_are_such_files() -> None:
    assert len(FILES) >= 7


def test_what_does_not_hold_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "wrong.test.mjs"
    file.write_text(
        'import assert from "node:assert/strict";\nimport { test } from "node:test";\n'
        'test("wrong", () => assert.equal(1, 2));\n',
        encoding="utf-8",
    )
    done = run(file)
    assert done.returncode != 0
    assert counted(done.stdout, "fail") == 1
