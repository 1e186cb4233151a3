"""Lines between places and their lengths."""

import warnings
from itertools import combinations, pairwise

import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point

from geodata import routes, sea_legs
from geodata.arcs import Bow, arc, arcs
from geodata.boundaries import load_countries
from geodata.coordinates import LonLat
from geodata.errors import CoordinateError, SeaRouteError
from geodata.sea_legs import sea_leg
from tests.nonempty import nonempty

ST_PETERSBURG = (30.2, 59.9)
NHAVA_SHEVA = (72.95, 18.95)
OLYA = (47.55, 45.78)
ASTRAKHAN = (48.0, 46.3)
ANZALI = (49.46, 37.47)
AMIRABAD = (53.37, 36.85)
BANDAR_ABBAS = (56.2, 27.15)
TEHRAN = (51.4, 35.7)
MOSCOW = (37.6, 55.75)
TOKYO = (139.7, 35.7)
BERLIN = (13.4, 52.5)
MILAN = (9.19, 45.46)
SAN_FRANCISCO = (-122.4, 37.8)


def _ends(line: LineString | MultiLineString) -> tuple[LonLat, LonLat]:
    parts = shapely.get_parts(line)
    return parts[0].coords[0], parts[-1].coords[-1]


@pytest.mark.parametrize(
    ("coordinates", "km"),
    [
        ([(0, 0), (1, 0)], 111.32),
        ([(0, 0), (0, 1)], 110.57),
        ([(179.5, 0), (-179.5, 0)], 111.32),
        ([MOSCOW, TEHRAN], 2466),
    ],
)
def test_geodesic_km(coordinates: list[LonLat], km: float) -> None:
    assert routes.geodesic_km(coordinates) == pytest.approx(km, rel=0.005)


@pytest.mark.parametrize(
    "bad",
    [
        [(0, 91), (0, 0)],
        [(181, 0), (0, 0)],
        [(float("nan"), 0), (0, 0)],
        [(0, 0)],
        [],
        [(0, 0, 0), (1, 1, 1)],
        ["ab", "cd"],
    ],
)
def test_bad_coordinates_are_refused(bad: list[LonLat]) -> None:
    with pytest.raises(CoordinateError):
        routes.geodesic_km(bad)
    with pytest.raises(CoordinateError):
        routes.land_leg(bad)


def test_swapped_coordinates_are_refused_with_the_order() -> None:
    with pytest.raises(CoordinateError, match="lon, lat"):
        routes.land_leg([(38.9, -177.0), TEHRAN])


def test_same_place_twice_is_refused() -> None:
    with pytest.raises(CoordinateError, match="same place"):
        arc(TEHRAN, TEHRAN, 0)
    with pytest.raises(CoordinateError, match="at least 2"):
        sea_leg([ANZALI, ANZALI])


def test_great_circle_is_the_shortest_line() -> None:
    line = routes.open_water_leg([MOSCOW, TEHRAN])
    assert _ends(line) == (MOSCOW, TEHRAN)
    assert routes.line_km(line) == pytest.approx(routes.geodesic_km([MOSCOW, TEHRAN]), rel=1e-6)


def test_great_circle_is_cut_at_the_antimeridian() -> None:
    line = routes.open_water_leg([TOKYO, SAN_FRANCISCO])
    assert line.geom_type == "MultiLineString"
    assert _ends(line) == (TOKYO, SAN_FRANCISCO)
    for part in nonempty(line.geoms):
        assert all(abs(a[0] - b[0]) < 30 for a, b in nonempty(pairwise(part.coords)))
    assert line.geoms[0].coords[-1][0] == 180
    assert line.geoms[1].coords[0][0] == -180
    whole = routes.geodesic_km([TOKYO, SAN_FRANCISCO])
    assert routes.line_km(line) == pytest.approx(whole, rel=0.001)


def test_line_that_starts_on_the_antimeridian_is_whole() -> None:
    line = routes.open_water_leg([(180, 10), (-160, 10)])
    assert line.geom_type == "LineString"
    assert line.bounds[2] == -160


PAIRS = [
    (TEHRAN, MOSCOW),
    (ANZALI, AMIRABAD),
    ((36.3, 33.5), (35.5, 33.9)),  # Damascus–Beirut
    (TOKYO, SAN_FRANCISCO),
    ((125.75, 39.0), MOSCOW),
]


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_arcs_of_different_lanes_and_directions_never_coincide(start: LonLat, end: LonLat) -> None:
    there = [arc(start, end, lane) for lane in range(4)]
    back = [arc(end, start, lane) for lane in range(4)]
    length = routes.geodesic_km([start, end])
    for line in nonempty(there):
        assert _ends(line) == (start, end)
    for line in nonempty(back):
        assert _ends(line) == (end, start)
    ends = shapely.MultiPoint([start, end])
    for one, other in nonempty(
        combinations([*there, *back, routes.open_water_leg([start, end])], 2)
    ):
        crossings = shapely.intersection(one, other)
        assert crossings.length == 0
        if crossings.is_empty:
            continue
        # They meet at the ends and nowhere else.
        met = [point for point in shapely.get_parts(crossings) if point.distance(ends) > 1e-6]
        assert met == []
    for near, far in nonempty(pairwise(there)):
        gap = shapely.hausdorff_distance(near, far)
        assert gap > 0.005 * length / 111


def test_arc_bows_to_the_right_of_travel() -> None:
    east = arc((0, 0), (10, 0), 0)
    assert all(lat < 0 for _, lat in nonempty(list(east.coords)[1:-1]))
    west = arc((10, 0), (0, 0), 0)
    assert all(lat > 0 for _, lat in nonempty(list(west.coords)[1:-1]))


def test_short_arcs_bow_visibly_and_long_ones_moderately() -> None:
    def share(degrees: float) -> float:
        line = arc((0, 0), (degrees, 0), 0, points=49)
        return float(-min(lat for _, lat in line.coords) / degrees)

    assert 0.07 < share(1) < 0.2
    assert 0.02 < share(80) < 0.07
    assert share(1) > share(20) > share(80)


@pytest.mark.parametrize(("lane", "km"), [(0, 135), (1, 202.5), (2, 270)])
def test_3000_km_bow_by_half_of_their_share_and_half_as_much_more_each_lane(
    lane: int, km: float
) -> None:
    degrees = 3000 / routes.geodesic_km([(0, 0), (1, 0)])  # along the equator
    middle = arc((0, 0), (degrees, 0), lane, points=3).coords[1]
    assert routes.geodesic_km([(degrees / 2, 0), middle]) == pytest.approx(km, rel=1e-5)


def test_many_arcs_are_those_that_are_drawn_one_by_one() -> None:
    bows = [Bow(start, end, lane) for start, end in PAIRS for lane in (0, 1, 40)]
    drawn = arcs([*bows, *bows])
    assert list(drawn) == bows
    for bow, line in nonempty(drawn.items()):
        assert line.wkb == arc(*bow).wkb
    assert {line.geom_type for line in drawn.values()} == {"LineString", "MultiLineString"}


def test_no_arcs_are_none() -> None:
    assert arcs([]) == {}


@pytest.mark.parametrize("bad", [Bow(TEHRAN, TEHRAN, 0), Bow(TEHRAN, (181, 0), 0)])
def test_one_bad_arc_among_many_is_refused(bad: Bow) -> None:
    with pytest.raises(CoordinateError):
        arcs([Bow(TEHRAN, MOSCOW, 0), bad])


def test_a_sea_lane_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sea_leg([ANZALI, OLYA])
    monkeypatch.setattr(sea_legs.searoute, "searoute", lambda *_, **__: pytest.fail("asked again"))
    assert sea_leg([ANZALI, OLYA]).wkb == first.wkb


def test_arc_refuses_what_cannot_bow() -> None:
    with pytest.raises(CoordinateError, match="negative"):
        arc(TEHRAN, MOSCOW, -1)
    with pytest.raises(CoordinateError, match="at least 3"):
        arc(TEHRAN, MOSCOW, 0, points=2)
    with pytest.raises(CoordinateError, match="at least 2"):
        routes.great_circle_path(TEHRAN, MOSCOW, points=1)


@pytest.mark.parametrize(
    ("closed", "km", "by"),
    [
        ((), 14_119, (32.5, 29.9)),  # Suez
        (("suez",), 22_393, (20.0, -35.0)),  # Cape
        (("babalmandab",), 22_393, (20.0, -35.0)),
    ],
)
def test_baltic_to_india_by_suez_or_the_cape(
    closed: tuple[str, ...], km: float, by: LonLat
) -> None:
    line = sea_leg([ST_PETERSBURG, NHAVA_SHEVA], closed)
    assert routes.line_km(line) == pytest.approx(km, rel=0.01)
    assert _ends(line) == (ST_PETERSBURG, NHAVA_SHEVA)
    assert line.distance(Point(by)) < 3


@pytest.mark.parametrize(
    ("start", "end"), [(OLYA, ANZALI), (OLYA, AMIRABAD), (ASTRAKHAN, ANZALI), (ANZALI, AMIRABAD)]
)
def test_caspian_legs_stay_on_the_caspian(start: LonLat, end: LonLat) -> None:
    line = sea_leg([start, end])
    assert _ends(line) == (start, end)
    assert routes.line_km(line) < 1.2 * routes.geodesic_km([start, end])
    assert line.bounds[0] > 46
    assert line.bounds[2] < 55
    land = shapely.union_all(load_countries().geometry.tolist())
    # Olya and Astrakhan lie up the Volga; the rest of the way is water.
    assert routes.line_km(shapely.intersection(line, land)) < 130


def test_pacific_route_is_cut() -> None:
    line = sea_leg([(121.8, 31.2), (-118.2, 33.7)])
    assert line.geom_type == "MultiLineString"
    assert line.bounds[0] >= -180
    assert line.bounds[2] <= 180


def test_waypoints_decide_the_way() -> None:
    by_cape = sea_leg([ST_PETERSBURG, (18.0, -35.5), NHAVA_SHEVA])
    assert _ends(by_cape) == (ST_PETERSBURG, NHAVA_SHEVA)
    assert routes.line_km(by_cape) == pytest.approx(22_393, rel=0.02)
    by_suez = sea_leg([ST_PETERSBURG, (1.4, 51.0), (32.55, 29.95), NHAVA_SHEVA])
    assert routes.line_km(by_suez) == pytest.approx(14_119, rel=0.01)


def test_waypoint_beside_the_lane_leaves_no_spur() -> None:
    path = list(sea_leg([ST_PETERSBURG, (37.0, 23.5), NHAVA_SHEVA]).coords)
    assert all(before != after for before, after in nonempty(zip(path, path[2:], strict=False)))


def test_open_water_leg_passes_every_waypoint() -> None:
    waypoints = [ANZALI, (51.0, 38.0), AMIRABAD]
    line = routes.open_water_leg(waypoints)
    assert _ends(line) == (ANZALI, AMIRABAD)
    assert line.distance(Point(51.0, 38.0)) == 0
    assert routes.line_km(line) == pytest.approx(routes.geodesic_km(waypoints), rel=1e-4)
    with pytest.raises(CoordinateError, match="at least 2"):
        routes.open_water_leg([ANZALI, ANZALI])


def test_routes_that_cannot_be_are_errors_and_not_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(SeaRouteError, match="with ormuz closed"):
            sea_leg([BANDAR_ABBAS, NHAVA_SHEVA], ["ormuz"])
        with pytest.raises(SeaRouteError, match="km from the nearest sea lane"):
            sea_leg([MOSCOW, ANZALI])
        with pytest.raises(SeaRouteError, match="unknown chokepoint suezz; known are babalmandab"):
            sea_leg([ST_PETERSBURG, NHAVA_SHEVA], ["suezz"])


def test_closing_a_chokepoint_does_not_last() -> None:
    before = routes.line_km(sea_leg([BANDAR_ABBAS, NHAVA_SHEVA]))
    with pytest.raises(SeaRouteError):
        sea_leg([BANDAR_ABBAS, NHAVA_SHEVA], ["ormuz"])
    assert routes.line_km(sea_leg([BANDAR_ABBAS, NHAVA_SHEVA])) == before


def test_land_leg_keeps_its_waypoints() -> None:
    waypoints = [(49.6, 37.28), (48.9, 38.43), (49.85, 40.4)]
    assert list(routes.land_leg(waypoints).coords) == waypoints


def test_a_path_is_cut_where_it_crosses_however_short_its_parts() -> None:
    line = routes.cut_at_antimeridian([(179.5, 0.0), (-179.5, 0.0)])
    assert [list(part.coords) for part in shapely.get_parts(line)] == [
        [(179.5, 0.0), (180.0, 0.0)],
        [(-180.0, 0.0), (-179.5, 0.0)],
    ]


@pytest.mark.parametrize("points", [2, 3, 4, 64])
def test_a_great_circle_has_as_many_points_as_asked_for(points: int) -> None:
    path = routes.great_circle_path(MOSCOW, TEHRAN, points)
    assert len(path) == points
    assert routes.geodesic_km(path) == pytest.approx(2466, rel=0.005)


def test_an_arc_needs_a_point_between_its_ends() -> None:
    assert len(arc(MOSCOW, TEHRAN, 0, points=3).coords) == 3
    with pytest.raises(CoordinateError, match="at least 3"):
        arc(MOSCOW, TEHRAN, 0, points=2)


def test_nobody_ships_by_the_northwest_passage() -> None:
    """Open, it would be the short way between the oceans."""
    greenland, nome = (-53.5, 68.0), (-165.5, 64.4)
    assert routes.geodesic_km([greenland, nome]) < 5_000
    assert routes.line_km(sea_leg([greenland, nome])) > 15_000


def test_a_place_inland_is_no_port() -> None:
    """150 km from a lane is the most: a gulf may be that wide, and no harbour lies so far up."""
    with pytest.raises(SeaRouteError, match="171 km from the nearest sea lane"):
        sea_leg([BERLIN, NHAVA_SHEVA])
    assert routes.line_km(sea_leg([MILAN, NHAVA_SHEVA])) > 8_000
