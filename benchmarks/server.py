"""Starts a subject's server, asks what it costs, ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
SECONDS_TO_START = 90
# The same for all. The address is named, or Streamlit asks the internet for its own.
OPTIONS = {
    "server.address": HOST,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "browser.serverAddress": "localhost",
}


class ServerError(Exception):
    """A subject's server did not start, or has ended."""


@dataclass
class Server:
    """A running subject.

    Attributes
    ----------
    process : subprocess.Popen
    url : str
    seconds_to_answer : float
        From the start of the process to the first answer to a request.
    log : file
        What it printed.
    """

    process: subprocess.Popen[bytes]
    url: str
    log: IO[bytes]
    seconds_to_answer: float = 0.0

    def cpu_ms(self) -> float:
        """Processor time used so far by all its threads, in ms."""
        if sys.platform == "linux":
            # The process's own clock, in ns; psutil's counts steps of 10 ms.
            return time.clock_gettime((~self.process.pid << 3) | 2) * 1000
        times = psutil.Process(self.process.pid).cpu_times()
        return (times.user + times.system) * 1000

    def memory_mb(self) -> float:
        """Resident memory in MB (10⁶ bytes)."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6

    def said(self, most: int = 2000) -> str:
        """The end of what it printed."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-most:]


def _answers(port: int) -> bool:
    """Whether the server answers that it is up."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=5) as connection:
        connection.sendall(b"GET /_stcore/health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        return b" 200 " in connection.recv(64)
    return False


@contextmanager
def serving(
    script: Path, folder: Path, port: int, environment: Mapping[str, str]
) -> Iterator[Server]:
    """Run a script by Streamlit in `folder` until the context ends.

    Parameters
    ----------
    script : Path
        With the app.
    folder : Path
        Where Streamlit looks for settings.
    port : int
        Port on the loopback interface.
    environment : mapping of str
        Additional variables.
    """
    if _answers(port):
        raise ServerError(f"port {port} is taken")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    for name, value in OPTIONS.items():
        command += [f"--{name}", value]
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = Server(process, f"http://{HOST}:{port}", log)
        try:
            while not _answers(port):
                if process.poll() is not None:
                    raise ServerError(f"ended at once:\n{server.said()}")
                if time.perf_counter() - started > SECONDS_TO_START:
                    raise ServerError(f"no answer in {SECONDS_TO_START} s:\n{server.said()}")
                time.sleep(0.005)
            server.seconds_to_answer = time.perf_counter() - started
            yield server
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
            return
