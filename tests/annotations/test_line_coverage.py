"""``coverage.yml``: what became of each line."""

from __future__ import annotations

from pathlib import Path

from annotations import load_dossier

CITED = {
    1: "brics",
    2: "caspian",
    3: "tehran-meeting",
    4: "drones",
    5: "rus-ukr-conflict",
    6: "iranians-in-moscow",
    7: "kyiv-warning",
    8: "iran-inflation",
}


def _cover(folder: Path) -> None:
    entries = [
        f"  - {{line: {line}, records: [{CITED[line]}]}}"
        if line in CITED
        else f"  - {{line: {line}, reason: rhetoric, note: Says nothing.}}"
        for line in range(1, 72)
    ]
    (folder / "coverage.yml").write_text("lines:\n" + "\n".join(entries) + "\n", encoding="utf-8")


def test_every_line_once(small: Path) -> None:
    """A complete coverage has no problem and can be asked line by line."""
    _cover(small)
    dossier = load_dossier(small)
    assert dossier.problems == ()
    assert dossier.coverage is not None
    assert dossier.coverage.by_line[4].records == ["drones"]
    assert str(dossier.coverage.by_line[9].reason) == "rhetoric"


def test_a_broken_record_is_named_once(small: Path) -> None:
    """Its own problem suffices; the coverage that names it stays silent."""
    _cover(small)
    (small / "flows/drones.yml").write_text("id: drones\nkind: flow\nwhen:\n", encoding="utf-8")
    assert {problem.file for problem in load_dossier(small).problems} == {"flows/drones.yml"}


def test_a_broken_coverage_leaves_the_records(small: Path) -> None:
    """The records do not depend on it."""
    (small / "coverage.yml").write_text("lines: all\n", encoding="utf-8")
    dossier = load_dossier(small)
    assert dossier.coverage is None
    assert len(dossier.records) == 8
    assert [str(problem) for problem in dossier.problems] == [
        "coverage.yml:1: lines: text where a list is needed ('- ' lines)"
    ]
