"""What `deploy` gives to whoever runs the app is true of the app, and what reads it takes it."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from streamlit import config

from tests.browser.balanced import certificate, configuration
from tests.browser.find_nginx import find
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "dossier-atlas@.service"
CONTAINER = DEPLOY / "Containerfile"
HOME = "/opt/dossier-atlas"
FILES = nonempty(sorted(path for path in DEPLOY.iterdir() if path.is_file()))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def joined(path: Path) -> str:
    """Text whose continued lines are one."""
    return re.sub(r"\\\n[#\s]*", " ", text(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_setting_that_is_named_is_one(path: Path) -> None:
    """Of Streamlit's, and of ours."""
    options = set(re.findall(r"--((?:server|browser|client)\.\w+)", text(path)))
    known = {option.key for option in config.get_config_options().values()}
    assert sorted(options - known) == []
    ours = set(re.findall(r"DOSSIER_ATLAS_[A-Z_]+", text(path)))
    code = "".join(text(module) for module in (ROOT / "dashboard").rglob("*.py"))
    assert [name for name in sorted(ours) if f'"{name}"' not in code] == []


def test_the_container_takes_all_that_the_app_is() -> None:
    copied: set[str] = set()
    for line in re.findall(r"^COPY (.*)$", joined(CONTAINER), re.MULTILINE):
        copied |= set(line.split()[:-1])
    assert sorted(name for name in copied if not (ROOT / name).exists()) == []
    app = {"streamlit_app.py", ".streamlit", "annotations", "geodata", "dashboard"}
    assert app | {"requirements.lock", "requirements-build.lock"} <= copied


@pytest.mark.parametrize("path", [UNIT, CONTAINER], ids=lambda path: path.name)
def test_what_is_started_is_the_app(path: Path) -> None:
    [command] = re.findall(r"^(?:ExecStart=|ENTRYPOINT )(.*)$", joined(path), re.MULTILINE)
    words = re.findall(r"[^\s\",\[\]]+", command)
    assert words[1:5] == ["-m", "streamlit", "run", "streamlit_app.py"]
    assert (ROOT / words[4]).is_file()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    for line in ("", "Nonsense=yes\n"):
        unit = tmp_path / UNIT.name
        wanted = text(UNIT).replace(f"{HOME}/.venv/bin/python", "/bin/true").replace(HOME, "/")
        unit.write_text(wanted.replace("[Install]", f"{line}[Install]"), encoding="utf-8")
        command = ["systemd-analyze", "verify", str(tmp_path / "dossier-atlas@8501.service")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.stderr == "") == (line == ""), done.stderr


@pytest.mark.skipif(find() is None, reason="no nginx here")
def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    certificate(tmp_path)
    main = configuration(tmp_path, 8503, 8504, 8505, 8506)
    command = [find() or "", "-t", "-c", str(main), "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_as_many_replicas_as_the_measured_readers_need() -> None:
    told = text(DEPLOY / "README.md")
    [each] = {int(n) for n in re.findall(r"One bears (\d+) people", told)}
    assert f"Up to {each} sessions" in text(ROOT / "benchmarks/README.md")
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) GB \|$", told, re.MULTILINE)
    measured = re.findall(r"(\d+) \|$", text(ROOT / "benchmarks/users.md"), re.MULTILINE)
    largest = max(int(megabytes) for megabytes in measured)
    for people, replicas, processors, gigabytes in nonempty(rows):
        assert int(replicas) == math.ceil(int(people) / each) + 1
        assert processors == replicas
        assert float(gigabytes) * 1000 >= int(replicas) * largest
