"""On what, with what and when it was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.server import ROOT

LIBRARIES = (
    "streamlit",
    "streamlit-folium",
    "folium",
    "pydeck",
    "plotly",
    "geopandas",
    "starlette",
    "playwright",
)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {platform.system()} {platform.release()}"


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    commit = git("rev-parse", "--short=10", "HEAD") or "unknown"
    # What the benchmark writes itself does not count.
    changed = git("status", "--porcelain", "--", ".", ":!benchmarks/results.md")
    return f"{commit}, with changes not committed" if changed else commit


def describe(browser_version: str) -> str:
    """A list in Markdown; taken before the first measurement, as it says how busy the machine is.

    Parameters
    ----------
    browser_version : str
        As the browser gives it.
    """
    memory = psutil.virtual_memory().total / 2**30
    busy = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return "\n".join(
        [
            f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}",
            f"- {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB memory, {_system()}",
            f"- load average before the start (1, 5, 15 min): {busy}",
            f"- Python {platform.python_version()}, {libraries}",
            f"- Chromium {browser_version}, headless, WebGL by software, window 1440 × 900",
        ]
    )
