"""Where the map looks, in both languages: the address's ``view``, and the projection."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pyproj import Transformer

from annotations.head import DefaultView
from dashboard.atlas.view_parameter import read_view, write_view
from dashboard.web.atlas_map import OPTIONS
from tests.js.node import BEYOND_JSON, call, each
from tests.nonempty import nonempty

LIMITS = {"lat": (-85, 85), "lon": (-180, 180), "zoom": (1, 12)}

PIECES = ("", "-", "+", ".", ",", " ", "e1", "0", "00", "7", "12", "85", "180", ".5", "٣", "\n")


def browser_reads(texts: list[str]) -> list[dict[str, float] | None]:
    found: list[dict[str, float] | None] = each("address.js", "parseView", [[t] for t in texts])
    return found


def python_reads(texts: list[str]) -> list[dict[str, float] | None]:
    found = [read_view(text) for text in texts]
    return [view.model_dump() if view else None for view in found]


def test_both_read_the_same_views() -> None:
    random = Random(38)
    limits = [limit for pair in LIMITS.values() for limit in pair]
    near = [limit + step for limit in limits for step in (-0.01, 0, 0.01)]

    def number() -> str:
        whole = random.choice([*near, random.uniform(-200, 200), random.uniform(0, 13)])
        return f"{whole:.{random.choice([0, 1, 2, 6, 7])}f}"

    lengths = random.choices([2, 3, 4], [1, 8, 1], k=3000)
    texts = [",".join(number() for _ in range(length)) for length in lengths]
    texts += ["".join(random.choices(PIECES, k=random.randint(0, 9))) for _ in range(3000)]
    found = browser_reads(texts)
    assert found == python_reads(texts)
    assert sum(view is not None for view in found) > 100


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("35.69,51.39,6", True),
        ("-0,085,1", True),
        ("85,180,12", True),
        ("-85,-180,1", True),
        ("85.01,0,3", False),
        ("0,180.01,3", False),
        ("0,0,0.99", False),
        ("0,0,12.01", False),
        ("1,2", False),
        ("1,2,3,4", False),
        ("1,2,3\n", False),
        (" 1,2,3", False),
        ("1e1,2,3", False),
        ("٣,٤,٥", False),
        ("0x1,2,3", False),
        ("", False),
    ],
)
def test_what_is_a_view(text: str, read: bool) -> None:
    assert [bool(view) for view in (*browser_reads([text]), *python_reads([text]))] == [read] * 2


@pytest.mark.parametrize("field", LIMITS)
@pytest.mark.parametrize("beyond", [-0.01, 0, 0.01])
def test_a_dossier_may_open_where_an_address_may_lead(field: str, beyond: float) -> None:
    for limit in LIMITS[field]:
        view = {"lat": 1.0, "lon": 2.0, "zoom": 3.0} | {field: limit + beyond}
        [found] = browser_reads([",".join(str(round(view[key], 2)) for key in LIMITS)])
        try:
            DefaultView(**view)
        except ValidationError:
            assert found is None
        else:
            assert found == view


def test_the_map_zooms_as_far_as_an_address_may() -> None:
    assert (OPTIONS["minZoom"], OPTIONS["maxZoom"]) == LIMITS["zoom"]


@settings(deadline=None, max_examples=50)
@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([1, 3.25, 6, 12]))
@example(88.0, 179.9999, 6)
def test_a_link_to_any_place_leads_there(lat: float, lon: float, zoom: float) -> None:
    text = write_view(lat, lon, zoom)
    [found] = browser_reads([text])
    assert found
    assert found == python_reads([text])[0]
    assert abs(found["lon"] - lon) < 0.006
    assert abs(found["lat"] - max(-85, min(85, lat))) < 0.006
    assert found["zoom"] == zoom


# The projection

EARTH = 6378137 * 2 * 3.141592653589793
"""Metres around the equator of the sphere that web maps use."""


def test_points_fall_where_web_mercator_has_them() -> None:
    random = Random(256)
    points = [(random.uniform(-180, 180), random.uniform(-85, 85)) for _ in range(500)]
    points += [(-180, -85.05), (0, 0), (180, 85.05)]
    xs = each("mercator.js", "worldX", [[lon] for lon, _ in points])
    ys = each("mercator.js", "worldY", [[lat] for _, lat in points])
    project = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True).transform
    for (lon, lat), x, y in nonempty(zip(points, xs, ys, strict=True)):
        metres = project(lon, lat)
        assert x == pytest.approx(256 * (metres[0] / EARTH + 0.5), abs=1e-9)
        assert y == pytest.approx(256 * (0.5 - metres[1] / EARTH), abs=1e-9)


def test_the_poles_fall_on_the_edge() -> None:
    assert each("mercator.js", "worldY", [[90], [-90], [86]]) == pytest.approx(
        [0, 256, 0], abs=1e-7
    )


def test_a_view_is_a_box_of_the_projected_world() -> None:
    assert call(BEYOND_JSON, "worldBoxOf", -180, -90, 180, 90) == pytest.approx(
        [0, 0, 256, 256], abs=1e-7
    )
    west, north, east, south = call(BEYOND_JSON, "worldBoxOf", -10, -20, 30, 40)
    assert west < 128 < east
    assert north < 128 < south
