"""Servers that start at once: each is forked from a process that has loaded the app already.

Run as a module it reads from its input, line by line, a port to serve at; it answers with the
number of the process that does. A server that is killed is gone with its sessions, and the next one
knows nothing of it: as after a restart, only faster.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.browser.processes import free_port, wait_until
from tests.browser.server import ROOT, Server, answers


@dataclass
class Restarted(Server):
    """The app at one address, in one process after the other.

    Attributes
    ----------
    port : int
        Its port, whichever process serves.
    pid : int
        The process that serves; 0 where none does.
    """

    port: int = 0
    pid: int = 0

    def kill(self) -> None:
        """End the server as a crash would: it has no time to say anything."""
        os.kill(self.pid, signal.SIGKILL)
        self._tell(f"wait {self.pid}")
        self.pid = 0

    def begin(self) -> None:
        """Start a server; comes back when it answers."""
        self.pid = int(self._tell(f"serve {self.port}"))
        wait_until(lambda: answers(self.url), self.process, self.log)

    def _tell(self, command: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline().decode().strip()
        assert answer, f"no server:\n{self.log()}"
        return answer


@contextmanager
def restartable(log_file: Path, dossier: Path, **environment: str) -> Iterator[Restarted]:
    """The app, at a port where it can be killed and begun again; it serves when this begins."""
    port = free_port()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.forked_servers"],
            cwd=ROOT,
            env={
                **os.environ,
                **environment,
                "PYTHONUNBUFFERED": "1",
                "DOSSIER_ATLAS_DOSSIER": str(dossier),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    server = Restarted(process, f"http://127.0.0.1:{port}", log_file, port)
    try:
        server.begin()
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


# --- the process that they are forked from -----------------------------------------------------

LOADED = (
    "streamlit.web.cli",
    "streamlit.web.server.starlette",
    "streamlit_folium",
    "uvicorn.loops.auto",
    "uvicorn.main",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "dashboard.views.map.page",
    "dashboard.views.timeline.page",
    "dashboard.brief.page",
)
"""Modules; what else they load comes along."""


def _serve(port: int) -> None:
    """Serve as ``streamlit run`` does; this process is the server from now on."""
    from streamlit.web import cli

    os.dup2(2, 1)
    address = ("--server.address", "127.0.0.1", "--server.port", str(port))
    sys.argv = ["streamlit", "run", "streamlit_app.py", *address]
    cli.main()


def _main() -> None:
    # All that a server would load before its first answer, and for its first reader.
    for name in LOADED:
        import_module(name)
    from dashboard.atlas import data
    from dashboard.web import assets

    assets.stamp()
    data.load()
    for line in sys.stdin:
        command, number = line.split()
        if command == "wait":
            os.waitpid(int(number), 0)
            print("ended", flush=True)
            continue
        pid = os.fork()
        if not pid:
            try:
                _serve(int(number))
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    _main()
