"""What a dossier asserts about itself, and ``check`` asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from annotations import load_dossier
from annotations.__main__ import main
from annotations.assertions import unmet
from annotations.head import Kind
from annotations.schema import KINDS
from tests.dossiers.shelf import PACIFIC

HEAD = "dossier.yml"


def asserting(folder: Path, **assertions: Any) -> list[str]:
    """Add assertions at the foot of the small dossier's head; list what is said against them."""
    head = folder / HEAD
    content = yaml.safe_load(head.read_text(encoding="utf-8"))
    text = yaml.safe_dump(content | {"assertions": assertions}, sort_keys=False)
    head.write_text(text, encoding="utf-8")
    dossier = load_dossier(folder)
    assert dossier.problems == ()
    problems = unmet(dossier)
    lines = text.splitlines()
    for problem in problems:
        assert problem.file == HEAD
        name = problem.field.rpartition(".")[2]
        assert name.isdigit() or f"{name}:" in lines[problem.line - 1]
    return [f"{problem.field}: {problem.reason}" for problem in problems]


def test_kinds_are_those_that_there_are() -> None:
    assert sorted(get_args(Kind)) == sorted(KINDS)


def test_nothing_is_asserted_unless_somebody_does(small: Path) -> None:
    assert asserting(small) == []


@pytest.mark.parametrize(
    "wanted",
    [
        {"at_least": 8},
        {"at_least": 1, "kind": "flow"},
        {"at_least": 8, "status": "reported"},
        {"at_least": 1, "kind": "event", "status": "reported", "verdict": "unverified"},
    ],
    ids=str,
)
def test_enough_records(small: Path, wanted: dict[str, Any]) -> None:
    assert asserting(small, records=[wanted]) == []


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"at_least": 9}, "at least 9 records are asserted, 8 found"),
        ({"at_least": 2, "kind": "flow"}, "at least 2 records (flow) are asserted, 1 found"),
        (
            {"at_least": 1, "status": "opinion"},
            "at least 1 records (opinion) are asserted, 0 found",
        ),
        (
            {"at_least": 2, "kind": "event", "status": "reported", "verdict": "unverified"},
            "at least 2 records (event, reported, unverified) are asserted, 1 found",
        ),
        (
            {"at_least": 1, "kind": "flow", "verdict": "wrong"},
            "(flow, wrong) are asserted, 0 found",
        ),
    ],
    ids=str,
)
def test_too_few_records(small: Path, wanted: dict[str, Any], words: str) -> None:
    [said] = asserting(small, records=[{"at_least": 1}, wanted])
    assert said.startswith("assertions.records.1.at_least: ")
    assert words in said
    assert said.endswith(": bring back what is gone, or assert fewer")


def test_a_record_that_is_left_out_is_missed(small: Path) -> None:
    assert asserting(small, records=[{"at_least": 8}]) == []
    (small / "flows/drones.yml").write_text("id: drones\n", encoding="utf-8")
    [problem] = unmet(load_dossier(small))
    assert "at least 8 records are asserted, 7 found" in problem.reason


def test_lines_are_accounted_for(small: Path) -> None:
    [said] = asserting(small, lines=71)
    assert said.startswith("assertions.lines: 71 of 71 lines are not accounted for: ")
    entries = [
        {"line": line, "reason": "rhetoric"}
        if line > 8
        else {"line": line, "records": [r.id for r in load_dossier(small).records.values()
                                        if line in r.source.lines]}
        for line in range(1, 72)
    ]  # fmt: skip
    text = yaml.safe_dump({"lines": entries})
    (small / "coverage.yml").write_text(text, encoding="utf-8")
    assert asserting(small, lines=71) == []
    assert asserting(small, lines=70) == [
        "assertions.lines: 70 are asserted, the article has 71: mend one of them"
    ]


@pytest.mark.parametrize(
    ("date", "parties"),
    [("2009-06", {"member": 2}), ("2023", {"member": 2}), ("2024-01-01", {"member": 3})],
)
def test_standings_that_are_so(small: Path, date: str, parties: dict[str, int]) -> None:
    wanted = {"alliance": "brics", "date": date, "parties": parties}
    assert asserting(small, standings=[wanted]) == []


def test_standings_that_are_not_so(small: Path) -> None:
    day = {"alliance": "brics", "date": "2023-12-31"}
    said = asserting(
        small,
        standings=[
            day | {"parties": {"member": 3}},
            day | {"parties": {"member": 2, "invited": 1}},
            day | {"parties": {"observer": 2}},
            day | {"alliance": "birks", "parties": {"member": 2}},
        ],
    )
    assert said == [
        "assertions.standings.0.parties: 3 with the status 'member' on 2023-12-31 asserted, 2 "
        "found (BRA, RUS): mend the members of 'brics' or this number",
        "assertions.standings.1.parties: 1 with the status 'invited' on 2023-12-31 asserted, 0 "
        "found: mend the members of 'brics' or this number",
        "assertions.standings.2.parties: 0 with the status 'member' on 2023-12-31 asserted, 2 "
        "found (BRA, RUS): mend the members of 'brics' or this number",
        "assertions.standings.2.parties: 2 with the status 'observer' on 2023-12-31 asserted, 0 "
        "found: mend the members of 'brics' or this number",
        "assertions.standings.3.alliance: unknown alliance 'birks' (did you mean 'brics'?)",
    ]


def test_a_check_holds_what_is_asserted(small: Path) -> None:
    flow = small / "flows/drones.yml"
    text = flow.read_text(encoding="utf-8").replace(
        "{verdict: unverified}",
        "{verdict: imprecise, note: Four BOATS had arrived., reference: 'A ministry, confirmed.'}",
    )
    flow.write_text(text, encoding="utf-8")
    right = {"record": "drones", "verdict": "imprecise", "says": ["four boats", "A Ministry"]}
    assert asserting(small, checks=[right | {"ground": "confirmed"}]) == []
    said = asserting(
        small,
        checks=[
            {"record": "drones", "verdict": "stands"},
            {"record": "drones", "says": ["boats", "five boats"]},
            {"record": "drones", "ground": "boats"},
            {"record": "drone"},
            {"record": "tehran-meeting", "says": ["none"], "ground": "none"},
        ],
    )
    assert said == [
        "assertions.checks.0.verdict: 'stands' is asserted, 'drones' has 'imprecise': mend one",
        "assertions.checks.1.says.1: neither note nor reference of 'drones' says 'five boats': "
        "mend one of them",
        "assertions.checks.2.ground: the reference of 'drones' does not say 'boats': mend one of "
        "them",
        "assertions.checks.3.record: unknown record 'drone' (did you mean 'drones'?)",
        "assertions.checks.4.says.0: neither note nor reference of 'tehran-meeting' says 'none': "
        "mend one of them",
        "assertions.checks.4.ground: the reference of 'tehran-meeting' does not say 'none': mend "
        "one of them",
    ]


def test_check_says_so_and_fails(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = small / HEAD
    text = head.read_text(encoding="utf-8")
    head.write_text(f"{text}assertions:\n  records:\n    - at_least: 9\n", encoding="utf-8")
    assert main(["check", "--dossier", str(small)]) == 1
    problem, summary = capsys.readouterr().out.splitlines()
    line = len(text.splitlines()) + 3
    assert problem.startswith(f"dossier.yml:{line}: assertions.records.0.at_least: at least 9 ")
    assert summary.endswith(", 1 problem")


def test_readers_are_not_told(small: Path) -> None:
    """What a curator asserts is between him and `check`: the dossier itself has no problem."""
    assert asserting(small, records=[{"at_least": 900}])
    assert load_dossier(small).problems == ()


def test_the_pacific_keeps_what_it_asserts() -> None:
    assert main(["check", "--dossier", str(PACIFIC)]) == 0
