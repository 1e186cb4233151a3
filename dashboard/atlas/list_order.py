"""The order of a list of records: by date, then by title. Pure.

The list beside the map is put in order by the browser, by the same rule: see
``static/atlas/list_order.js``.
"""

from __future__ import annotations

import unicodedata

from annotations.schema import Record


def _plain(title: str) -> str:
    """A title as it is compared: without accents, capitals like small letters."""
    letters = unicodedata.normalize("NFKD", title)
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").lower()


def list_order(record: Record) -> tuple[str, bytes, bytes]:
    """Key to sort records by.

    Parameters
    ----------
    record : Record

    Returns
    -------
    tuple
        Of its start, its title without accents and capitals, and its title. Texts are compared as
        a browser compares them, by units of UTF-16.
    """
    title = record.title
    return str(record.when.start), _plain(title).encode("utf-16-be"), title.encode("utf-16-be")
