"""Obtain the pinned source packages and read files out of them.

What is pinned (name, version, licence, SHA-512) is in ``sources.yml``.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from geodata.errors import PackageError

SOURCES = Path(__file__).with_name("sources.yml")


@dataclass(frozen=True)
class Package:
    """A pinned source package.

    Attributes
    ----------
    name, version : str
        As the npm client knows them.
    sha512 : str
        Hex digest of the tarball.
    licence, upstream : str
        Where it comes from and under what terms; for the reader, not for the build.
    files : dict
        Role in the build → path inside the package.
    """

    name: str
    version: str
    sha512: str
    licence: str
    upstream: str
    files: dict[str, str]

    @property
    def tarball(self) -> str:
        """File name the npm client gives the tarball (str)."""
        return f"{self.name}-{self.version}.tgz"


def load_packages(path: Path = SOURCES) -> dict[str, Package]:
    """Read the pins.

    Parameters
    ----------
    path : Path
        The pin file.

    Returns
    -------
    dict
        Package name → `Package`.
    """
    pins: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        entry["name"]: Package(
            name=entry["name"],
            version=str(entry["version"]),
            sha512=entry["sha512"],
            licence=entry["licence"],
            upstream=entry["upstream"],
            files=dict(entry["files"]),
        )
        for entry in pins["packages"]
    }


def fetch(package: Package, folder: Path) -> Path:
    """Download a package's tarball with the npm client.

    Parameters
    ----------
    package : Package
        What to download.
    folder : Path
        Where the tarball goes.

    Returns
    -------
    Path
        The tarball, not yet verified.

    Raises
    ------
    PackageError
        If the npm client is missing, or cannot obtain the package (offline, withdrawn).
    """
    client = shutil.which("npm")
    if client is None:
        raise PackageError(
            "the npm client is not installed; install Node.js, or pass --packages with a "
            f"folder that holds {package.tarball}"
        )
    wanted = f"{package.name}@{package.version}"
    # --ignore-scripts: nothing of the package is to run, only its data is wanted.
    command = [client, "pack", wanted, "--silent", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    tarball = folder / package.tarball
    if done.returncode != 0 or not tarball.is_file():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise PackageError(
            f"npm could not obtain {wanted} (is this machine offline?): "
            f"{said[-1] if said else 'it gave no reason'}"
        )
    return tarball


def verify(package: Package, tarball: Path) -> None:
    """Check a tarball against its pin.

    Parameters
    ----------
    package : Package
        The pin.
    tarball : Path
        The file.

    Raises
    ------
    PackageError
        If the file is missing or its SHA-512 is not the pinned one.
    """
    if not tarball.is_file():
        raise PackageError(f"{tarball.name} is not in {tarball.parent}")
    digest = hashlib.sha512(tarball.read_bytes()).hexdigest()
    if digest != package.sha512:
        raise PackageError(
            f"{tarball.name} is not the pinned package: its SHA-512 is {digest[:16]}…, "
            f"expected {package.sha512[:16]}…"
        )


def read_json(package: Package, tarball: Path, role: str) -> dict[str, Any]:
    """Read one JSON file out of a tarball.

    Parameters
    ----------
    package : Package
        The package, which knows the path that plays the role.
    tarball : Path
        Its tarball.
    role : str
        Key of `Package.files`.

    Returns
    -------
    dict
        The parsed file.

    Raises
    ------
    PackageError
        If the tarball has no such file.
    """
    member = f"package/{package.files[role]}"
    with tarfile.open(tarball) as archive:
        try:
            stream = archive.extractfile(member)
        except KeyError as error:
            raise PackageError(f"{tarball.name} has no file {member}") from error
        if stream is None:
            raise PackageError(f"{member} in {tarball.name} is not a file")
        content: dict[str, Any] = json.load(stream)
    return content


def topologies(packages: Path | None = None, pins: Path = SOURCES) -> dict[str, dict[str, Any]]:
    """Obtain, verify and read every source topology.

    Parameters
    ----------
    packages : Path, optional
        Folder that already holds the tarballs; without it they are downloaded to a
        temporary folder.
    pins : Path
        The pin file.

    Returns
    -------
    dict
        Role → parsed topology.

    Raises
    ------
    PackageError
        If a package cannot be obtained or is not the pinned one.
    """
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for package in load_packages(pins).values():
            if packages is None:
                tarball = fetch(package, Path(temporary))
            else:
                tarball = packages / package.tarball
            verify(package, tarball)
            for role in package.files:
                found[role] = read_json(package, tarball, role)
    return found
