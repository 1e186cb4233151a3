"""What a presenter reads beneath a slide: each record with its lines, evidence and verdict."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.head import Theme
from annotations.schema import Record
from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of
from dashboard.drawing.furniture import INTRODUCTION
from dashboard.sheet.fonts import clean
from dashboard.sheet.sheet import Sheet


def notes_of(atlas: Atlas, sheet: Sheet, left_out: Sequence[Theme] = ()) -> list[str]:
    """Speaker notes: what is shown, then every record with its evidence, check and lines.

    Parameters
    ----------
    atlas : Atlas
    sheet : Sheet
    left_out : sequence of Theme
        Themes that the deck has no slide for, to be named.

    Returns
    -------
    list of str
        Paragraphs, plain.
    """
    paragraphs = [sheet.title, sheet.filters]
    if left_out:
        paragraphs.append(_left_out_in_words(left_out))
    if sheet.outside:
        paragraphs.append(
            f"{sheet.outside} more records pass the filters; they lie outside of the frame."
        )
    paragraphs += [f"Projection: {sheet.view.name}.", "", f"Records ({len(sheet.records)})"]
    for record in sheet.records:
        paragraphs += ["", *_record_in_notes(record)]
    paragraphs += ["", INTRODUCTION]
    paragraphs += [f"{status.label}: {status.definition}" for status, _ in sheet.evidence]
    verdicts = {record.check.verdict for record in sheet.records}
    paragraphs += ["", "What checking found"]
    paragraphs += [f"{v.label}: {v.definition}" for v in Verdict if v in verdicts]
    paragraphs += ["", sheet.footer]
    return [clean(paragraph) for paragraph in paragraphs]


def _record_in_notes(record: Record) -> list[str]:
    evidence, check = record.evidence, record.check
    said = f"{evidence.status.label}, by {evidence.attributed_to or 'the article itself'}"
    if evidence.status is EvidenceStatus.CONTEXT:
        said = "Context, not in the article"
        lines = f"helps to read {lines_in_words(record.source.lines)}"
    else:
        lines = lines_in_words(record.source.lines)
    told = [
        f"{record.title} ({layer_of(record).kind_in_words(record)}, {record.when.words})",
        f"{said}; {lines}. {record.summary}",
        f"Check: {check.verdict.label.lower()}." + (f" {check.note}" if check.note else ""),
    ]
    if check.reference:
        told.append(f"Ground: {check.reference}")
    return told


def _left_out_in_words(themes: Sequence[Theme]) -> str:
    names = ", ".join(theme.label for theme in themes)
    return f"Without a slide, as nothing of it can be seen in the extent: {names}."
