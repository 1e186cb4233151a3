"""Every package that is installed stands in the list of licences, as it is locked."""

from __future__ import annotations

from importlib import metadata

from tests.nonempty import nonempty
from tests.requirements.licences import LIST, USES, by_hand, of_metadata, of_npm, packages
from tests.requirements.locks import LOCKS, ROOT, locked


def rows() -> dict[str, list[str]]:
    """The list's cells by package: version, licence, use, source."""
    found: dict[str, list[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith(("| package", "| ---")):
            name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert name not in found, f"{name} stands twice"
            found[name] = cells
    return found


def test_every_locked_package_is_listed_with_its_versions() -> None:
    assert set(USES) == set(LOCKS.values())
    locks = {
        (entry.name, str(entry.version)) for lock in LOCKS.values() for entry in locked(ROOT / lock)
    }
    listed = {(name, version) for name, cells in rows().items() for version in cells[0].split(", ")}
    from_npm = {(name, version) for name, (version, _) in of_npm().items()}
    assert locks
    assert from_npm
    assert listed == locks | from_npm, "make licences"


def test_each_has_a_licence_and_its_use() -> None:
    known = packages() | dict.fromkeys(of_npm(), ("", "checks"))
    found = rows()
    assert found
    for name, (_, licence, use, _) in nonempty(found.items()):
        assert licence.strip(), name
        assert use == known[name][1], name


def test_what_people_looked_up_is_listed_with_its_source() -> None:
    hand = by_hand()
    found = rows()
    assert hand
    for name, said in nonempty(hand.items()):
        assert set(said) == {"licence", "source"}, name
        assert found[name][1] == said["licence"], f"{name}: make licences"
        assert found[name][3] == said["source"], f"{name}: make licences"


def test_the_list_says_what_the_packages_say() -> None:
    hand = by_hand()
    compared = 0
    for name, (version, licence) in nonempty(of_npm().items()):
        assert rows()[name] == [version, licence, "checks", "npm"], "make licences"
    for name, (versions, licence, _, _) in nonempty(rows().items()):
        said = of_metadata(name)
        if said is not None and name not in hand and metadata.version(name) in versions.split(", "):
            compared += 1
            assert licence == said, f"{name}: make licences"
    assert compared > len(hand)
