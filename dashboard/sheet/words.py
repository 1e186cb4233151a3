"""The words of a sheet: title, subtitle, key points, what is shown, sources. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from annotations.english import listed
from annotations.schema import Record
from annotations.vocabulary import CORRECTED, EvidenceStatus
from dashboard.atlas.address import write
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.labels import label_of
from dashboard.atlas.layers import FIRM
from dashboard.atlas.words import filters_in_words
from dashboard.sheet.fonts import clean
from dashboard.sheet.spec import LONGEST_TEXT, MOST_POINTS, Brief, KeyPoint


def suggest_title(atlas: Atlas, brief: Brief) -> str:
    """A title from the page or from what is filtered; the dossier's where nothing is."""
    if brief.heading:
        return brief.heading
    filters = brief.screen.filters
    actors = [label_of(atlas, "actor", value) for value in filters.actor]
    topics = [label_of(atlas, "theme", value) for value in filters.theme]
    if not topics and len(filters.layer) in (1, 2):
        topics = [label_of(atlas, "layer", value) for value in filters.layer]
    if brief.records and not actors and not topics:
        chosen = [atlas.dossier.records[record_id] for record_id in brief.records[:1]]
        if len(brief.records) == 1:
            return chosen[0].title
        shorts = [getattr(atlas.dossier.records[r], "short", "") for r in brief.records]
        if all(shorts) and len(shorts) <= 4:
            return listed(shorts)
    if not actors and not topics:
        return atlas.dossier.head.title
    if not actors:
        return listed(topics[:3])
    return f"{listed(actors[:3])}: {listed(topics[:3]).lower()}" if topics else listed(actors[:3])


def suggest_subtitle(atlas: Atlas, brief: Brief, title: str) -> str:
    """What the title leaves unsaid: which dossier it is, or what the dossier is about."""
    head = atlas.dossier.head
    return head.subtitle if title == head.title else f"{head.title}: {_uncapital(head.subtitle)}"


def suggest_points(records: Sequence[Record], first: str | None = None) -> tuple[KeyPoint, ...]:
    """Key points: the records that most of the article goes into, one of each subject first.

    Parameters
    ----------
    records : sequence of Record
        What is shown.
    first : str, optional
        Id of the record that is selected.

    Returns
    -------
    tuple of KeyPoint
        At most `MOST_POINTS`. Each says how firmly the article puts it, from which lines, and where
        the check found otherwise.
    """

    def weight(record: Record) -> tuple[Any, ...]:
        return (
            record.id != first,
            record.evidence.status is EvidenceStatus.CONTEXT,
            record.evidence.status not in FIRM,
            -len(record.source.lines),
            record.id,
        )

    kept: list[Record] = []
    left = sorted(records, key=weight)
    seen: set[str] = set()
    # One of each subject before a second of any.
    for record in list(left):
        if record.themes[0] not in seen and len(kept) < MOST_POINTS:
            seen.add(record.themes[0])
            kept.append(record)
            left.remove(record)
    kept += left[: MOST_POINTS - len(kept)]
    return tuple(KeyPoint(point_text(record), record.id) for record in kept)


def ground_of(record: Record) -> str:
    """What backs a record: ``(allegation, line 26; checked: outdated)``."""
    status = record.evidence.status
    source = f"{status.label.lower()}, {lines_in_words(record.source.lines)}"
    if status is EvidenceStatus.CONTEXT:
        source = "context, not in the article"
    verdict = record.check.verdict
    checked = f"; checked: {verdict.label.lower()}" if verdict in CORRECTED else ""
    return f"({source}{checked})"


def point_text(record: Record) -> str:
    """A record as a key point: its title, and what backs it."""
    return f"{record.title} {ground_of(record)}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def as_of_in_words(atlas: Atlas, day: date | None) -> str:
    """The dossier's day, and the one of which memberships are shown where that is another."""
    words = f"As of {atlas.dossier.head.as_of.words}"
    return f"{words}; memberships of {day.day} {day:%B %Y}" if day else words


def shown_in_words(atlas: Atlas, brief: Brief, shown: int, outside: int, as_of: str) -> str:
    """What is filtered and filled, how many records that leaves, how many lie beyond the frame."""
    of = len(atlas.dossier.records)
    words = filters_in_words(atlas, brief.screen)
    if brief.asked:
        filtered = brief.screen.filters != Filters() or brief.screen.alliance
        words = f"{brief.asked}; {words}" if filtered else brief.asked
    if brief.off:
        hidden = ", ".join(label_of(atlas, "layer", layer) for layer in brief.off)
        words = f"{words}; not drawn: {hidden}"
    count = f"{shown} of {of} records"
    if outside:
        count += f", {outside} more outside of the frame"
    return f"{as_of} · {count} · {words[:1].upper()}{words[1:]}"


def link_to(atlas: Atlas, brief: Brief, base: str) -> str:
    """What opens the view again; nothing where nobody knows where the app is."""
    if not base:
        return ""
    page = brief.page
    if not page:
        query = urlencode(write(brief.screen, atlas.choices), doseq=True)
        page = f"?{query}" if query else ""
    return f"{base.rstrip('/')}/{page}"


def footer_of(brief: Brief, sources: str, borders: str, link: str, version: str) -> str:
    """Sources, if asked for, borders, version and link in one paragraph."""
    parts = [f"Source: {sources}"] if brief.sources else []
    return " ".join([*parts, borders, f"Dossier Atlas, dossier version {version}. {link}".rstrip()])


def one_line(text: str | None) -> str:
    """A reader's own text as one line, as long as one may be."""
    return clean(text or "")[:LONGEST_TEXT]
