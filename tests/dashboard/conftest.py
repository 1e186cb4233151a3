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
from tests.dashboard.editing import BASE, copy, rewrite
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


# Small dossiers whose content is known, and so what is shown and drawn of it


@pytest.fixture(scope="session")
def little() -> Atlas:
    """The small valid dossier: one record of each kind. Loaded once, never changed."""
    return data.load(BASE)


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The same with more to tell apart: see the files' fields here.

    A rumour and a note of context in Astrakhan and Anzali beside the meeting in Tehran; a flow the
    other way that is only alleged; Ukraine observes BRICS, and Russia is in a pact too.
    """
    folder = tmp_path_factory.mktemp("mixed") / "mixed"
    shutil.copytree(BASE, folder)
    meeting = folder / "events" / "tehran-meeting.yml"
    rumour = {"status": "allegation", "attributed_to": "A neighbour"}
    copy(meeting, "astrakhan-rumour", places=["astrakhan"], evidence=rumour)
    context = {"status": "context"}
    copy(meeting, "anzali-context", places=["anzali"], evidence=context)
    drones = folder / "flows" / "drones.yml"
    copy(drones, "money", **{"from": "RUS", "to": "IRN"}, goods="money", evidence=rumour)
    brics = folder / "alliances" / "brics.yml"
    members = [
        {"actor": "RUS", "status": "member", "from": "2009-06"},
        {"actor": "IRN", "status": "member", "from": "2024-01"},
        {"actor": "UKR", "status": "observer", "from": "2015"},
    ]
    rewrite(brics, members=members)
    copy(brics, "pact", short="Pact", title="A pact", members=members[:1])
    rewrite(folder / "dossier.yml", alliances_shown=["brics", "pact"])
    loaded = data.load(folder)
    assert not loaded.problems, loaded.problems
    return loaded


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The small dossier with six events in Kyiv, two on arms, and a corridor by a bend.

    The bend at 52° N 50° E only gives the railway its shape. Anzali has its country in its name.
    """
    folder = tmp_path_factory.mktemp("crowded") / "crowded"
    shutil.copytree(BASE, folder)
    meeting = folder / "events" / "tehran-meeting.yml"
    for number, theme in enumerate(["diplomacy"] * 4 + ["arms-transfers"] * 2):
        copy(meeting, f"kyiv-{number}", places=["kyiv"], themes=[theme])
    (folder / "statements" / "kyiv-warning.yml").unlink()
    bend = {"name": "The bend", "type": "waypoint", "country": "KAZ", "lat": 52.0, "lon": 50.0}
    copy(folder / "places" / "astrakhan.yml", "bend")
    rewrite(folder / "places" / "bend.yml", **bend)
    rewrite(folder / "places" / "anzali.yml", name="Bandar-e Anzali (Iran)")
    legs = [
        {"from": "moscow", "to": "bend", "mode": "rail", "status": "operating"},
        {"from": "bend", "to": "astrakhan", "mode": "rail", "status": "operating"},
        {"from": "astrakhan", "to": "anzali", "mode": "sea", "status": "operating"},
    ]
    branches = [{"id": "middle", "title": "By sea", "legs": legs}]
    rewrite(folder / "corridors" / "caspian.yml", branches=branches)
    loaded = data.load(folder)
    assert not loaded.problems, loaded.problems
    return loaded
