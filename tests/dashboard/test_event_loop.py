"""Nothing holds the event loop for long, however much there is to load.

A busy machine makes gaps of its own, which do not count: of a gap only the time is taken in which
this process used a processor, and in which the loop was not just waiting to be given one.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from threading import get_native_id

import pytest
from starlette.applications import Starlette

from benchmarks.synthetic import write
from dashboard import data, letting_go
from dashboard.routes import asset_routes
from tests.dashboard.asgi import Answer, ask

RECORDS = 10_000
TICK = 0.005
LONGEST = 0.05
"""Seconds."""

TRIES = 4
"""The best one counts: another test's server may have the processors meanwhile."""


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


async def _gaps_beside(app: Starlette, path: str) -> tuple[Answer, list[float]]:
    """Ask for a path; the gaps between the ticks of a clock beside it, the largest first."""
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
    answer = await ask(app, path)
    # What was replaced is freed meanwhile, too.
    await asyncio.sleep(20 * letting_go.POLL)
    going = False
    await clock
    return answer, sorted(gaps, reverse=True)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossiers") / "large"
    write(RECORDS, folder)
    return folder


def test_a_save_with_many_records_holds_up_nobody(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(large))
    app = Starlette(routes=asset_routes())
    version = data.load().scene.version
    saved = next((large / "flows").iterdir())
    longest: list[float] = []
    for number in range(TRIES):
        text = saved.read_text(encoding="utf-8")
        saved.write_text(text.replace("title: ", f"title: {number} ", 1), encoding="utf-8")
        answer, gaps = asyncio.run(_gaps_beside(app, "/atlas/scene.json"))
        assert answer.status == 200
        before, version = version, answer.json["version"]
        assert version != before, "it was not loaded anew"
        assert len(gaps) > 50, "the clock did not tick"
        longest.append(gaps[0])
        if gaps[0] <= LONGEST:
            break
    assert min(longest) <= LONGEST, longest
