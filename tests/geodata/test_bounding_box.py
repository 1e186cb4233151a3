"""The smallest box around shapes, also where it lies on both sides of ±180°."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.bounding_box import bounding_box, padded
from geodata.errors import CoordinateError


def points(*lonlat: tuple[float, float]) -> list[np.ndarray]:
    return [np.array([one]) for one in lonlat]


def inside(lon: float, west: float, east: float) -> bool:
    return west <= lon <= east if west <= east else lon >= west or lon <= east


def width(west: float, east: float) -> float:
    return east - west if west <= east else east + 360 - west


def test_fiji_and_samoa_lie_side_by_side() -> None:
    assert bounding_box(points((178, -18), (-172, -14))) == (178, -18, -172, -14)


def test_europe_and_japan_are_not_joined_across_the_pacific() -> None:
    assert bounding_box(points((0, 50), (139, 35), (30, -10))) == (0, -10, 139, 50)


def test_a_line_takes_all_longitudes_between_its_vertices() -> None:
    """Its two ends alone would lie closer the other way round."""
    line = np.array([(-100.0, 10.0), (100.0, 20.0)])
    assert bounding_box([line]) == (-100, 10, 100, 20)
    assert bounding_box([line, *points((-170, 0))]) == (-170, 0, 100, 20)


def test_a_line_cut_at_180_degrees_is_one_stretch() -> None:
    cut = [np.array([(170.0, 0.0), (180.0, 5.0)]), np.array([(-180.0, 5.0), (-175.0, 9.0)])]
    assert bounding_box(cut) == (170, 0, -175, 9)


def test_what_goes_round_the_world_is_all_of_it() -> None:
    assert bounding_box([np.array([(-180.0, 0.0), (180.0, 0.0)])]) == (-180, 0, 180, 0)


def test_nothing_has_no_box() -> None:
    with pytest.raises(CoordinateError):
        bounding_box([])


LONGITUDES = st.integers(-180, 180)


@given(st.lists(st.tuples(LONGITUDES, st.integers(-90, 90)), min_size=1, max_size=6))
def test_it_holds_all_points_and_no_box_is_narrower(found: list[tuple[int, int]]) -> None:
    """Against every box that begins at one of the points and ends at one."""
    west, south, east, north = bounding_box(points(*found))
    assert all(inside(lon, west, east) and south <= lat <= north for lon, lat in found)
    lons = [lon for lon, _ in found]
    boxes = [width(w, e) for w in lons for e in lons if all(inside(lon, w, e) for lon in lons)]
    assert width(west, east) == min(boxes)
    assert {south, north} <= {lat for _, lat in found}


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((50, 30, 50, 30), (42, 25, 58, 35)),
        ((45, 28, 55, 32), (42, 25, 58, 35)),
        ((40, 20, 60, 35), (40, 20, 60, 35)),
        ((178, -18, 178, -18), (170, -23, -174, -13)),
        ((-175, 0, -175, 0), (177, -5, -167, 5)),
        ((178, -18, -172, -14), (175, -21, -169, -11)),
        ((-180, -90, 180, 88), (-180, -90, 180, 88)),
        ((0, 88, 0, 88), (-8, 83, 8, 90)),
    ],
)
def test_a_small_box_is_widened_on_every_side(
    box: tuple[float, float, float, float], expected: tuple[float, float, float, float]
) -> None:
    assert padded(box, 16, 10) == expected
