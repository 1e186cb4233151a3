"""The records shown as a table, for a program that reads a page without a browser. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of
from dashboard.atlas.list_order import list_order
from dashboard.look.tables import joined

COLUMNS = ("id", "kind", "title", "when", "status", "verdict", "themes", "summary")


def shown_table(atlas: Atlas, ids: Iterable[str]) -> pd.DataFrame:
    """What the list beside the map holds, in its order.

    Parameters
    ----------
    atlas : Atlas
    ids : iterable of str
        Records shown.

    Returns
    -------
    pandas.DataFrame
        One row a record, with `COLUMNS`; all are text.
    """
    records = sorted((atlas.dossier.records[id_] for id_ in ids), key=list_order)
    rows = [
        (
            record.id,
            layer_of(record).kind_in_words(record),
            record.title,
            str(record.when.start),
            record.evidence.status.value,
            record.check.verdict.value,
            joined(record.themes),
            record.summary,
        )
        for record in records
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
