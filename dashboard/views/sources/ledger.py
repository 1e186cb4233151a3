"""The article as a ledger: for each line what was made of it, or why nothing. No Streamlit.

The article's text is not in the project. A reader may lay a copy of their own beside the ledger; it
is held for that reader's session alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.copy_formats import CopyError, texts_of
from annotations.dossier import Dossier
from annotations.recognition import Recognised, TooLongError, recognise
from annotations.schema import Record
from annotations.vocabulary import CORRECTED, EvidenceStatus, Verdict
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of
from dashboard.look.markup import templates
from dashboard.look.record_colour import theme_of

COPY_ENDINGS = ("txt", "md", "html", "htm", "xhtml", "docx", "pdf")
"""Endings of the files that a reader is offered to choose."""

LARGEST_COPY = 10_000_000
"""Bytes of the largest file that is read as a copy of the article."""


@dataclass(frozen=True)
class LedgerRow:
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

    def keeps(self, row: LedgerRow) -> bool:
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


def build_ledger(dossier: Dossier) -> list[LedgerRow]:
    """Account for every line of the article.

    Parameters
    ----------
    dossier : Dossier
        As joined.

    Returns
    -------
    list of LedgerRow
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
            LedgerRow(
                number,
                by_line.get(number, []),
                entry.reason.label if entry and entry.reason else "",
                (entry.note or "") if entry else "",
            )
        )
    return rows


@dataclass(frozen=True)
class LedgerFigures:
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


def add_up(dossier: Dossier, rows: Sequence[LedgerRow]) -> LedgerFigures:
    """Count lines, claims and verdicts."""
    claims = [
        record
        for record in dossier.records.values()
        if record.evidence.status is not EvidenceStatus.CONTEXT
    ]
    return LedgerFigures(
        lines=len(rows),
        covered=sum(bool(row.records or row.reason) for row in rows),
        unmapped=sum(not row.records for row in rows),
        claims=len(claims),
        verdicts={v: sum(c.check.verdict is v for c in claims) for v in Verdict},
    )


class WrongFileError(ValueError):
    """A file that cannot be a copy of the article; the message says why, for the reader."""


def read_copy(content: bytes, dossier: Dossier) -> Recognised:
    """Lay a copy of the article beside the ledger.

    Where a file does not say how its letters are encoded, the reading counts that gives most of the
    article's lines.

    Parameters
    ----------
    content : bytes
        A file as `annotations.copy_formats.texts_of` takes it.
    dossier : Dossier
        With fingerprints.

    Returns
    -------
    Recognised

    Raises
    ------
    WrongFileError
        If it is too large, gives no text, or no line of it is the article's.
    """
    article = dossier.head.article
    if not article.fingerprints:
        raise WrongFileError("This dossier has no fingerprints to recognise its article by.")
    if len(content) > LARGEST_COPY:
        raise WrongFileError(
            f"The file has {len(content):,} bytes; the article is far smaller. "
            "Save the article alone, as text, HTML, Word or PDF."
        )
    try:
        readings: list[Recognised] = []
        for text in texts_of(content):
            readings.append(recognise(text, article.fingerprints))
            if len(readings[-1].matching) == article.lines:
                break
    except CopyError as error:
        raise WrongFileError(str(error)) from None
    except TooLongError as error:
        raise WrongFileError(f"This is no copy of the article: {error}.") from None
    copy = max(readings, key=lambda reading: len(reading.matching))
    if not copy.written:
        raise WrongFileError("The file is empty.")
    if not copy.matching:
        raise WrongFileError(
            f"None of the file's {copy.written} lines has a line of this dossier's article "
            f"({article.lines} lines). It is another text, or another version of this one."
        )
    return copy


def copy_in_words(copy: Recognised, lines: int) -> str:
    """How much of an article of so many lines a copy has."""
    matching, differing = len(copy.matching), len(copy.lines) - len(copy.matching)
    said = [f"{matching} of {lines} lines match their fingerprints."]
    if differing:
        said.append(f"{differing} {'differs' if differing == 1 else 'differ'}: marked below.")
    if missing := lines - matching - differing:
        said.append(f"{missing} {'was' if missing == 1 else 'were'} not found.")
    return " ".join(said)


def ledger_html(atlas: Atlas, rows: Sequence[LedgerRow], copy: Recognised | None) -> str:
    """The ledger as HTML; everything in it is escaped."""
    return templates.get_template("views/sources/ledger.html").render(
        rows=rows,
        copy=copy,
        layer=lambda record: layer_of(record).one,
        colour=lambda record: (
            layer_of(record).own_colour(record) or f"var(--theme-{theme_of(record)})"
        ),
    )


def figures_html(figures: LedgerFigures) -> str:
    """The figures at the top as HTML."""
    verdicts = [
        (verdict.value, verdict.label, count)
        for verdict, count in figures.verdicts.items()
        if count
    ]
    return templates.get_template("views/sources/figures.html").render(
        figures=figures, verdicts=verdicts
    )
