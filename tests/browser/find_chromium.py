"""Find a Chromium for the browser tests; with ``--install``, install one where there is none.

In this order: the environment variable ``CHROMIUM``, a Chromium or Chrome on the PATH, the one that
Playwright installed earlier. Installed is Debian's package where this is root on a machine with
apt-get, else Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromiumError(Exception):
    """There is no Chromium to use."""


def find() -> str | None:
    """Path of a Chromium, or None if only installing one will help."""
    if asked := os.environ.get("CHROMIUM"):
        found = shutil.which(asked)
        if not found:
            raise NoChromiumError(f"CHROMIUM={asked}: there is no such program")
        return found
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _of_playwright()


def _of_playwright() -> str | None:
    # In a process of its own: within a test, Playwright is running already.
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    path = asked.stdout.strip()
    return path if path and Path(path).is_file() else None


def install() -> str:
    """Install a Chromium and return its path."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium from Debian's packages …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        get = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
        for command in (
            [*get, "update"],
            [*get, "install", "--no-install-recommends", "chromium"],
        ):
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode:
                print(done.stdout, f"{' '.join(command)}: failed", sep="\n", file=sys.stderr)
        if found := find():
            return found
    print("Installing Chromium through Playwright …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)
    found = find()
    if done.returncode or not found:
        raise NoChromiumError(
            "no Chromium could be installed: install Chromium or Chrome by hand, "
            "or name one with CHROMIUM=/path/to/chromium"
        )
    return found


def main() -> int:
    """Look, install if asked to, say what is wrong."""
    try:
        found = find()
        if not found and "--install" in sys.argv[1:]:
            print(f"Chromium: {install()}")
        elif not found:
            raise NoChromiumError("no Chromium found; 'make test' installs one")
    except NoChromiumError as error:
        print(f"Chromium for the browser tests: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
