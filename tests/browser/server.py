"""The app for the tests of a browser: started on a free port, and ended."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.processes import end, free_port, wait_until

ROOT = Path(__file__).parents[2]


@dataclass
class Server:
    """The app, running in a process of its own."""

    process: subprocess.Popen[bytes]
    url: str
    log_file: Path

    def log(self, start: int = 0) -> str:
        """What it has printed, from a position in the file on."""
        with self.log_file.open("rb") as file:
            file.seek(start)
            return file.read().decode(errors="replace")

    def assert_running(self) -> None:
        """Say so where something else has ended it."""
        status = self.process.poll()
        assert status is None, f"the app is gone, exit status {status}:\n{self.log()}"

    def log_length(self) -> int:
        return self.log_file.stat().st_size


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def serving(
    log_file: Path,
    dossier: Path | None = None,
    descriptors: int | None = None,
    script: Path = ROOT / "streamlit_app.py",
    settings: Mapping[str, str] | None = None,
    base: str = "",
    asgi: str = "",
) -> Iterator[Server]:
    """The app on a free port, with a dossier of its own if one is given; ended afterwards.

    It may hold no more than that many `descriptors`, and cannot raise the limit. Another `script`
    starts the app with something planted. `settings` are variables of its environment, `base` is
    the path that it lives under. `asgi` names the app of another module, which wraps it.
    """
    url = f"http://127.0.0.1:{(port := free_port())}{base}"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    if asgi:
        command = [sys.executable, "-m", "uvicorn", asgi]
        options = ["--host", "127.0.0.1", "--port", str(port)]
    if descriptors is not None:
        command = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', str(descriptors), *command]
    if base:
        options += ["--server.baseUrlPath", base]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.pop("DOSSIER_ATLAS_DOSSIER", None)
    environment.update(settings or {})
    if dossier is not None:
        environment["DOSSIER_ATLAS_DOSSIER"] = str(dossier)
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, url, log_file)
    try:
        wait_until(lambda: answers(url), process, server.log)
        yield server
    finally:
        end(process)
