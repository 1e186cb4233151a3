"""``make mutants``: of a sample of small faults in each module, how many do its tests notice?

Neither of the two usual tools does this here. mutmut leaves out what is decorated (every property)
and the tables of a module, and lets a mutant be judged by the tests that first reached a function,
which with fixtures shared by a session is one. cosmic-ray reads the libraries anew for every fault,
has no sample, and changes the files that one is working on.

Run as ``python -m tests.mutation.measure [--only FILE] [--jobs 2]``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.changes import Change, sample
from tests.mutation.workshop import ROOT, Outcome, Workshop, read_libraries

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "mutants"
LEAST = 0.9
"""Share of the sample that must be noticed in each module."""


@dataclass(frozen=True)
class Found:
    """What became of one fault."""

    file: str
    change: Change
    outcome: Outcome
    accepted: str = ""


def plan() -> dict[str, Any]:
    """The modules, each with its tests, and the size of the sample."""
    read: dict[str, Any] = yaml.safe_load((HERE / "modules.yml").read_text(encoding="utf-8"))
    return read


def accepted() -> dict[tuple[str, str, str], str]:
    """Why a fault may go unnoticed, by file and its lines before and after."""
    entries = yaml.safe_load((HERE / "accepted.yml").read_text(encoding="utf-8")) or []
    return {(e["file"], e["before"], e["after"]): e["why"] for e in entries}


_workshop: Workshop


def _begin() -> None:
    global _workshop
    _workshop = Workshop(BUILD / f"tree-{os.getpid()}")


def _judge(tests: Sequence[str], seconds: float, task: tuple[str, Change]) -> Found:
    file, change = task
    text = (ROOT / file).read_text(encoding="utf-8")
    with _workshop.fault(file, change.made_in(text)):
        outcome, _ = _workshop.run(tests, seconds)
    return Found(file, change, outcome)


def _clean(tests: Sequence[str]) -> float:
    began = time.monotonic()
    outcome, said = _workshop.run(tests, 600)
    if outcome is not Outcome.GREEN:
        raise RuntimeError(f"red without any fault:\n{said}")
    return time.monotonic() - began


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and say what was not noticed.

    Parameters
    ----------
    argv : sequence of str, optional

    Returns
    -------
    int
        0 if enough is noticed in each module, else 1.
    """
    parser = argparse.ArgumentParser(description="Put faults into the code; do tests notice?")
    parser.add_argument("--only", action="append", metavar="FILE", help="only this module")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--count", type=int, help="faults of each module")
    args = parser.parse_args(argv)
    planned, excused = plan(), accepted()
    BUILD.mkdir(parents=True, exist_ok=True)
    read_libraries()
    rows, low = [], []
    with multiprocessing.get_context("fork").Pool(args.jobs, _begin) as pool:
        for module in planned["modules"]:
            file, tests = module["file"], module["tests"]
            if args.only and file not in args.only:
                continue
            text = (ROOT / file).read_text(encoding="utf-8")
            count = args.count or module.get("count", planned["count"])
            drawn = sample(text, count, str(planned["seed"]))
            judged = [c for c in drawn if (file, c.before, c.after) not in excused]
            usual = pool.apply(_clean, (tests,))
            judge = partial(_judge, tests, 60 + 10 * usual)
            found = []
            for fault in pool.imap(judge, [(file, change) for change in judged]):
                found.append(fault)
                if fault.outcome is Outcome.GREEN:
                    print(f"{file}:{fault.change.line} not noticed")
                    print(f"      - {fault.change.before}")
                    print(f"      + {fault.change.after}", flush=True)
            left = [f for f in found if f.outcome is Outcome.GREEN]
            killed = len(found) - len(left)
            share = killed / len(found) if found else 1.0
            rows.append((file, len(drawn), killed, len(left), len(drawn) - len(judged), share))
            print(f"{share:4.0%}  {file}: {killed} of {len(found)} noticed", flush=True)
            if share < LEAST:
                low.append(file)
    lines = [
        "| module | sample | noticed | not | accepted | share |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += ["| {} | {} | {} | {} | {} | {:.0%} |".format(*row) for row in rows]
    (BUILD / "mutants.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    if low:
        print(f"below {LEAST:.0%}: {', '.join(low)}", file=sys.stderr)
    return bool(low)


if __name__ == "__main__":
    sys.exit(main())
