"""What of a script is code: the same text with all that is not taken out, place for place.

To look for a word in a script is safe only where strings, templates, regular expressions and
comments are out of the way. They are told apart as the language does it, but for one case in which
that would take a full parser: it is refused. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FORMS = r"""
    (?P<comment> //[^\n\r\u2028\u2029]* | /\*.*?\*/ )
    | (?P<string> "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<template> ` )
    | (?P<slash> / )
    | (?P<quote> ["'] )
    | (?P<open> \{ )
    | (?P<close> \} )
"""
_TOKEN = re.compile(r"""(?P<plain> [^/"'`]+ ) |""" + _FORMS, re.VERBOSE | re.DOTALL)
# Within what a template puts in, braces count: one of them ends it.
_TOKEN_WITHIN = re.compile(r"""(?P<plain> [^/"'`{}]+ ) |""" + _FORMS, re.VERBOSE | re.DOTALL)
_REGEX = re.compile(
    r"/(?:[^/\\\[\n\r\u2028\u2029]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+/[\w$]*"
)
_TEMPLATE_TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?P<end>`|\$\{)", re.DOTALL)

_BEFORE_VALUES = frozenset(
    {"await", "case", "delete", "do", "else", "in", "instanceof", "new", "of", "return"}
    | {"throw", "typeof", "void", "yield"}
)
"""Words after which a slash begins a regular expression, as a value is to come."""

_WITH_CONDITION = frozenset({"if", "while", "for", "with"})
"""Words whose brackets are followed by a statement, not by an operator."""

_LAST_WORD = re.compile(r"(?P<dot>\.\s*)?(?P<word>[\w$]+\.?)\s*$")

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


class ScriptError(ValueError):
    """A script cannot be told apart into code and the rest: the message says why."""


@dataclass(frozen=True)
class Code:
    """A script's code.

    Attributes
    ----------
    text : str
        As long as the source, line by line: quotes stand, what they hold is blank, and so are
        comments. Templates and regular expressions are written as strings; what a template puts in
        stands between brackets.
    comments : sequence of (int, int)
        Where comments begin and end in the source.
    texts : sequence of (int, int)
        Where the text of templates does, piece by piece.
    """

    text: str
    comments: Sequence[tuple[int, int]]
    texts: Sequence[tuple[int, int]]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _quoted(text: str) -> str:
    return f'"{_blank(text[1:-1])}"'


class _Reader:
    """One way through a script."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.comments: list[tuple[int, int]] = []
        self.texts: list[tuple[int, int]] = []
        self.open: list[str] = []  # braces, from the innermost template on

    def take(self, end: int, written: str) -> None:
        self.at = end
        self.parts.append(written)

    def read(self) -> Code:
        while self.at < len(self.source):
            token = _TOKEN_WITHIN if self.open else _TOKEN
            found = token.match(self.source, self.at)
            assert found  # some form takes whatever comes
            self.step(str(found.lastgroup), found[0], found.end())
        text = "".join(self.parts)
        for opening, closing in _PAIRS:
            if text.count(opening) != text.count(closing):
                raise ScriptError(f"not each “{opening}” has its “{closing}”")
        return Code(text, tuple(self.comments), tuple(self.texts))

    def step(self, kind: str, token: str, end: int) -> None:
        if kind == "comment":
            self.comments.append((self.at, end))
            self.take(end, _blank(token))
        elif kind == "string":
            self.take(end, _quoted(token))
        elif kind == "template":
            self.take(end, '"')
            self.template()
        elif kind == "close":
            self.close(end)
        elif kind == "slash" and self.value_is_to_come():
            self.regex()
        elif kind == "quote":
            raise ScriptError("a string does not end on its line")
        else:
            if kind == "open":
                self.open.append(token)
            self.take(end, token)

    def close(self, end: int) -> None:
        within = self.open.pop() == "${"
        self.take(end, ")" if within else "}")
        if within:
            self.template()

    def template(self) -> None:
        """Text of a template up to its end, or to what it puts in."""
        found = _TEMPLATE_TEXT.match(self.source, self.at)
        if not found:
            raise ScriptError("a template is never closed")
        text = _blank(found[0][: -len(found["end"])])
        self.texts.append((self.at, self.at + len(text)))
        if found["end"] == "${":
            self.open.append("${")
        self.take(found.end(), f'{text}"' if found["end"] == "`" else f"{text} (")

    def value_is_to_come(self) -> bool:
        """Whether a slash begins a regular expression; else it divides."""
        before = "".join(self.parts).rstrip()
        if before.endswith("}"):
            raise ScriptError("“/” after “}” may divide or begin a regular expression")
        if before.endswith(")"):
            word = _LAST_WORD.search(before[: _opening(before)][-200:])
            return word is not None and word["word"] in _WITH_CONDITION and not word["dot"]
        if word := _LAST_WORD.search(before[-200:]):
            return word["word"] in _BEFORE_VALUES and not word["dot"]
        return not before.endswith(('"', "]", "++", "--"))

    def regex(self) -> None:
        found = _REGEX.match(self.source, self.at)
        if not found:
            raise ScriptError("a regular expression does not end on its line")
        self.take(found.end(), _quoted(found[0]))


def _opening(text: str) -> int:
    """Where the bracket opens that the end of `text` closes."""
    depth = 0
    for found in reversed(list(re.finditer(r"[()]", text))):
        depth += 1 if found[0] == ")" else -1
        if depth == 0:
            return found.start()
    raise ScriptError("“)” closes nothing")


def code_of(source: str) -> Code:
    """Take all that is not code out of a script.

    Parameters
    ----------
    source : str
        A script that can be parsed; what cannot is not always noticed.

    Returns
    -------
    Code

    Raises
    ------
    ScriptError
        If brackets, strings or templates are not closed, or if only a parser could tell whether a
        slash divides.
    """
    return _Reader(source).read()
