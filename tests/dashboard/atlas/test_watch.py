"""A watch: files are looked at, and loaded, once for all who ask."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from annotations.problems import Problem
from dashboard.atlas import data, reload
from dashboard.atlas.data import Atlas
from dashboard.atlas.reload import Watch, state_of
from tests.dashboard.editing import rewrite

DRONES = "flows/drones.yml"


class Thing:
    """What is made in these tests."""

    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


def test_files_are_not_looked_at_all_the_time(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Path] = []
    monkeypatch.setattr(reload, "state_of", lambda folder: looks.append(folder) or state_of(folder))
    monkeypatch.setattr(reload, "SHARE", 1e-9)
    watch = Watch(small, lambda folder: Thing())
    before = watch.standing()
    rewrite(small / DRONES, title="Another title")
    assert watch.standing() is before
    assert looks == [small]


def test_a_long_look_is_not_waited_for(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reload, "LONG_LOOK", 0)
    made: list[Thing] = []
    watch = Watch(small, lambda folder: made.append(Thing()) or made[-1])
    before = watch.standing()  # takes longer than that
    looked = Event()
    look = watch.look

    def tell() -> Any:
        try:
            return look()
        finally:
            looked.set()

    monkeypatch.setattr(watch, "look", tell)
    rewrite(small / DRONES, title="Another title")
    assert watch.standing() is before
    assert looked.wait(60)
    assert watch.held is made[1]


def test_while_one_loads_the_others_go_on(small: Path) -> None:
    """And one load is enough for all who ask meanwhile."""
    loading, go_on = Event(), Event()
    made: list[Thing] = []

    def make(folder: Path) -> Thing:
        if made:
            loading.set()
            assert go_on.wait(60)
        made.append(Thing())
        return made[-1]

    watch = Watch(small, make)
    before = watch.standing()
    rewrite(small / DRONES, title="Another title")
    first = Thread(target=watch.standing)
    first.start()
    assert loading.wait(60)
    assert watch.standing() is before
    assert watch.standing() is before
    go_on.set()
    first.join()
    assert len(made) == 2
    assert watch.standing().made is made[1]


def test_at_the_start_all_wait_for_one_load(small: Path) -> None:
    made: list[Thing] = []
    found: list[Thing] = []
    together = Barrier(5)
    watch = Watch(small, lambda folder: made.append(Thing()) or made[-1])

    def ask() -> None:
        together.wait()
        found.append(watch.standing().made)

    threads = [Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert found == made * 5


def test_what_was_replaced_is_handed_over(small: Path) -> None:
    retired: list[Thing] = []
    watch = Watch(small, lambda folder: Thing(), retired.append)
    first = watch.standing().made
    assert retired == []
    rewrite(small / DRONES, title="Another title")
    assert watch.standing().made is not first
    assert retired == [first]


def test_only_a_few_folders_are_watched(tmp_path: Path) -> None:
    """A server has one; who asks for many keeps the last ones."""
    watches = [data.watch(tmp_path / name) for name in "abc"]
    assert data.watch(tmp_path / "c") is watches[2]
    assert data.watch(tmp_path / "a") is not watches[0]


def test_the_atlas_is_what_a_watch_can_keep(atlas: Atlas) -> None:
    assert atlas.unread == ()
