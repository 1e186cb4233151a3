"""Symbols are read from SVG as they are drawn on screen."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.atlas.layers import GLYPHS
from dashboard.drawing.glyph_paths import glyph_path, outline


def test_commands_absolute_and_relative_give_the_same_outline() -> None:
    absolute = outline("M2 3H6V8L2 8Z").to_polygons()[0]
    relative = outline("m2 3h4v5l-4 0z").to_polygons()[0]
    np.testing.assert_allclose(absolute, relative)
    np.testing.assert_allclose(np.unique(absolute[:, 0]), [2, 6])


def test_arcs_bulge_as_far_as_their_radius() -> None:
    box = outline("M12 2a10 10 0 1 0 .01 0z").get_extents()
    np.testing.assert_allclose([box.x0, box.y0, box.x1, box.y1], [2, 2, 22, 22], atol=0.02)


def test_short_curves_continue_the_one_before() -> None:
    box = outline("M0 0C0 4 4 4 4 0S8 -4 8 0").get_extents()
    assert box.y0 == pytest.approx(-box.y1)


def test_a_path_that_misses_a_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="coordinates"):
        outline("M 1")


@pytest.mark.parametrize("name", GLYPHS)
def test_every_symbol_fills_its_grid_and_its_mark_lies_on_it(name: str) -> None:
    shape, mark = glyph_path(name), glyph_path(name, "mark")
    assert shape is not None
    box = shape.get_extents()
    assert 0.6 < box.width <= 1
    assert 0.6 < box.height <= 1
    if mark is not None:
        assert box.fully_containsx(mark.get_extents().x0)
        assert box.fully_containsx(mark.get_extents().x1)
        assert box.fully_containsy(mark.get_extents().y0)
        assert box.fully_containsy(mark.get_extents().y1)


def test_symbols_stand_upright() -> None:
    # The tail of a statement's bubble points down; y goes up here.
    bubble = glyph_path("statement")
    assert bubble is not None
    assert bubble.get_extents().y0 < -0.3


def test_an_unknown_symbol_is_a_dot_without_a_mark() -> None:
    assert glyph_path("nothing") is not None
    assert glyph_path("nothing", "mark") is None
