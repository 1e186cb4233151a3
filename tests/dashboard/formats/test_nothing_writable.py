"""Where nothing can be written, everything is shown and made all the same, without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.formats.registry import FORMATS
from tests.dashboard.editing import BASE

pytest.importorskip("resource", reason="Windows has no limit of this kind")

ROOT = Path(__file__).parents[3]

# Python may open nothing for writing, make nothing and take nothing away. What is written in C
# passes that by: to a file it can write no byte.
SEALED = """
import os, resource, signal, sys, tempfile

import streamlit.testing.v1  # makes a folder for itself

tempfile.tempdir = None
sys.dont_write_bytecode = True
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
changes = {f"os.{name}" for name in ("mkdir", "rename", "remove", "rmdir", "link", "symlink")}
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def refuse(event, args):
    changed = event in changes
    if event == "open" and isinstance(args[0], (str, bytes)) and args[0] != os.devnull:
        changed = bool(args[2] & writing)
    if changed:
        raise PermissionError(30, "Read-only file system", str(args[0]))


sys.addaudithook(refuse)
"""

MAKE_ALL = """
from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.formats.registry import FORMATS, export
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import Brief
from tests.dashboard.opening import open_page

try:
    open("somewhere", "w")
except PermissionError:
    print("sealed")
app = open_page("briefing")
assert not app.exception
assert not app.error
print("page", len(app.get("image")), "could not" in "".join(e.proto.body for e in app.get("html")))
atlas = data.load()
sheet = compose(atlas, Brief(screen=Screen()), "http://example.org")
for name in FORMATS:
    print(name, bool(export(atlas, [sheet], name)))
"""


@pytest.mark.sweep
def test_every_page_and_file_is_made() -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("MPL", "XDG"))},
        "HOME": "/dev/null/home",
        "DOSSIER_ATLAS_DOSSIER": str(BASE),
        "PYTHONPATH": str(ROOT),
    }
    ran = subprocess.run(
        [sys.executable, "-c", SEALED + MAKE_ALL],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.splitlines()
    assert told == ["sealed", "page 1 False", *(f"{name} True" for name in FORMATS)]
    assert "matplotlib" not in ran.stderr.lower(), ran.stderr
