"""The article as a ledger: for each line what was made of it, or why nothing. No Streamlit.

The article's text is not in the project. A reader may lay a copy of their own beside the ledger; it
is held for that reader's session alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.dossier import Dossier
from annotations.fingerprints import fingerprint
from annotations.schema import Record
from annotations.vocabulary import CORRECTED, EvidenceStatus, Verdict
from dashboard.data import Atlas
from dashboard.layers import BY_KIND
from dashboard.markup import templates
from dashboard.scene import glyph

LARGEST_COPY = 1_000_000
"""Bytes of the largest file that is read as a copy of the article."""

_NUMBERED = re.compile(r"^\s*\d{1,4}[.):\t]\s*")


@dataclass(frozen=True)
class Row:
    """One line of the article.

    Attributes
    ----------
    number : int
        From 1.
    records : sequence of Record
        What was made of it.
    reason, note : str
        Why there is no record, and what else to know.
    """

    number: int
    records: Sequence[Record]
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Show:
    """A choice of rows.

    Attributes
    ----------
    id, label : str
        Value of ``show`` in the address, and what the reader sees.
    """

    id: str
    label: str

    def keeps(self, row: Row) -> bool:
        """Whether the row is shown."""
        match self.id:
            case "corrected":
                return any(record.check.verdict in CORRECTED for record in row.records)
            case "disputed":
                return any(record.check.verdict is Verdict.DISPUTED for record in row.records)
            case "allegations":
                status = EvidenceStatus.ALLEGATION
                return any(record.evidence.status is status for record in row.records)
            case "unmapped":
                return not row.records
        return True


SHOWS: tuple[Show, ...] = (
    Show("all", "All lines"),
    Show("corrected", "Corrected"),
    Show("disputed", "Disputed"),
    Show("allegations", "Allegations"),
    Show("unmapped", "Unmapped"),
)


def build_ledger(dossier: Dossier) -> list[Row]:
    """Account for every line of the article.

    Parameters
    ----------
    dossier : Dossier
        As joined.

    Returns
    -------
    list of Row
        One a line, ascending.
    """
    by_line: dict[int, list[Record]] = {}
    for record in dossier.records.values():
        for number in record.source.lines:
            by_line.setdefault(number, []).append(record)
    coverage = dossier.coverage.by_line if dossier.coverage else {}
    rows = []
    for number in range(1, dossier.head.article.lines + 1):
        entry = coverage.get(number)
        rows.append(
            Row(
                number,
                by_line.get(number, []),
                entry.reason.label if entry and entry.reason else "",
                (entry.note or "") if entry else "",
            )
        )
    return rows


@dataclass(frozen=True)
class Figures:
    """What the ledger adds up to.

    Attributes
    ----------
    lines, covered, unmapped : int
        Lines of the article; those that are accounted for; those of them without a record.
    claims : int
        Records that come from the article; drawn context is not counted.
    verdicts : mapping of Verdict to int
        How many of the claims have each verdict.
    """

    lines: int
    covered: int
    unmapped: int
    claims: int
    verdicts: Mapping[Verdict, int]


def add_up(dossier: Dossier, rows: Sequence[Row]) -> Figures:
    """Count lines, claims and verdicts."""
    claims = [
        record
        for record in dossier.records.values()
        if record.evidence.status is not EvidenceStatus.CONTEXT
    ]
    return Figures(
        lines=len(rows),
        covered=sum(bool(row.records or row.reason) for row in rows),
        unmapped=sum(not row.records for row in rows),
        claims=len(claims),
        verdicts={v: sum(c.check.verdict is v for c in claims) for v in Verdict},
    )


class WrongFileError(ValueError):
    """A file that cannot be a copy of the article; the message says why, for the reader."""


@dataclass(frozen=True)
class Copy:
    """A reader's own copy of the article, laid beside the ledger.

    Attributes
    ----------
    sentences : mapping of int to str
        Text by line number, where there is one.
    matching : frozenset of int
        Lines whose text has the dossier's fingerprint.
    lines : int
        Lines that the copy has.
    """

    sentences: Mapping[int, str] = field(default_factory=dict)
    matching: frozenset[int] = frozenset()
    lines: int = 0


def read_copy(content: bytes, dossier: Dossier) -> Copy:
    """Lay a copy of the article beside the ledger.

    A line is recognised by its fingerprint wherever it stands in the copy; where none has it and
    the copy has the article's number of lines, the line of the same number is shown as differing.

    Parameters
    ----------
    content : bytes
        A text file, one sentence a line, UTF-8.
    dossier : Dossier
        With fingerprints.

    Returns
    -------
    Copy

    Raises
    ------
    WrongFileError
        If it is too large, no text, or no line of it is the article's.
    """
    if len(content) > LARGEST_COPY:
        raise WrongFileError(
            f"The file has {len(content):,} bytes; the article is far smaller. "
            "Choose a plain text file with one sentence a line."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongFileError(
            "The file is not plain text in UTF-8. Save the article as a text file and try again."
        ) from None
    if "\0" in text:
        raise WrongFileError("The file is not plain text. Choose a text file.")
    lines = [line.strip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    if not any(lines):
        raise WrongFileError("The file is empty.")
    # The text may carry line numbers of its own.
    by_print: dict[str, str] = {}
    for line in lines:
        for candidate in (line, _NUMBERED.sub("", line)):
            by_print.setdefault(fingerprint(candidate), candidate)
    sentences: dict[int, str] = {}
    matching: set[int] = set()
    article = dossier.head.article
    if not article.fingerprints:
        raise WrongFileError("This dossier has no fingerprints to recognise its article by.")
    for number, digits in enumerate(article.fingerprints, start=1):
        if digits in by_print:
            sentences[number] = by_print[digits]
            matching.add(number)
        elif len(lines) == article.lines:
            sentences[number] = lines[number - 1]
    if not matching:
        raise WrongFileError(
            f"None of the file's {len(lines)} lines is a line of this dossier's article "
            f"({article.lines} lines). It is another text, or its sentences are cut differently."
        )
    return Copy(sentences, frozenset(matching), len(lines))


def ledger_html(atlas: Atlas, rows: Sequence[Row], copy: Copy | None) -> str:
    """The ledger as HTML; everything in it is escaped."""
    return templates.get_template("ledger.html").render(
        rows=rows,
        copy=copy,
        layer=lambda record: BY_KIND[record.kind].one,
        glyph=glyph,
    )


def figures_html(figures: Figures) -> str:
    """The figures at the top as HTML."""
    verdicts = [
        (verdict.value, verdict.label, count)
        for verdict, count in figures.verdicts.items()
        if count
    ]
    return templates.get_template("figures.html").render(figures=figures, verdicts=verdicts)
