"""Many readers at once: ``python -m benchmarks.users`` writes ``benchmarks/users.md``.

Each level starts a server of its own, opens so many sessions, and lets each choose another theme
every two seconds for a bounded time. All of it stays on this machine's loopback interface, and what
drives the sessions shares its processors: its own share is given beside the server's.

A click is due at a fixed time. Where the answer before it is not there yet, the click waits, is
counted as late, and its time runs from when it was due: a slow server cannot hide behind readers
that politely ask less often.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import signal
import statistics
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from websockets.exceptions import WebSocketException

from benchmarks.protocol import Answer, ProtocolError, Session, expected_by_theme, theme_of
from benchmarks.server import ROOT, Server, ServerError, serving

LEVELS = (1, 10, 50, 100)
SECONDS = 30.0
"""For which each level is measured, once all its sessions have loaded."""
EVERY = 2.0
"""Seconds between two clicks of a session."""
LOAD_APART = 0.25
"""Seconds between two sessions that open."""
WARMING = 20
"""Sessions that come and go before anything is measured."""
TIMEOUT = 30.0
"""Seconds after which an answer counts as an error."""
PORT = 8745
RESULTS = Path(__file__).with_name("users.md")


@dataclass
class Level:
    """What was measured with so many sessions. Times in ms, memory in MB, shares of one processor.

    Attributes
    ----------
    sessions : int
    answers, loads : list of float
        Times of the filter clicks, and of the first runs.
    received : list of int
        Bytes of each answer.
    references : int
        Messages that only named what the client had.
    late : int
        Clicks that were due before the one before was answered.
    errors : Counter
        By what went wrong.
    server_share, client_share : float
        Processor time over time, while clicks were measured; 1 is one processor.
    empty_mb, memory_mb : float
        Resident memory of the server, with the dossier loaded but nobody there, and at the end.
    seconds : float
        From the first click to the last answer.
    """

    sessions: int
    answers: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    references: int = 0
    late: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    server_share: float = 0.0
    client_share: float = 0.0
    empty_mb: float = 0.0
    memory_mb: float = 0.0
    seconds: float = 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed; NaN of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


class _Load:
    """One level in progress."""

    def __init__(self, url: str, level: Level, seconds: float) -> None:
        self.url = url
        self.level = level
        self.seconds = seconds
        with urllib.request.urlopen(f"{url}/atlas/scene.json", timeout=300) as answer:
            scene = json.load(answer)
        self.expected = expected_by_theme(scene)
        self.everything = set(range(len(scene["records"])))

    def check(self, answer: Answer, expected: set[int]) -> None:
        """Count what an answer shows wrongly."""
        for fault in answer.shown.faults(expected):
            self.level.errors[fault] += 1

    async def open(self, number: int) -> Session | None:
        """One session's first run, at its turn."""
        await asyncio.sleep(number * LOAD_APART)
        try:
            session = await Session.open(f"{self.url}/", TIMEOUT)
            answer = await session.load(TIMEOUT)
        except (ProtocolError, WebSocketException, OSError, TimeoutError) as error:
            self.level.errors[f"first run: {error}"] += 1
            return None
        self.check(answer, self.everything)
        self.level.loads.append(answer.seconds * 1000)
        return session

    async def click(self, session: Session, number: int, start: float) -> None:
        """One session's clicks, from `start` on, spread between the others'."""
        rng = random.Random(number)
        chosen = ""
        answered = 0.0
        due = start + number * EVERY / self.level.sessions
        end = start + self.seconds
        while due < end:
            if answered < due:
                await asyncio.sleep(due - perf_counter())
                due = perf_counter()  # what the driver's own loop adds is not the server's
            else:
                self.level.late += 1
            chosen = rng.choice([theme for theme in session.themes if theme != chosen])
            try:
                answer = await session.choose([chosen], TIMEOUT)
            except ProtocolError as error:
                self.level.errors[str(error)] += 1
                return
            answered = perf_counter()
            self.level.answers.append((answered - due) * 1000)
            self.level.received.append(answer.bytes_received)
            self.level.references += answer.references
            self.check(answer, self.expected[theme_of(chosen)])
            due += EVERY

    async def run(self, server: Server) -> None:
        """The whole level."""
        level = self.level
        # The first reader pays for what is loaded once; then the allocator needs some runs until it
        # has given back what loading left over: else one session would seem to take more than ten.
        for _ in range(WARMING):
            first = await Session.open(f"{self.url}/", TIMEOUT)
            await first.load(TIMEOUT)
            await first.choose(first.themes[:1], TIMEOUT)
            await first.close()
        level.empty_mb = server.memory_mb()
        opened = await asyncio.gather(*(self.open(number) for number in range(level.sessions)))
        sessions = [session for session in opened if session is not None]
        try:
            start, cpu, own = perf_counter(), server.cpu_ms(), process_time()
            await asyncio.gather(
                *(self.click(session, number, start) for number, session in enumerate(sessions))
            )
            level.seconds = perf_counter() - start
            level.server_share = (server.cpu_ms() - cpu) / 1000 / level.seconds
            level.client_share = (process_time() - own) / level.seconds
            level.memory_mb = server.memory_mb()
        finally:
            await asyncio.gather(*(session.close() for session in sessions), return_exceptions=True)


def measure(
    sessions: int,
    seconds: float = SECONDS,
    port: int = PORT,
    environment: dict[str, str] | None = None,
) -> Level:
    """Start a server, let `sessions` readers click for `seconds`, end it."""
    level = Level(sessions)
    with serving(ROOT / "streamlit_app.py", ROOT, port, environment or {}) as server:
        asyncio.run(_Load(server.url, level, seconds).run(server))
        if "Traceback" in (said := server.said(100_000)):
            level.errors["traceback in the app's log"] += said.count("Traceback")
    return level


# --- the table ---------------------------------------------------------------------------------


def per_session_mb(levels: Sequence[Level]) -> float:
    """Memory of each further session: from the fewest to the most that were measured."""
    few, many = levels[0], levels[-1]
    if few.sessions == many.sessions:
        return math.nan
    return (many.memory_mb - few.memory_mb) / (many.sessions - few.sessions)


def table(levels: Iterable[Level]) -> str:
    """The levels as a markdown table."""
    head = (
        "| sessions | clicks | per second | median ms | p95 ms | worst ms | late | errors "
        "| first run, median ms | KB an answer | named, not sent | server, processors "
        "| driver, processors | server MB |"
    )
    rows = [head, "|" + " ---: |" * (head.count("|") - 1)]
    for level in levels:
        clicks = len(level.answers)
        cells = [
            level.sessions,
            clicks,
            f"{clicks / level.seconds:.1f}" if level.seconds else "–",
            f"{percentile(level.answers, 0.5):,.0f}",
            f"{percentile(level.answers, 0.95):,.0f}",
            f"{max(level.answers, default=math.nan):,.0f}",
            level.late,
            sum(level.errors.values()),
            f"{percentile(level.loads, 0.5):,.0f}",
            f"{statistics.fmean(level.received or [math.nan]) / 1000:.1f}",
            f"{level.references / clicks:.1f}" if clicks else "–",
            f"{level.server_share:.2f}",
            f"{level.client_share:.2f}",
            f"{level.memory_mb:,.0f}",
        ]
        rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def report(levels: Sequence[Level], seconds: float, notes: Sequence[str] = ()) -> str:
    """The whole text of ``users.md``."""
    lines = [
        "# Many readers at once",
        "",
        f"Each session chooses another theme every {EVERY:.0f} s for {seconds:.0f} s. The time of "
        "a click runs from when it was due to the server's word that the run ended. All answers "
        "were checked with the dossier: positions on the map and in the list, number in the panel. "
        f"Server and driver share {os.cpu_count()} processors.",
        "",
        table(levels),
        "",
        f"Memory of each further session: {per_session_mb(levels):.2f} MB "
        f"(from {levels[0].sessions} to {levels[-1].sessions} sessions).",
    ]
    single = percentile(levels[0].answers, 0.5)
    lines += [
        f"95th percentile with {level.sessions} sessions over the median of "
        f"{levels[0].sessions}: {percentile(level.answers, 0.95) / single:.1f}."
        for level in levels[1:]
    ]
    for level in levels:
        lines += [f"{level.sessions} sessions, {n} × {what}" for what, n in level.errors.items()]
    return "\n".join([*lines, *notes]) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.users", description=__doc__)
    parser.add_argument("--levels", type=int, nargs="+", default=list(LEVELS), metavar="N")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each level")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--dossier", type=Path, help="folder; the project's own by default")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="variable of the server's environment, e.g. STREAMLIT_RUNNER_POST_SCRIPT_GC=false",
    )
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args(argv)
    environment = dict(setting.split("=", 1) for setting in args.set)
    notes = [f"With {setting}." for setting in args.set]
    if args.dossier:
        environment["DOSSIER_ATLAS_DOSSIER"] = str(args.dossier.resolve())
        notes.append(f"Dossier: {args.dossier.name}.")
    # Ended from outside, it still ends its server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    levels = []
    try:
        for sessions in sorted(args.levels):
            levels.append(measure(sessions, args.seconds, args.port, environment))
            print(table(levels).splitlines()[-1], flush=True)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    text = report(levels, args.seconds, notes)
    args.out.write_text(text, encoding="utf-8")
    print(text)
    return 1 if any(level.errors for level in levels) else 0


if __name__ == "__main__":
    sys.exit(main())
