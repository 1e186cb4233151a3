"""Files of records against their number: ``python -m benchmarks.exports`` writes ``exports.md``.

For each size a synthetic dossier (`benchmarks.synthetic`) is loaded once, and all of it is written
in each format, several times. The seconds are the processor's: on a machine that does something
else besides they stay the same. Nothing is asked of a browser or server.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.synthetic import kept
from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import records
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief

SIZES = (1_000, 3_000, 10_000)
ROUNDS = 3
LIMIT = 3.0
"""Seconds that 10,000 records may take in any of the formats."""

DOSSIERS = Path(__file__).parents[1] / "build" / "benchmarks"
RESULTS = Path(__file__).with_name("exports.md")

WRITERS: Mapping[str, Callable[[Atlas, Sheet], bytes]] = {
    "CSV": records.csv,
    "GeoJSON": records.geojson,
    "GeoPackage": records.geopackage,
}


@dataclass
class Size:
    """What one size took.

    Attributes
    ----------
    records : int
        Records written.
    seconds : dict of str to list of float
        Processor seconds of each round, by format.
    megabytes : dict of str to float
        Size of the file, by format.
    """

    records: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    megabytes: dict[str, float] = field(default_factory=dict)


def measure(folder: Path, rounds: int = ROUNDS) -> Size:
    """Write all records of a dossier in each format.

    Parameters
    ----------
    folder : Path
        Of the dossier.
    rounds : int
        How often each file is written, after once that does not count.

    Returns
    -------
    Size
    """
    atlas = data.load(folder)
    sheet = compose(atlas, Brief(screen=Screen(), extent="world"))
    size = Size(len(sheet.records))
    for name, write in WRITERS.items():
        size.megabytes[name] = len(write(atlas, sheet)) / 1e6
        for _ in range(rounds):
            start = time.process_time()
            write(atlas, sheet)
            size.seconds.setdefault(name, []).append(time.process_time() - start)
    return size


def _cell(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def report(sizes: Sequence[Size]) -> str:
    """The whole text of ``exports.md``."""
    lines = [
        "# Files of records against their number",
        "",
        f"{date.today()}, {os.cpu_count()} processors, {platform.system()}, Python "
        f"{platform.python_version()}. Synthetic dossiers, see `benchmarks/synthetic.py`; all that",
        "is drawn of them on a map of the world. Processor seconds, median (min–max), and the size",
        f"of the file. 10,000 records are to take {LIMIT:.0f} s at most.",
        "",
        "| records | " + " | ".join(f"{name}, s | MB" for name in WRITERS) + " |",
        "| ---: |" + " ---: | ---: |" * len(WRITERS),
    ]
    for size in sizes:
        cells = [f"{_cell(size.seconds[n])} | {size.megabytes[n]:.1f}" for n in WRITERS]
        lines.append(f"| {size.records:,} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args(argv)
    sizes = [measure(kept(count, DOSSIERS), args.rounds) for count in sorted(args.sizes)]
    args.out.write_text(report(sizes), encoding="utf-8")
    print(report(sizes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
