"""A copy of the project in which a fault is put into a file and tests are run.

The tests run in a process forked from one that has read the libraries already: reading them takes
longer than most tests. Needs `os.fork`, so Linux or macOS.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).parents[2]

LIBRARIES = (
    "altair", "geopandas", "hypothesis", "jinja2", "matplotlib.backends.backend_agg", "pandas",
    "pptx", "pydantic", "pyogrio", "pyproj", "pytest", "searoute", "shapely", "starlette.routing",
    "streamlit.testing.v1", "yaml",
)  # fmt: skip


class Outcome(Enum):
    """What tests said."""

    GREEN = "green"
    """All passed."""
    RED = "red"
    """One failed."""
    BROKEN = "broken"
    """They could not be run, e.g. as a module cannot be read."""
    LATE = "late"
    """They were stopped."""


def read_libraries() -> None:
    """Import what the tests need and no fault is put into."""
    os.nice(10)
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}", file=sys.stderr)


class Workshop:
    """A copy of what git knows and of what it does not ignore.

    Parameters
    ----------
    folder : Path
        Where the copy is made; what is there is removed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        )  # fmt: skip
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    @contextmanager
    def fault(self, file: str, text: str) -> Iterator[None]:
        """Let a file have another text for a while."""
        path = self.folder / file
        before = path.read_bytes()
        path.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)

    def run(self, tests: Sequence[str], seconds: float) -> tuple[Outcome, str]:
        """Run tests until the first that fails.

        Parameters
        ----------
        tests : sequence of str
            As pytest takes them, relative to the project's folder.
        seconds : float
            After so long they are stopped.

        Returns
        -------
        Outcome
        str
            The last lines of what pytest said.
        """
        said = self.folder.with_suffix(".txt")
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            self._run_here(tests, said)
        began = time.monotonic()
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() - began > seconds:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return Outcome.LATE, f"stopped after {seconds:.0f} s"
            time.sleep(0.02)
        code = os.waitstatus_to_exitcode(status)
        lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        outcome = {0: Outcome.GREEN, 1: Outcome.RED}.get(code, Outcome.BROKEN)
        return outcome, "\n".join(lines[-12:])

    def _run_here(self, tests: Sequence[str], said: Path) -> None:
        code = 3
        try:
            os.setpgid(0, 0)
            out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            os.chdir(self.folder)
            sys.dont_write_bytecode = True
            sys.path[:] = [str(self.folder), *(p for p in sys.path if p not in ("", str(ROOT)))]
            for name in [n for n in sys.modules if n.split(".")[0] in OWN]:
                del sys.modules[name]
            import pytest

            flags = [
                "-x",
                "-q",
                "--tb=short",
                "--disable-warnings",
                "-p",
                "no:cacheprovider",
                "--hypothesis-seed=0",
            ]
            code = int(pytest.main([*flags, *tests]))
            sys.stdout.flush()
        finally:
            os._exit(code)


OWN = ("annotations", "geodata", "dashboard", "tests", "benchmarks")
"""Packages that a test must read anew from the copy."""
