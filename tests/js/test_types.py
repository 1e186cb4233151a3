"""That the types of the browser's code are really checked: a fault that is planted is found.

What checks them is there for `make check` alone, which checks the code itself before any test.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from dashboard.web.assets import STATIC
from tests.js.node import executable

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "build" / "js" / "node_modules"
CHECKER = TOOLS / "typescript" / "bin" / "tsc"

pytestmark = pytest.mark.skipif(not CHECKER.exists(), reason="only `make check` checks types")


def checked(folder: Path) -> str:
    """What is said of the modules in a folder, checked as ours are."""
    asked = json.loads((ROOT / "tsconfig.json").read_text(encoding="utf-8"))
    asked["include"] = ["*"]
    asked["compilerOptions"]["typeRoots"] = [str(TOOLS / "@types")]
    asked["compilerOptions"]["paths"] = {"*": [str(TOOLS / "@types" / "*")]}
    (folder / "tsconfig.json").write_text(json.dumps(asked), encoding="utf-8")
    command = [executable(), str(CHECKER), "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert bool(done.returncode) is bool(done.stdout)
    return done.stdout


@pytest.mark.parametrize(
    ("name", "text", "instead", "said"),
    [
        ("update.js", "words(sent.countries)", "words(sent.lands)", "'lands' does not exist"),
        ("contract.d.ts", "  present: boolean;", "  present: string;", "update.js"),
        ("names.js", "record.title", "record.name", "'name' does not exist"),
        ("positions.js", "return [];", 'return "";', "not assignable"),
        ("player.js", 'setTriggerValue("tick"', 'setTriggerValue("tock"', '"tock"'),
        ("wire.js", "setTimeout(() => this.ask()", "setTimeout(() => this.asks()", "'asks'"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, name: str, text: str, instead: str, said: str) -> None:
    for path in [*STATIC.glob("*.js"), *STATIC.glob("*.d.ts")]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if said == "update.js":  # all else is as it was: checked once
        assert checked(tmp_path) == ""
    source = (tmp_path / name).read_text(encoding="utf-8")
    assert text in source
    (tmp_path / name).write_text(source.replace(text, instead), encoding="utf-8")
    assert said in checked(tmp_path)
