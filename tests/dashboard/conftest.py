"""Atlases for the tests of the dashboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from dashboard.atlas import data, reload
from dashboard.atlas.data import Atlas
from tests.dashboard.editing import BASE
from tests.dossiers.shelf import LAKES


@pytest.fixture(scope="session", autouse=True)
def components_are_sought_once() -> Iterator[None]:
    """Each run of a page without a server asks every installed package whether it has components.

    That takes longer than the page, and the answer is the same.
    """
    with pytest.MonkeyPatch.context() as patch:
        sought = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", sought)
        yield


@pytest.fixture(autouse=True)
def looks_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test changes a file and asks at once: no look is put off."""
    monkeypatch.setattr(reload, "SHARE", float("inf"))
    monkeypatch.setattr(reload, "LONG_LOOK", float("inf"))


@pytest.fixture(scope="session")
def lakes() -> Atlas:
    """The middle-sized dossier of the tests: every kind, every term. Loaded once, never changed."""
    return data.build(LAKES)


@pytest.fixture(scope="session")
def atlas(lakes: Atlas) -> Atlas:
    """The same: what tests of code look at."""
    return lakes


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small valid dossier, to be changed at will; the app shows it."""
    folder = tmp_path / "small"
    shutil.copytree(BASE, folder)
    monkeypatch.setenv(data.ENVIRONMENT, str(folder))
    return folder


@pytest.fixture
def load_small(small: Path) -> Callable[[], Atlas]:
    """Give a function that loads the small dossier as its files then stand."""
    return data.load
