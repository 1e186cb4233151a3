"""What the browser fetches: packed, tagged, and nothing else from the disk."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette

from dashboard.assets import GEODATA, GEODATA_FILES, STATIC, stamp
from dashboard.atlas_map import AtlasMap
from dashboard.data import Atlas
from dashboard.palette import theme_colour
from dashboard.routes import asset_routes
from dashboard.stylesheet import colour_variables, map_css
from tests.dashboard.asgi import Answer, get
from tests.dashboard.editing import rewrite

MOST_GEODATA = 350 * 1024

DATA = ["/atlas/scene.json", *(f"/atlas/geodata/{name}.geojson" for name in GEODATA_FILES)]
STYLES = ["/atlas/theme/light.css", "/atlas/theme/dark.css", "/atlas/signs.css"]


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=asset_routes())


# Packing and tags


@pytest.mark.parametrize("path", [*DATA, *STYLES])
def test_packed_where_that_is_accepted(app: Starlette, path: str) -> None:
    packed = get(app, path, accept_encoding="gzip, deflate, br")
    plain = get(app, path)
    assert (packed.status, plain.status) == (200, 200)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.body
    assert len(packed.body) < len(plain.body)


@pytest.mark.parametrize("path", [*DATA, *STYLES])
@pytest.mark.parametrize("accepted", ["", "identity", "br"])
def test_plain_where_packing_is_not_accepted(app: Starlette, path: str, accepted: str) -> None:
    answer = get(app, path, accept_encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_plain_where_packing_is_refused(app: Starlette) -> None:
    answer = get(app, "/atlas/scene.json", accept_encoding="gzip;q=0, identity")
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", [*DATA, *STYLES])
def test_a_cache_is_told_that_there_are_two_forms(app: Starlette, path: str) -> None:
    assert get(app, path).headers["vary"].lower() == "accept-encoding"


@pytest.mark.parametrize("path", [*DATA, *STYLES])
@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}'])
def test_what_the_browser_has_is_not_sent_again(app: Starlette, path: str, form: str) -> None:
    first = get(app, path)
    again = get(app, path, if_none_match=form.format(tag=first.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", DATA)
def test_another_tag_is_answered_in_full(app: Starlette, path: str) -> None:
    assert get(app, path, if_none_match='"0123456789abcdef"').status == 200


@pytest.mark.parametrize("path", DATA)
def test_the_browser_asks_each_time(app: Starlette, path: str) -> None:
    """So that a curator's change is seen with the next load."""
    assert get(app, path).headers["cache-control"] == "no-cache"


def test_the_scene_is_the_dossiers(
    app: Starlette, load_small: Callable[[], Atlas], small: Path
) -> None:
    before = get(app, "/atlas/scene.json")
    assert before.body == load_small().scene.body
    rewrite(small / "flows/drones.yml", title="Another title")
    after = get(app, "/atlas/scene.json", if_none_match=before.headers["etag"])
    assert after.status == 200
    assert "Another title" in {record["title"] for record in after.json["records"]}


@pytest.mark.parametrize("path", ["/atlas/scene.json", "/atlas/theme/light.css"])
def test_a_dossier_that_cannot_be_read_is_no_crash(app: Starlette, small: Path, path: str) -> None:
    """A page that is open meanwhile asks; the log needs no traceback for it."""
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    assert 400 <= get(app, path).status < 600


@pytest.mark.parametrize("name", GEODATA_FILES)
def test_geodata_is_served_as_it_lies_there(app: Starlette, name: str) -> None:
    answer = get(app, f"/atlas/geodata/{name}.geojson")
    assert answer.body == (GEODATA / f"{name}.geojson").read_bytes()
    assert answer.headers["content-type"].startswith("application/geo+json")


def test_the_base_map_is_small(app: Starlette) -> None:
    answers = [
        get(app, f"/atlas/geodata/{n}.geojson", accept_encoding="gzip") for n in GEODATA_FILES
    ]
    assert sum(len(answer.body) for answer in answers) <= MOST_GEODATA


# Colours


@pytest.mark.parametrize(("mode", "dark"), [("light", 0), ("dark", 1)])
def test_themes_have_the_colours_of_the_page(
    app: Starlette, atlas: Atlas, mode: str, dark: int
) -> None:
    answer = get(app, f"/atlas/theme/{mode}.css")
    assert answer.headers["content-type"].startswith("text/css")
    text = answer.body.decode()
    for position, theme in enumerate(atlas.dossier.head.themes):
        colour = theme_colour(position)[dark]
        assert f"--theme-{theme.id}: {colour};" in text
        assert f"button:nth-of-type({position + 1}) {{--c: {colour};}}" in text
    assert colour_variables(mode) in text
    assert text.count("{") == text.count("}")


def test_a_mode_that_there_is_not_is_light(app: Starlette) -> None:
    light = get(app, "/atlas/theme/light.css").body
    assert [get(app, f"/atlas/theme/{mode}.css").body for mode in ("print", "x")] == [light] * 2


def test_signs_are_drawn_as_on_paper(app: Starlette) -> None:
    answer = get(app, "/atlas/signs.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.body.decode() == map_css()


def test_the_map_asks_for_the_signs(atlas: Atlas) -> None:
    sheets = dict(AtlasMap(atlas.dossier.head.view).default_css)
    assert sheets["signs"] == sheets["leaflet"].replace("leaflet/leaflet.css", "signs.css")


# Static files


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
def test_our_own_files_are_served(app: Starlette, name: str) -> None:
    answer = get(app, f"/atlas/ui/{name}")
    assert answer.status == 200
    assert answer.body == (STATIC / name).read_bytes()
    kind = {".js": "javascript", ".css": "text/css"}[Path(name).suffix]
    assert kind in answer.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "leaflet/leaflet.js",
        "leaflet/leaflet.css",
        "markercluster/leaflet.markercluster.js",
        "markercluster/MarkerCluster.css",
    ],
)
def test_third_party_files_are_served(app: Starlette, path: str) -> None:
    answer = get(app, f"/atlas/{path}")
    assert answer.status == 200
    assert len(answer.body) > 500


# Stamped addresses


@pytest.mark.parametrize(
    "path",
    ["ui/atlas.js", "ui/app.css", "leaflet/leaflet.js", "geodata/countries.geojson", "signs.css"],
)
def test_what_bears_the_stamp_is_asked_for_once(app: Starlette, path: str) -> None:
    plain, stamped = get(app, f"/atlas/{path}"), get(app, f"/atlas/{stamp()}/{path}")
    assert stamped.body == plain.body
    assert "immutable" in stamped.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["scene.json", "theme/light.css"])
def test_what_a_curator_changes_is_asked_for_each_time(app: Starlette, path: str) -> None:
    assert get(app, f"/atlas/{stamp()}/{path}").headers["cache-control"] == "no-cache"


def test_an_old_stamp_is_not_kept(app: Starlette) -> None:
    """A page from before an update gets the files of now, but may not keep them."""
    assert get(app, "/atlas/00000000/ui/atlas.js").headers["cache-control"] == "no-cache"
    assert get(app, "/atlas/zzzzzzzz/ui/atlas.js").status == 404


@pytest.mark.parametrize("path", ["ui/atlas.js", "leaflet/leaflet.js"])
def test_scripts_are_packed(app: Starlette, path: str) -> None:
    packed = get(app, f"/atlas/{path}", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < 0.6 * len(packed.content)


# What is not there


@pytest.mark.parametrize(
    "path",
    [
        "/atlas/nothing",
        "/atlas/geodata/cities.geojson",
        "/atlas/geodata/countries.json",
        "/atlas/geodata/.geojson",
        "/atlas/ui/nothing.js",
        "/atlas/ui/",
        "/atlas/leaflet/nothing.js",
        "/scene.json",
    ],
)
def test_what_is_not_there_is_not_found(app: Starlette, path: str) -> None:
    assert get(app, path).status == 404


TRAVERSALS = [
    "../../data.py",
    "%2e%2e/%2e%2e/data.py",
    "..%2f..%2fdata.py",
    "..%5c..%5cdata.py",
    "....//....//data.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "x/../../../data.py",
    "atlas.js%00.css",
]


def refused(answer: Answer) -> bool:
    return answer.status in {400, 404, 405} and b"import" not in answer.content


@pytest.mark.parametrize("folder", ["ui", "leaflet", "markercluster"])
@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_way_out_of_the_static_folders(app: Starlette, folder: str, path: str) -> None:
    assert refused(get(app, f"/atlas/{folder}/{path}"))


@pytest.mark.parametrize(
    "name", ["../countries", "..%2fcountries", "%2e%2e/geodata/countries", "x"]
)
def test_only_named_geodata_is_served(app: Starlette, name: str) -> None:
    assert refused(get(app, f"/atlas/geodata/{name}.geojson"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/atlas/scene.json", "/atlas/ui/atlas.js"])
def test_nothing_can_be_written(app: Starlette, path: str, method: str) -> None:
    assert get(app, path, method).status == 405


def test_packing_is_the_same_each_time(app: Starlette) -> None:
    """No time of day in it: a cache may compare."""
    one = get(app, "/atlas/scene.json", accept_encoding="gzip").body
    assert gzip.decompress(one)
    assert one[4:8] == b"\0\0\0\0"
