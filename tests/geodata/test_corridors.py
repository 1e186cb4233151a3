"""Countries crossed, chokepoints passed, ways round."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, box

from geodata.coordinates import LonLat
from geodata.corridors import (
    PASSAGE_POINTS,
    SHORTEST_CROSSING_KM,
    Span,
    join_spans,
    land_spans,
    passage_at,
    passed,
    way_round,
)
from geodata.errors import CoordinateError, SeaRouteError
from geodata.routes import geodesic_km, line_km
from geodata.sea_legs import PASSAGES, sea_leg
from tests.nonempty import nonempty

ST_PETERSBURG = (30.31, 59.94)
NHAVA_SHEVA = (72.95, 18.95)
MUMBAI = (72.82, 18.92)
BANDAR_ABBAS = (56.06, 27.11)
MOSCOW = (37.62, 55.75)
TEHRAN = (51.25, 35.5)
BAKU = (49.81, 40.44)


def codes(spans: tuple[Span, ...]) -> list[str]:
    return [span.country for span in spans]


# --- countries ---------------------------------------------------------------------------------


def test_countries_come_in_the_order_of_travel(countries: gpd.GeoDataFrame) -> None:
    samur = (48.58, 41.8)
    stops = [
        (MOSCOW, "RUS"),
        (samur, "RUS"),
        (BAKU, "AZE"),
        ((48.87, 38.43), "IRN"),
        (TEHRAN, "IRN"),
    ]
    spans = land_spans(stops, countries)
    assert codes(spans)[-2:] == ["AZE", "IRN"]
    assert codes(spans)[0] == "RUS"
    assert codes(land_spans(stops[::-1], countries)) == codes(spans)[::-1]


def test_spans_add_up_to_the_length(countries: gpd.GeoDataFrame) -> None:
    stops = [(MOSCOW, "RUS"), (BAKU, "AZE"), (TEHRAN, "IRN")]
    spans = land_spans(stops, countries)
    assert sum(s.km for s in spans) == pytest.approx(geodesic_km([MOSCOW, BAKU, TEHRAN]))


def test_a_stop_lies_where_it_is_said_to_lie(countries: gpd.GeoDataFrame) -> None:
    """Whatever side of a generalised border its coordinates are on."""
    across_the_river = [((48.87, 38.46), "AZE"), ((48.87, 38.43), "IRN")]
    assert codes(land_spans(across_the_river, countries)) == ["AZE", "IRN"]
    assert codes(land_spans([((48.87, 38.46), "IRN"), ((48.87, 38.43), "IRN")], countries)) == [
        "IRN"
    ]


def boxed(*spans: tuple[str, float, float]) -> gpd.GeoDataFrame:
    """Countries that fill stretches of the equator, each from west to east in degrees."""
    codes, shapes = zip(*[(code, box(w, -1, e, 1)) for code, w, e in spans], strict=True)
    return gpd.GeoDataFrame(index=list(codes), geometry=list(shapes), crs="EPSG:4326")


EQUATOR_KM = 111.32
"""Kilometres of a degree along the equator."""


def test_short_corners_are_not_believed() -> None:
    """A corner of 5 km goes to the country before it; one of 20 km is a crossing."""
    short, long = 5 / EQUATOR_KM, 20 / EQUATOR_KM
    countries = boxed(
        ("AAA", 0, 1), ("BBB", 1, 1 + short), ("CCC", 1 + short, 2), ("DDD", 2, 2 + long),
        ("EEE", 2 + long, 4),
    )  # fmt: skip
    spans = land_spans([((0.5, 0.0), "AAA"), ((3.0, 0.0), "EEE")], countries)
    assert codes(spans) == ["AAA", "CCC", "DDD", "EEE"]
    assert spans[0].km == pytest.approx((0.5 + short) * EQUATOR_KM, abs=2)
    assert spans[2].km == pytest.approx(20, abs=2)
    assert all(span.km >= SHORTEST_CROSSING_KM for span in nonempty(spans))


def test_corners_between_two_stretches_of_one_country_make_one_of_it() -> None:
    short = 5 / EQUATOR_KM
    countries = boxed(("AAA", 0, 1), ("BBB", 1, 1 + short))
    around = gpd.GeoDataFrame(
        index=["AAA"],
        geometry=[box(0, -1, 2, 1).difference(countries.geometry["BBB"])],
        crs="EPSG:4326",
    )
    spans = land_spans(
        [((0.5, 0.0), "AAA"), ((1.5, 0.0), "AAA")], pd.concat([around, countries.loc[["BBB"]]])
    )
    assert codes(spans) == ["AAA"]
    assert spans[0].km == pytest.approx(EQUATOR_KM, rel=1e-3)


def test_the_first_and_last_are_known_however_short() -> None:
    short = 3 / EQUATOR_KM
    countries = boxed(("AAA", 0, 1), ("BBB", 1, 2))
    spans = land_spans([((1 - short, 0.0), "AAA"), ((1 + short, 0.0), "BBB")], countries)
    assert codes(spans) == ["AAA", "BBB"]


def test_a_leg_over_180_degrees_takes_the_short_way(countries: gpd.GeoDataFrame) -> None:
    ends = (179.0, 67.0), (-179.0, 67.5)
    spans = land_spans([(ends[0], "RUS"), (ends[1], "RUS")], countries)
    assert codes(spans) == ["RUS"]
    assert spans[0].km == pytest.approx(geodesic_km(ends))


@given(
    st.tuples(st.floats(-180, 180), st.floats(-80, 80)),
    st.floats(-20, 20),
    st.floats(-9, 9),
)
def test_spans_are_the_same_wherever_180_degrees_is(
    start: tuple[float, float], east: float, north: float
) -> None:
    """The world turned by half changes nothing: no meridian is a border."""
    globe = boxed(("AAA", -180, 0), ("BBB", 0, 180))
    globe = globe.set_geometry([box(-180, -90, 0, 90), box(0, -90, 180, 90)])
    turned = globe.set_axis(["BBB", "AAA"])

    def at(turn: float) -> list[tuple[LonLat, str | None]]:
        ends = start, (start[0] + east, start[1] + north)
        return [(((lon + turn + 180) % 360 - 180, lat), None) for lon, lat in ends]

    here, there = land_spans(at(0), globe), land_spans(at(180), turned)
    assert sum(s.km for s in here) == pytest.approx(sum(s.km for s in there), abs=1e-3)
    for code in ("AAA", "BBB"):
        km = [sum(s.km for s in spans if s.country == code) for spans in (here, there)]
        # A step may fall on either side of a border.
        assert km[0] == pytest.approx(km[1], abs=2 * SHORTEST_CROSSING_KM)


def test_water_belongs_to_the_country_before_it(countries: gpd.GeoDataFrame) -> None:
    into_the_caspian = [((47.55, 45.78), "RUS"), ((47.7, 45.3), None)]
    assert codes(land_spans(into_the_caspian, countries)) == ["RUS"]


def test_nothing_but_water_is_no_country(countries: gpd.GeoDataFrame) -> None:
    assert land_spans([((0.0, -40.0), None), ((1.0, -40.0), None)], countries) == ()


@pytest.mark.parametrize("stops", [[], [(MOSCOW, "RUS")]])
def test_a_leg_needs_two_stops(
    stops: list[tuple[LonLat, str | None]], countries: gpd.GeoDataFrame
) -> None:
    with pytest.raises(CoordinateError):
        land_spans(stops, countries)


def test_neighbours_in_one_country_are_one_span() -> None:
    spans = [Span("RUS", 1), Span("RUS", 2), Span("KAZ", 3), Span("RUS", 4)]
    assert join_spans(spans) == (Span("RUS", 3), Span("KAZ", 3), Span("RUS", 4))


# --- chokepoints -------------------------------------------------------------------------------


def test_passed_comes_in_the_order_of_travel() -> None:
    line = sea_leg([ST_PETERSBURG, MUMBAI])
    near = passed(line, PASSAGE_POINTS)
    assert [one.id for one in near] == ["gibraltar", "suez", "babalmandab"]
    assert [one.at_km for one in near] == sorted(one.at_km for one in near)
    assert 0 < near[0].at_km < line_km(line)


def test_passed_between_vertices_that_are_far_apart() -> None:
    line = LineString([(0, 0), (40, 0)])
    [near] = passed(line, {"here": (20.0, 0.3), "far": (20.0, 2.0)})
    assert near.id == "here"
    assert near.km == pytest.approx(33.2, abs=0.5)
    assert near.at_km == pytest.approx(line_km(line) / 2, abs=5)


def test_a_chokepoint_is_known_by_its_position() -> None:
    assert set(PASSAGE_POINTS) <= PASSAGES
    assert passage_at((32.28, 30.58)) == "suez"
    assert passage_at((43.33, 12.58)) == "babalmandab"
    assert passage_at((56.25, 26.57)) == "ormuz"
    # Nobody can close the open sea.
    assert passage_at((19.0, -35.0)) is None
    with pytest.raises(CoordinateError):
        passage_at((190.0, 0.0))


@pytest.mark.parametrize("name", ["suez", "babalmandab", "gibraltar"])
def test_a_closed_chokepoint_is_not_passed(name: str) -> None:
    line = way_round(ST_PETERSBURG, MUMBAI, frozenset({name}))
    assert line is not None
    assert name not in [one.id for one in passed(line, PASSAGE_POINTS)]
    assert line_km(line) == pytest.approx(22_393, rel=0.01)


def test_with_nothing_closed_the_way_is_the_usual_one() -> None:
    line = way_round(ST_PETERSBURG, NHAVA_SHEVA, frozenset())
    assert line is not None
    assert line_km(line) == pytest.approx(14_119, rel=0.01)


def test_where_no_way_remains() -> None:
    assert way_round(BANDAR_ABBAS, NHAVA_SHEVA, frozenset({"ormuz"})) is None


def test_ways_round_are_kept() -> None:
    first = way_round(ST_PETERSBURG, MUMBAI, frozenset({"suez"}))
    assert way_round(ST_PETERSBURG, MUMBAI, frozenset({"suez"})) is first


@pytest.mark.parametrize(
    ("start", "closed"), [(MOSCOW, frozenset({"suez"})), (BANDAR_ABBAS, frozenset({"nowhere"}))]
)
def test_what_is_no_port_or_no_chokepoint_is_an_error(
    start: LonLat, closed: frozenset[str]
) -> None:
    with pytest.raises(SeaRouteError):
        way_round(start, NHAVA_SHEVA, closed)
