"""Countries for a map of half the world: fewer corners, the same countries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geodata import boundaries
from geodata.overview import ZOOM, overview

PIXEL = 360 / (256 * 2**ZOOM)
"""Degrees of longitude that a pixel is wide at `ZOOM`."""


@pytest.fixture(scope="module")
def countries() -> dict[str, Any]:
    path = Path(boundaries.__file__).parent / "countries.geojson"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def simpler(countries: dict[str, Any]) -> dict[str, Any]:
    return overview(countries)


def areas(collection: dict[str, Any]) -> Any:
    return np.array([shape(feature["geometry"]) for feature in collection["features"]])


def vertices(collection: dict[str, Any]) -> set[tuple[float, float]]:
    return set(map(tuple, shapely.get_coordinates(areas(collection)).tolist()))


def test_the_same_countries(countries: dict[str, Any], simpler: dict[str, Any]) -> None:
    properties = [feature["properties"] for feature in countries["features"]]
    assert [feature["properties"] for feature in simpler["features"]] == properties
    assert simpler["zoom"] == ZOOM


def test_no_island_is_lost(countries: dict[str, Any], simpler: dict[str, Any]) -> None:
    assert (
        shapely.get_num_geometries(areas(simpler)).tolist()
        == shapely.get_num_geometries(areas(countries)).tolist()
    )


def test_common_borders_stay_common(simpler: dict[str, Any]) -> None:
    assert shapely.is_valid(areas(simpler)).all()
    assert shapely.coverage_is_valid(areas(simpler))


def test_fewer_corners_and_none_that_is_new(
    countries: dict[str, Any], simpler: dict[str, Any]
) -> None:
    assert vertices(simpler) < vertices(countries)
    assert len(vertices(simpler)) < 0.6 * len(vertices(countries))


def in_pixels(collection: dict[str, Any]) -> Any:
    """Areas as the web map draws them at `ZOOM`."""

    def drawn(lonlat: Any) -> Any:
        north = np.degrees(np.arctanh(np.sin(np.radians(lonlat[:, 1]))))
        return np.column_stack([lonlat[:, 0], north]) / PIXEL

    return shapely.transform(areas(collection), drawn)


@pytest.mark.sweep
def test_nobody_sees_the_difference(countries: dict[str, Any], simpler: dict[str, Any]) -> None:
    before, after = in_pixels(countries), in_pixels(simpler)
    between = shapely.area(shapely.symmetric_difference(before, after))
    # How far the outline has moved on the whole, and at its worst corner: a fjord's end.
    assert max(between / shapely.length(before)) < 0.5
    worst = shapely.hausdorff_distance(shapely.boundary(before), shapely.boundary(after))
    assert np.median(worst) < 1.5
    assert max(worst) < 8


def test_what_was_given_is_left_alone(countries: dict[str, Any]) -> None:
    before = json.dumps(countries)
    overview(countries)
    assert json.dumps(countries) == before
