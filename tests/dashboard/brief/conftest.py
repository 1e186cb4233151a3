"""Small dossiers for the tests of briefings: what they hold is known, and so where it must lie."""

from __future__ import annotations

import shutil

import pytest

from dashboard import data
from dashboard.data import Atlas
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
