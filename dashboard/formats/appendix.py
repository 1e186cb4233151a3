"""The slides behind the maps: where it comes from, what the terms mean, and each record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.head import Theme
from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.data import Atlas
from dashboard.drawing.furniture import INTRODUCTION
from dashboard.formats.notes import _left_out_in_words
from dashboard.formats.slide_flow import Block
from dashboard.formats.slide_text import Paragraph, Run
from dashboard.sheet.fonts import clean
from dashboard.sheet.sheet import Sheet


def _heading(text: str, fresh: bool = False) -> Block:
    run = Run(text, bold=True)
    return Block(Paragraph((run,), after=0.35, scale=1.25), heading=True, fresh=fresh)


def _passage(*runs: Run, last: bool = False) -> Block:
    return Block(Paragraph(runs, after=1.4 if last else 0.4))


def about_blocks(atlas: Atlas, sheets: Sequence[Sheet], left_out: Sequence[Theme]) -> list[Block]:
    """The article, what is shown of it, what the terms mean, whose borders these are."""
    first = sheets[0]
    records = records_of(sheets)
    shown = f"{len(records)} of {len(atlas.dossier.records)} records are shown. {first.as_of}."
    version = Run(f"Dossier Atlas, dossier version {first.version}. ")
    link = [Run(first.link, link=first.link)] if first.link else []
    blocks = [
        _heading("The article"),
        _passage(Run(clean(atlas.dossier.head.article.description))),
        _passage(Run(f"{shown} The notes of each slide tell its records in full.")),
        _passage(version, *link, last=not left_out),
    ]
    if left_out:
        blocks.append(_passage(Run(_left_out_in_words(left_out)), last=True))
    firmness = {record.evidence.status for record in records}
    found = {record.check.verdict for record in records}
    blocks += _terms(INTRODUCTION, [s for s in EvidenceStatus if s in firmness])
    blocks += _terms("What checking found", [v for v in Verdict if v in found])
    blocks += [_heading("Borders"), _passage(Run(clean(atlas.borders.long)), last=True)]
    return blocks


def _terms(heading: str, terms: Sequence[EvidenceStatus] | Sequence[Verdict]) -> list[Block]:
    passages = [
        _passage(Run(f"{term.label}: ", bold=True), Run(term.definition), last=term is terms[-1])
        for term in terms
    ]
    return [_heading(heading), *passages]


def ledger_blocks(atlas: Atlas, sheets: Sequence[Sheet]) -> list[Block]:
    """What is shown, by line of the article; the number hangs."""
    by_line: dict[int, list[Record]] = {}
    for record in records_of(sheets):
        for number in record.source.lines:
            by_line.setdefault(number, []).append(record)
    of = atlas.dossier.head.article.lines
    heading = _heading("Line by line", fresh=True)
    lead = f"{len(by_line)} of the article’s {of} lines stand behind what is shown."
    rows = []
    for number in sorted(by_line):
        runs = [Run(f"{number}\t", bold=True)]
        for record in by_line[number]:
            if len(runs) > 1:
                runs.append(Run("; "))
            runs += [Run(clean(record.title)), Run(f" ({_short(record)})", soft=True)]
        rows.append(Block(Paragraph(tuple(runs), indent=0.32, after=0.3)))
    return [heading, _passage(Run(lead)), *rows]


def _short(record: Record) -> str:
    """How firm it is, and what the check found where that is not that it stands."""
    verdict = record.check.verdict
    words = record.evidence.status.label.lower()
    return words if verdict is Verdict.STANDS else f"{words}; {verdict.label.lower()}"


def records_of(sheets: Iterable[Sheet]) -> list[Record]:
    """Records of all sheets, each once."""
    return list({record.id: record for sheet in sheets for record in sheet.records}.values())
