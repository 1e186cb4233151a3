"""Readers who wait for a deck: they see their place, and leave by the button or by closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import settled
from tests.browser.server import ROOT, serving
from tests.dashboard.editing import BASE

# Starts the app with somebody in the line for decks for as long as a file is there, with a page
# that says how long the line is, and with decks that are made at once.
HELD_UP = f"""
import sys
from pathlib import Path
from threading import Thread
from time import sleep

sys.path.insert(0, {str(ROOT)!r})

import streamlit as st

from dashboard.brief.turns import DECKS
from dashboard.brief import page as briefing_page
from dashboard.views.sources import page as sources_page

HELD = Path(__file__).with_name("held")


def hold():
    with DECKS.place():
        while HELD.exists():
            sleep(0.05)


@st.fragment(run_every=0.2)
def show_line():
    st.text(f"in line: {{len(DECKS)}}")


sources_page.show = lambda site: show_line()
briefing_page._content = lambda *_: b"a deck"
Thread(target=hold, daemon=True).start()

source = Path({str(ROOT)!r}, "streamlit_app.py").read_text(encoding="utf-8")
exec(source.replace("dashboard/main.py", {(ROOT / "dashboard/main.py").as_posix()!r}))
if False:
    app = st.App("Streamlit looks for such a line")
"""


@pytest.mark.sweep
def test_waiting_and_leaving(open_visit: OpenVisit, tmp_path: Path) -> None:
    script = tmp_path / "held_up_app.py"
    script.write_text(HELD_UP, encoding="utf-8")
    (held := tmp_path / "held").touch()
    with serving(tmp_path / "log.txt", BASE, script=script) as server:
        watcher = open_visit(server=server).page
        watcher.goto(f"{server.url}/sources")
        line = watcher.get_by_text("in line:")
        expect(line).to_have_text("in line: 1")
        visit = open_visit(server=server)
        page = visit.page
        page.goto(f"{server.url}/briefing")
        deck = page.get_by_role("button", name="Deck by theme")

        deck.click()
        waiting = page.locator(".atlas-waiting")
        expect(waiting).to_contain_text("1 other is before you")
        expect(line).to_have_text("in line: 2")
        page.get_by_role("button", name="Leave the queue").click()
        expect(waiting).to_have_count(0)
        expect(line).to_have_text("in line: 1")
        settled(page)

        closed = open_visit(server=server).page
        closed.goto(f"{server.url}/briefing")
        closed.get_by_role("button", name="Deck by theme").click()
        expect(line).to_have_text("in line: 2")
        deck.click()
        expect(waiting).to_contain_text("2 others are before you")
        closed.close()
        expect(waiting).to_contain_text("1 other is before you")
        with page.expect_download() as download:
            held.unlink()
        assert download.value.path().read_bytes() == b"a deck"
        expect(waiting).to_have_count(0)
        expect(line).to_have_text("in line: 0")
        visit.assert_clean()
