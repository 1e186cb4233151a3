"""What a sheet suggests by itself, key points in order, and what it counts beyond the frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.atlas import data
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.sheet.sheet import compose
from dashboard.sheet.spec import MOST_POINTS, Brief
from dashboard.sheet.words import point_text, suggest_points
from tests.dashboard.editing import copy, rewrite


@pytest.fixture
def suggested(small: Path) -> Callable[..., list[str]]:
    """Records of the key points that are suggested for the small dossier as its files then are."""

    def suggest(first: str | None = None) -> list[str]:
        records = list(data.load(small).dossier.records.values())
        return [str(point.record) for point in suggest_points(records, first)]

    return suggest


def test_what_most_lines_tell_of_comes_first(
    small: Path, suggested: Callable[..., list[str]]
) -> None:
    rewrite(small / "presences" / "iranians-in-moscow.yml", source={"lines": [5, 6, 9]})
    rewrite(small / "flows" / "drones.yml", source={"lines": [4, 10]})
    # One of each subject, then the others by their ids.
    assert suggested() == ["iranians-in-moscow", "drones", "brics", "caspian", "iran-inflation"]


def test_what_is_selected_comes_before_all(suggested: Callable[..., list[str]]) -> None:
    assert suggested("kyiv-warning")[0] == "kyiv-warning"
    assert len(suggested("kyiv-warning")) == MOST_POINTS


def test_however_many_subjects_there_are_no_more_is_suggested(little: Atlas) -> None:
    records = [
        record.model_copy(update={"themes": [f"subject-{number}"]})
        for number, record in enumerate(little.dossier.records.values())
    ]
    assert len(records) > MOST_POINTS
    assert len(suggest_points(records, None)) == MOST_POINTS


def test_what_the_article_states_comes_before_what_it_cites_and_context_last(
    small: Path, suggested: Callable[..., list[str]]
) -> None:
    for path in sorted(small.glob("*/*.yml")):
        if path.parent.name in {"alliances", "corridors", "indicators", "presences", "relations"}:
            path.unlink()
    rumour = {"status": "allegation", "attributed_to": "A neighbour"}
    meeting = small / "events" / "tehran-meeting.yml"
    copy(meeting, "a-rumour", evidence=rumour, source={"lines": [1, 2, 3]})
    copy(meeting, "a-context", evidence={"status": "context"}, source={"lines": [1, 2, 3, 4]})
    rewrite(small / "dossier.yml", alliances_shown=None)
    assert suggested() == ["drones", "tehran-meeting", "kyiv-warning", "a-rumour", "a-context"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "(reported, line 4)"),
        ({"source": {"lines": [4, 5, 6]}}, "(reported, lines 4–6)"),
        ({"evidence": {"status": "context"}}, "(context, not in the article)"),
        (
            {"check": {"verdict": "wrong", "note": "It was not so.", "reference": "A book"}},
            "(reported, line 4; checked: wrong)",
        ),
    ],
)
def test_a_key_point_says_on_what_it_stands(
    small: Path, fields: dict[str, object], words: str
) -> None:
    rewrite(small / "flows" / "drones.yml", **fields)
    record = data.load(small).dossier.records["drones"]
    assert point_text(record) == f"Drones from Iran to Russia {words}"


def test_what_lies_beyond_the_frame_is_counted(little: Atlas) -> None:
    """Around Kyiv: the statement, the conflict, and Russia's fill; the others lie elsewhere."""
    screen = Screen(alliance=("brics",))
    around = Brief(screen=screen, extent="view", bounds=(28.0, 48.5, 33.0, 52.5))
    sheet = compose(little, around)
    shown = {record.id for record in sheet.records}
    assert shown == {"brics", "kyiv-warning", "rus-ukr-conflict"}
    assert sheet.outside == 5
    assert " · 3 of 8 records, 5 more outside of the frame · " in sheet.filters
    whole = compose(little, Brief(screen=screen))
    assert whole.outside == 0
    assert "outside" not in whole.filters
