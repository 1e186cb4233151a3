"""The panel beside the map: what the filters show, and the card of what is selected.

Pure: an atlas and ids → HTML by templates that escape everything they are given. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotations.english import counted, named_beside
from annotations.schema import Actor, Record
from annotations.vocabulary import CORRECTED, EvidenceStatus
from dashboard.atlas.article_lines import lines_in_words
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Card, Item, Row, Section
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import THING_LAYERS, layer_of
from dashboard.atlas.profiles import profile_of
from dashboard.look.markup import templates


class _Cards:
    """Builds cards from one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.dossier = atlas.dossier
        self.items = Items(atlas.joined, atlas.choices.selectable, atlas.borders.short)
        self.as_of = self.dossier.head.as_of.words
        self.labels = {theme.id: theme.label for theme in self.dossier.head.themes}

    def record(self, record: Record) -> Card:
        """The card of a record: what is claimed, what stands, and on what ground."""
        status, check, layer = record.evidence.status, record.check, layer_of(record)
        said = Section(
            "The article says" if status is not EvidenceStatus.CONTEXT else "Context",
            record.summary,
        )
        corrected = check.verdict in CORRECTED
        checked = Section(
            f"As of {self.as_of}" if corrected else "Check",
            check.note or ("" if check.reference else "No ground found to say either way."),
            check.reference or "",
        )
        rows = [row for row in layer.facts(record, self.items) if row.items]
        rows.append(Row("When", [Item(record.when.words, goto=f"timeline?select={record.id}")]))
        rows.append(Row("Article", [Item(lines_in_words(record.source.lines))]))
        if record.source.note:
            rows.append(Row("Reading", [Item(record.source.note)]))
        return Card(
            kicker=layer.kind_in_words(record),
            title=record.title,
            themes=[(theme, self.labels[theme]) for theme in record.themes],
            evidence=(status.value, status.label, record.evidence.attributed_to or ""),
            verdict=(check.verdict.value, check.verdict.label, check.verdict.definition),
            sections=[said, checked, Section(rows=rows), *layer.details(record, self.items)],
        )

    def profile(self, actor: Actor) -> Card:
        """An actor: what it sends, receives, joins, does, and is hit by."""
        parts = [
            Row(
                group.label,
                [Item(entry.text, entry.record.id, entry.note) for entry in group.entries],
            )
            for group in profile_of(self.dossier, actor.id)
        ]
        about = [Row("Also known as", [Item(named_beside(actor.aliases))])] if actor.aliases else []
        if actor.note:
            about.append(Row("Note", [Item(actor.note)]))
        about.append(Row("See", [Item("Full profile", goto=f"actors?actor={actor.id}")]))
        total = self.atlas.index.totals["actor"][actor.id]
        return Card(
            kicker=f"{actor.type.label} · {counted(total, 'record')}",
            title=actor.name,
            sections=[Section(rows=about), Section(rows=parts)],
        )


def build_card(atlas: Atlas, select: str) -> Card:
    """The card of a selected thing.

    Parameters
    ----------
    atlas : Atlas
        From `dashboard.atlas.data.load`.
    select : str
        A valid selection: a record's id, or ``actor:``, ``place:`` or ``area:`` with an id.

    Returns
    -------
    Card
    """
    cards = _Cards(atlas)
    thing = atlas.drawn.things.get(select)
    if thing is None:
        return cards.record(atlas.dossier.records[select])
    if thing.layer:
        return THING_LAYERS[thing.layer].card(thing, cards.items)
    return cards.profile(thing.of)


def card_html(atlas: Atlas, select: str) -> str:
    """The card of a selected thing as HTML; everything in it is escaped."""
    card = build_card(atlas, select)
    return templates.get_template("atlas/card.html").render(card=card, select=select)


def summary_html(atlas: Atlas, ids: Sequence[str], beside: str = "") -> str:
    """How many records the filters leave, as HTML; the browser counts them by theme and evidence.

    See ``static/atlas/summary.js``. That nothing is left is said only where it is so: a program
    reads this without the style sheet.

    Parameters
    ----------
    atlas : Atlas
    ids : sequence of str
        Records shown.
    beside : str
        What the map shows that is no record, from `dashboard.atlas.shown.beside_records`.
    """
    return templates.get_template("atlas/summary.html").render(
        shown=len(ids), total=len(atlas.index.entries), beside=beside
    )
