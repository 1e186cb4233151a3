"""Loading a folder: what the cases of ``tests/invalid`` cannot show with one file each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import annotations
from annotations import DossierError, Problem, load_dossier
from annotations.loader import dossier_folders
from annotations.references import reference_fields
from annotations.schema import RECORD_TYPES, Corridor, Flow
from tests.nonempty import nonempty


def test_the_small_dossier(small: Path) -> None:
    """It is valid, and has a record of each kind."""
    dossier = load_dossier(small)
    assert dossier.problems == ()
    assert dossier.name == "small"
    assert {record.kind + "s" for record in dossier.records.values()} == set(RECORD_TYPES)
    assert dossier.coverage is None


def test_no_folder(tmp_path: Path) -> None:
    """A dossier that is not there is an error with a name."""
    with pytest.raises(DossierError, match="there is no such folder"):
        load_dossier(tmp_path / "nowhere")


def test_no_head(small: Path) -> None:
    """The error carries the problems of all files, those of the head first."""
    (small / "dossier.yml").unlink()
    (small / "actors/BRA.yml").write_text("id: BRA\n", encoding="utf-8")
    with pytest.raises(DossierError) as caught:
        load_dossier(small)
    assert [str(problem) for problem in caught.value.problems] == [
        "dossier.yml: is missing: a dossier begins with it",
        "actors/BRA.yml:1: name: is missing",
        "actors/BRA.yml:1: type: is missing",
        "alliances/brics.yml:13: members.1.actor: actor 'BRA' is not usable: "
        "its file has a problem",
    ]
    assert str(caught.value).startswith("dossier 'small' cannot be loaded: dossier.yml: is missing")


@pytest.mark.parametrize("folder", ["small", "flows"])
def test_a_folder_that_cannot_be_read(
    folder: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system refuses is listed; the rest loads."""
    entries = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == folder:
            raise PermissionError(13, "Permission denied")
        return entries(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    if folder == "small":
        with pytest.raises(DossierError, match="cannot be read"):
            load_dossier(small)
        return
    dossier = load_dossier(small)
    assert [str(problem) for problem in dossier.problems] == [
        "flows: cannot be read (Permission denied)"
    ]
    assert len(dossier.records) == 7


def test_an_empty_folder_of_records_is_fine(small: Path) -> None:
    """A dossier need not have records of each kind."""
    (small / "flows/drones.yml").unlink()
    (small / "flows").rmdir()
    assert load_dossier(small).problems == ()


def test_hidden_files_and_backups_are_passed_over(small: Path) -> None:
    """Editors and systems leave files behind."""
    for name in (".hidden.yml", "drones.yml~", "#drones.yml#", ".DS_Store"):
        (small / "flows" / name).write_text("not: valid", encoding="utf-8")
    assert load_dossier(small).problems == ()


def test_an_actor_stays_without_its_unknown_seat(small: Path) -> None:
    """One wrong seat does not take a third of the dossier with it."""
    path = small / "actors/RUS.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("moscow", "moskva"), encoding="utf-8")
    dossier = load_dossier(small)
    assert len(dossier.problems) == 1
    assert dossier.actors["RUS"].seat is None


def test_an_unknown_alliance_is_not_shown(small: Path) -> None:
    """The head stays usable."""
    path = small / "dossier.yml"
    text = path.read_text(encoding="utf-8").replace("[brics]", "[nato, brics]")
    path.write_text(text, encoding="utf-8")
    dossier = load_dossier(small)
    assert dossier.head.alliances_shown == ["brics"]
    assert dossier.problems == (
        Problem("dossier.yml", 20, "alliances_shown", "unknown alliance 'nato'"),
    )


@pytest.mark.parametrize(
    "text",
    ["themes: [" + "x, " * 80_000 + "x]\n", "".join(f"field{n}: 1\n" for n in range(15_000))],
    ids=["references", "fields"],
)
def test_a_file_full_of_mistakes_costs_little(small: Path, text: str) -> None:
    """The list ends at a length that somebody may still read."""
    (small / "flows/drones.yml").write_text(text, encoding="utf-8")
    started = time.process_time()  # of this process: how busy the machine is counts for nothing
    dossier = load_dossier(small)
    assert time.process_time() - started < 5
    assert len(dossier.problems) == 51
    assert dossier.problems[0].reason == "has more problems than are listed (mend these first)"


def test_ten_megabytes(small: Path) -> None:
    """A large file is a problem, and costs no more than its name."""
    with (small / "flows/drones.yml").open("wb") as file:
        file.truncate(10_000_000)
    assert [str(problem) for problem in load_dossier(small).problems] == [
        "flows/drones.yml: is 9,766 KiB large, 256 KiB at most"
    ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
)
@given(raw=st.binary() | st.text().map(str.encode), target=st.sampled_from(["flows", "actors"]))
def test_no_content_raises(small: Path, raw: bytes, target: str) -> None:
    """Whatever a file holds, the rest of the dossier loads."""
    path = small / target / "anything.yml"
    path.write_bytes(raw)
    dossier = load_dossier(small)
    path.unlink()
    assert len(dossier.records) == 8
    assert {problem.file for problem in dossier.problems} == {f"{target}/anything.yml"}
    assert all(str(problem).isprintable() for problem in nonempty(dossier.problems))


def test_a_problem_cannot_steer_the_terminal() -> None:
    """Neither a file's name nor a field reaches the terminal as it is."""
    problem = Problem("flows/\x1b[2J.yml", 3, "a\nb", "is bad")
    assert str(problem) == "flows/\\u001b[2J.yml:3: a\\u000ab: is bad"


def test_reference_fields() -> None:
    """Fields are named as files name them."""
    assert reference_fields(Flow) == [
        (("themes",), "theme"),
        (("actors",), "actor"),
        (("from",), "actor"),
        (("to",), "actor"),
        (("from_place",), "place"),
        (("to_place",), "place"),
    ]
    assert (("branches", "legs", "via"), "place") in reference_fields(Corridor)


def test_dossiers_are_found(small: Path) -> None:
    """A folder that lacks only its head is found too, so that ``check`` can say so."""
    other = small.parent / "other"
    (other / "flows").mkdir(parents=True)
    (small.parent / "schema").mkdir()
    assert dossier_folders(small.parent) == [other, small]
    assert {folder.parent for folder in nonempty(dossier_folders())} == {
        Path(annotations.__file__).parent
    }
