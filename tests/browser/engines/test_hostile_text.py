"""Texts that look like code stay texts in Firefox, too; Chromium is asked beside its console."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.engines.engine import Engine
from tests.browser.hostile_pages import faults
from tests.browser.server import serving
from tests.dossiers import hostile


@pytest.mark.sweep
@pytest.mark.parametrize("engine", ["firefox"], indirect=True)
def test_texts_stay_texts_on_every_page(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    hostile.write(folder, first=len(hostile.TEXTS) - 1)  # the long word is the title
    with serving(tmp_path / "log.txt", folder, asgi="tests.browser.engines.recorded:app") as server:
        # What goes wrong in a page is written down by it: a text that is run, or refused.
        assert faults(engine, server.url) == {}
        assert "Traceback" not in server.log()
