"""What of all that is drawn is given to who asks for a part of it."""

from __future__ import annotations

from dashboard.atlas.data import Atlas
from tests.nonempty import nonempty


def test_of_legs_only_those_named_are_given_and_other_lines_all(atlas: Atlas) -> None:
    records = set(atlas.dossier.records)
    all_lines = list(atlas.drawn.lines_of(records))
    legs = [line.leg for line in all_lines if line.leg]
    named = set(nonempty(legs)[:2])
    given = list(atlas.drawn.lines_of(records, named))
    assert [line.leg for line in given if line.leg] == [leg for leg in legs if leg in named]
    others = [line.records for line in all_lines if not line.leg]
    assert [line.records for line in given if not line.leg] == nonempty(others)
