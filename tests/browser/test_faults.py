"""A dossier's folder comes to harm under an open page: told on the click, and so is the mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenVisit, Serve
from tests.browser.harness import open_map, pill, settled
from tests.dashboard.editing import BASE


def click_until(page: Page, held_up: int, problems: int) -> None:
    """Filter by flows, again until the files were looked at: that is not done at each click."""
    faults = page.locator(".atlas-faults")
    for _ in range(40):
        pill(page, "layer", "Flows").click()
        settled(page)
        lists = faults.locator("summary").count()
        if (faults.locator(".held-up").count(), lists) == (held_up, held_up + problems):
            return
    raise AssertionError(f"still told: {faults.inner_text()!r}")


@pytest.mark.sweep
def test_the_folder_goes_and_comes_back(
    open_visit: OpenVisit, serve: Serve, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "dossier"))
    visit = open_visit(server=serve(folder))
    page = visit.page
    open_map(visit)
    faults = page.locator(".atlas-faults")
    expect(faults).to_be_empty()
    map_before = page.locator("iframe").first.element_handle()

    folder.rename(tmp_path / "away")
    click_until(page, held_up=1, problems=0)
    expect(faults.locator(".held-up summary")).to_contain_text("Out of date.")
    expect(page.locator(".atlas-summary h2")).to_contain_text(" of 8 records shown")
    faults.locator("summary").click()
    expect(faults.locator("li")).to_have_text("dossier: there is no such folder")

    (tmp_path / "away").rename(folder)
    (folder / "flows/new-flow.yaml").write_bytes((folder / "flows/drones.yml").read_bytes())
    click_until(page, held_up=0, problems=1)
    expect(faults.locator("summary")).to_have_text("1 problem in the dossier's files")

    (folder / "flows/new-flow.yaml").unlink()
    click_until(page, held_up=0, problems=0)
    expect(faults).to_be_empty()
    # All the while the map stayed where it was: what is told came and went beside it.
    assert map_before.is_visible()
    visit.assert_clean()
