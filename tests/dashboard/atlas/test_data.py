"""The one cache: loaded once, anew when a file changes, and never without a word."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from tests.dashboard.editing import copy, rewrite


def test_the_default_is_the_projects_dossier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(data.ENVIRONMENT, raising=False)
    assert data.dossier_folder() == data.DEFAULT_DOSSIER
    assert (data.DEFAULT_DOSSIER / "dossier.yml").is_file()


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, "")
    assert data.dossier_folder() == data.DEFAULT_DOSSIER


def test_the_variable_names_another_dossier(small: Path) -> None:
    assert data.load().dossier.folder == small


def test_the_projects_dossier_has_no_problem(atlas: Atlas) -> None:
    assert atlas.problems == ()


# The cache


def test_unchanged_files_are_loaded_once(small: Path) -> None:
    assert data.load() is data.load()


def test_sessions_at_once_share_one_load(small: Path) -> None:
    found: list[Atlas] = []
    threads = [Thread(target=lambda: found.append(data.load())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({id(one) for one in found}) == 1


def test_a_changed_file_is_seen(small: Path) -> None:
    before = data.load()
    rewrite(small / "flows/drones.yml", title="Another title")
    after = data.load()
    assert after is not before
    assert after.dossier.records["drones"].title == "Another title"


def test_a_change_that_keeps_the_size_is_seen(small: Path) -> None:
    path = small / "flows/drones.yml"
    before = data.load()
    path.write_text(path.read_text("utf-8").replace("Drones from", "Zrones from"), "utf-8")
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
    assert data.load().dossier.records["drones"].title != before.dossier.records["drones"].title


def test_a_new_and_a_removed_file_are_seen(small: Path) -> None:
    copy(small / "flows/drones.yml", "more-drones")
    assert "more-drones" in data.load().dossier.records
    (small / "flows/more-drones.yml").unlink()
    assert "more-drones" not in data.load().dossier.records


def test_who_has_the_earlier_state_keeps_it(small: Path) -> None:
    before = data.load()
    rewrite(small / "flows/drones.yml", title="Another title")
    data.load()
    assert before.dossier.records["drones"].title == "Drones from Iran to Russia"


def test_mending_a_file_brings_its_record_back(small: Path) -> None:
    path = small / "flows/drones.yml"
    sound = path.read_bytes()
    path.write_text("id: drones\n", encoding="utf-8")
    assert "drones" not in data.load().dossier.records
    path.write_bytes(sound)
    assert "drones" in data.load().dossier.records


def test_what_is_again_as_it_was_is_not_loaded_again(small: Path, tmp_path: Path) -> None:
    before = data.load()
    (small / "flows").rename(tmp_path / "away")
    assert "drones" not in data.load().dossier.records
    (tmp_path / "away").rename(small / "flows")
    assert "drones" in data.load().dossier.records
    small.rename(tmp_path / "elsewhere")
    held = data.load()
    (tmp_path / "elsewhere").rename(small)
    assert data.load() is held is not before


def test_an_editors_lock_file_does_no_harm(small: Path) -> None:
    """Emacs marks a file that is being edited by a link that leads nowhere."""
    (small / "flows/.#drones.yml").symlink_to("somebody@somewhere.1234:1")
    assert data.load().problems == ()


# What is broken


def test_a_broken_record_is_listed_and_the_rest_shown(small: Path) -> None:
    rewrite(small / "flows/drones.yml", goods="magic")
    atlas = data.load()
    assert [problem.file for problem in atlas.problems] == ["flows/drones.yml"]
    assert len(atlas.dossier.records) == 7
    assert len(atlas.scene.record_ids) == len(atlas.index.entries) == 7
    assert "drones" not in atlas.choices.selectable


def test_a_record_that_cannot_be_drawn_is_listed_and_the_rest_shown(small: Path) -> None:
    rewrite(small / "actors/hezbollah.yml", country="LBX")
    rewrite(small / "flows/drones.yml", to="hezbollah")
    atlas = data.load()
    assert [problem.file for problem in atlas.problems] == ["flows/drones.yml"]
    assert "drones" not in atlas.scene.record_ids
    assert len(atlas.index.entries) == 7


def test_an_alliance_that_cannot_be_drawn_is_not_shown_by_default(small: Path) -> None:
    rewrite(small / "alliances/brics.yml", members=[{"actor": "nobody", "status": "member"}])
    atlas = data.load()
    assert atlas.choices.default_alliance == ()


@pytest.mark.parametrize("text", ["title: [", "", "title: A dossier\n", "\0"])
def test_a_broken_head_is_an_error(small: Path, text: str) -> None:
    (small / "dossier.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DossierError) as caught:
        data.load()
    assert {problem.file for problem in caught.value.problems} == {"dossier.yml"}


def test_a_missing_folder_is_an_error(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(small / "nowhere"))
    with pytest.raises(DossierError, match="there is no such folder"):
        data.load()


def test_a_mended_head_is_seen_where_nothing_was_loaded_before(small: Path) -> None:
    head = small / "dossier.yml"
    sound = head.read_bytes()
    head.write_text("title: [", encoding="utf-8")
    with pytest.raises(DossierError):
        data.load()
    head.write_bytes(sound)
    assert data.load().problems == ()
