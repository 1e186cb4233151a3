"""What the documents say of files, commands and lists is so."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from dashboard.web.assets import assets
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "*/README.md", "docs/*.md")
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # tells of what was, too
)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PATH = re.compile(
    r"\.?[\w-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|yml|css|js|csv|txt|toml|geojson|png|lock))"
)
MADE = (
    "build/",
    ".venv/",
    "coverage.yml",
    "flows/",
    "places/",
    "dossier.yml",
    "docs/screenshot.png",
)
"""Beginnings of what stands in a dossier, or is made by a command."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def stands(name: str, document: Path) -> bool:
    """Whether there is such a file: from the top, beside the document, or within `dashboard`."""
    places = (ROOT, document.parent, ROOT / "dashboard", ROOT / "dashboard/static/atlas")
    places += (ROOT / "dashboard/brief",)
    return any((place / name).exists() for place in places)


def table(document: str, heading: str) -> list[list[str]]:
    """Cells of the rows below the table head that begins with `heading`."""
    lines = text(document).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    assert rows, f"{document}: no rows below '{heading}'"
    return rows


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md", "annotations/README.md", "docs/deployment.md"} <= {
        *NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_files_that_are_named_are_there(name: str) -> None:
    named = [path for path in CODE.findall(text(name)) if PATH.fullmatch(path)]
    gone = [path for path in named if not path.startswith(MADE) and not stands(path, ROOT / name)]
    assert gone == []


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    targets = [target for target in LINK.findall(text(name)) if ":" not in target]
    assert [target for target in targets if not ((ROOT / name).parent / target).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_make_has_what_is_named(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*?## ", text("Makefile"), re.MULTILINE))
    named = {
        word for code in CODE.findall(text(name)) for word in re.findall(r"^make ([a-z-]+)", code)
    }
    assert sorted(named - targets) == []


def test_each_target_of_make_is_told() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*?## ", text("Makefile"), re.MULTILINE))
    rows = " ".join(row[0] for row in table("CONTRIBUTING.md", "command"))
    untold = {"help", "clean", "format-check", "lint", "types"}  # parts of `make check`
    assert sorted(target for target in targets - untold if f"`make {target}`" not in rows) == []


def test_each_module_of_geodata_is_in_its_table() -> None:
    cells = " ".join(" ".join(row) for row in table("geodata/README.md", "module"))
    modules = {path.name for path in (ROOT / "geodata").glob("*.py")} - {"__init__.py"}
    assert sorted(module for module in modules if f"`{module}`" not in cells) == []


def test_sizes_of_the_derived_files_are_true() -> None:
    for row in nonempty(table("geodata/README.md", "derived file")):
        name = CODE.findall(row[0])[0]
        content = (ROOT / "geodata" / name).read_bytes()
        packed = gzip.compress(content, 9, mtime=0)
        said = f"{len(content) / 1000:.0f} KB ({len(packed) / 1000:.0f} KB)"
        assert row[3] == said, name


def test_what_the_browser_gets_is_as_large_as_told() -> None:
    files = ("countries", "disputed", "water", "countries-overview")
    packed = [
        len(gzip.compress(assets()[f"geodata/{name}.outlines"].body, 9, mtime=0)) / 1000
        for name in files
    ]
    told = re.search(
        r"`outlines.py`\): (\d+) KB, .*? (\d+) KB until", text("geodata/README.md"), re.DOTALL
    )
    assert told is not None
    assert [f"{sum(packed[:3]):.0f}", f"{packed[3]:.0f}"] == list(told.groups())


def test_each_dependency_has_its_reason() -> None:
    reasons = {
        name.strip().lower()
        for row in table("CONTRIBUTING.md", "dependency")
        for name in row[0].split(",")
        if row[1]
    }
    lists = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
    required = {
        re.split(r"[~=<>\[; ]", line)[0].lower()
        for file in (*lists, "benchmarks/requirements.txt")
        for line in text(file).splitlines()
        if line and line[0] not in "#-"
    }
    assert reasons == required | json.loads(text("package.json"))["devDependencies"].keys()
