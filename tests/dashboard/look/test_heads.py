"""What a line ends in: the same on the map, in the picture of very many lines, and on paper."""

from __future__ import annotations

import re

import numpy as np
import pytest

from annotations.vocabulary import RelationType
from dashboard.drawing.courses import course
from dashboard.look.heads import HEADS, head_of
from dashboard.look.strokes import TYPES
from dashboard.look.stylesheet import drawn_by_scripts
from dashboard.look.units import PX
from dashboard.web.assets import modules
from tests.nonempty import nonempty


def test_every_line_with_a_head_has_one_that_there_is() -> None:
    stances = {relation.stance for relation in RelationType}
    ends = {head_of("flow"), *(head_of("relation", stance) for stance in stances)}
    assert ends == set(HEADS)
    assert {name for name in TYPES if head_of(name)} == {"flow"}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_points_along_its_line_and_hides_where_that_stops(name: str) -> None:
    head = HEADS[name]
    xs, ys = np.array(head.outline).T
    assert sorted(ys) == pytest.approx(sorted(-ys))
    assert xs.min() < head.stop < head.tip
    # The scripts get the same corners, one after the other.
    assert drawn_by_scripts()["heads"][name] == [
        number for corner in head.outline for number in corner
    ]


@pytest.mark.parametrize("name", HEADS)
def test_paper_draws_that_head_with_its_tip_at_the_end(name: str) -> None:
    line = np.array([[10.0, 50.0], [190.0, 50.0]])
    way = course([line], (200.0, 100.0), name, 1, np.empty((0, 3)), curved=False)
    [head] = way.heads
    drawn = (head.outline - [190.0, 50.0]) / PX + [HEADS[name].tip, 0]
    assert drawn == pytest.approx(np.array(HEADS[name].outline), abs=1e-6)
    assert way.points[:, 0].max() == pytest.approx(
        190 - (HEADS[name].tip - HEADS[name].stop) * PX, abs=1e-6
    )


def test_no_script_has_a_form_of_its_own() -> None:
    """Which head a line has, its corners, stripes and hatching come with the scene."""
    scripts = modules()
    lines = [script for script in scripts if script.startswith("line")]
    for name in nonempty(lines):
        assert re.findall(rf"\b(?:{'|'.join(HEADS)})\b.*[\"':]", scripts[name]) == [], name
    for name in nonempty(("areas.js", "alliances.js", "disputed.js")):
        said = re.findall(r"\b(?:width|period|slant|stripe|lesser)\s*[:=]\s*\d", scripts[name])
        assert said == [], name
