"""Strips: routes drawn to one scale, with names that do not lie on each other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from dashboard.views.corridors.choice import (
    Choice,
)
from dashboard.views.corridors.route import Study
from dashboard.views.corridors.strips import (
    NARROW,
    WIDE,
    StripName,
    _laid_out,
    strips_of,
)
from tests.dashboard.views.corridors.routes_of_lakes import CAPE, EASTERN, SUEZ, WESTERN
from tests.nonempty import nonempty


def test_strips_are_to_one_scale(choose: Callable[..., Choice]) -> None:
    drawn, whole = strips_of(choose())
    assert whole == pytest.approx(max(strip.km for strip in drawn), abs=1)
    for strip in nonempty(drawn):
        assert sum(s.share for s in strip.segments) == pytest.approx(100 * strip.km / whole)
    eastern = drawn[0]
    assert [n.text for n in eastern.names if n.kind == "country"] == ["Zambia", "Tanzania", "Kenya"]


@pytest.mark.parametrize("closed", [(), ("suez",)])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_name_lies_on_another(
    study: Study, choose: Callable[..., Choice], closed: tuple[str, ...], width: float
) -> None:
    at = 0 if width == WIDE else 1
    for chosen in (study.default, tuple(study.routes), (WESTERN,), (EASTERN, CAPE)):
        for strip in nonempty(strips_of(choose(*chosen, closed=closed))[0]):
            boxes: list[tuple[int, float, float]] = []
            for name in nonempty(strip.names):
                room = len(name.text) * 6.4
                left = name.at / 100 * width - room * name.shifts[at] / 100
                assert left >= -1, name
                assert left + room <= width + 1, name
                boxes.append((name.rows[at], left, left + room))
            for (row, left, right), (other, start, end) in nonempty(combinations(boxes, 2)):
                assert row != other or left >= end or start >= right, strip.route.id


def test_names_give_way() -> None:
    names = [StripName("Azerbaijan", "country", 50.0), StripName("Turkmenistan", "country", 51.0)]
    assert [row for row, _ in _laid_out(names, NARROW)] == [0, 1]


def test_a_way_round_moves_what_lies_behind_it(choose: Callable[..., Choice]) -> None:
    [strip], _ = strips_of(choose(SUEZ, closed=("suez",)))
    assert strip.km == pytest.approx(15_553, abs=25)
    assert [segment.classes for segment in strip.segments] == ["mode-sea detour"]
    assert [name.text for name in strip.names] == ["Kenya", "Cape of Good Hope", "France"]
