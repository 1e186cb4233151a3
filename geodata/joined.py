"""A dossier joined to geometry: the tables of `geodata.join`, and what their columns hold.

All geometry is WGS 84 (EPSG:4326), lon/lat degrees; lengths are geodesic kilometres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from annotations.dossier import Dossier
from annotations.problems import Problem
from geodata.boundaries import CRS

POINT_COLUMNS = ["record", "place", "place_name", "precision", "geometry"]
LINE_COLUMNS = [
    "record",
    "type",
    "leg",
    "bundle",
    "by",
    "toward",
    "from_place",
    "from_name",
    "to_place",
    "to_name",
    "state",
    "mode",
    "status",
    "mutual",
    "forward",
    "km",
    "geometry",
]
MEMBER_COLUMNS = ["alliance", "actor", "country", "status", "start", "end", "note"]

OR_NONE = frozenset(
    {
        *("place", "from_place", "to_place"),
        *("leg", "bundle", "by", "toward", "state", "mode", "status"),
    }
)
"""Columns in which a row may have None."""

Row: TypeAlias = dict[str, Any]
"""One row of a table that is being made. As `geometry` a point has its position, and an arc what it
is to be drawn from: shapes are made all at once in the end, which takes far less time."""


@dataclass(frozen=True, slots=True)
class LegKey:
    """Which leg: of which corridor and branch, and its number there, from 1."""

    corridor: str
    branch: str
    number: int

    @property
    def in_corridor(self) -> str:
        """As tables of one record name it: ``western.3``."""
        return f"{self.branch}.{self.number}"

    def __str__(self) -> str:
        """As the browser gets it: ``lake-line.western.3``."""
        return f"{self.corridor}.{self.in_corridor}"


@dataclass(frozen=True)
class JoinedDossier:
    """A dossier with the geometry of everything in it.

    Attributes
    ----------
    dossier : Dossier
        The records that resolved.
    points : geopandas.GeoDataFrame
        One row per record and place (`POINT_COLUMNS`), EPSG:4326; `place` is None where the point
        is a country's label.
    lines : geopandas.GeoDataFrame
        One row per flow, pair of related actors, or corridor leg (`LINE_COLUMNS`), EPSG:4326;
        `km` is the geodesic length of the way itself, not of the bow that is drawn. `by` and
        `toward` are actors, None for a leg, whose `leg` is a `LegKey`. `from_place` and `to_place`
        are ids, None where an end is a country's label. Relations of one stance between the same
        two points share a geometry, and a number as `bundle`: `forward` says whether it runs from
        the acting party, and is true of flows and legs.
    members : pandas.DataFrame
        One row per alliance member and span (`MEMBER_COLUMNS`).
    problems : tuple of Problem
        The loader's problems, then those of the join.
    """

    dossier: Dossier
    points: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    members: pd.DataFrame
    problems: tuple[Problem, ...]

    @cached_property
    def legs(self) -> Mapping[LegKey, Any]:
        """Rows of `lines` that are legs, with the columns as attributes, in the table's order."""
        return {row.leg: row for row in self.lines[self.lines["type"] == "leg"].itertuples()}


def table_of(
    rows: Sequence[Row], columns: Sequence[str], geometry: Sequence[BaseGeometry]
) -> gpd.GeoDataFrame:
    """A table of rows; their geometry, the last of the columns, is given apart."""
    table = pd.DataFrame(rows, columns=columns[:-1])
    for column in OR_NONE.intersection(columns):
        # Left to itself, the table would make NaN, which is true, of None.
        table[column] = pd.Series([row.get(column) for row in rows], dtype=object)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=CRS)
