"""Change a dossier as a curator would on a busy day: ``python -m tests.dossiers.edited FOLDER``.

For a copy of the whole project: what then is red, beside what curators assert about the dossier, is
a test of code that hangs on one dossier's content.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from annotations import load_dossier
from annotations.schema import KINDS, Record

EVERY = 5
"""Each fifth record is worded anew, each fifth other one is taken out of a kind that has many."""

SPARE = 8
"""Records that a kind must have for one of them to go."""


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write(path: Path, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def edit(folder: Path) -> list[str]:
    """Add a record of each kind, word some anew and take some out, coverage included.

    Parameters
    ----------
    folder : Path
        Of a dossier without problems. Its files are changed.

    Returns
    -------
    list of str
        What was done.
    """
    done: list[str] = []
    coverage = folder / "coverage.yml"
    lines = _read(coverage)
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in load_dossier(folder).records.values():
        by_kind[record.kind].append(record)
    for kind, sub in KINDS.items():
        records = by_kind[kind]
        for record in records[::EVERY]:
            path = folder / sub / f"{record.id}.yml"
            content = _read(path)
            content["title"] = f"Anew: {record.title}"[:80]
            content["summary"] = f"Worded anew. {record.summary}"[:300]
            _write(path, content)
            done.append(f"worded anew: {record.id}")
        if records:
            added = f"added-{kind}"
            content = _read(folder / sub / f"{records[0].id}.yml")
            _write(folder / sub / f"{added}.yml", content | {"id": added, "title": f"Added {kind}"})
            for entry in lines["lines"]:
                if records[0].id in entry.get("records", ()):
                    entry["records"].append(added)
            done.append(f"added: {added}")
        for record in records[2::EVERY] if len(records) >= SPARE else ():
            (folder / sub / f"{record.id}.yml").unlink()
            for entry in lines["lines"]:
                if record.id in entry.get("records", ()):
                    entry["records"].remove(record.id)
                    if not entry["records"]:
                        entry["reason"] = "scene-setting"
            done.append(f"taken out: {record.id}")
    _write(coverage, lines)
    return done


if __name__ == "__main__":
    print("\n".join(edit(Path(sys.argv[1]))))
