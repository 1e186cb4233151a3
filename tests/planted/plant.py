"""``make planted``: each fault that once went unnoticed must turn its tests red.

Run as ``python -m tests.planted.plant [ID …]``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutation.workshop import ROOT, Outcome, Workshop, read_libraries

FAULTS = Path(__file__).parent / "faults.yml"
SECONDS = 900
"""After so long tests are stopped; that is no red."""


@dataclass(frozen=True)
class Fault:
    """One change of one file, and the tests that are to notice it."""

    id: str
    why: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def planted_in(self, text: str) -> str:
        """The file's text with the fault.

        Raises
        ------
        ValueError
            If what the fault replaces does not stand there exactly once.
        """
        if text.count(self.old) != 1:
            raise ValueError(
                f"{self.id}: {self.old!r} stands {text.count(self.old)} times in {self.file}; "
                f"say in {FAULTS.name} what means the same now"
            )
        return text.replace(self.old, self.new)


def read_faults() -> list[Fault]:
    """All faults, in the file's order."""
    entries = yaml.safe_load(FAULTS.read_text(encoding="utf-8"))
    return [Fault(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]


def main(argv: Sequence[str] | None = None) -> int:
    """Plant each, run its tests, and say which were not noticed.

    Parameters
    ----------
    argv : sequence of str, optional

    Returns
    -------
    int
        0 if each was noticed, else 1.
    """
    parser = argparse.ArgumentParser(description="Plant known faults: is each noticed?")
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these")
    asked = parser.parse_args(argv).ids
    faults = [fault for fault in read_faults() if not asked or fault.id in asked]
    read_libraries()
    workshop = Workshop(ROOT / "build" / "planted")
    unnoticed = []
    for fault in faults:
        text = fault.planted_in((ROOT / fault.file).read_text(encoding="utf-8"))
        with workshop.fault(fault.file, text):
            outcome, said = workshop.run(fault.tests, SECONDS)
        print(f"{outcome.value:6}  {fault.id}: {fault.why}", flush=True)
        if outcome is not Outcome.RED:
            unnoticed.append(fault.id)
            print(said)
    if unnoticed:
        print(f"not noticed: {', '.join(unnoticed)}", file=sys.stderr)
    return bool(unnoticed)


if __name__ == "__main__":
    sys.exit(main())
