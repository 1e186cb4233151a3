"""Text that stays text: in HTML, in scripts, and where Streamlit reads Markdown.

What a template is given is escaped, always. Streamlit's labels, messages and hints are Markdown
with additions of its own: `plain` and `plain_words` are the one place where text is made ready for
them, and `tests/test_architecture.py` holds the pages to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader

from annotations.english import counted

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1]),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Templates, each beside what draws it, by their paths within the dashboard."""
templates.globals["counted"] = counted


def heading_html(text: str) -> str:
    """A heading between the parts of a page."""
    return templates.get_template("look/heading.html").render(text=text)


def note_html(text: str) -> str:
    """A remark on what stands beside it."""
    return templates.get_template("look/note.html").render(text=text)


def script_json(value: object) -> str:
    """JSON that may stand inside a script: no ``</script>``, no line separators."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


Value = TypeVar("Value")

# All that Markdown and its dialects give a meaning to, wherever in a line it stands.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#+\-!|$:~&]")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")

# What is looked for once the signs are read, when a backslash helps no more: addresses, arrows,
# named icons. Each is cut in two by a seam.
_CUTS = re.compile(
    r"(?<=[<>~=-])(?=[>=-])"  # -> <-> -- >= ~=
    r"|(?<=:)(?=//|streamlit:|material)"
    r"|(?<=www)(?=\.)|(?=@)",
    re.IGNORECASE,
)
# A first word that is an emoji is taken out of an option, and set apart as its icon.
_LEADING_SIGN = re.compile(r"^[^\sA-Za-z]*[^\w\s!-~][^\sA-Za-z]*(?=\s|$)")
_SEAM = ":color[]"
"""Comes out as an element without content: not seen, and no part of what is read out."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text as Streamlit has to be given it, to show it as it stands.

    For labels of buttons, options of pills, messages, hints: for all that Streamlit reads as
    Markdown. Lists to choose from (`selectbox`, `multiselect`) and fields take text as it is.

    Parameters
    ----------
    text : str
        Any text; white space counts as in HTML.

    Returns
    -------
    str
        The same, where it holds nothing that Markdown or Streamlit would read.
    """
    text = _BLANKS.sub(" ", text).strip(" ")
    parts = _CUTS.split(text)
    escaped = _SEAM.join(_SIGNS.sub(r"\\\g<0>", part) for part in parts)
    escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    return _SEAM + escaped if _LEADING_SIGN.match(text) else escaped


def plain_words(options: Iterable[Value], words: Callable[[Value], str]) -> Callable[[Value], str]:
    """What a widget asks for the words of its options.

    The words are worked out now: a session keeps what its widgets are given, and would keep the
    dossier as it is now along with a function that asks it.

    Parameters
    ----------
    options : iterable
        All that the widget offers.
    words : callable
        What a reader calls an option.

    Returns
    -------
    callable
        Gives the words of an option, made ready by `plain`.
    """
    return {option: plain(words(option)) for option in options}.__getitem__
