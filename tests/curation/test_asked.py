"""What a reader of "russia-iran" asks, and what they may expect to be shown."""

from __future__ import annotations

import pytest

from dashboard.atlas.data import Atlas


@pytest.mark.parametrize(
    ("question", "first", "among"),
    [
        ("who supplies Russia with missiles?", "flows", {"prk-rus-ballistic-missiles"}),
        ("Putin Raisi meeting", "events", {"kremlin-meeting-2023-12-07"}),
        ("Иран", "actors", {"actor:IRN"}),
        ("ракеты", "flows", {"prk-rus-ballistic-missiles"}),
    ],
)
def test_a_question_finds_what_a_reader_expects(
    atlas: Atlas, question: str, first: str, among: set[str]
) -> None:
    answer = atlas.search.answer(question)
    assert not answer.partly
    assert answer.groups[0].id == first
    assert among <= {hit.thing.id for group in answer.groups for hit in group.hits}
