"""The dossier whose content these tests are about."""

from __future__ import annotations

import pytest

from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from tests.dossiers.shelf import SHIPPED


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The dossier "russia-iran", whatever the app shows. Loaded once, never changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(data.ENVIRONMENT, str(SHIPPED["russia-iran"]))
        return data.load()
