"""Measure the subjects side by side: ``python -m benchmarks.run --help``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks import machine
from benchmarks.aims import NoTargetError, Spot
from benchmarks.browser import NotShownError, Sample, Tab, launch, new_context
from benchmarks.server import Server, ServerError, serving
from benchmarks.subject import (
    SUBJECTS,
    Subject,
    click_map,
    click_theme,
    counts,
    filter_clicks,
)
from benchmarks.subjects import records
from benchmarks.subjects.records import Records
from benchmarks.table import Row, Table, failures, figures, ratios

RESULTS = Path(__file__).with_name("results.md")
BLOCK = 5
"""Rounds of a subject before the next one has its turn, so that a slow hour hits all alike."""
WARM_UP = 3
"""Clicks that are not counted, before each series."""
STILL_MS = 250
"""How long an object must stay where it is before it is clicked."""
SESSIONS = 10
PORT = 8710

START = Row("process start → first answer", "time", "ms")
MEMORY = Row("per further session", "memory", "MB")
REFUSED = Row("whole run", "requests to other hosts, refused", "number")
FIRST = "first visit of a new process, cold cache → map"
COLD = "visit, cold cache → map"
WARM = "visit, warm cache → map"
FILTER = "filter click → map and panel"
CONFIRMED = "filter click → confirmed by Python"
CARD = "map click → card"
LAYER = "layer switch → map"
PAGE = "page link → other page"
BACK = "page link → map again"
WORKS = (FIRST, COLD, WARM, FILTER, CONFIRMED, CARD, LAYER, PAGE, BACK)
FAILURES = (NotShownError, NoTargetError, ServerError, PlaywrightError)


@dataclass
class Bench:
    """One run.

    Attributes
    ----------
    browser : Browser
    records : Records
        As the subjects have them.
    table : Table
        Where results go.
    port : int
        First of those to use; each start takes the next of `ports`.
    sessions : int
        How many are opened at once for the memory of one.
    ports : int
    """

    browser: Browser
    records: Records
    table: Table
    port: int
    sessions: int = SESSIONS
    ports: int = 25
    _starts: int = 0

    def note(self, subject: Subject, work: str, sample: Sample) -> None:
        """Enter a sample in its rows."""
        for row, value in zip(
            rows_of(work),
            (sample.ms, sample.websocket / 1e3, sample.http / 1e3, sample.cpu_ms),
            strict=True,
        ):
            self.table.cell(row, subject.name).values.append(value)

    @contextmanager
    def trying(self, subject: Subject, *rows: Row) -> Iterator[None]:
        """Note a failure in its rows, and go on."""
        try:
            yield
        except FAILURES as error:
            print(f"  {subject.name}: {rows[0].work}: {error}", file=sys.stderr, flush=True)
            for row in rows:
                self.table.cell(row, subject.name).failures.append(str(error))

    def serve(self, subject: Subject) -> AbstractContextManager[Server]:
        """Start a subject's server, on the next port: the last one may still be in use."""
        self._starts += 1
        port = self.port + self._starts % self.ports
        return serving(subject.script, subject.folder, port, subject.environment)

    # --- works ---------------------------------------------------------------------------------

    def block(self, subject: Subject, rounds: int) -> None:
        """Do all works of a subject, each `rounds` times."""
        for left in reversed(range(rounds)):
            with self.trying(subject, START), self.serve(subject) as server:
                start = self.table.cell(START, subject.name)
                start.values.append(server.seconds_to_answer * 1000)
                with self.trying(subject, *rows_of(FIRST)), self.tab(subject, server) as tab:
                    self.note(subject, FIRST, tab.visit(self.shows(subject)))
                # On a young process: an old one has room left by sessions that have ended.
                if left == rounds - 1:
                    self.memory(subject, server)
                if left == 0:
                    self.visits(subject, server, rounds)
                    self.clicks(subject, server, rounds)

    @contextmanager
    def tab(self, subject: Subject, server: Server) -> Iterator[Tab]:
        """A page of a new visitor."""
        context = new_context(self.browser)
        try:
            tab = Tab(context, server)
            yield tab
            self.count_refused(subject, tab)
        finally:
            context.close()

    def count_refused(self, subject: Subject, tab: Tab) -> None:
        """Add what a page asked of other hosts."""
        cell = self.table.cell(REFUSED, subject.name)
        cell.values[:] = [sum(cell.values) + tab.requests_refused]

    def shows(self, subject: Subject, themes: Sequence[str] = ()) -> str:
        """When a subject shows what a filter by themes leaves."""
        return subject.shows(counts(self.records, themes))

    def visits(self, subject: Subject, server: Server, rounds: int) -> None:
        """Visit twice as a new visitor: with an empty cache, then with what that left."""
        for _ in range(rounds):
            rows = (*rows_of(COLD), *rows_of(WARM))
            with self.trying(subject, *rows), self.tab(subject, server) as tab:
                self.note(subject, COLD, tab.visit(self.shows(subject)))
                context = tab.page.context
                tab.page.close()  # one visit after the other
                again = Tab(context, server)
                self.note(subject, WARM, again.visit(self.shows(subject)))
                self.count_refused(subject, again)

    def clicks(self, subject: Subject, server: Server, rounds: int) -> None:
        """Filter, card, layers, pages: each on a page of its own."""
        self.series(subject, server, rounds, (FILTER,), self.filter)
        if subject.confirms:
            self.series(subject, server, rounds, (CONFIRMED,), self.confirmed)
        if subject.aim:
            self.series(subject, server, rounds, (CARD,), self.card)
        if subject.layer_state:
            self.series(subject, server, rounds, (LAYER,), self.layer)
        self.series(subject, server, rounds, (PAGE, BACK), self.pages)

    def series(
        self,
        subject: Subject,
        server: Server,
        rounds: int,
        works: Sequence[str],
        steps: Callable[[Subject, Tab], Iterator[tuple[Sample, ...]]],
    ) -> None:
        """Take `rounds` samples of works after those that warm up."""
        rows = [row for work in works for row in rows_of(work)]
        with self.trying(subject, *rows), self.tab(subject, server) as tab:
            tab.visit(self.shows(subject))
            for number, samples in enumerate(steps(subject, tab), start=1):
                if number > WARM_UP:
                    for work, sample in zip(works, samples, strict=True):
                        self.note(subject, work, sample)
                if number == WARM_UP + rounds:
                    break

    def filter(self, subject: Subject, tab: Tab) -> Iterator[tuple[Sample]]:
        """Add a theme, take the older away, and so on."""
        for position, shown in filter_clicks(self.records):
            yield (tab.click(partial(click_theme, tab.page, position), subject.shows(shown)),)

    def confirmed(self, subject: Subject, tab: Tab) -> Iterator[tuple[Sample]]:
        """The same clicks, until the answer of the server is shown."""
        for position, shown in filter_clicks(self.records):
            holds = f"{subject.shows(shown)} && {subject.confirms}"
            yield (tab.click(partial(click_theme, tab.page, position), holds),)

    def card(self, subject: Subject, tab: Tab) -> Iterator[tuple[Sample]]:
        """Click one object after the other."""
        assert subject.aim
        last = ""
        while True:
            before = tab.page.evaluate(f"() => {subject.card}")
            x, y, last = self.target(subject, tab, last)
            holds = f"(now => now && now !== {json.dumps(before)})({subject.card})"
            yield (tab.click(partial(click_map, tab.page, x, y), holds),)

    def target(self, subject: Subject, tab: Tab, last: str) -> Spot:
        """Where to click, once nothing moves: a map may still fit its view, or follow a click."""
        assert subject.aim
        spot = subject.aim(tab.page, self.records, last)
        for _ in range(20):
            tab.page.wait_for_timeout(STILL_MS)
            before, spot = spot, subject.aim(tab.page, self.records, last)
            if spot == before:
                return spot
        raise NoTargetError("the map does not come to rest")

    def layer(self, subject: Subject, tab: Tab) -> Iterator[tuple[Sample]]:
        """Take the corridors away and put them back, by turns."""
        while True:
            state = subject.layer_state
            before = json.dumps(tab.page.evaluate(f"() => {state}"))
            holds = f"(now => now && now !== {before})({state})"
            yield (tab.click(lambda: subject.switch(tab.page), holds),)

    def pages(self, subject: Subject, tab: Tab) -> Iterator[tuple[Sample, Sample]]:
        """Go to the other page and back."""
        while True:
            there = tab.click(lambda: subject.leave(tab.page), subject.other)
            back = tab.click(lambda: subject.back(tab.page), self.shows(subject))
            yield there, back

    def memory(self, subject: Subject, server: Server) -> None:
        """Open sessions beside one another; note by how much each made the server grow."""
        with self.trying(subject, MEMORY):
            context = new_context(self.browser)
            try:
                for number in range(1 + self.sessions):
                    if number == 1:  # the second visit of a process still loads something
                        before = server.memory_mb()
                    tab = Tab(context, server)
                    tab.visit(self.shows(subject))
                growth = (server.memory_mb() - before) / self.sessions
                self.table.cell(MEMORY, subject.name).values.append(growth)
            finally:
                context.close()


def rows_of(work: str) -> tuple[Row, Row, Row, Row]:
    """What is measured of a work in the browser."""
    return (
        Row(work, "time", "ms"),
        Row(work, "websocket", "KB"),
        Row(work, "HTTP", "KB"),
        Row(work, "server CPU", "ms"),
    )


def empty_table(columns: Sequence[str]) -> Table:
    """A table with all rows in order."""
    table = Table(columns)
    for row in (START, *(row for work in WORKS for row in rows_of(work)), MEMORY, REFUSED):
        table.cells[row] = {}
    return table


def report(
    table: Table, subjects: Sequence[Subject], about: str, content: str, rounds: int, minutes: float
) -> str:
    """The text of the results."""
    parts = [
        "# Results",
        f"Written by `make bench`: medians (minimum–maximum) of {rounds} rounds each, in one run "
        f"of {minutes:.0f} minutes. What is measured and how: [README](README.md).",
        about,
        f"Shown by each: {content}.",
        "\n".join(f"- *{subject.name}*: {subject.title}" for subject in subjects),
        "## Figures",
        figures(table),
    ]
    for base in ("floor", "atlas"):
        if base in table.columns:
            parts += [f"## Times as multiples of *{base}*", ratios(table, base)]
    if why := failures(table):
        parts += ["## What failed", why]
    return "\n\n".join(parts) + "\n"


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    names = [subject.name for subject in SUBJECTS]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Measure the subjects side by side."
    )
    parser.add_argument("--rounds", type=int, default=15, help="samples of each work (15)")
    parser.add_argument(
        "--subjects", default=",".join(names), help=f"which of {', '.join(names)}, by commas"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="file to write (results.md)")
    parser.add_argument(
        "--sessions",
        type=int,
        default=SESSIONS,
        help=f"opened at once for the memory of one ({SESSIONS})",
    )
    parser.add_argument("--dossier", type=Path, help="folder of another dossier to show")
    parser.add_argument("--port", type=int, default=PORT, help=f"first of 25 ports ({PORT})")
    asked = parser.parse_args(argv)
    chosen = [name.strip() for name in asked.subjects.split(",")]
    if unknown := sorted(set(chosen) - set(names)):
        parser.error(f"no such subject: {', '.join(unknown)}; there are {', '.join(names)}")
    if min(asked.rounds, asked.sessions) < 1:
        parser.error("--rounds and --sessions must be 1 or more")
    asked.subjects = [subject for subject in SUBJECTS if subject.name in chosen]
    return asked


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    asked = arguments(argv)
    signal.signal(signal.SIGTERM, interrupt)
    os.environ.pop(records.ENVIRONMENT, None)
    if asked.dossier:
        os.environ[records.ENVIRONMENT] = str(asked.dossier.resolve())
    shown = records.build()
    content = (
        f"{len(shown.themes_of)} records as {len(shown.points)} points and {len(shown.lines)} "
        f"lines, {len(shown.countries)} countries"
    )
    table = empty_table([subject.name for subject in asked.subjects])
    started = time.monotonic()
    about = ""
    stopped = False
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            about = machine.describe(browser.version)
            bench = Bench(browser, shown, table, asked.port, asked.sessions)
            measure(bench, asked.subjects, asked.rounds)
            browser.close()
    except KeyboardInterrupt:
        stopped = True
    minutes = (time.monotonic() - started) / 60
    text = report(table, asked.subjects, about, content, asked.rounds, minutes)
    print(f"\n{text}")
    if stopped:
        print("Stopped: this is what there was so far; nothing is written.", file=sys.stderr)
        return 130
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, encoding="utf-8")
    return 1 if failures(table) else 0


def measure(bench: Bench, subjects: Sequence[Subject], rounds: int) -> None:
    """Do all works of all subjects, in blocks by turns."""
    left = rounds
    while left > 0:
        block = min(BLOCK, left)
        left -= block
        for subject in subjects:
            print(f"{subject.name}: {block} rounds, {left} to come", flush=True)
            bench.block(subject, block)


def interrupt(*_: object) -> None:
    """Be ended from outside as by Ctrl-C, so that no server stays behind."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
