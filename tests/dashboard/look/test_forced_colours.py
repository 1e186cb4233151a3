"""Where the system sets the colours, each mark that tells something by its own keeps it."""

from __future__ import annotations

import re

import pytest

from dashboard.web.assets import page_css
from tests.dashboard.look.test_stylesheet import STATIC, rules
from tests.nonempty import nonempty

MEANT = re.compile(r"var\(--(?:c|k|theme-[\w-]+)\b")
"""Colours of a subject, an alliance or a bar of the timeline."""


MARK = re.compile(r"(?:::before|::after|\bi(?:\.[\w-]+)?|\.dot|\.sample[\w.-]*)$")
"""What has no word of its own in it."""


def names(selector: str) -> set[str]:
    """What a selector asks of elements, but for attributes other than Streamlit's classes."""
    kept = re.sub(r'\[class\*="([\w-]+)"\]', r".\1", selector)
    return set(re.findall(r"::\w+|[\w-]+", re.sub(r"\[[^\]]*\]", "", kept)))


def keeps_its_colours(css: str) -> list[set[str]]:
    """Selectors of a sheet's block for forced colours that are let be."""
    blocks = re.findall(r"@media \(forced-colors: active\) \{((?:[^{}]*\{[^{}]*\})*)", css)
    return [
        names(selector)
        for selector, said in rules(" ".join(blocks))
        if said.get("forced-color-adjust") == "none"
    ]


def covers(kept: set[str], asked: set[str]) -> bool:
    """Whether a selector is also meant by one that asks for less."""
    return all(any(one.startswith(part) for one in asked) for part in kept)


@pytest.mark.parametrize("sheet", ["the page's", "atlas.css", "standalone.css"])
def test_a_mark_keeps_its_colour(sheet: str) -> None:
    css = (STATIC / sheet).read_text(encoding="utf-8") if "." in sheet else page_css()
    kept = keeps_its_colours(css)
    marks = [
        (selector, said)
        for selector, said in rules(css)
        if MEANT.search(f"{said.get('background', '')} {said.get('background-color', '')}")
        and MARK.search(selector)
    ]
    lost = [
        selector
        for selector, said in nonempty(marks)
        if said.get("forced-color-adjust") != "none"
        and not any(covers(one, names(selector)) for one in kept)
    ]
    assert lost == []
