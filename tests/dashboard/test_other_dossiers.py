"""The map page of dossiers that are broken, mended, changed, hostile, or others."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.atlas import data
from tests.dashboard.editing import copy, rewrite
from tests.dashboard.opening import html, run_at, text

HOSTILE = "</script><script>alert(1)</script>"


def test_a_broken_record_is_listed_and_the_rest_shown(small: Path) -> None:
    rewrite(small / "flows/drones.yml", goods="magic")
    app = run_at()
    assert "7 of 7 records shown" in text(app)
    assert text(app).count("1 problem in the dossier's files") == 1
    assert "flows/drones.yml" in text(app)
    assert "magic" in text(app)


def test_a_sound_dossier_has_no_list_of_problems(small: Path) -> None:
    app = run_at()
    assert '<div class="atlas-faults"></div>' in html(app)
    assert "problem" not in text(app)
    assert "8 of 8 records shown" in text(app)


def test_a_broken_head_is_explained(small: Path) -> None:
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    app = run_at(actor="IRN")
    assert [error.value for error in app.error] == [
        "The dossier cannot be read. Mend what is listed, then reload the page."
    ]
    assert "dossier.yml" in app.code[0].value
    assert "Traceback" not in app.code[0].value


def test_a_folder_that_is_not_there_is_explained(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.ENVIRONMENT, str(small / "nowhere"))
    app = run_at()
    assert "there is no such folder" in app.code[0].value


def test_a_mended_dossier_is_shown_with_the_next_run(small: Path) -> None:
    head = (small / "dossier.yml").read_bytes()
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    app = run_at()
    (small / "dossier.yml").write_bytes(head)
    app.run()
    assert not app.error
    assert "8 of 8 records shown" in text(app)


def test_a_record_that_is_gone_meanwhile_is_no_longer_selected(small: Path) -> None:
    app = run_at(select="drones")
    (small / "flows/drones.yml").unlink()
    app.run()
    assert not app.exception
    assert "7 of 7 records shown" in text(app)


@pytest.mark.parametrize(
    ("facet", "value"),
    [("status", "opinion"), ("verdict", "wrong"), ("theme", "trade"), ("layer", "flows")],
)
def test_a_value_that_no_record_has_shows_nothing(small: Path, facet: str, value: str) -> None:
    """A link may outlive the record that it was made for."""
    (small / "flows/drones.yml").unlink()
    theme = {"id": "trade", "label": "Trade", "definition": "Goods."}
    base = {"id": "diplomacy", "label": "Diplomacy", "definition": "Meetings and treaties."}
    arms = {"id": "arms-transfers", "label": "Arms", "definition": "Weapons."}
    rewrite(small / "dossier.yml", themes=[arms, base, theme])
    app = run_at(**{facet: value})
    assert "0 of 7 records shown" in text(app)


def test_hostile_text_in_the_files_stays_text(small: Path) -> None:
    rewrite(small / "dossier.yml", title=HOSTILE)
    rewrite(small / "flows/drones.yml", title=HOSTILE, summary=HOSTILE)
    rewrite(small / "actors/IRN.yml", name=HOSTILE)
    app = run_at(select="drones", actor="IRN", present="1")
    assert HOSTILE in text(app)
    assert "<script" not in html(app)


def test_a_second_dossier_has_its_own_choices(small: Path) -> None:
    copy(small / "alliances/brics.yml", "another", short="Another")
    options = run_at().pills(key="alliance").options
    assert options == ["Another", "BRICS"]
