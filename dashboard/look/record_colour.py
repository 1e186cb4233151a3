"""The colour of a record: one rule for all that stands on a screen at the same time.

The browser follows it too, see ``themeOf`` in ``static/atlas/columns.js``; a test holds both
against each other. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Collection

from annotations.schema import Record


def theme_of(record: Record, chosen: Collection[str] = ()) -> str:
    """The theme that a record stands under: its first that is filtered by, else its first.

    Parameters
    ----------
    record : Record
    chosen : collection of str
        Ids of the themes that the screen is filtered by; none where it has no filters.
    """
    return next((theme for theme in record.themes if theme in chosen), record.themes[0])
