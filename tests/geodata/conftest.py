"""Countries, and the small dossier."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from geodata.boundaries import load_countries


@pytest.fixture(scope="module")
def countries() -> gpd.GeoDataFrame:
    return load_countries()


@pytest.fixture(scope="module")
def base() -> Dossier:
    """The small dossier, for its actors and places."""
    return load_dossier(Path(__file__).parents[1] / "invalid" / "base")
