"""Synthetic dossiers of any size, in the real one's shape.

``python -m benchmarks.synthetic 1000 DIR`` writes one of 1,000 records.

Every record starts from a real one of its kind and gets its own actors, places, dates, evidence,
verdict and words, drawn with the real dossier's frequencies. What is said is gibberish on purpose:
nobody can take it for a claim, and it packs like prose. The same number and seed give the same
bytes.

What grows how:

- records: one file each, kinds in the real proportions; alliances and corridors stop growing
  (`generator.MOST_OF`), since there are not thousands of them in the world; the others fill up.
- actors and places: by the square root of the records, as names do in a growing collection; a
  state only where the country data has one.
- the article's lines: in proportion. ``coverage.yml`` is left out where it would be larger than the
  reader takes (`annotations.yaml_text.SIZE_LIMIT`), and so are the fingerprints of the lines.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from annotations.files import COVERAGE
from annotations.schema import KINDS
from annotations.yaml_text import SIZE_LIMIT
from benchmarks import generator, sample
from benchmarks.generator import Generator
from benchmarks.sample import Data, Sample, read_sample

SIZES = (100, 1_000, 10_000, 100_000)
SEED = 6

# libyaml's is many times faster; the text is the same.
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def as_text(content: Data) -> str:
    """A file's text, as a curator would lay it out: short lists and mappings in one line."""
    return yaml.dump(
        content,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=100,
    )


def write(count: int, folder: Path, seed: int = SEED, sample: Sample | None = None) -> int:
    """Write a synthetic dossier.

    Parameters
    ----------
    count : int
        Number of records, at least 20.
    folder : Path
        Where to; must not exist, or be empty.
    seed : int
        Another seed gives another dossier of the same shape.
    sample : Sample, optional
        The dossier whose shape it takes; the project's own by default.

    Returns
    -------
    int
        Number of files.
    """
    if count < 20:
        raise ValueError(f"{count} records cannot hold every kind: at least 20")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    writer = Generator(count, seed, sample or read_sample())
    for name in ("actors", "places", *KINDS.values()):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = 0
    for name, content in writer.files():
        text = as_text(content)
        if name == COVERAGE and len(text.encode()) > SIZE_LIMIT:
            continue  # it would be refused; a dossier may lack it
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written += 1
    return written


def kept(count: int, under: Path, seed: int = SEED) -> Path:
    """Folder of a synthetic dossier below `under`, written only if it is not there yet.

    Its name holds a digest of what makes it and of the sample, so that none outlives its generator.
    """
    modules = [Path(file).read_bytes() for file in (__file__, generator.__file__, sample.__file__)]
    made_of = b"".join(modules) + repr(read_sample()).encode()
    digest = hashlib.sha256(made_of).hexdigest()[:8]
    folder = under / f"synthetic-{count}-{seed}-{digest}"
    if not folder.exists():
        half = folder.with_suffix(".part")  # whoever is interrupted leaves no half dossier
        shutil.rmtree(half, ignore_errors=True)
        write(count, half, seed)
        half.rename(folder)
    return folder


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.synthetic", description="Write a synthetic dossier."
    )
    parser.add_argument("count", type=int, metavar="N", help="number of records")
    parser.add_argument("folder", type=Path, metavar="DIR", help="empty or new folder")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    args = parser.parse_args(argv)
    try:
        files = write(args.count, args.folder, args.seed)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{args.folder}: {args.count:,} records, {files:,} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
