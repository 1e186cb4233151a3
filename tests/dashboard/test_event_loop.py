"""Nothing holds the event loop for long, however much there is to load.

A busy machine makes gaps of its own, which do not count: of a gap only the time is taken in which
this process used a processor, and in which the loop was not just waiting to be given one; and what
remains beside work that holds up nobody is taken off.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Awaitable
from pathlib import Path
from threading import get_native_id
from typing import TypeVar

import pytest
from starlette.applications import Starlette

from annotations.files import COVERAGE
from annotations.schema import KINDS
from benchmarks.synthetic import write
from dashboard.atlas import data, letting_go
from dashboard.web.routes import asset_routes
from tests.dashboard.asgi import ask
from tests.nonempty import nonempty

Result = TypeVar("Result")

RECORDS = 10_000
TICK = 0.005
LONGEST = 0.05
"""Seconds."""

REFERENCE = 2.0
"""Seconds of work that holds up nobody."""

COPIES = 10
"""Of each record that is drawn up: to draw up each anew takes as long as to load it."""

TRIES = 12
"""The best one counts: another test's server may have the processors meanwhile. Mostly one does."""


def waited() -> float:
    """Seconds that this thread has waited for a processor; 0 where the system does not say."""
    try:
        told = Path(f"/proc/self/task/{get_native_id()}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


def clocks() -> tuple[float, float]:
    """Processor time of the process, and time on the clock without that for a processor."""
    return time.process_time(), time.perf_counter() - waited()


def busy() -> None:
    """Work for a while as loading does, and never hold up another thread."""
    until = time.monotonic() + REFERENCE
    block = bytes(200_000)
    while time.monotonic() < until:
        sum(range(20_000))
        zlib.compress(block, 9)


async def gaps_beside(work: Awaitable[Result]) -> tuple[Result, list[float]]:
    """Wait for something; the gaps between the ticks of a clock beside it, the largest first."""
    gaps: list[float] = []
    going = True

    async def tick() -> None:
        last = clocks()
        while going:
            await asyncio.sleep(TICK)
            now = clocks()
            gaps.append(min(after - before for before, after in zip(last, now, strict=True)))
            last = now

    clock = asyncio.create_task(tick())
    result = await work
    # What was replaced is freed meanwhile, too.
    await asyncio.sleep(20 * letting_go.POLL)
    going = False
    await clock
    return result, sorted(gaps, reverse=True)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossiers") / "large"
    write(RECORDS // COPIES, folder)
    (folder / COVERAGE).unlink()  # it would have to name every copy
    for path in nonempty([p for kind in KINDS.values() for p in (folder / kind).glob("*.yml")]):
        text = path.read_text(encoding="utf-8")
        assert f"id: {path.stem}\n" in text
        for number in range(1, COPIES):
            name = f"{path.stem}-copy-{number}"
            copy = text.replace(f"id: {path.stem}\n", f"id: {name}\n", 1)
            path.with_stem(name).write_text(copy, encoding="utf-8")
    return folder


@pytest.mark.sweep
def test_a_save_with_many_records_holds_up_nobody(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(large))
    app = Starlette(routes=asset_routes())
    assert len(data.load().scene.record_ids) >= RECORDS
    version = data.load().scene.version
    saved = next((large / "flows").iterdir())
    longest: list[float] = []
    for number in range(TRIES):
        text = saved.read_text(encoding="utf-8")
        saved.write_text(text.replace("title: ", f"title: {number} ", 1), encoding="utf-8")
        answer, gaps = asyncio.run(gaps_beside(ask(app, "/atlas/scene.json")))
        assert answer.status == 200
        before, version = version, answer.json["version"]
        assert version != before, "it was not loaded anew"
        assert len(gaps) > 50, "the clock did not tick"
        longest.append(gaps[0])
        if longest[-1] > LONGEST:
            _, unavoidable = asyncio.run(gaps_beside(asyncio.to_thread(busy)))
            longest[-1] -= unavoidable[0]
        if longest[-1] <= LONGEST:
            break
    assert min(longest) <= LONGEST, longest
