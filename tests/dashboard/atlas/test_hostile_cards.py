"""Text of the files that looks like markup stays text on cards and among problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.atlas.reload import FolderState
from dashboard.shell.faults import faults_html
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page, as_read
from tests.nonempty import nonempty

Load = Callable[[], Atlas]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=x()>{{12*345}}"


def fill_with_hostile_text(small: Path) -> None:
    """Put markup wherever a file may hold text."""
    for path in sorted(small.glob("*/*.yml")):
        if path.parent.name not in {"actors", "places"}:
            check = {"verdict": "wrong", "note": HOSTILE, "reference": HOSTILE}
            evidence = {"status": "allegation", "attributed_to": HOSTILE}
            source = {"lines": [1], "note": HOSTILE}
            text = {"title": HOSTILE, "summary": HOSTILE}
            rewrite(path, **text, check=check, evidence=evidence, source=source)
    rewrite(small / "actors/IRN.yml", name=HOSTILE, aliases=[HOSTILE], note=HOSTILE)
    strait = {"name": HOSTILE, "type": "chokepoint", "relevance": HOSTILE, "lines": [1]}
    rewrite(small / "places/anzali.yml", **strait, note=HOSTILE)
    rewrite(small / "flows/drones.yml", item=HOSTILE, quantity=HOSTILE)
    rewrite(small / "indicators/iran-inflation.yml", unit=HOSTILE[:60])
    rewrite(small / "statements/kyiv-warning.yml", speaker=HOSTILE, role=HOSTILE)
    rewrite(small / "alliances/brics.yml", short=HOSTILE[:24])
    head = {"arms-transfers": HOSTILE[:40], "diplomacy": "<b>Diplomacy</b>"}
    themes = [{"id": i, "label": label, "definition": HOSTILE} for i, label in head.items()]
    rewrite(small / "dossier.yml", themes=themes)


def check_is_harmless(html: str) -> Page:
    page = Page(html)
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in nonempty(page.attributes) if name.startswith("on")]
    assert "4140" not in page.text
    return page


def test_hostile_text_stays_text_on_every_card(load_small: Load, small: Path) -> None:
    fill_with_hostile_text(small)
    atlas = load_small()
    assert atlas.problems == ()
    pages = {
        thing: check_is_harmless(card_html(atlas, thing)) for thing in atlas.choices.selectable
    }
    for record in nonempty(pages.keys() & atlas.dossier.records.keys()):
        assert pages[record].text.count(HOSTILE) >= 5, record


def test_hostile_text_stays_text_among_the_problems(load_small: Load, small: Path) -> None:
    rewrite(small / "flows/drones.yml", **{HOSTILE: 1}, goods=HOSTILE)
    (small / "flows" / "<img src=x onerror=x()>.txt").write_text("", encoding="utf-8")
    atlas = load_small()
    page = check_is_harmless(faults_html(FolderState(atlas)))
    assert len(atlas.problems) >= 3
    assert all(as_read(str(problem)) in page.text for problem in nonempty(atlas.problems))
    assert "<img src=x onerror=x()>.txt" in page.text
