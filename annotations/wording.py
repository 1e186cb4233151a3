"""Whether a dossier says anything in the article's own words.

Facts carry over, sentences do not. ``python -m annotations.wording ARTICLE`` lists every text of a
dossier that shares a run of consecutive words with the article, whose text is no part of the
project and so must be at hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from annotations.dossier import Dossier
from annotations.english import counted
from annotations.files import ACTORS, COVERAGE, HEAD, PLACES
from annotations.fingerprints import normalise
from annotations.loader import dossier_folders, load_dossier
from annotations.problems import DossierError
from annotations.schema import KINDS

RUN = 8
"""So many consecutive words in common are a copy."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class CuratedText:
    """One text of a dossier: ``file``, ``field`` (dotted) and the text itself."""

    file: str
    field: str
    text: str


@dataclass(frozen=True)
class Copy:
    """A run of words that a text shares with the article.

    Attributes
    ----------
    where : CuratedText
        The text.
    words : str
        The run, normalised.
    line : int
        The article's line in which it begins.
    """

    where: CuratedText
    words: str
    line: int

    def __str__(self) -> str:
        """``file: field: "words" (line N of the article)``."""
        return f'{self.where.file}: {self.where.field}: "{self.words}" (line {self.line})'


def words(text: str) -> list[str]:
    """Split a text into words, the same for all spellings of quotes, dashes and case.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Its words in lower case; a hyphen separates, an apostrophe does not.
    """
    return _WORD.findall(normalise(text))


def texts(dossier: Dossier) -> Iterator[CuratedText]:
    """List every text of a dossier: titles, summaries, notes, names, whatever is a string.

    Parameters
    ----------
    dossier : Dossier
        As loaded.

    Yields
    ------
    CuratedText
        One for each string, file by file.
    """
    yield from _strings(dossier.head, HEAD)
    for folder, things in ((ACTORS, dossier.actors), (PLACES, dossier.places)):
        for name, thing in things.items():
            yield from _strings(thing, f"{folder}/{name}.yml")
    for name, record in dossier.records.items():
        yield from _strings(record, f"{KINDS[record.kind]}/{name}.yml")
    if dossier.coverage is not None:
        yield from _strings(dossier.coverage, COVERAGE)


def _strings(value: object, file: str, field: str = "") -> Iterator[CuratedText]:
    if isinstance(value, str):
        yield CuratedText(file, field, value)
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            dotted = f"{field}.{info.alias or name}".lstrip(".")
            yield from _strings(getattr(value, name), file, dotted)
    elif isinstance(value, list):
        for index, item in enumerate(value, start=1):
            yield from _strings(item, file, f"{field}[{index}]")


def copies(found: Iterable[CuratedText], article: Sequence[str], run: int = RUN) -> list[Copy]:
    """Find what texts share with an article.

    Parameters
    ----------
    found : iterable of CuratedText
        The texts to look at.
    article : sequence of str
        The article's lines. A run may reach from one line into the next.
    run : int
        So many consecutive words make a copy.

    Returns
    -------
    list of Copy
        Each longest run once, in the order of the texts.
    """
    if run < 1:
        raise ValueError(f"a run of {run} words is none")
    stream = [(word, number) for number, line in enumerate(article, 1) for word in words(line)]
    starts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for start in range(len(stream) - run + 1):
        starts[tuple(word for word, _ in stream[start : start + run])].append(start)
    result = []
    for text in found:
        own = words(text.text)
        position = 0
        while position <= len(own) - run:
            length, at = max(
                (
                    (_common(own[position:], stream[s:]), s)
                    for s in starts[tuple(own[position : position + run])]
                ),
                default=(0, 0),
            )
            if length:
                copied = " ".join(own[position : position + length])
                result.append(Copy(text, copied, stream[at][1]))
            position += max(length, 1)
    return result


def _common(own: list[str], stream: list[tuple[str, int]]) -> int:
    """Number of words in which both begin alike."""
    length = 0
    for word, (other, _) in zip(own, stream, strict=False):
        if word != other:
            break
        length += 1
    return length


def main(argv: Sequence[str] | None = None) -> int:
    """List the copies of one article in a dossier.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process by default.

    Returns
    -------
    int
        Exit status: 1 if there is a copy, or the dossier or article cannot be read; else 0.
    """
    parser = argparse.ArgumentParser(
        prog="python -m annotations.wording",
        description="List every text of a dossier that shares consecutive words with the article. "
        "Exit status 1 if there is one.",
    )
    parser.add_argument("article", type=Path, metavar="ARTICLE", help="text file, a line a line")
    parser.add_argument(
        "--words", type=int, default=RUN, metavar="N", help=f"length of a copy (default: {RUN})"
    )
    parser.add_argument(
        "--dossier", type=Path, metavar="DIR", help="folder of the dossier (default: the only one)"
    )
    args = parser.parse_args(argv)
    if args.words < 1:
        parser.error("--words must be at least 1")
    folders = [args.dossier] if args.dossier else dossier_folders()
    if len(folders) != 1:
        parser.error(f"choose one with --dossier: {', '.join(str(path) for path in folders)}")
    try:
        article = args.article.read_text(encoding="utf-8").splitlines()
        dossier = load_dossier(folders[0])
    except (OSError, UnicodeDecodeError, DossierError) as error:
        print(error, file=sys.stderr)
        return 1
    found = copies(texts(dossier), article, args.words)
    for copy in found:
        print(copy)
    print(f"{dossier.name}: {counted(len(found), 'copy', 'copies')} of {args.words} words or more")
    if dossier.problems:
        print("The dossier has problems, see 'python -m annotations check':", file=sys.stderr)
        print("what they concern was not looked at.", file=sys.stderr)
    return 1 if found or dossier.problems else 0


if __name__ == "__main__":
    sys.exit(main())
