"""Several layers in one GeoPackage without a file: where nothing is writable, there is none.

GDAL writes one layer into memory, and adds none to what lies there. A GeoPackage is a database of
SQLite, though, and SQLite puts them together. Pure.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

import pandas as pd
import pyogrio


def layer(name: str, table: pd.DataFrame, **options: Any) -> bytes:
    """One table or layer as a GeoPackage.

    Parameters
    ----------
    name : str
    table : pandas.DataFrame or geopandas.GeoDataFrame
    **options
        For `pyogrio.write_dataframe`.
    """
    file = io.BytesIO()
    pyogrio.write_dataframe(table, file, driver="GPKG", layer=name, **options)
    return file.getvalue()


def together(layers: Iterable[bytes], descriptions: Mapping[str, str]) -> bytes:
    """Layers, each a GeoPackage of its own, as one.

    Parameters
    ----------
    layers : iterable of bytes
        At least one; each has another name.
    descriptions : mapping of str to str
        Text by the layer's name.

    Returns
    -------
    bytes
    """
    first, *others = layers
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(first)
        for other in others:
            with closing(sqlite3.connect(":memory:")) as source:
                source.deserialize(other)
                _add(file, source)
        file.executemany(
            "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
            [(words, name) for name, words in descriptions.items()],
        )
        file.commit()
        return file.serialize()


def _add(file: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """Take over all that a GeoPackage holds: tables, rows, spatial index, triggers."""
    # A table that is virtual, as a spatial index is, brings others along: it comes first.
    tables = source.execute(
        "SELECT name, sql, sql LIKE 'CREATE VIRTUAL %' AS virtual FROM sqlite_master "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY virtual DESC"
    ).fetchall()
    for name, sql, virtual in tables:
        if not _has(file, name):
            file.execute(sql)
        if not virtual:
            rows = source.execute(f"SELECT * FROM {_quoted(name)}")
            places = ", ".join("?" * len(rows.description))
            file.executemany(f"INSERT OR REPLACE INTO {_quoted(name)} VALUES ({places})", rows)
    # What follows a row that is added has been done for these.
    for name, sql in source.execute(
        "SELECT name, sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL"
    ):
        if not _has(file, name):
            file.execute(sql)


def _has(file: sqlite3.Connection, name: str) -> bool:
    return bool(file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone())


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
