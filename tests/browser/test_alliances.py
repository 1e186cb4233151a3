"""The alliances page in a browser: what an analyst asks of it."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import OpenVisit
from tests.browser.harness import Visit, open_map, settled, wait_for_data

PLAIN = """() => [...document.querySelectorAll("path.country.member")]
    .filter((path) => !path.style.fill.includes("url")).length"""
"""Countries with a plain fill: full members of one alliance."""

CHARTS = (
    '.st-key-alliances-time [data-testid="stVegaLiteChart"] canvas, '
    '.st-key-alliances-time [data-testid="stVegaLiteChart"] svg'
)


def plainly_filled(frame: Frame, count: int) -> None:
    """Wait until the map shows so many full members."""
    frame.wait_for_function(f"() => ({PLAIN})() === {count}")


def matrix_order(page: Page) -> list[str]:
    return page.locator(".atlas-matrix tbody th").all_inner_texts()


def test_opens_with_what_the_dossier_compares(visit: Visit) -> None:
    open_map(visit, "alliances")
    page = visit.page
    for name in ("BRICS", "G7", "SCO"):
        expect(
            page.locator(".st-key-alliances-chosen button").filter(has_text=name)
        ).to_have_attribute("aria-pressed", "true")
    duel = page.locator(".atlas-duel")
    for number in ("36.1 %", "29.0 %", "26.0 %", "44.3 %"):
        expect(duel).to_contain_text(number)
    expect(page.locator(".atlas-overlaps tbody tr")).to_have_count(4)
    expect(page.locator(".atlas-matrix tbody tr").filter(has_text="Saudi Arabia")).to_contain_text(
        "Unclear"
    )
    visit.assert_clean()


def test_date_moves_map_matrix_and_weights_together_in_one_run(visit: Visit) -> None:
    frame = open_map(visit, "alliances?alliance=brics&date=2023-12-31")
    page = visit.page
    weights = page.locator("svg").filter(has_text="GDP, purchasing power")
    plainly_filled(frame, 5)
    expect(page.locator(".atlas-overlaps tbody tr td.size")).to_have_text(["5"])
    expect(weights).to_contain_text("33.5 %")
    iran = page.locator(".atlas-matrix tbody tr").filter(has_text="Iran")
    expect(iran).to_contain_text("Invited")
    frame.evaluate("() => { window.kept = 'kept'; }")
    sent = visit.websocket_sent

    page.get_by_role("button", name="Next change").click()
    plainly_filled(frame, 9)
    expect(page.locator(".atlas-overlaps tbody tr td.size")).to_have_text(["9"])
    expect(weights).to_contain_text("36.1 %")
    expect(iran).to_contain_text("Member since 1 January 2024")
    settled(page)
    assert visit.query["date"] == ["2024-01-01"]
    assert visit.websocket_sent == sent + 1
    assert frame.evaluate("() => window.kept") == "kept"

    page.go_back()
    plainly_filled(frame, 5)
    expect(weights).to_contain_text("33.5 %")
    visit.assert_clean()


@pytest.mark.sweep
def test_slider_is_moved_by_keyboard(visit: Visit) -> None:
    frame = open_map(visit, "alliances?alliance=sco&date=2022-12-31")
    slider = visit.page.locator(".st-key-alliances-day").get_by_role("slider")
    slider.focus()
    sent = visit.websocket_sent
    slider.press("ArrowRight")
    expect(visit.page.locator(".atlas-matrix caption")).to_contain_text("1 January 2023")
    settled(visit.page)
    assert visit.query["date"] == ["2023-01-01"]
    assert visit.websocket_sent == sent + 1
    plainly_filled(frame, 8)
    visit.assert_clean()


def test_alliances_are_chosen_and_the_last_one_stays(visit: Visit) -> None:
    frame = open_map(visit, "alliances?alliance=g7&date=2010-01-01")
    plainly_filled(frame, 8)
    chosen = visit.page.locator(".st-key-alliances-chosen button")
    chosen.filter(has_text="BRICS").click()
    overlap = visit.page.locator(".atlas-overlaps tbody tr").filter(has_text="BRICS and G7")
    expect(overlap).to_contain_text("Russia")
    settled(visit.page)
    assert visit.query["alliance"] == ["brics", "g7"]
    chosen.filter(has_text="BRICS").click()
    expect(overlap).to_have_count(0)
    chosen.filter(has_text="G7").click()
    settled(visit.page)
    expect(chosen.filter(has_text="G7")).to_have_attribute("aria-pressed", "true")
    assert visit.query["alliance"] == ["g7"]
    visit.assert_clean()


def test_country_is_selected_here_and_the_card_closed(visit: Visit) -> None:
    frame = open_map(visit, "alliances")
    page = visit.page
    sent = visit.websocket_sent
    page.locator(".atlas-matrix th a").filter(has_text="Iran").click()
    expect(page.locator(".atlas-card h2")).to_have_text("Iran")
    wait_for_data(frame, "select", "actor:IRN")
    expect(page.locator(".atlas-matrix tr.selected")).to_contain_text("Iran")
    settled(page)
    assert visit.query["select"] == ["actor:IRN"]
    assert visit.websocket_sent == sent + 1
    page.locator(".atlas-card a.close").click()
    expect(page.locator(".atlas-card")).to_have_count(0)
    settled(page)
    assert "select" not in visit.query
    visit.assert_clean()


def test_heading_sorts_by_keyboard_and_keeps_the_focus(visit: Visit) -> None:
    open_map(visit, "alliances")
    page = visit.page
    before = matrix_order(page)
    sent = visit.websocket_sent
    link = page.locator("#sort-sco")
    link.focus()
    link.press("Enter")
    expect(page.locator(".atlas-matrix th[aria-sort='ascending']")).to_contain_text("SCO")
    settled(page)
    assert visit.query["sort"] == ["sco"]
    assert visit.websocket_sent == sent + 1
    assert matrix_order(page) != before
    expect(page.locator("#sort-sco")).to_be_focused()
    page.locator("#sort-sco").press("Enter")
    expect(page.locator(".atlas-matrix th[aria-sort='descending']")).to_contain_text("SCO")
    visit.assert_clean()


@pytest.mark.sweep
def test_card_of_an_alliance_leads_here(visit: Visit) -> None:
    open_map(visit, "?select=sco")
    visit.page.locator(".atlas-card a").filter(has_text="Compare alliances").click()
    expect(visit.page.locator(".atlas-matrix")).to_be_visible()
    settled(visit.page)
    assert visit.page.url.partition("?")[0].endswith("/alliances")
    assert visit.query["alliance"] == ["sco"]
    visit.assert_clean()


@pytest.mark.sweep
def test_nonsense_in_the_address_does_no_harm(visit: Visit) -> None:
    # All that is no date, or none of this page's, is in test_alliances.py of the views.
    open_map(visit, "alliances?alliance=nato&date=2010-13-45&sort=x&select=nope")
    expect(visit.page.locator(".atlas-duel")).to_contain_text("36.1 %")
    expect(visit.page.locator(".atlas-card")).to_have_count(0)
    visit.assert_clean()


@pytest.mark.sweep
def test_weights_can_be_downloaded(visit: Visit) -> None:
    open_map(visit, "alliances?alliance=brics&alliance=eu-27")
    page = visit.page
    page.get_by_text("Weights as a table, and what to beware of").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download weights (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [(row["alliance"], row["share of world, %"]) for row in rows[:2]] == [
        ("BRICS", "36.11"),
        ("EU-27", ""),
    ]
    visit.assert_clean()


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("day", ["2001-01-01", "2024-01-31"])
def test_strip_lies_under_the_slider_and_nothing_is_cut(
    open_visit: OpenVisit, size: tuple[int, int], day: str
) -> None:
    visit = open_visit(viewport={"width": size[0], "height": size[1]})
    open_map(visit, f"alliances?date={day}")
    page = visit.page
    page.locator(CHARTS).first.wait_for()
    chart = page.locator(CHARTS).first.bounding_box()
    column = page.locator(".st-key-alliances-time").bounding_box()
    assert chart is not None
    assert column is not None
    assert abs(chart["x"] - column["x"]) <= 2
    assert abs(chart["width"] - column["width"]) <= 3
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    assert not page.evaluate(too_wide)
    visit.assert_clean()
