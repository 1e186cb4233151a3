"""Find the browsers of the tests; with ``--install [NAME …]``, install those that are missing.

Chromium runs all tests: the one that the environment variable ``CHROMIUM`` names, a Chromium or
Chrome on the PATH, or the one that Playwright installed earlier. Firefox and WebKitGTK run those of
`tests/browser/engines`. What is missing is installed from Debian's packages where this is root on a
machine with apt-get; Chromium elsewhere through Playwright. What cannot be had is told, and its
tests are skipped; only without a Chromium there is nothing to run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOXES = ("firefox-esr", "firefox")
WEBKIT = ("WebKitWebDriver", "xvfb-run", "xauth")
"""The driver that starts WebKitGTK's MiniBrowser, and the screen that this needs."""

PACKAGES = {
    "chromium": ("chromium",),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb", "xauth"),
}
"""Debian's, by engine."""


class NoBrowserError(Exception):
    """There is no such browser to use."""


def find() -> str | None:
    """Path of a Chromium, or None if only installing one will help."""
    if asked := os.environ.get("CHROMIUM"):
        found = shutil.which(asked)
        if not found:
            raise NoBrowserError(f"CHROMIUM={asked}: there is no such program")
        return found
    return _first(CHROMIUMS) or _of_playwright()


def firefox() -> str:
    """Path of a Firefox."""
    found = _first(FIREFOXES)
    if not found:
        raise NoBrowserError(missing("firefox"))
    return found


def webkit() -> tuple[str, str]:
    """Paths of WebKitGTK's driver, and of what starts it on a screen that nobody sees."""
    driver, screen, _ = (shutil.which(name) for name in WEBKIT)
    if not driver or not screen:
        raise NoBrowserError(missing("webkit"))
    return driver, screen


def missing(engine: str) -> str:
    """What is missing for an engine and how to get it; nothing where it can be used."""
    there = {
        "chromium": lambda: find() is not None,
        "firefox": lambda: _first(FIREFOXES) is not None,
        "webkit": lambda: all(shutil.which(name) for name in WEBKIT),
    }
    if there[engine]():
        return ""
    return f"{engine} is not installed (Debian: apt-get install {' '.join(PACKAGES[engine])})"


def must_be_there() -> bool:
    """Whether a missing engine is a fault: it could be installed, and nobody reads what is told."""
    return bool(os.environ.get("CI")) and _may_install()


def _first(names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


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


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(engines: list[str]) -> None:
    """Install what is missing for these engines, as far as that may be done here."""
    if _may_install():
        print(f"Installing {', '.join(engines)} from Debian's packages …", flush=True)
        get = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
        _run([*get, "update"])
        for engine in engines:
            _run([*get, "install", "--no-install-recommends", *PACKAGES[engine]])
    if missing("chromium"):
        print("Installing Chromium through Playwright …", flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdin=subprocess.DEVNULL, check=False)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, f"{' '.join(command)}: failed", sep="\n", file=sys.stderr)


def main() -> int:
    """Look, install if asked to, say what is wrong and what is skipped."""
    try:
        option, *named = sys.argv[1:] or [""]
        lacking = [engine for engine in named or PACKAGES if missing(engine)]
        if lacking and option == "--install":
            install(lacking)
            lacking = [engine for engine in lacking if missing(engine)]
    except NoBrowserError as error:
        print(f"Browsers for the tests: {error}", file=sys.stderr)
        return 1
    for engine in lacking:
        needed = engine == "chromium" or must_be_there()
        end = "" if needed else "; its tests are skipped"
        print(f"Browsers for the tests: {missing(engine)}{end}", file=sys.stderr)
    if "chromium" in lacking:
        print("Or name a Chromium with CHROMIUM=/path/to/chromium.", file=sys.stderr)
    return int("chromium" in lacking or (bool(lacking) and must_be_there()))


if __name__ == "__main__":
    sys.exit(main())
