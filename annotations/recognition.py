"""The article's lines in a copy of it, however the copy is cut.

A dossier cuts its article into numbered lines and keeps a fingerprint of each. A copy may be one
long paragraph, or broken wherever a page was full. So how it is cut is left out of account: words
that follow one another, and together have a line's fingerprint, are that line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from annotations.fingerprints import DIGITS, normalise

LONGEST = 150
"""Words that a line has at most."""

MOST_WORDS = 30_000
"""Words of a copy; an article has one or two thousand."""

MOST_READINGS = 8
"""Ways to read a line whose words are parted by hyphens at ends of lines."""

_NUMBER = re.compile(r"\d{1,4}[.):]?")
_HYPHEN = ("-", "‐", "\u00ad")


class TooLongError(ValueError):
    """A text far longer than an article; the message says how long."""


@dataclass(frozen=True)
class Recognised:
    """What a copy has of an article.

    Attributes
    ----------
    lines : mapping of int to str
        The copy's text of a line, by the line's number from 1: where it is the article's, and where
        it stands between lines that are, so that it can only be this one, changed.
    matching : frozenset of int
        Lines whose text has the fingerprint.
    written : int
        Lines of the copy itself that are not empty.
    """

    lines: Mapping[int, str] = field(default_factory=dict)
    matching: frozenset[int] = frozenset()
    written: int = 0


@dataclass(frozen=True)
class _Word:
    """A word of a copy, as written and normalised; `ends_line` where the copy breaks after it."""

    text: str
    plain: str
    ends_line: bool


@dataclass(frozen=True)
class _Run:
    """Words that are a line of the article, from `start` up to and without `end`."""

    start: int
    end: int
    text: str


def recognise(text: str, fingerprints: Sequence[str]) -> Recognised:
    """Find an article's lines in a copy.

    Parameters
    ----------
    text : str
        The copy.
    fingerprints : sequence of str
        The article's, in order: ``dossier.head.article.fingerprints``.

    Returns
    -------
    Recognised

    Raises
    ------
    TooLongError
        If the copy is far longer than an article.
    """
    words = list(_words(text))
    if len(words) > MOST_WORDS:
        raise TooLongError(f"it has {len(words):,} words")
    runs = _runs(words, frozenset(fingerprints))
    found = {n: runs[digits] for n, digits in enumerate(fingerprints, 1) if digits in runs}
    lines = {number: run.text for number, run in found.items()}
    for numbers, changed in _changed(found, len(fingerprints), words):
        lines |= dict(zip(numbers, changed, strict=True))
    return Recognised(lines, frozenset(found), len(_written(words)))


def _words(text: str) -> Iterator[_Word]:
    for line in text.splitlines():
        # What is invisible is no word, and what one copy has as a word others may have as several.
        words = [(word, plain) for word in line.split() if (plain := normalise(word))]
        for position, (word, plain) in enumerate(words, start=1):
            yield _Word(word, plain, ends_line=position == len(words))


def _runs(words: Sequence[_Word], wanted: frozenset[str]) -> dict[str, _Run]:
    """For each fingerprint that words in a row have, the first such row."""
    found: dict[str, _Run] = {}
    start = 0
    while start < len(words):
        run = _run(words, start, wanted)
        if run:
            digits, end, text = run
            found.setdefault(digits, _Run(start, end, text))
        start = run[1] if run else start + 1
    return found


def _run(words: Sequence[_Word], start: int, wanted: frozenset[str]) -> tuple[str, int, str] | None:
    """The fingerprint that a row from `start` on has, where the row ends, and how it is written."""
    readings = [("", "")]
    for end, word in enumerate(words[start : start + LONGEST], start=start + 1):
        parted = end - 1 > start and words[end - 2].ends_line
        followed = (step for reading in readings for step in _followed(reading, word, parted))
        readings = list(islice(followed, MOST_READINGS))
        for plain, written in readings:
            digits = hashlib.sha256(plain.encode()).hexdigest()[:DIGITS]
            if digits in wanted:
                return digits, end, written
    return None


def _followed(reading: tuple[str, str], word: _Word, parted: bool) -> Iterator[tuple[str, str]]:
    """Ways to read a word after others, normalised and as written.

    A word that the end of a line has parted may be meant with its hyphen or without.
    """
    plain, written = reading
    if not plain:
        yield word.plain, word.text
        return
    yield f"{plain} {word.plain}", f"{written} {word.text}"
    if parted and written.endswith(_HYPHEN):
        yield f"{plain}{word.plain}", f"{written}{word.text}"
        yield f"{plain.removesuffix('-')}{word.plain}", f"{written[:-1]}{word.text}"


def _changed(
    found: Mapping[int, _Run], count: int, words: Sequence[_Word]
) -> Iterator[tuple[range, list[str]]]:
    """Lines without their fingerprint, with what stands in their place in the copy.

    Only where there is no doubt: as many as the copy itself has lines there, or one line for all
    that stands between its two neighbours.
    """
    for before, after in pairwise([0, *sorted(found), count + 1]):
        numbers = range(before + 1, after)
        start = found[before].end if before else 0
        end = found[after].start if after <= count else len(words)
        if not found or not numbers or start >= end:
            continue
        written = _written(words[start:end])
        if len(numbers) == 1 and before and after <= count:
            written = [" ".join(written)]
        if len(written) == len(numbers):
            yield numbers, written


def _written(words: Sequence[_Word]) -> list[str]:
    """Words as the copy's own lines, without the numbers that may stand before them."""
    lines: list[list[str]] = [[]]
    for word in words:
        lines[-1].append(word.text)
        if word.ends_line:
            lines.append([])
    for line in lines:
        if len(line) > 1 and _NUMBER.fullmatch(line[0]):
            del line[0]
    return [" ".join(line) for line in lines if line]
