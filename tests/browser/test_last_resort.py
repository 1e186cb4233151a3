"""Whatever is raised, on whatever side of the page: a browser never gets Streamlit's box."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import MAP_FRAME, Visit
from tests.browser.server import ROOT, Server, serving
from tests.dashboard.editing import BASE

SECRET = "what a reader asked for"

# Starts the app with a search page that raises where its address says, and with a Streamlit that
# fails as it might: on a message from the browser, on a script, on a message that is too large.
PLANTED = f"""
import sys
from pathlib import Path

sys.path.insert(0, {str(ROOT)!r})

import altair as alt
import streamlit as st
from streamlit.runtime import app_session, runtime_util
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from dashboard.views.search import page as search_page

SECRET = {SECRET!r}
cut = []


def fail(error=ValueError):
    raise error(SECRET)


def show(site):
    match st.query_params.get("ask"):
        case "page":
            fail()
        case "exit":
            fail(SystemExit)
        case "chart":
            st.altair_chart(alt.Chart().mark_bar().encode(x=alt.X(aggregate=SECRET)))
        case "fragment":
            st.fragment(fail)()
        case "callback":
            st.button("Do it", on_click=fail)
        case "huge":
            st.html("x" * 2_000_000)


def from_browser(self, client_state, handle=app_session.AppSession._handle_rerun_script_request):
    if "ask=message" in client_state.query_string:
        fail()
    if "ask=script" in client_state.query_string:
        cut.append(1)
    return handle(self, client_state)


def compiled(self, path, get=ScriptCache.get_bytecode):
    if cut:
        cut.clear()
        fail(SyntaxError)
    return get(self, path)


search_page.show = show
app_session.AppSession._handle_rerun_script_request = from_browser
ScriptCache.get_bytecode = compiled
runtime_util.get_max_message_size_bytes = lambda: 1_000_000

source = Path({str(ROOT)!r}, "streamlit_app.py").read_text(encoding="utf-8")
exec(source.replace("dashboard/main.py", {(ROOT / "dashboard/main.py").as_posix()!r}))
if False:
    app = st.App("Streamlit looks for such a line")
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("planted")
    script = folder / "planted_app.py"
    script.write_text(PLANTED, encoding="utf-8")
    with serving(folder / "log.txt", BASE, script=script) as server:
        yield server


def assert_told(page: Page, visit: Visit) -> None:
    told = page.get_by_role("alert").filter(has_text=re.compile(r"error \d{6}\."))
    expect(told).to_have_count(1)
    [number] = re.findall(r"\d{6}", told.inner_text())
    log = visit.server.log(visit.log_start)
    assert log.count(f"error {number}:") == 1
    assert re.findall(r"error (\d{6}):", log)[-1] == number
    assert SECRET not in page.content()
    assert page.locator('[data-testid="stException"], [role="dialog"]').count() == 0


@pytest.mark.sweep
@pytest.mark.parametrize(
    "places", [("page", "chart", "fragment", "exit", "callback"), ("huge", "message", "script")]
)
def test_no_box(open_visit: OpenVisit, planted: Server, places: tuple[str, ...]) -> None:
    visit = open_visit(server=planted)
    page = visit.page
    for place in places:
        page.goto(f"{planted.url}/search?ask={place}")
        if place == "callback":
            page.get_by_role("button", name="Do it").click()
        assert_told(page, visit)
    page.get_by_role("link", name="open the map").click()
    page.locator(MAP_FRAME).wait_for()
    assert visit.off_origin == []
