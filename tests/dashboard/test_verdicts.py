"""Against which claims a check sets something: one rule, whoever asks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from annotations.parts import Check
from annotations.vocabulary import CORRECTED, Verdict
from dashboard.atlas.cards import card_html
from dashboard.atlas.data import Atlas
from dashboard.sheet.words import point_text
from dashboard.views.actors.acts import acts_of
from dashboard.views.actors.matrix import acts_html
from dashboard.views.actors.profile import profile_html
from geodata.figures import load_figures
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.scenes import scene_of

Load = Callable[[], Atlas]

STATIC = Path(__file__).parents[2] / "dashboard" / "static" / "atlas"

SET_RIGHT = {
    "stands": False,
    "imprecise": True,
    "outdated": True,
    "disputed": True,
    "wrong": True,
    "unverified": False,
}
"""Whether something is set against a claim that was found to be so: what the rule is to say."""

EACH = pytest.mark.parametrize(("verdict", "corrected"), SET_RIGHT.items(), ids=SET_RIGHT)


@pytest.fixture
def found(load_small: Load, small: Path) -> Callable[[str], Atlas]:
    """Give a function that loads the small dossier with a verdict for two of its records."""

    def load(verdict: str) -> Atlas:
        check = {"verdict": verdict, "note": "It was otherwise.", "reference": "A register."}
        rewrite(small / "flows/drones.yml", check=check)
        rewrite(small / "relations/rus-ukr-conflict.yml", check=check)
        rewrite(small / "presences/iranians-in-moscow.yml", check=check)
        return load_small()

    return load


def badges(html: str) -> list[str]:
    """Verdicts that a piece of HTML marks something with."""
    return re.findall(r'class="badge verdict (\w+)"', html)


def test_the_rule() -> None:
    assert {verdict.value: verdict in CORRECTED for verdict in Verdict} == SET_RIGHT


@EACH
def test_what_is_set_right_needs_words_and_ground(verdict: str, corrected: bool) -> None:
    Check.model_validate({"verdict": verdict, "note": "A note.", "reference": "A register."})
    if corrected:
        with pytest.raises(ValidationError, match="what is right"):
            Check.model_validate({"verdict": verdict, "reference": "A register."})
        with pytest.raises(ValidationError, match="what is right"):
            Check.model_validate({"verdict": verdict, "note": "A note."})
    else:
        Check.model_validate({"verdict": verdict, "reference": "A register."})


@EACH
def test_a_card_says_as_of_when(
    found: Callable[[str], Atlas], verdict: str, corrected: bool
) -> None:
    atlas = found(verdict)
    headings = re.findall(r"<h\d[^>]*>(.*?)</h\d>", card_html(atlas, "drones"))
    as_of = f"As of {atlas.dossier.head.as_of.words}"
    assert (as_of in headings, "Check" in headings) == (corrected, not corrected)


@EACH
def test_a_profile_marks_it(found: Callable[[str], Atlas], verdict: str, corrected: bool) -> None:
    atlas = found(verdict)
    ids = frozenset(atlas.dossier.records)
    acts = acts_of(atlas.dossier)
    _, deals, lists = profile_html(atlas, load_figures(), "IRN", acts, ids, "")
    marked = [verdict] if corrected else []
    assert badges(deals) == marked
    assert badges(lists) == marked


@EACH
def test_a_cell_of_the_matrix_marks_it(
    found: Callable[[str], Atlas], verdict: str, corrected: bool
) -> None:
    dossier = found(verdict).dossier
    html = acts_html(dossier, acts_of(dossier), "RUS", "UKR", "")
    assert Page(html).links == ["rus-ukr-conflict"]
    assert badges(html) == ([verdict] if corrected else [])


@EACH
def test_a_key_point_says_it(found: Callable[[str], Atlas], verdict: str, corrected: bool) -> None:
    text = point_text(found(verdict).dossier.records["drones"])
    ending = f"(reported, line 4; checked: {verdict})" if corrected else "(reported, line 4)"
    assert text.endswith(ending)


def test_the_browser_is_told(atlas: Atlas) -> None:
    assert {verdict: verdict in scene_of(atlas)["corrected"] for verdict in SET_RIGHT} == (
        SET_RIGHT
    )


def test_no_script_has_a_list_of_its_own() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")}
    assert "scene.corrected" in scripts["record_list.js"]
    named = {
        (name, verdict)
        for name, text in scripts.items()
        for verdict in SET_RIGHT
        if verdict != "disputed"  # also the name of the layer of disputed areas
        if re.search(rf"""["'`]{verdict}["'`]""", text)
    }
    assert named == set()


def test_each_sheet_alarms_by_the_same_verdicts() -> None:
    """An alarm is for what misleads: all that is set right, but what is right in substance."""
    alarm = r"\.badge\.verdict[^{}]*\{[^}]*var\(--alert\)"
    rules = [
        set(re.findall(rf"\.({'|'.join(SET_RIGHT)})\b", rule))
        for path in sorted(STATIC.parents[1].rglob("*.css"))
        for rule in re.findall(alarm, path.read_text(encoding="utf-8"))
    ]
    assert len(rules) == 4
    assert {frozenset(rule) for rule in rules} == {CORRECTED - {Verdict.IMPRECISE}}
