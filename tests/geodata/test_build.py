"""The build: from pinned packages to the committed files."""

import copy
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from shapely.geometry import Point, shape

from geodata import build, packages
from geodata.coverage import polygons_from_rings, split_along
from geodata.errors import PackageError, TopologyError
from geodata.topology import decode_arcs, shapes
from geodata.water import follow, network_of
from tests.nonempty import nonempty

GEODATA = Path(build.__file__).parent

# A made-up world, 20° wide. AAA and BBB share the border x = 10; BBB holds the peninsula
# x 12–16, y −5–0, which the de facto view gives to CCC; DDD lies across ±180°; EEE is a country
# that the UN view has rounded to one place.
_ARCS: list[list[list[float]]] = [
    [[10, 0], [10, 3], [10.01, 5], [10, 10]],  # 0 the border of AAA and BBB, south to north
    [[10, 10], [0, 10], [0, 0], [10, 0]],  # 1 the rest of AAA
    [[10, 10], [20, 10], [20, 0], [16, 0]],  # 2 BBB, round to the peninsula
    [[16, 0], [16, -5], [12, -5], [12, 0]],  # 3 the peninsula's coast
    [[12, 0], [10, 0]],  # 4 BBB, from the peninsula back
    [[170, 50], [170, 60], [-175, 60], [-175, 50], [170, 50]],  # 5 DDD
    [[15, 5], [15, 5]],  # 6 EEE, worn down
]


def _country(a3: str, number: str, arcs: list[Any]) -> dict[str, Any]:
    properties = {"name": f"Rep. {a3}", "a3": a3}
    return {"type": "MultiPolygon", "id": number, "properties": properties, "arcs": arcs}


def _world() -> dict[str, dict[str, Any]]:
    un_view = {
        "type": "Topology",
        "arcs": _ARCS,
        "objects": {
            "countries": {
                "geometries": [
                    _country("BBB", "002", [[[2, 3, 4, 0]]]),
                    _country("AAA", "001", [[[1, 0]]]),
                    _country("DDD", "004", [[[5]]]),
                    _country("EEE", "005", [[[6]]]),
                    _country("ZZZ", "009", [[[5]]]),
                ]
            }
        },
    }
    de_facto = {
        "type": "Topology",
        "arcs": [
            # The coast is a little off, as between two real editions.
            [[12, 0], [16, 0]],
            [[16, 0], [16.01, -5], [12, -5.01], [12, 0]],
            [[16, 0], [20, 0], [20, 10], [10, 10], [10, 0], [12, 0]],
            [[15, 5], [15.2, 5], [15.2, 5.2], [15, 5.2], [15, 5]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "002", "properties": {"name": "B"}, "arcs": [[0, 2]]},
                    {"type": "Polygon", "id": "003", "properties": {"name": "C"}, "arcs": [[1, 0]]},
                    {"type": "Polygon", "id": "005", "properties": {"name": "E"}, "arcs": [[3]]},
                ]
            }
        },
    }
    water = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
        "arcs": [
            [[4, 4], [4, 0], [0, 4], [-4, 0], [0, -4]],  # a lake, 2–4 east, 2–4 north
            [[2, 18], [4, -2]],  # a river, from (1, 9) to (3, 8)
            [[6, 16], [4, 0]],  # and on, to (5, 8)
        ],
        "objects": {
            "lakes": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]},
            "rivers": {
                "geometries": [
                    {"type": "LineString", "arcs": [2]},
                    {"type": "MultiLineString", "arcs": [[1]]},
                ]
            },
        },
    }
    return {"un_view": un_view, "de_facto_view": de_facto, "water": water}


def _facts() -> dict[str, dict[str, Any]]:
    carve = {
        "of": "BBB",
        "of_source_id": "002",
        "given_to_source_id": "003",
        "containing": [14, -2],
    }
    return {
        "countries": {
            "left_out": [{"id": "ZZZ", "reason": "overlaps"}],
            "outline_from_de_facto_view": [{"id": "EEE", "source_id": "005", "source_name": "E"}],
            "not_iso": [{"id": "EEE"}],
            "names": [{"id": "AAA", "name": "Republic of A"}],
            "label_points": [{"id": "AAA", "at": [2.0, 2.0]}],
        },
        "disputed": {
            "areas": [
                {
                    "id": "peninsula",
                    "name": "The Peninsula",
                    "claimants": ["BBB", "CCC"],
                    "drawn_in": "BBB",
                    "note": "Drawn in B.",
                    "geometry": {"carve": carve},
                }
            ]
        },
        "water": {
            "lakes": {
                "inside_land": [],
                "smallest_km2": 1000,
                "names": [{"name": "Lake", "at": [3, 3]}],
            },
            "rivers": [{"name": "River", "along": [[1, 9], [5, 8]]}],
        },
    }


def _features(text: str) -> dict[str, dict[str, Any]]:
    collection = json.loads(text)
    return {
        each["properties"].get("id", each["properties"].get("name")): each
        for each in collection["features"]
    }


@pytest.fixture(scope="module")
def derived() -> dict[str, str]:
    return build.derive(_world(), _facts())


def test_same_input_gives_the_same_bytes(derived: dict[str, str]) -> None:
    assert build.derive(copy.deepcopy(_world()), copy.deepcopy(_facts())) == derived


def test_order_of_the_source_does_not_matter(derived: dict[str, str]) -> None:
    world = _world()
    world["un_view"]["objects"]["countries"]["geometries"].reverse()
    assert build.derive(world, _facts())["countries.geojson"] == derived["countries.geojson"]


def test_checksums_are_those_of_the_content(derived: dict[str, str]) -> None:
    for line in nonempty(derived[build.CHECKSUMS].splitlines()):
        digest, name = line.split("  ")
        assert hashlib.sha256(derived[name].encode()).hexdigest() == digest


def test_properties_come_from_source_and_corrections(derived: dict[str, str]) -> None:
    countries = _features(derived["countries.geojson"])
    assert list(countries) == ["AAA", "BBB", "DDD", "EEE"]
    assert countries["AAA"]["properties"]["name"] == "Republic of A"
    assert countries["BBB"]["properties"]["name"] == "Rep. BBB"
    assert countries["AAA"]["properties"]["label"] == [2.0, 2.0]
    assert [each["properties"]["iso"] for each in countries.values()] == [True, True, True, False]


def test_neighbours_share_their_border(derived: dict[str, str]) -> None:
    countries = _features(derived["countries.geojson"])
    a, b = shape(countries["AAA"]["geometry"]), shape(countries["BBB"]["geometry"])
    assert shapely.coverage_is_valid([a, b])
    assert a.intersection(b).length == pytest.approx(10, abs=0.1)


def test_carved_area_is_within_its_country_without_slivers(derived: dict[str, str]) -> None:
    area = shape(_features(derived["disputed.geojson"])["peninsula"]["geometry"])
    country = shape(_features(derived["countries.geojson"])["BBB"]["geometry"])
    assert area.bounds == (12, -5, 16, 0)
    assert area.difference(country).area == 0
    assert country.contains(Point(14, -2))
    assert country.geom_type == "Polygon"


def test_carving_needs_views_that_differ() -> None:
    facts = _facts()
    facts["disputed"]["areas"][0]["geometry"]["carve"]["containing"] = [5, 5]
    with pytest.raises(TopologyError, match="agree"):
        build.derive(_world(), facts)


def test_ring_over_the_antimeridian_is_cut(derived: dict[str, str]) -> None:
    across = shape(_features(derived["countries.geojson"])["DDD"]["geometry"])
    assert sorted(part.bounds for part in across.geoms) == [
        (-180, 50, -175, 60),
        (170, 50, 180, 60),
    ]


def test_worn_down_country_is_taken_from_the_other_view(derived: dict[str, str]) -> None:
    countries = _features(derived["countries.geojson"])
    small, around = shape(countries["EEE"]["geometry"]), shape(countries["BBB"]["geometry"])
    assert small.area == pytest.approx(0.04)
    assert not around.contains(small.centroid)


def test_country_without_any_outline_is_an_error() -> None:
    facts = _facts()
    facts["countries"]["outline_from_de_facto_view"] = []
    with pytest.raises(TopologyError, match="EEE"):
        build.derive(_world(), facts)


def test_water_is_named_and_followed(derived: dict[str, str]) -> None:
    water = _features(derived["water.geojson"])
    assert water["Lake"]["properties"]["kind"] == "lake"
    river = shape(water["River"]["geometry"])
    assert list(river.coords) == [(1, 9), (3, 8), (5, 8)]


def test_river_that_is_not_there_is_an_error() -> None:
    line = [(0.0, 0.0), (1.0, 0.0)]
    with pytest.raises(TopologyError, match="no river within"):
        follow(network_of([line]), [[0, 0], [9, 9]], "Styx")
    with pytest.raises(TopologyError, match="do not join"):
        follow(network_of([line, [(3.0, 0.0), (4.0, 0.0)]]), [[0, 0], [4, 0]], "Styx")


def test_pieces_of_a_river_a_grid_step_apart_are_joined() -> None:
    pieces = [[(0.0, 0.0), (1.0, 0.0)], [(1.036, 0.0), (2.0, 0.0)]]
    assert follow(network_of(pieces), [[0, 0], [2, 0]], "Styx")[-1] == (2.0, 0.0)


def test_arcs_are_decoded_from_steps_and_repeats_dropped() -> None:
    topology = {
        "transform": {"scale": [0.1, 0.1], "translate": [-180, -90]},
        "arcs": [[[0, 0], [1, 2], [0, 0], [-1, 0]]],
    }
    assert decode_arcs(topology, 3) == [[(-180.0, -90.0), (-179.9, -89.8), (-180.0, -89.8)]]


def test_what_is_not_a_topology_is_refused() -> None:
    with pytest.raises(TopologyError, match="no list of arcs"):
        decode_arcs({"type": "FeatureCollection"}, 3)
    with pytest.raises(TopologyError, match="no layer 'moons'"):
        list(shapes({"arcs": [], "objects": {}}, "moons"))
    points = {"arcs": [], "objects": {"moons": {"geometries": [{"type": "Point"}]}}}
    with pytest.raises(TopologyError, match="Point"):
        list(shapes(points, "moons"))


def test_rings_without_an_area_are_dropped() -> None:
    assert polygons_from_rings([[[(1.0, 1.0), (1.0, 1.0)]]]) == []


def test_split_leaves_nothing_out() -> None:
    square = shapely.box(0, 0, 4, 4)
    pieces = split_along(square, shapely.LineString([(0.01, 1), (3.99, 1)]))
    assert [piece.area for piece in pieces] == pytest.approx([12, 4])


# --- packages ---------------------------------------------------------------------------------


def _tarball(path: Path, files: dict[str, Any]) -> str:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return hashlib.sha512(path.read_bytes()).hexdigest()


def _pins(folder: Path, sha512: str) -> Path:
    pins = folder / "sources.yml"
    entry = {
        "name": "tiny-atlas",
        "version": "1.0.0",
        "licence": "ISC",
        "upstream": "https://example.org/",
        "sha512": sha512,
        "files": {"un_view": "world.json"},
    }
    pins.write_text(yaml.safe_dump({"packages": [entry]}), encoding="utf-8")
    return pins


def _npm(folder: Path, script: str) -> None:
    client = folder / "npm"
    client.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    client.chmod(0o755)


def test_packages_on_disk_are_verified_and_read(tmp_path: Path) -> None:
    digest = _tarball(tmp_path / "tiny-atlas-1.0.0.tgz", {"world.json": {"arcs": []}})
    found = packages.topologies(tmp_path, _pins(tmp_path, digest))
    assert found == {"un_view": {"arcs": []}}


def test_tampered_package_is_refused(tmp_path: Path) -> None:
    _tarball(tmp_path / "tiny-atlas-1.0.0.tgz", {"world.json": {}})
    with pytest.raises(PackageError, match="not the pinned package"):
        packages.topologies(tmp_path, _pins(tmp_path, "0" * 128))


def test_missing_tarball_and_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"tiny-atlas-1\.0\.0\.tgz is not in"):
        packages.topologies(tmp_path, _pins(tmp_path, "0" * 128))
    digest = _tarball(tmp_path / "tiny-atlas-1.0.0.tgz", {"other.json": {}})
    with pytest.raises(PackageError, match=r"no file package/world\.json"):
        packages.topologies(tmp_path, _pins(tmp_path, digest))


def test_npm_client_downloads_the_pinned_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = _tarball(tmp_path / "stored.tgz", {"world.json": {"arcs": [1]}})
    _npm(
        tmp_path,
        f'[ "$1 $2" = "pack tiny-atlas@1.0.0" ] && cp {tmp_path}/stored.tgz tiny-atlas-1.0.0.tgz',
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert packages.topologies(None, _pins(tmp_path, digest)) == {"un_view": {"arcs": [1]}}


def test_offline_npm_client_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _npm(tmp_path, "echo 'getaddrinfo ENOTFOUND' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(PackageError, match=r"offline\?\): getaddrinfo ENOTFOUND"):
        packages.topologies(None, _pins(tmp_path, "0" * 128))


def test_missing_npm_client_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.main(["--out", str(tmp_path / "out")]) == 1
    assert "npm client is not installed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


# --- committed files --------------------------------------------------------------------------


def test_committed_files_are_those_of_the_last_build() -> None:
    lines = (GEODATA / build.CHECKSUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(listed) == set(build.FILES)
    for name, digest in nonempty(listed.items()):
        assert hashlib.sha256((GEODATA / name).read_bytes()).hexdigest() == digest, name


def test_every_pin_is_complete() -> None:
    pins = packages.load_packages()
    roles = [role for package in pins.values() for role in package.files]
    assert sorted(roles) == ["de_facto_view", "un_view", "water"]
    for package in nonempty(pins.values()):
        assert len(package.sha512) == 128
        assert package.licence
        assert package.version.count(".") == 2


def test_facts_are_used_by_the_committed_files() -> None:
    facts = build.read_facts()
    countries = json.loads((GEODATA / "countries.geojson").read_text(encoding="utf-8"))
    by_id = {each["id"]: each["properties"] for each in countries["features"]}
    told = facts["countries"]
    for entry in nonempty(told["names"]):
        assert by_id[entry["id"]]["name"] == entry["name"]
    for entry in nonempty(told["label_points"]):
        assert by_id[entry["id"]]["label"] == entry["at"]
    not_iso = {code for code, properties in by_id.items() if not properties["iso"]}
    assert not_iso == {entry["id"] for entry in told["not_iso"]}
    assert not {entry["id"] for entry in told["left_out"]} & set(by_id)
    disputed = json.loads((GEODATA / "disputed.geojson").read_text(encoding="utf-8"))
    for record, each in nonempty(
        zip(facts["disputed"]["areas"], disputed["features"], strict=True)
    ):
        for key in ("id", "name", "claimants", "drawn_in", "note"):
            assert each["properties"][key] == record[key], (record["id"], key)
