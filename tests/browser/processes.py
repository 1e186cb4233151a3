"""Processes that tests start: a port for each, a wait for what it says, and its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep

SECONDS_TO_START = 90


class ServerError(Exception):
    """What was started has ended, or does not answer."""


def free_port() -> int:
    """A port that is free now, and that no other worker of this run would take meanwhile."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        # Linux gives odd ones only, as long as there are any.
        if port // 2 % workers == worker % workers:
            return port


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], said: Callable[[], str]
) -> None:
    """Wait for what a process is started for.

    Raises
    ------
    ServerError
        It has ended, or it is not so in time; with what it `said`.
    """
    deadline = monotonic() + SECONDS_TO_START
    while not ready():
        if process.poll() is not None:
            raise ServerError(f"it ended at once:\n{said()}")
        if monotonic() > deadline:
            raise ServerError(f"no answer in {SECONDS_TO_START} s:\n{said()}")
        sleep(0.1)  # between two questions


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and all of the group."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(timeout=5)
            return
        except subprocess.TimeoutExpired:
            continue
