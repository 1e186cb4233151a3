"""Tables as files: CSV whose cells a spreadsheet takes for text, whatever they hold. No Streamlit.

A cell that begins like a formula would be run by a spreadsheet, so it gets a leading apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

SEPARATOR = "; "
"""Between the values of a cell that holds several. A value with a semicolon in it stands in double
quotes, those in it doubled, as in a CSV file with semicolons."""

_AMBIGUOUS = re.compile(r'[;\r\n]|^[\s"]|\s$')

# The wide ones are signs of a formula, too, where a spreadsheet is set to a language that has them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(value: object) -> object:
    """The value, with a leading apostrophe where it is text that begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a byte-order mark, by which spreadsheets know it.

    Parameters
    ----------
    table : pandas.DataFrame
        Its index is left out. Numbers, also negative ones, stay as they are.

    Returns
    -------
    bytes
    """
    safe = table.rename(columns=lambda name: str(defused(name)))
    for position, column in enumerate(safe.columns):
        safe = safe.assign(**{column: table.iloc[:, position].map(defused)})
    return str(safe.to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")


def joined(values: Sequence[str]) -> str:
    """Values in one cell, from which they can be read back; see `SEPARATOR`."""
    return SEPARATOR.join(
        '"' + value.replace('"', '""') + '"' if _AMBIGUOUS.search(value) else value
        for value in values
    )
