"""The sources page in a browser: the ledger, its filters, and a reader's own copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.harness import Visit, map_frame, selected, settled

ARTICLE = Path(__file__).parents[3] / "shared" / "article.txt"
"""The article, where somebody has laid it beside the project; it is never in it."""


def open_sources(visit: Visit, query: str = "") -> Page:
    """Go to the sources page and wait until it is drawn."""
    visit.server.assert_running()
    visit.page.goto(f"{visit.server.url}/sources{query}")
    expect(visit.page.locator(".atlas-ledger")).to_be_visible(timeout=30_000)
    settled(visit.page)
    return visit.page


def test_every_line_stands_in_the_ledger(visit: Visit) -> None:
    page = open_sources(visit)
    expect(page.locator(".atlas-ledger tbody th")).to_have_count(71)
    expect(page.locator(".atlas-figures b").first).to_have_text("71 of 71")
    visit.assert_clean()


def test_a_choice_narrows_the_ledger_and_stands_in_the_address(visit: Visit) -> None:
    page = open_sources(visit)
    page.locator(".st-key-show").get_by_text("Unmapped", exact=True).click()
    expect(page.locator(".atlas-ledger td.unmapped")).not_to_have_count(0)
    expect(page.locator(".atlas-ledger a")).to_have_count(0)
    assert visit.query == {"show": ["unmapped"]}
    page.go_back()
    expect(page.locator(".atlas-ledger tbody th")).to_have_count(71)
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("query", ["?show=%3Cscript%3E", "?show=none&show=", "?show"])
def test_nonsense_shows_the_whole_ledger(visit: Visit, query: str) -> None:
    page = open_sources(visit, query)
    expect(page.locator(".atlas-ledger tbody th")).to_have_count(71)
    visit.assert_clean()


def test_a_record_of_the_ledger_leads_to_the_map(visit: Visit) -> None:
    page = open_sources(visit)
    page.wait_for_function("() => window.atlasFollow")  # the page's script is there
    page.locator('.atlas-ledger a[data-select="irn-rus-shahed-drones"]').first.click()
    expect(page.locator(".atlas-card")).to_be_visible(timeout=30_000)
    frame = map_frame(page)
    frame.wait_for_selector('#map_div[data-ready="true"]')
    frame.wait_for_selector('#map_div[data-select="irn-rus-shahed-drones"]')
    assert selected(frame) == "irn-rus-shahed-drones"
    assert visit.query["select"] == ["irn-rus-shahed-drones"]
    visit.assert_clean()


def test_another_text_gets_a_clear_answer(visit: Visit, tmp_path: Path) -> None:
    page = open_sources(visit)
    wrong = tmp_path / "another.txt"
    wrong.write_text("Another text.\nOf two lines.\n", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(wrong)
    expect(page.get_by_text("None of the file's 2 lines")).to_be_visible()
    expect(page.locator(".atlas-ledger tbody th")).to_have_count(71)
    assert visit.off_origin == []


@pytest.mark.sweep
def test_a_copy_that_is_lost_on_its_way_is_given_again(visit: Visit, tmp_path: Path) -> None:
    lost: list[str | bytes] = []

    def connect(wire: WebSocketRoute) -> None:
        server = wire.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if isinstance(message, bytes) and b"another.txt" in message and not lost:
                lost.append(message)
            else:
                server.send(message)

        wire.on_message(pass_on)

    visit.page.route_web_socket("**/_stcore/stream", connect)
    page = open_sources(visit)
    another = tmp_path / "another.txt"
    another.write_text("Another text.\nOf two lines.\n", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(another)
    expect(page.get_by_text("None of the file's 2 lines")).to_be_visible()
    assert len(lost) == 1


def test_a_copy_that_was_answered_is_not_waited_for(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.clock.install()
    open_sources(visit)
    another = tmp_path / "another.txt"
    another.write_text("Another text.\nOf two lines.\n", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(another)
    expect(page.get_by_text("None of the file's 2 lines")).to_be_visible()
    settled(page)
    sent = visit.websocket_sent
    page.clock.fast_forward("05:00")
    settled(page)
    assert page.locator(".atlas-choose .said").inner_text() == ""
    assert visit.websocket_sent == sent
    assert visit.errors == []


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not beside the project")
def test_ones_own_copy_stands_beside_its_rows(visit: Visit) -> None:
    page = open_sources(visit)
    page.locator('input[type="file"]').set_input_files(ARTICLE)
    expect(page.get_by_text("71 of 71 lines match their fingerprints.")).to_be_visible()
    expect(page.locator(".atlas-ledger .copy .match")).to_have_count(71)
    visit.assert_clean()
