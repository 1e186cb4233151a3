"""What the timeline shows as a table and in words. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from annotations.english import counted
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of
from dashboard.look.markup import templates
from dashboard.look.record_colour import theme_of
from dashboard.views.timeline.axis import Axis
from dashboard.views.timeline.bands import beginnings
from dashboard.views.timeline.marks import make_mark


def timeline_table(atlas: Atlas, ids: Sequence[str], chosen: Sequence[str] = ()) -> pd.DataFrame:
    """The records with their dates, earliest first: what the chart shows, as text.

    Parameters
    ----------
    atlas : Atlas
    ids : sequence of str
        Records to list.
    chosen : sequence of str
        Themes that are filtered by.

    Returns
    -------
    pandas.DataFrame
        A row a record. ``From`` and ``To`` are as precise as the source; ``To`` is empty while it
        lasts. ``First day`` is for sorting, ISO 8601.
    """
    labels = {theme.id: theme.label for theme in atlas.dossier.head.themes}
    rows = []
    for record_id in ids:
        record = atlas.dossier.records[record_id]
        when = record.when
        state = "expected" if when.expected else "ongoing" if when.open else "past"
        rows.append(
            {
                "Record": record.title,
                "Dates": when.words,
                "State": state,
                "Theme": labels[theme_of(record, chosen)],
                "Kind": layer_of(record).one,
                "From": str(when.start),
                "To": str(when.end or ""),
                "Known to the": when.start.precision,
                "Evidence": record.evidence.status.label,
                "Check": record.check.verdict.label,
                "First day": when.start.first_day.isoformat(),
                "Id": record_id,
            }
        )
    columns = ["Record", "Dates", "State", "Theme", "Kind", "From", "To", "Known to the"]
    columns += ["Evidence", "Check", "First day", "Id"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["First day", "Record"], ignore_index=True
    )


def timeline_in_words(atlas: Atlas, axis: Axis, ids: Sequence[str]) -> str:
    """The timeline in a sentence or two, for those who cannot see it. Plain text."""
    if not ids:
        return "No dated record passes the filters."
    marks = [make_mark(atlas, axis, atlas.dossier.records[record_id]) for record_id in ids]
    as_of = atlas.dossier.head.as_of.words
    counts = [
        (sum(m.shape == "day" for m in marks), "on a single day"),
        (sum(m.shape == "within" for m in marks), "within a month or year"),
        (sum(m.shape == "span" for m in marks), "over a span"),
    ]
    parts = ", ".join(f"{count} {words}" for count, words in counts if count)
    text = f"{counted(len(marks), 'record')}: {parts}."
    facts = [
        (sum(m.open for m in marks), f"still held on {as_of}"),
        (sum(m.expected for m in marks), "expected then"),
        (sum(m.before for m in marks), f"begun before {axis.start.year}"),
    ]
    if any(count for count, _ in facts):
        text += f" {', '.join(f'{n} {words}' for n, words in facts if n)}.".replace("  ", " ")
    begun = beginnings(atlas, axis, ids)
    if not begun.empty:
        by_step = begun.groupby("step", sort=False)["records"].sum()
        text += f" Most begin in {by_step.idxmax()} ({by_step.max()})."
    return text


def words_html(words: str) -> str:
    """A sentence beneath the chart as HTML."""
    return templates.get_template("views/timeline/words.html").render(words=words)
