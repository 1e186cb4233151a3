"""``python -m annotations``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotations import Dossier, load_dossier
from annotations.__main__ import NEW_FOLDERS, main
from annotations.fingerprints import fingerprint
from annotations.loader import dossier_folders
from tests.nonempty import nonempty

KEYS = {
    "id",
    "kind",
    "title",
    "summary",
    "actors",
    "themes",
    "when",
    "lines",
    "evidence",
    "check",
}


def test_check(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound dossier is one line."""
    assert main(["check", "--dossier", str(small)]) == 0
    assert capsys.readouterr().out == "small: 8 records, 5 places, 5 actors, 0 problems\n"


def test_check_with_problems(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every problem is a line, then the summary; the exit status says so."""
    (small / "events/drones.yaml").touch()
    (small / "events/tehran-meeting.yml").write_text("- x\n", encoding="utf-8")
    assert main(["check", "--dossier", str(small)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "events/drones.yaml: rename to drones.yml",
        "events/tehran-meeting.yml:1: holds a list, not 'field: value' lines",
        "small: 7 records, 5 places, 5 actors, 2 problems",
    ]


def test_check_without_head(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dossier that cannot be loaded is no traceback."""
    (small / "dossier.yml").unlink()
    assert main(["check", "--dossier", str(small)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "dossier.yml: is missing: a dossier begins with it",
        "small: cannot be loaded, 1 problem",
    ]
    assert main(["list", "--dossier", str(small)]) == 1
    assert "is missing" in capsys.readouterr().err


def test_check_without_dossier_checks_all(capsys: pytest.CaptureFixture[str]) -> None:
    """The package's own dossiers are the default."""
    main(["check"])
    summaries = capsys.readouterr().out
    assert all(f"{folder.name}: " in summaries for folder in nonempty(dossier_folders()))


def test_list_json(lakes: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
    """Other tools rely on this form."""
    assert main(["list", "--json", "--dossier", str(lakes.folder)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in listed] == sorted(lakes.records)
    for entry in nonempty(listed):
        assert set(entry) == KEYS
        record = lakes.records[entry["id"]]
        assert entry["kind"] == record.kind
        assert set(record.all_actors) <= set(entry["actors"]) <= set(lakes.actors)
        assert entry["lines"] == record.source.lines
        assert set(entry["when"]) == {"from", "to", "precision", "open", "expected"}
        assert entry["when"]["precision"] in {"day", "month", "year"}
        assert set(entry["evidence"]) == {"status", "attributed_to"}
        assert set(entry["check"]) == {"verdict", "note", "reference"}


def test_list_json_word_for_word(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Members count among an alliance's actors; a single date starts and ends."""
    main(["list", "--json", "--dossier", str(small)])
    listed = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert listed["brics"] == {
        "id": "brics",
        "kind": "alliance",
        "title": "BRICS",
        "summary": "What the article would say.",
        "actors": ["RUS", "BRA", "IRN"],
        "themes": ["diplomacy"],
        "when": {
            "from": "2009-06",
            "to": None,
            "precision": "month",
            "open": True,
            "expected": False,
        },
        "lines": [1],
        "evidence": {"status": "reported", "attributed_to": None},
        "check": {"verdict": "unverified", "note": None, "reference": None},
    }
    assert listed["tehran-meeting"]["when"] == {
        "from": "2023-12-07",
        "to": "2023-12-07",
        "precision": "day",
        "open": False,
        "expected": False,
    }


def test_list_with_problems(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What loads is listed, and the output stays JSON."""
    (small / "flows/drones.yml").write_text("", encoding="utf-8")
    assert main(["list", "--json", "--dossier", str(small)]) == 0
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == 7
    assert printed.err.startswith("1 problem, see 'check'")


def test_list_as_table(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns align."""
    assert main(["list", "--dossier", str(small)]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["ID", "KIND", "WHEN", "EVIDENCE", "VERDICT", "LINES", "TITLE"]
    assert rows[3].split()[:6] == ["drones", "flow", "2022-09–", "reported", "unverified", "4"]
    start = rows[0].index("TITLE")
    assert [row[start:] for row in rows[1:]] == [
        record.title for record in load_dossier(small).records.values()
    ]
    assert all(row[start - 1] == " " for row in nonempty(rows))


@pytest.mark.parametrize("kind", NEW_FOLDERS)
def test_new(kind: str, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A skeleton is YAML; ``check`` names what is empty, and nothing else is wrong with it."""
    assert main(["new", kind, "brand-new", "--dossier", str(small)]) == 0
    path = small / NEW_FOLDERS[kind] / "brand-new.yml"
    assert str(path) in capsys.readouterr().out
    problems = load_dossier(small).problems
    assert problems
    assert {problem.file for problem in problems} == {f"{NEW_FOLDERS[kind]}/brand-new.yml"}
    assert all(problem.reason.startswith("is empty (give ") for problem in nonempty(problems))
    assert max(len(line) for line in path.read_text(encoding="utf-8").splitlines()) <= 110


def test_new_does_not_overwrite(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that is taken is refused, whatever the kind and the case."""
    before = (small / "flows/drones.yml").read_text(encoding="utf-8")
    assert main(["new", "flow", "drones", "--dossier", str(small)]) == 1
    assert main(["new", "event", "drones", "--dossier", str(small)]) == 1
    assert main(["new", "actor", "rus", "--dossier", str(small)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "'drones' is taken: flows/drones.yml has it",
        "'drones' is taken: flows/drones.yml has it",
        "'rus' is taken: actors/RUS.yml has it",
    ]
    assert (small / "flows/drones.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["", "a", "Drones", "../x", "a b", "a_b", "-a", "a\n", "x" * 65])
def test_new_refuses_bad_ids(name: str, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id is a file's name everywhere."""
    before = sorted(small.rglob("*"))
    assert main(["new", "flow", "--dossier", str(small), "--", name]) == 1
    assert "cannot be an id: 2 to 64 lower-case letters" in capsys.readouterr().err
    assert sorted(small.rglob("*")) == before


def test_new_needs_a_dossier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written beside a dossier."""
    assert main(["new", "flow", "drones", "--dossier", str(tmp_path)]) == 1
    assert "is no dossier" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["frobnicate"], ["new"], ["new", "flwo", "x"], ["schema", "flwo"], ["check", "--x"]],
    ids=" ".join,
)
def test_arguments_that_make_no_sense(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The usage is printed, with status 2."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m annotations" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["check"], ["list"], ["schema"], ["new"]], ids=" ".join)
def test_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself."""
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    assert "usage: python -m annotations" in capsys.readouterr().out


def test_as_a_program(small: Path) -> None:
    """The package runs with ``-m``, and passes its status on."""
    (small / "flows/drones.yml").unlink()
    (small / "places/Ж.yml").touch()
    done = subprocess.run(
        [sys.executable, "-m", "annotations", "check", "--dossier", str(small)],
        cwd=Path(__file__).parents[2],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "places/\\u0416.yml: the file is empty",
        "small: 7 records, 5 places, 5 actors, 1 problem",
    ]
    assert done.stderr == ""


def test_fingerprints_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints what dossier.yml takes."""
    text = tmp_path / "article.txt"
    text.write_text("One line.\nAnother.\n", encoding="utf-8")
    assert main(["fingerprints", str(text)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  lines: 2",
        "  fingerprints:",
        f"    - '{fingerprint('One line.')}'",
        f"    - '{fingerprint('Another.')}'",
    ]
    assert main(["fingerprints", str(tmp_path / "missing.txt")]) == 1
    assert "cannot be read" in capsys.readouterr().err
