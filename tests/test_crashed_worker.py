"""A test that takes its worker down is named, and the run ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.sweep
def test_a_test_that_takes_its_worker_down_is_named_and_the_run_ends(tmp_path: Path) -> None:
    """With one put in its place, xdist waits for ever for what was left of the file's tests."""
    rest = "\n".join(f"def test_{number}(): pass" for number in range(4))
    tests = tmp_path / "test_down.py"
    tests.write_text(f"import os\ndef test_down(): os._exit(1)\n{rest}\n", encoding="utf-8")
    of_project = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    options = ["-n", "2", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *of_project, *options, str(tests)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    assert run.returncode == 1
    assert "crashed while running 'test_down.py::test_down'" in run.stdout
    assert "\n1 failed" in run.stdout
