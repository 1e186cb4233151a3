"""The scene of the tests' own dossier."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.atlas.data import Atlas
from tests.scenes import scene_of

Parsed = dict[str, Any]


@pytest.fixture(scope="module")
def scene(atlas: Atlas) -> Parsed:
    """The scene of the project's dossier, as a browser parses it."""
    return scene_of(atlas)
