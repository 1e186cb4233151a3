"""The derived map: what is where, and what is said about it."""

import gzip
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
import yaml
from shapely.geometry import Point

from geodata import boundaries
from geodata.errors import GeodataError, UnknownCountryError
from tests.geodata.places import country_at
from tests.nonempty import nonempty

GEODATA = Path(boundaries.__file__).parent
SIMFEROPOL = (34.10, 44.95)


@pytest.fixture(scope="module")
def disputed() -> gpd.GeoDataFrame:
    return boundaries.load_disputed()


@pytest.fixture(scope="module")
def water() -> gpd.GeoDataFrame:
    return boundaries.load_water()


def test_frames_are_in_degrees_and_valid(
    countries: gpd.GeoDataFrame, disputed: gpd.GeoDataFrame, water: gpd.GeoDataFrame
) -> None:
    for frame in (countries, disputed, water):
        assert frame.crs == "EPSG:4326"
        assert frame.geometry.is_valid.all()
        assert not frame.geometry.is_empty.any()
        west, south, east, north = frame.total_bounds
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_loaders_return_a_frame_of_ones_own() -> None:
    mine = boundaries.load_countries()
    mine["name"] = "changed"
    assert boundaries.load_countries().name["IRN"] == "Iran"


def test_no_ring_crosses_the_map(countries: gpd.GeoDataFrame) -> None:
    for code, geometry in nonempty(countries.geometry.items()):
        for part in nonempty(shapely.get_parts(geometry)):
            assert part.bounds[2] - part.bounds[0] < 180, code
            for ring in (part.exterior, *part.interiors):
                assert all(abs(a[0] - b[0]) < 90 for a, b in nonempty(pairwise(ring.coords))), code


def test_russia_reaches_both_edges_of_the_map(countries: gpd.GeoDataFrame) -> None:
    west, _, east, _ = countries.geometry["RUS"].bounds
    assert (west, east) == (-180, 180)
    assert country_at(-175, 66.5, countries) == "RUS"
    assert country_at(175, 66.5, countries) == "RUS"


def test_countries_neither_overlap_nor_leave_gaps(countries: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(countries.geometry.explode().tolist())
    # Every gap between countries would be a hole in the land; the Caspian is the only real one.
    land = shapely.union_all(countries.geometry.tolist())
    holes = [ring for part in shapely.get_parts(land) for ring in part.interiors]
    assert [Point(50.5, 41.5).within(shapely.Polygon(ring)) for ring in holes] == [True]


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (51.4, 35.7, "IRN"),
        (37.6, 55.75, "RUS"),
        (30.5, 50.45, "UKR"),
        (-77.0, 38.9, "USA"),
        (2.35, 48.85, "FRA"),
        (44.2, 15.35, "YEM"),
        (116.4, 39.9, "CHN"),
        (121.0, 23.7, "TWN"),
        (-13.2, 26.0, "ESH"),
        (21.0, 42.6, "XKX"),
        (44.06, 9.56, "SOL"),
        (33.3, 35.28, "CYN"),
        (35.2, 32.0, "PSE"),
        (34.35, 31.4, "PSE"),
        (12.434, 41.902, "VAT"),
        (103.8, 1.36, "SGP"),
        (20.5, 54.7, "RUS"),
        (*SIMFEROPOL, "UKR"),
        (51.0, 42.0, None),  # Caspian Sea
        (34.0, 43.0, None),  # Black Sea
        (53.0, 26.8, None),  # Persian Gulf
    ],
)
def test_country_at(countries: gpd.GeoDataFrame, lon: float, lat: float, code: str | None) -> None:
    assert country_at(lon, lat, countries) == code


def test_label_points_lie_inside(countries: gpd.GeoDataFrame) -> None:
    for code, row in nonempty(countries.iterrows()):
        assert row.geometry.contains(Point(row.label)), code


@pytest.mark.parametrize(
    ("code", "west", "south", "east", "north"),
    [
        ("RUS", 80, 55, 110, 68),
        ("USA", -115, 30, -85, 47),
        ("FRA", 0, 44, 6, 49),
        ("NOR", 5, 58, 16, 70),
        ("IRN", 50, 29, 60, 36),
    ],
)
def test_label_points_read_well(
    countries: gpd.GeoDataFrame, code: str, west: float, south: float, east: float, north: float
) -> None:
    lon, lat = boundaries.label_point(code, countries)
    assert west < lon < east
    assert south < lat < north


def test_areas_are_those_of_the_countries(countries: gpd.GeoDataFrame) -> None:
    for code, area in (("IRN", 1_648_000), ("RUS", 17_098_000), ("UKR", 603_600), ("BHR", 780)):
        assert countries.area_km2[code] == pytest.approx(area, rel=0.03 if area > 1e3 else 0.4)


def test_small_states_are_there(countries: gpd.GeoDataFrame) -> None:
    for code in ("BHR", "MDV", "MLT", "SGP", "LUX", "VAT", "MCO", "QAT", "KWT", "LBN", "TUV"):
        assert countries.geometry[code].area > 0


def test_codes_are_three_capitals_and_names_unabbreviated(countries: gpd.GeoDataFrame) -> None:
    assert all(re.fullmatch("[A-Z]{3}", code) for code in nonempty(countries.index))
    assert countries.index.is_unique
    assert countries.name.is_unique
    assert [name for name in countries.name if re.search(r"[a-z]\.", name)] == []
    assert set(countries.index[~countries.iso]) == {"XKX", "SOL", "CYN", "KAS", "IOA", "ATC"}


@pytest.mark.parametrize(
    ("asked", "meant"), [("irn", "IRN"), ("IRA", "IRN"), ("Iran", "IRN"), ("RUSS", "RUS")]
)
def test_unknown_country_names_the_nearest(
    countries: gpd.GeoDataFrame, asked: str, meant: str
) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        boundaries.country(asked, countries)
    assert caught.value.code == asked
    assert meant in caught.value.nearest
    assert meant in str(caught.value).partition("did you mean ")[2]


def test_unknown_country_without_a_likeness() -> None:
    with pytest.raises(GeodataError, match=r"no boundary for country code '§§'$"):
        boundaries.label_point("§§")


def test_crimea_is_in_ukraine_and_disputed(
    countries: gpd.GeoDataFrame, disputed: gpd.GeoDataFrame
) -> None:
    crimea = disputed.loc["crimea"]
    assert crimea.geometry.contains(Point(SIMFEROPOL))
    assert crimea.drawn_in == "UKR"
    assert set(crimea.claimants) == {"UKR", "RUS"}
    assert crimea.geometry.geom_type == "Polygon"
    # 27,000 km², of which the source leaves out the lagoons.
    assert shapely.area(crimea.geometry) == pytest.approx(3.1, abs=0.15)
    assert not crimea.geometry.contains(Point(32.6, 46.63))  # Kherson
    assert crimea.geometry.difference(countries.geometry["UKR"]).area == 0


def test_disputed_areas_agree_with_the_countries(
    countries: gpd.GeoDataFrame, disputed: gpd.GeoDataFrame
) -> None:
    for area_id, row in nonempty(disputed.iterrows()):
        assert re.fullmatch("[a-z]+(-[a-z]+)*", area_id)
        assert row.claimants
        assert set(row.claimants) <= set(countries.index), area_id
        assert row.note.endswith("."), area_id
        assert not re.search(r"\.\s+[A-Z]", row.note), f"{area_id}: more than one sentence"
        if row.drawn_in is None:
            covering = countries.index[countries.geometry.covers(row.geometry)]
            assert len(covering) == 1, area_id
            assert countries.geometry[covering[0]].equals(row.geometry), area_id
        else:
            assert countries.geometry[row.drawn_in].covers(row.geometry), area_id


def test_policy_says_truly_what_is_not_shown(countries: gpd.GeoDataFrame) -> None:
    def at(entry: dict[str, Any]) -> str | None:
        lon, lat = entry["at"]
        return country_at(lon, lat, countries)

    policy = yaml.safe_load((GEODATA / "border_policy.yml").read_text(encoding="utf-8"))
    for entry in nonempty(policy["not_shown"]):
        assert at(entry) == entry["drawn_in"], entry["name"]


def test_border_note_is_short_and_long() -> None:
    note = boundaries.border_note()
    assert "\n" not in note.short
    assert len(note.short) <= 100
    for word in ("Natural Earth", "disputed"):
        assert word in note.short
    for word in ("Crimea", "Donetsk", "Golan", "Abkhazia", "Western Sahara"):
        assert word in note.long


def test_caspian_is_water_with_the_shore_of_its_countries(
    countries: gpd.GeoDataFrame, water: gpd.GeoDataFrame
) -> None:
    caspian = water.set_index("name").geometry["Caspian Sea"]
    assert caspian.contains(Point(50.5, 41.5))
    assert not countries.geometry.intersects(caspian.buffer(-0.001)).any()
    shore = {code for code, geometry in countries.geometry.items() if geometry.touches(caspian)}
    assert shore == {"RUS", "KAZ", "TKM", "IRN", "AZE"}


def test_water_kinds_and_the_rivers_a_corridor_needs(water: gpd.GeoDataFrame) -> None:
    assert set(water.kind) == {"lake", "river"}
    assert (water[water.kind == "lake"].geom_type == "Polygon").all()
    rivers = water[water.kind == "river"]
    assert (rivers.geom_type == "LineString").all()
    wanted = {"Volga", "Don", "Dnipro", "Danube", "Nile", "Euphrates", "Tigris", "Amu Darya"}
    assert wanted <= set(rivers.name)
    volga = rivers.set_index("name").geometry["Volga"]
    assert volga.distance(Point(44.5, 48.7)) < 0.1  # Volgograd
    assert volga.distance(Point(49.1, 55.8)) < 0.2  # Kazan


def test_files_stay_small() -> None:
    names = ("countries.geojson", "disputed.geojson", "water.geojson")
    sizes = [len(gzip.compress((GEODATA / name).read_bytes(), 9, mtime=0)) for name in names]
    assert sum(sizes) <= 300_000
