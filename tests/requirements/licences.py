"""Lists the licences of what the locks install: ``python -m tests.requirements.licences``.

A licence is what a package's metadata says where that is one short line, else what `licences.yml`
says by hand.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

import yaml

from tests.requirements.locks import LOCKS, ROOT, locked

BY_HAND = Path(__file__).parent / "licences.yml"
LIST = ROOT / "docs" / "licences.md"
LONGEST = 60
"""Characters of what may pass for a licence's name and not for its text."""

USES = {
    "requirements.lock": "app",
    "requirements-dev.lock": "checks",
    "benchmarks/requirements.lock": "benchmarks",
    "requirements-build.lock": "build",
}
"""What a lock is for; a package stands with the first that has it."""

SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Names in metadata, and how the list has them."""

HEAD = """\
# Licences of what is installed

Written by `make licences` from the locks and the packages' metadata. The project's own licences
are [LICENSE](../LICENSE) for code and [LICENSE-DATA](../LICENSE-DATA) for records; where borders,
water and figures come from stands in [geodata/README.md](../geodata/README.md). Packages carry the
work of others in turn, as GEOS, PROJ, GDAL, Vega and fonts: their notices lie within the packages.

Used by: the app (`make run`), the checks (`make test`, and all that the app uses), the benchmarks
(`make bench`), the build of packages that come as source. A licence with a source beside it was
looked up by hand, since the metadata does not name it.

| package | version | licence | used by | source |
| --- | --- | --- | --- | --- |
"""


class LicenceError(Exception):
    """The licence of a package is not known."""


def by_hand() -> dict[str, dict[str, str]]:
    """Licence and source of packages, where people looked."""
    read: dict[str, dict[str, str]] = yaml.safe_load(BY_HAND.read_text(encoding="utf-8"))
    return read


def of_npm() -> dict[str, tuple[str, str]]:
    """Version and licence of what npm installs, but for the same once more for each system."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.removeprefix("node_modules/"): (entry["version"], entry["license"])
        for path, entry in lock["packages"].items()
        if path and not entry.get("optional")
    }


def packages() -> dict[str, tuple[str, str]]:
    """Versions and use of every package of any lock; two versions for two Pythons as ``1, 2``."""
    found: dict[str, tuple[str, str]] = {}
    for lock, use in USES.items():
        entries = locked(ROOT / lock)
        for name in sorted({entry.name for entry in entries} - found.keys()):
            versions = sorted({entry.version for entry in entries if entry.name == name})
            found[name] = ", ".join(map(str, versions)), use
    return dict(sorted(found.items()))


def of_metadata(name: str) -> str | None:
    """What an installed package says of itself in a line; None if it does not, or is not here."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in said.get_all("Classifier") or ()
        if entry.startswith("License :: ")
    ]
    for line in (said.get("License-Expression"), said.get("License"), *classifiers[:1]):
        if line and "\n" not in line.strip() and len(line) <= LONGEST:
            return SPDX.get(line.strip(), line.strip())
    return None


def listing() -> str:
    """The whole list, as Markdown."""
    hand = by_hand()
    rows = [
        f"| {name} | {version} | {licence} | checks | npm |\n"
        for name, (version, licence) in sorted(of_npm().items())
    ]
    for name, (versions, use) in packages().items():
        looked_up = hand.get(name)
        licence = looked_up["licence"] if looked_up else of_metadata(name)
        if licence is None:
            raise LicenceError(
                f"{name}: not installed here, or without a licence in its metadata: "
                f"name it in {BY_HAND.relative_to(ROOT).as_posix()}"
            )
        source = looked_up["source"] if looked_up else ""
        rows.append(f"| {name} | {versions} | {licence} | {use} | {source} |\n")
    return HEAD + "".join(rows)


def main() -> int:
    """Write the list, or say which licence is not known."""
    if set(USES) != set(LOCKS.values()):
        raise LicenceError("a lock is missing here")
    try:
        LIST.write_text(listing(), encoding="utf-8")
    except LicenceError as error:
        print(f"Licences: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
