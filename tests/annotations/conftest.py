"""Dossiers for the tests of the annotations."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotations import Dossier, load_dossier
from annotations.loader import dossier_folders

INVALID = Path(__file__).parent.parent / "invalid"


@pytest.fixture(scope="session")
def russia_iran() -> Dossier:
    """Return the dossier that the project ships."""
    return load_dossier(next(path for path in dossier_folders() if path.name == "russia-iran"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small valid dossier, to be changed at will."""
    folder = tmp_path / "small"
    shutil.copytree(INVALID / "base", folder)
    return folder
