"""The path that the app lives under: written in any way, not taken for one that begins like it."""

from __future__ import annotations

import pytest

from dashboard.web.base_path import base_of, within


@pytest.mark.parametrize("setting", [None, "", "/", "//"])
def test_at_the_root_there_is_none(setting: str | None) -> None:
    assert base_of(setting) == ""


@pytest.mark.parametrize("setting", ["desk/atlas", "/desk/atlas", "desk/atlas/", "/desk/atlas/"])
def test_it_is_written_in_one_way(setting: str) -> None:
    assert base_of(setting) == "/desk/atlas"


@pytest.mark.parametrize(
    ("path", "base", "inside"),
    [
        ("/timeline", "", "/timeline"),
        ("/", "", "/"),
        ("/desk/timeline", "/desk", "/timeline"),
        ("/desk/", "/desk", "/"),
        ("/desk", "/desk", "/"),
        ("/desk/desk/", "/desk", "/desk/"),
        ("/desktop/timeline", "/desk", "/desktop/timeline"),
        ("/timeline", "/desk", "/timeline"),
    ],
)
def test_what_comes_after_it(path: str, base: str, inside: str) -> None:
    assert within(path, base) == inside
