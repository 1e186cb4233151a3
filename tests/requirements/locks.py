"""Reads the lists of requirements and the locks made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = {
    "requirements-build.txt": "requirements-build.lock",
    "requirements.txt": "requirements.lock",
    "requirements-dev.txt": "requirements-dev.lock",
    "benchmarks/requirements.txt": "benchmarks/requirements.lock",
}
"""Each list in the repository, and its lock."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}
"""`platform_system` and `sys_platform` of the systems that a lock is for."""


@dataclass(frozen=True)
class Locked:
    """An entry of a lock.

    Attributes
    ----------
    name : str
        As the registry spells it, in lower case with hyphens.
    version : Version
    marker : Marker or None
        Where the entry holds, if not everywhere.
    hashes : tuple of str
        Each ``algorithm:digest``.
    """

    name: str
    version: Version
    marker: Marker | None
    hashes: tuple[str, ...]

    def holds_in(self, environment: dict[str, str]) -> bool:
        """Whether a machine of this kind installs the entry."""
        return self.marker is None or self.marker.evaluate(environment)


def environments() -> list[dict[str, str]]:
    """Every Python and system that the project is for, as markers see them."""
    return [
        {
            "python_version": python,
            "python_full_version": f"{python}.2",
            "platform_system": system,
            "sys_platform": platform,
            "os_name": "nt" if system == "Windows" else "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        for python, (system, platform) in product(PYTHONS, SYSTEMS.items())
    ]


def _lines(path: Path) -> Iterator[str]:
    """Lines that say something, each with those that continue it."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if said := re.sub(r"(^|\s)#.*", "", line).strip():
            yield said


def options(path: Path) -> list[str]:
    """Lines of a list or lock that name no package."""
    return [line for line in _lines(path) if line.startswith("-")]


def required(path: Path) -> list[Requirement]:
    """What a list asks for, with what the lists that it includes ask for."""
    found = []
    for line in _lines(path):
        if line.startswith("-r "):
            found += required(path.parent / line.removeprefix("-r ").strip())
        else:
            found.append(Requirement(line))
    return found


def locked(path: Path) -> list[Locked]:
    """The entries of a lock. A package that differs between Pythons has several."""
    found = []
    for line in _lines(path):
        asked, *hashes = re.split(r"\s+--hash=", line)
        requirement = Requirement(asked)
        (specifier,) = requirement.specifier
        if specifier.operator != "==":
            raise ValueError(f"{path.name}: {asked}: no exact version")
        found.append(
            Locked(
                canonicalize_name(requirement.name),
                Version(specifier.version),
                requirement.marker,
                tuple(hashes),
            )
        )
    return found
