"""Watching a folder: whatever happens to it is seen, and what was loaded last stays until then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.problems import DossierError
from dashboard.atlas import data, reload
from dashboard.atlas.reload import state_of
from tests.dashboard.editing import copy, rewrite

DRONES = "flows/drones.yml"


def told(folder: Path) -> list[str]:
    """What keeps the files from being shown as they stand."""
    return [str(problem) for problem in data.standing(folder).held_up]


# What happens to the folder: nothing of it ends in an exception, and what is good stays


def cut_head(folder: Path) -> None:
    (folder / "dossier.yml").write_text("title: [", encoding="utf-8")


def circle(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(folder)


def file_for_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder", encoding="utf-8")


def file_for_flows(folder: Path) -> None:
    shutil.rmtree(folder / "flows")
    (folder / "flows").write_text("not a folder", encoding="utf-8")


def dangling_flows(folder: Path) -> None:
    shutil.rmtree(folder / "flows")
    (folder / "flows").symlink_to("nowhere")


def circling_flows(folder: Path) -> None:
    shutil.rmtree(folder / "flows")
    (folder / "flows").symlink_to("flows")


def dangling_head(folder: Path) -> None:
    (folder / "dossier.yml").unlink()
    (folder / "dossier.yml").symlink_to("nowhere.yml")


BLOWS: dict[Callable[[Path], object], str] = {
    cut_head: ": not YAML: ",
    dangling_head: "dossier.yml: is a link that leads nowhere",
    lambda folder: (folder / "dossier.yml").unlink(): "dossier.yml: is missing",
    shutil.rmtree: "there is no such folder",
    circle: "is a link that leads in a circle",
    file_for_folder: "is a file where a folder is needed",
    file_for_flows: "flows: is a file where a folder is needed",
    dangling_flows: "flows: is a link that leads nowhere",
    circling_flows: "flows: is a link that leads in a circle",
}


@pytest.mark.parametrize(("strike", "words"), BLOWS.items(), ids=BLOWS.values())
def test_what_was_loaded_last_stays_and_the_mend_is_seen(
    small: Path, tmp_path: Path, strike: Callable[[Path], object], words: str
) -> None:
    shutil.copytree(small, spare := tmp_path / "spare")
    before = data.load()
    strike(small)
    assert data.load() is before
    assert any(words in line for line in told(small)), told(small)
    assert data.standing().held_up == data.standing().held_up
    # The mend, by putting all of it back.
    if small.is_symlink() or small.is_file():
        small.unlink()
    shutil.rmtree(small, ignore_errors=True)
    shutil.copytree(spare, small)
    rewrite(small / DRONES, title="Mended")
    assert data.load().dossier.records["drones"].title == "Mended"
    assert told(small) == []
    assert data.load().problems == ()


@pytest.mark.parametrize(("strike", "words"), BLOWS.items(), ids=BLOWS.values())
def test_from_the_start_it_is_told(
    small: Path, strike: Callable[[Path], object], words: str
) -> None:
    """Without a good state before: an error with a reason, or the rest of what there is."""
    strike(small)
    try:
        problems = data.load().problems
    except DossierError as error:
        problems = error.problems
    assert any(words in str(problem) for problem in problems), problems


# Rights: the tests may run as root, whom no right stops, so that the system is played here


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Paths that the system lets nobody into, to be filled by the test."""
    closed: set[str] = set()

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any, *args: Any, **kwargs: Any) -> Any:
            if str(path) in closed:
                raise PermissionError(13, "Permission denied", str(path))
            return call(path, *args, **kwargs)

        return asked

    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    opened = Path.open

    def open_path(path: Path, *args: Any, **kwargs: Any) -> Any:
        if str(path) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_path)
    yield closed


def chmod(path: Path) -> None:
    """Change the rights and nothing else of a file."""
    mode = path.stat().st_mode
    path.chmod(mode ^ 0o100)


def test_a_folder_of_records_that_is_shut(small: Path, shut: set[str]) -> None:
    before = data.load()
    shut.add(str(small / "flows"))
    assert data.load() is before
    assert told(small) == ["flows: cannot be read (Permission denied)"]
    shut.clear()
    assert told(small) == []
    assert data.load().problems == ()


def test_a_folder_that_is_shut_from_the_start(small: Path, shut: set[str]) -> None:
    """The rest is shown; a second one that is shut later takes nothing more away."""
    shut.add(str(small / "flows"))
    first = data.load()
    assert "drones" not in first.dossier.records
    assert len(first.dossier.records) == 7
    assert [str(p) for p in first.problems] == ["flows: cannot be read (Permission denied)"]
    shut.add(str(small / "events"))
    assert data.load() is first
    assert told(small) == ["events: cannot be read (Permission denied)"]
    shut.remove(str(small / "events"))
    shut.clear()
    assert "drones" in data.load().dossier.records
    assert told(small) == []


def test_the_whole_folder_is_shut(small: Path, shut: set[str]) -> None:
    before = data.load()
    shut.add(str(small))
    assert data.load() is before
    assert told(small) == ["small: cannot be read (Permission denied)"]
    shut.clear()
    assert told(small) == []


@pytest.mark.parametrize("name", ["dossier.yml", DRONES])
def test_a_mend_by_rights_is_seen(small: Path, shut: set[str], name: str) -> None:
    before = data.load()
    shut.add(str(small / name))
    chmod(small / name)
    reason = f"{name}: cannot be read (Permission denied)"
    assert [*told(small), *map(str, data.load().problems)] == [reason]
    assert (data.load() is before) == (name == "dossier.yml")
    shut.clear()
    chmod(small / name)
    assert told(small) == []
    assert data.load().problems == ()
    assert "drones" in data.load().dossier.records


RUN_WITH_RIGHTS = """
import sys
from pathlib import Path
from dashboard.atlas import data, reload
reload.SHARE = float("inf")
folder = Path(sys.argv[1])
before = data.load(folder)
for name in ("flows", "dossier.yml", "."):
    mode = (folder / name).stat().st_mode & 0o777
    (folder / name).chmod(0)
    print(name, data.load(folder) is before, *data.standing(folder).held_up)
    (folder / name).chmod(mode)
    print(name, len(data.standing(folder).held_up))
    before = data.load(folder)
(folder / "flows").chmod(0o600)
print("flows", data.load(folder) is before, *data.standing(folder).held_up)
(folder / "flows").chmod(0o700)
print("flows", len(data.standing(folder).held_up), len(data.load(folder).problems))
"""


def stopped_by_rights(python: str) -> list[str]:
    """Command of a Python whom rights stop: root has to give his own away first."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are others here")
    if os.geteuid():
        return [python]
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", python]
    try:
        subprocess.run([*command, "-c", ""], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("root cannot give his rights away here")
    return command


@pytest.mark.sweep
def test_rights_by_the_system_itself(small: Path) -> None:
    """The same without playing the system."""
    done = subprocess.run(
        [*stopped_by_rights(sys.executable), "-c", RUN_WITH_RIGHTS, str(small)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    small.chmod(0o700)
    assert done.returncode == 0, done.stderr
    denied = "cannot be read (Permission denied)"
    assert done.stdout.splitlines() == [
        f"flows True flows: {denied}",
        "flows 0",
        f"dossier.yml True dossier.yml: {denied}",
        "dossier.yml 0",
        f". True small: {denied}",
        ". 0",
        f"flows True flows: {denied}",
        "flows 0 0",
    ]


# Files: each is seen, whatever lies beside it


def test_a_dangling_link_hides_nothing(small: Path) -> None:
    (small / "flows/aa.yml").symlink_to("nowhere")
    before = data.load()
    assert [str(p) for p in before.problems] == ["flows/aa.yml: is a link that leads nowhere"]
    for name in ("drones", "more"):
        copy(small / DRONES, name)
        rewrite(small / f"flows/{name}.yml", title=f"Changed {name}")
        assert data.load().dossier.records[name].title == f"Changed {name}"


def test_a_link_in_a_circle_within_a_folder(small: Path) -> None:
    before = len(data.load().dossier.records)
    (small / "flows/loop").symlink_to(small)
    (small / "loop").symlink_to(small)
    (small / "flows/self.yml").symlink_to("self.yml")
    atlas = data.load()
    assert told(small) == []
    assert len(atlas.dossier.records) == before
    assert [p.file for p in atlas.problems] == ["flows/loop", "flows/self.yml", "loop"]


@pytest.mark.parametrize("ending", [".yaml", ".YML", ".Yaml", ".yml.txt", ".yaml.txt"])
def test_another_ending_is_seen_and_the_name_told(small: Path, ending: str) -> None:
    assert data.load().problems == ()
    path = small / f"flows/new-flow{ending}"
    path.write_bytes((small / DRONES).read_bytes())
    wanted = f"flows/new-flow{ending}: rename to new-flow.yml"
    assert [str(problem) for problem in data.load().problems] == [wanted]
    rewrite(path.rename(small / "flows/new-flow.yml"), id="new-flow")
    assert data.load().problems == ()
    assert "new-flow" in data.load().dossier.records


@pytest.mark.parametrize("name", [".#drones.yml", "drones.yml~", "#drones.yml#", ".drones.yml.swp"])
def test_what_an_editor_sets_down_is_no_change(small: Path, name: str) -> None:
    before = data.load()
    (small / "flows" / name).write_text("x", encoding="utf-8")
    assert data.load() is before


def test_a_state_never_fails(tmp_path: Path) -> None:
    (tmp_path / "flows").symlink_to("flows")
    os.mkfifo(tmp_path / "pipe.yml")
    states = [state_of(tmp_path), state_of(tmp_path / "nowhere"), state_of(tmp_path / "pipe.yml")]
    assert len({*states, ()}) == 4
    assert state_of(tmp_path) == states[0]


# An exception that nobody foresaw


def test_what_nobody_foresaw_is_told_by_a_number(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = data.load()
    sound = data.join
    monkeypatch.setattr(data, "join", lambda *_: 1 / 0)
    rewrite(small / DRONES, title="Another title")
    assert data.load() is before
    [reason] = told(small)
    number = reason.partition("error ")[2][:6]
    assert number.isdigit()
    [record] = [r for r in caplog.records if r.exc_info]
    assert number in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError
    # It is not tried again and again, but the mend of the files is, and so is it after a while.
    assert told(small) == [reason]
    monkeypatch.setattr(data, "join", sound)
    assert told(small) == [reason]
    monkeypatch.setattr(reload, "monotonic", lambda: 1e12)
    assert told(small) == []
    assert data.load().dossier.records["drones"].title == "Another title"


def test_what_nobody_foresaw_from_the_start(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "join", lambda *_: 1 / 0)
    with pytest.raises(DossierError, match="could not be loaded: error"):
        data.load()
