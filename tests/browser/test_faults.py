"""A dossier's folder comes to harm under an open page: told on the click, and so is the mend."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit, Serve
from tests.browser.harness import open_map, pill, settled
from tests.dashboard.editing import BASE


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
    pill(page, "layer", "Flows").click()
    settled(page)
    expect(faults.locator(".held-up summary")).to_contain_text("Out of date.")
    expect(page.locator(".atlas-summary h2")).to_have_text("1 of 8 records shown")
    faults.locator("summary").click()
    expect(faults.locator("li")).to_have_text("dossier: there is no such folder")

    (tmp_path / "away").rename(folder)
    (folder / "flows/new-flow.yaml").write_bytes((folder / "flows/drones.yml").read_bytes())
    pill(page, "layer", "Flows").click()
    settled(page)
    expect(faults.locator(".held-up")).to_have_count(0)
    expect(faults.locator("summary")).to_have_text("1 problem in the dossier's files")

    (folder / "flows/new-flow.yaml").unlink()
    pill(page, "layer", "Flows").click()
    settled(page)
    expect(faults).to_be_empty()
    # All the while the map stayed where it was: what is told came and went beside it.
    assert map_before.is_visible()
    visit.assert_clean()
