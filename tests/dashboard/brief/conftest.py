"""Small dossiers for the tests of briefings: what they hold is known, and so where it must lie."""

from __future__ import annotations

import pytest

from dashboard import data
from dashboard.data import Atlas
from tests.dashboard.editing import BASE


@pytest.fixture(scope="session")
def little() -> Atlas:
    """The small valid dossier: one record of each kind. Loaded once, never changed."""
    return data.load(BASE)
