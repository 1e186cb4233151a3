"""What is entered in one list is thought of in every place that goes through it."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.schema import RECORD_TYPES
from dashboard.brief.origins import ORIGINS
from dashboard.formats.registry import FORMATS
from dashboard.views import PAGES
from tests.test_architecture import tracked_files

ROOT = Path(__file__).parents[1]
KINDS = {model.__name__ for model in RECORD_TYPES.values()}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def matches() -> Iterator[tuple[str, ast.Match]]:
    """Every ``match record``, with where it stands."""
    for package in ("annotations", "geodata", "dashboard"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Match) and ast.unparse(node.subject) == "record":
                    yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node


def classes(pattern: ast.pattern) -> Iterator[str]:
    """Names of the classes that a pattern lets through, whatever else they must be."""
    if isinstance(pattern, ast.MatchOr):
        for one in pattern.patterns:
            yield from classes(one)
    elif isinstance(pattern, ast.MatchClass) and not pattern.patterns:
        yield ast.unparse(pattern.cls)


MATCHES = list(matches())


def test_records_are_told_apart_in_the_join_alone() -> None:
    assert {where.partition(":")[0] for where, _ in MATCHES} == {"geodata/join.py"}


@pytest.mark.parametrize(("where", "match"), MATCHES, ids=[where for where, _ in MATCHES])
def test_each_kind_of_record_is_thought_of(where: str, match: ast.Match) -> None:
    """A kind that has nothing of its own there is named as one that has not."""
    named = {name for case in match.cases if case.guard is None for name in classes(case.pattern)}
    assert named == KINDS


def test_each_page_is_entered() -> None:
    """A folder that is not would be seen by nobody, and its page be briefed as the whole map."""
    folders = {path.parent.name for path in (ROOT / "dashboard" / "views").glob("*/page.py")}
    assert folders == set(PAGES) == set(ORIGINS)


def test_each_format_is_entered() -> None:
    """A module that is not would have no button, and the command line not know it."""
    modules = sorted((ROOT / "dashboard" / "formats").glob("*.py"))
    ids = {path.stem for path in modules if "(Format):" in path.read_text(encoding="utf-8")}
    assert ids == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_all_its_parts(name: str) -> None:
    """What is forgotten shows here, not on the page."""
    format_ = FORMATS[name]
    assert type(format_).__module__ == f"dashboard.formats.{name}"
    for part in ("id", "label", "help", "suffix", "media_type"):
        assert getattr(format_, part), part
    assert format_.offers[0].key == format_.id == name
    assert {type(format_.several), type(format_.dots)} == {bool}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in another place, for things to be thrown away."""
    for path in tracked_files():
        copied = tmp_path / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    return tmp_path


def run_in(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
    )


@pytest.mark.sweep
def test_a_page_costs_three_files(copy: Path) -> None:
    """Two of its own, and its entry."""
    views = copy / "dashboard" / "views"
    entries = views / "__init__.py"
    entered = entries.read_text(encoding="utf-8")
    entries.write_text(
        entered.replace('    "map":', '    "extra": Page("Throw-away"),\n    "map":')
    )
    (views / "extra").mkdir()
    (views / "extra" / "page.py").write_text(
        "from dashboard.atlas import data\n"
        "from dashboard.shell.title import show_title\n"
        "import streamlit as st\n"
        "def show(site):\n"
        "    show_title(data.load(), site)\n"
        "    st.html('<p>Thrown away</p>')\n"
    )
    (views / "extra" / "brief.py").write_text(
        "from dashboard.sheet.origin import MAP_FILTERS, Origin, screen_brief\n"
        "ORIGIN = Origin('extra', MAP_FILTERS, lambda a, p: screen_brief(a, p, 'extra'))\n"
    )
    program = (
        "from tests.dashboard.opening import open_page\n"
        "from dashboard.atlas import data\n"
        "from dashboard.brief.origins import brief_of\n"
        "app = open_page('extra')\n"
        "html = ' '.join(element.proto.body for element in app.get('html'))\n"
        "print('Thrown away' in html, './extra' in html, 'of=extra' in html)\n"
        "print(brief_of('extra', {}, data.load()).page)\n"
    )
    run = run_in(copy, "-c", program)
    assert run.stdout.splitlines() == ["True True True", "extra"], run.stderr


@pytest.mark.sweep
def test_a_format_costs_two_files(copy: Path) -> None:
    """One of its own, and its entry: the page has a button, and the command line writes it."""
    formats = copy / "dashboard" / "formats"
    (formats / "md.py").write_text(
        "from dashboard.formats.format import Format, Order\n"
        "class Markdown(Format):\n"
        "    id, label, help = 'md', 'Outline', 'The titles shown.'\n"
        "    media_type = 'text/markdown'\n"
        "    def write(self, order: Order) -> bytes:\n"
        "        titles = [f'- {record.title}' for record in order.sheet.records]\n"
        "        return '\\n'.join([f'# {order.sheet.title}', *titles]).encode()\n"
    )
    registry = formats / "registry.py"
    entered = registry.read_text(encoding="utf-8")
    for beside, added in (
        ("import Html\n", "import Html\nfrom dashboard.formats.md import Markdown\n"),
        ("GeoPackage())", "GeoPackage(), Markdown())"),
    ):
        assert beside in entered
        entered = entered.replace(beside, added)
    registry.write_text(entered)
    made = run_in(copy, "-m", "dashboard.brief", "--filter", "theme=copper", "-o", "out.md")
    assert "out.md: Outline" in made.stderr
    outline = (copy / "out.md").read_text(encoding="utf-8").splitlines()
    assert outline[0].startswith("# ")
    assert len(outline) > 3
    told = run_in(copy, "-m", "dashboard.brief", "--help").stdout
    assert "  md        .md       Outline: The titles shown.\n" in told
    program = (
        "from tests.dashboard.opening import open_page\n"
        "app = open_page('briefing', theme='copper')\n"
        "app.button(key='briefing-make-md').click().run()\n"
        "print([button.label for button in app.button if button.key == 'briefing-make-md'])\n"
        "print(app.session_state['briefing-made'].content.decode())\n"
    )
    run = run_in(copy, "-c", program)
    assert run.stdout.splitlines() == ["['Outline']", *outline], run.stderr
