"""Small dossiers for the tests of briefings: what they hold is known, and so where it must lie."""

from __future__ import annotations

import shutil

import pytest

from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from tests.dashboard.editing import BASE, copy, rewrite


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
