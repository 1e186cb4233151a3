"""Our browser modules as scripts: each can be read, and finds what it imports."""

from __future__ import annotations

import pytest

from dashboard.web.assets import modules
from tests.js.node import link


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    found = modules()
    assert len(found) > 20
    return found


def test_every_module_can_be_read_and_finds_what_it_imports(sources: dict[str, str]) -> None:
    assert link(sources) == {}


@pytest.mark.parametrize(
    ("text", "instead", "fault"),
    [
        ("export function positions(", "function positions(", "does not provide an export"),
        ('from "./columns.js"', 'from "./column.js"', "there is no column.js"),
        ("return all;", "return all);", "SyntaxError"),
        ("const all = [];", "const all = await [];", "SyntaxError"),
    ],
)
def test_a_module_that_could_not_run_is_found(
    sources: dict[str, str], text: str, instead: str, fault: str
) -> None:
    broken = {name: source.replace(text, instead) for name, source in sources.items()}
    assert broken != sources
    assert fault in " ".join(link(broken).values())
