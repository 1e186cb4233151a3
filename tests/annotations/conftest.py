"""Dossiers for the tests of the annotations."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotations import Dossier, load_dossier
from tests.dossiers.shelf import LAKES

INVALID = Path(__file__).parent.parent / "invalid"


@pytest.fixture(scope="session")
def lakes() -> Dossier:
    """Return the tests' own dossier."""
    return load_dossier(LAKES)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small valid dossier, to be changed at will."""
    folder = tmp_path / "small"
    shutil.copytree(INVALID / "base", folder)
    return folder
