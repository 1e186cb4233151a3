"""What the code may depend on, and what may not be in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.nonempty import nonempty
from tests.views import SPEAKING

ROOT = Path(__file__).parents[1]
PACKAGES = ("annotations", "geodata", "dashboard")
LARGEST_FILE = 1_000_000
MOST_LINES = 400
GENERATED = "// Written by `make "
"""How a file begins that a command writes."""

BROUGHT_BY = {"annotated_types": "pydantic", "pydantic_core": "pydantic"}
"""Modules that are part of another distribution's public interface."""


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), path.name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imported_packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def tracked_files() -> list[Path]:
    """Files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted({file for file in files if file.is_file()})


def text_of(path: Path) -> str:
    """Text of a file; nothing where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("annotations", {"geodata", "dashboard", "streamlit", "streamlit_folium", "tests"}),
        ("geodata", {"dashboard", "streamlit", "streamlit_folium", "tests"}),
        ("dashboard", {"tests"}),
    ],
)
def test_data_flows_one_way(package: str, forbidden: set[str]) -> None:
    found = {named(path): imported_packages(path) & forbidden for path in modules(package)}
    assert found, "no modules"
    assert {path: names for path, names in found.items() if names} == {}


def test_only_views_speak_to_streamlit() -> None:
    speaking = {
        path
        for path in modules("dashboard")
        if imported_packages(path) & {"streamlit", "streamlit_folium"}
    }
    assert [named(path) for path in sorted(speaking - set(SPEAKING))] == []


def test_no_module_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "misc", "common"}
    found = [named(path) for package in PACKAGES for path in modules(package) if path.stem in vague]
    assert found == []


def test_requirements_name_what_is_imported() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    required = {
        re.split(r"[~=<>\[ ]", line)[0].lower().replace("_", "-")
        for line in text.splitlines()
        if line and not line.startswith("#")
    }
    distributions = packages_distributions()
    paths = [ROOT / "streamlit_app.py", *(p for package in PACKAGES for p in modules(package))]
    imported: set[str] = set()
    for name in {name for path in paths for name in imports(path)}:
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in {*PACKAGES, "__future__"}:
            continue
        if top == "xstatic":  # many distributions share this package
            if name.count(".") == 2:
                imported.add(name.replace(".pkg.", "-").replace("_", "-"))
            continue
        candidates = distributions.get(BROUGHT_BY.get(top, top), [top])
        imported.add(candidates[0].lower().replace("_", "-"))
    assert sorted(imported - required) == [], "imported, but not in requirements.txt"
    # The one runs the tests, the other serves the app: Streamlit takes it up where it is there.
    unnamed = ["pytest", "uvloop"]
    assert sorted(required - imported) == unnamed, "in requirements.txt, but not imported"


def test_a_module_reads_in_one_sitting() -> None:
    suffixes = {".py", ".js", ".mjs", ".ts", ".css", ".html"}
    files = [path for path in tracked_files() if path.suffix in suffixes]
    texts = {named(path): text_of(path) for path in nonempty(files)}
    lines = {
        name: text.count("\n")
        for name, text in texts.items()
        if not text.startswith(GENERATED)  # such a file is read where it comes from
    }
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_name_is_a_class_of_one_module() -> None:
    """Contract apart: what goes to the browser is called as what it is made of."""
    homes: dict[str, list[str]] = {}
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    for path in nonempty(files):
        for node in ast.parse(text_of(path)).body:
            if isinstance(node, ast.ClassDef) and path.name != "contract.py":
                homes.setdefault(node.name, []).append(named(path))
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_no_large_file() -> None:
    large = [named(path) for path in tracked_files() if path.stat().st_size > LARGEST_FILE]
    assert large == []


def test_browser_code_names_no_other_host() -> None:
    addresses = re.compile(r"""(?:https?:)?//(?=[\w-]+\.[a-z])[^\s"'`)<>]+""", re.IGNORECASE)
    found = []
    endings = {".js", ".css", ".html", ".svg"}
    for path in nonempty(sorted((ROOT / "dashboard").rglob("*"))):
        if path.suffix in endings:
            found += [
                f"{named(path)}: {address}"
                for address in addresses.findall(text_of(path))
                # The name of a vocabulary, never fetched.
                if not address.startswith("http://www.w3.org/")
            ]
    assert found == []


OWN_MARKUP = {
    "dashboard/shell/faults.py": "said also where no file can be read any more",
    "dashboard/formats/paper.py": "a drawing that matplotlib has made",
    "dashboard/web/page_shell.py": "a page that Streamlit has made",
}
"""Modules that put values into markup of their own, and why no template does."""


def test_markup_with_values_stands_in_templates() -> None:
    """They escape what they are given."""
    found = {
        named(path)
        for path in modules("dashboard")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and re.match(r"\s*<(?!style>)[a-z]+[ >]", str(node.values[0].value))
    }
    assert sorted(found) == sorted(OWN_MARKUP)


def test_no_path_of_a_machine() -> None:
    # A path from the root, or of a drive; not one within an address or a longer path.
    paths = re.compile(r"(?<![\w.~*}/:-])/(?:home|root|tmp|Users|work)/\w+|\b[A-Z]:\\Users\\\w+")
    found = [
        f"{named(path)}: {match}"
        for path in tracked_files()
        for match in paths.findall(text_of(path))
    ]
    assert found == []


HELD_BY_ONE_PROCESS = {
    *("download_button", "file_uploader", "camera_input", "audio_input"),
    *("audio", "video", "pdf", "logo"),
}
"""What sends files by requests of its own, which only the process answers that has the session."""


def test_no_page_needs_the_process_that_has_its_session() -> None:
    """Files go through `dashboard.shell.saving` and `dashboard.shell.choosing`."""
    found = [
        f"{named(path)}:{node.lineno}: {node.attr}"
        for path in SPEAKING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in HELD_BY_ONE_PROCESS
    ]
    assert found == []


# What Streamlit reads as Markdown: which argument by its place, and which by name.
_FIRST = """
    button download_button form_submit_button link_button page_link
    error exception info success toast warning
    caption header markdown subheader title write
    checkbox expander metric popover spinner status tabs toggle
    pills radio segmented_control select_slider slider
    chat_input date_input file_uploader multiselect number_input
    selectbox text_area text_input time_input
"""
MARKDOWN = {**dict.fromkeys(_FIRST.split(), 0), "progress": 1}
MARKDOWN_NAMES = {"body", "caption", "help", "label", "text", "title"}
READ_IN_OPTIONS = {"pills", "radio", "segmented_control", "select_slider"}
"""Widgets whose options are read as Markdown; lists to choose from show them as they are."""


def is_text_ready(node: ast.expr) -> bool:
    """Whether an argument is written here, or made ready by `dashboard.look.markup.plain`."""
    if isinstance(node, ast.IfExp):
        return is_text_ready(node.body) and is_text_ready(node.orelse)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return isinstance(node, ast.Constant) or (called and node.func.id == "plain")


def markdown_that_is_not_ready(source: str) -> list[str]:
    """Where a page gives Streamlit something to read as Markdown that may hold any text."""
    found = []
    calls = set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        ours = name == "write" and ast.unparse(node.func.value) == "page"
        if name not in MARKDOWN or ours:
            continue
        calls.add(node.func)
        given = node.args[MARKDOWN[name] :][:1]
        given += [word.value for word in node.keywords if word.arg in MARKDOWN_NAMES]
        found += [
            f"{value.lineno}: {name}({ast.unparse(value)})"
            for value in given
            if not is_text_ready(value)
        ]
        if name in READ_IN_OPTIONS:
            formats = [word.value for word in node.keywords if word.arg == "format_func"]
            made = [
                isinstance(value, ast.Call)
                and isinstance(value.func, ast.Name)
                and value.func.id == "plain_words"
                for value in formats
            ]
            if made != [True]:
                found.append(f"{node.lineno}: {name} without format_func=plain_words(…)")
    # Handed on, it would be called where nothing says what it is.
    found += [
        f"{node.lineno}: {ast.unparse(node)} is not called here"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "st"
        and node.attr in MARKDOWN
        and node not in calls
    ]
    return found


def test_no_text_of_a_dossier_is_read_as_markdown() -> None:
    found = {named(path): markdown_that_is_not_ready(text_of(path)) for path in nonempty(SPEAKING)}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "call",
    [
        "st.error(str(error))",
        "column.button(title)",
        'st.expander(f"Table of {count}")',
        'st.button("Go", help=page.in_words(day))',
        "bar.progress(0.5, words)",
        'st.pills("Themes", themes, format_func=label_of)',
        'st.pills("Themes", themes)',
        "facet(st.pills)",
    ],
)
def test_text_that_would_be_read_as_markdown_is_found(call: str) -> None:
    assert len(markdown_that_is_not_ready(call)) == 1


def test_text_made_ready_for_markdown_passes() -> None:
    ready = 'st.button(plain(title), help="Go" if go else None); st.success(plain(str(error)))'
    assert markdown_that_is_not_ready(ready) == []
