"""What the browser fetches: packed, tagged, and nothing else from the disk."""

from __future__ import annotations

import gzip
import inspect
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.look.palette import MAP_COLOURS, theme_colour
from dashboard.web import routes
from dashboard.web.assets import ENTRIES, START, assets, stamp
from dashboard.web.atlas_map import AtlasMap
from dashboard.web.routes import asset_routes
from tests.dashboard.asgi import Answer, get
from tests.dashboard.editing import rewrite
from tests.nonempty import nonempty

MOST_FIRST = 226_000
"""Bytes of ours, packed, that a first visit to the map may fetch."""

ASSETS = sorted(f"/atlas/{path}" for path in assets())
CHANGING = ["/atlas/scene.json", "/atlas/theme.css"]
ALL = [*CHANGING, *ASSETS]


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=asset_routes())


# Packing and tags


@pytest.mark.parametrize("path", ALL)
def test_packed_where_that_is_accepted(app: Starlette, path: str) -> None:
    packed = get(app, path, accept_encoding="gzip, deflate, br")
    plain = get(app, path)
    assert (packed.status, plain.status) == (200, 200)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.body
    assert len(packed.body) < len(plain.body)


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("accepted", ["", "identity", "br"])
def test_plain_where_packing_is_not_accepted(app: Starlette, path: str, accepted: str) -> None:
    answer = get(app, path, accept_encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize("weight", ["q=0", "q=0.0", "q=0.00", "q=0.000", " q=0", " Q=0.0 "])
def test_plain_where_packing_is_refused(app: Starlette, weight: str) -> None:
    answer = get(app, "/atlas/map.css", accept_encoding=f"gzip;{weight}, identity")
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("weight", ["q=0.001", " q=0.5", "q=1"])
def test_packed_where_packing_has_some_weight(app: Starlette, weight: str) -> None:
    answer = get(app, "/atlas/map.css", accept_encoding=f"identity, gzip;{weight}")
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ALL)
def test_a_cache_is_told_that_there_are_two_forms(app: Starlette, path: str) -> None:
    assert get(app, path).headers["vary"].lower() == "accept-encoding"


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}'])
def test_what_the_browser_has_is_not_sent_again(app: Starlette, path: str, form: str) -> None:
    first = get(app, path)
    again = get(app, path, if_none_match=form.format(tag=first.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", ALL)
def test_another_tag_is_answered_in_full(app: Starlette, path: str) -> None:
    assert get(app, path, if_none_match='"0123456789abcdef"').status == 200


@pytest.mark.parametrize("path", ALL)
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


@pytest.mark.parametrize("path", ["/atlas/scene.json", "/atlas/theme.css"])
def test_a_dossier_that_cannot_be_read_is_no_crash(app: Starlette, small: Path, path: str) -> None:
    """A page that is open meanwhile asks; the log needs no traceback for it."""
    (small / "dossier.yml").write_text("title: [", encoding="utf-8")
    answer = get(app, path)
    assert answer.status == 503
    assert b"There is nothing to show" in answer.body
    assert b"dossier.yml" in answer.body
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", CHANGING)
def test_what_was_loaded_last_goes_on_being_served(app: Starlette, small: Path, path: str) -> None:
    before = get(app, path)
    shutil.rmtree(small)
    after = get(app, path)
    assert (after.status, after.body) == (200, before.body)


@pytest.mark.parametrize("path", ["/atlas/scene.json", "/atlas/theme.css", "/atlas/map.js"])
def test_what_nobody_foresaw_is_a_sentence_with_the_logs_number(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    def fails() -> None:
        raise ValueError("what a reader asked for")

    monkeypatch.setattr(data, "load", fails)
    monkeypatch.setattr(routes, "assets", fails)
    answer = get(app, path)
    assert answer.status == 500
    [record] = [record for record in caplog.records if record.exc_info]
    assert record.name == "dossier_atlas.routes"
    number = record.getMessage().partition("error ")[2][:6]
    assert answer.body.decode() == f"This could not be answered: error {number}."


def test_no_route_runs_on_the_event_loop() -> None:
    """What is no coroutine function, Starlette has a thread run."""
    endpoints = [route.endpoint for route in asset_routes() if isinstance(route, Route)]
    assert len(endpoints) == 6
    assert not any(inspect.iscoroutinefunction(endpoint) for endpoint in endpoints)


def test_the_scene_is_packed_once_for_all_who_ask_at_once(
    app: Starlette, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[bytes] = []
    pack = routes.pack
    together = Barrier(4)

    def packs(body: bytes) -> routes.Packed:
        packed.append(body)
        return pack(body)

    monkeypatch.setattr(routes, "pack", packs)
    loaded: list[Path] = []
    build = data.build
    monkeypatch.setattr(data, "build", lambda folder: loaded.append(folder) or build(folder))

    def ask() -> None:
        together.wait()
        assert get(app, "/atlas/scene.json").status == 200

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(packed), loaded) == (1, [small])


def test_a_first_visit_is_light(app: Starlette) -> None:
    """The finer outlines come when a reader zooms in, the other scripts with their pages."""
    later = {"/atlas/geodata/countries.outlines"} | {
        f"/atlas/scripts/{name}.js" for name in ("choose", "links", "player", "save", "trouble")
    }
    first = [path for path in ALL if path not in later]
    sizes = {path: len(get(app, path, accept_encoding="gzip").body) for path in first}
    assert sum(sizes.values()) <= MOST_FIRST, sizes


# Colours


def test_the_page_has_the_dossiers_colours_and_the_maps(app: Starlette, atlas: Atlas) -> None:
    answer = get(app, "/atlas/theme.css")
    assert answer.headers["content-type"].startswith("text/css")
    text = answer.body.decode()
    pairs = {
        name: (colour, MAP_COLOURS["dark"][name]) for name, colour in MAP_COLOURS["light"].items()
    }
    for position, theme in nonempty(enumerate(atlas.dossier.head.themes)):
        pairs[f"theme-{theme.id}"] = theme_colour(position)
        button = f".st-key-theme button:nth-of-type({position + 1})"
        assert f"{button} {{--c: var(--theme-{theme.id});}}" in text
    for name, (light, dark) in nonempty(pairs.items()):
        assert f"--{name}: light-dark({light}, {dark});" in text
        assert f"--{name}: {light};" in text  # where the engine knows no pairs
        assert f"--{name}: {dark};" in text
    assert text.count("{") == text.count("}")


# Files


def test_the_map_asks_for_what_is_there(atlas: Atlas) -> None:
    base = AtlasMap(atlas.dossier.head.view)
    named = [*dict(base.default_js).values(), *dict(base.default_css).values()]
    frame = "/component/streamlit_folium.st_folium/index.html"
    assert [urljoin(frame, path) for path in named] == [
        f"/atlas/{stamp()}/map.js",
        f"/atlas/{stamp()}/map.css",
    ]


def test_our_part_starts_before_leaflet_is_read(app: Starlette) -> None:
    script = get(app, "/atlas/map.js").body.decode()
    assert script.startswith(START)
    assert "scripts/map.js" in START
    assert script.index("Leaflet") < script.index("markercluster")


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_entry_brings_all_that_it_imports(app: Starlette, entry: str) -> None:
    answer = get(app, f"/atlas/scripts/{entry}.js")
    assert "javascript" in answer.headers["content-type"]
    source = answer.body.decode()
    assert "import " not in source
    assert f'modules["{entry}.js"]' in source
    exported = "start" if entry == "map" else "default"
    assert f'modules["{entry}.js"].{exported};' in source


# Under a path


@pytest.mark.parametrize("base", ["/desk/atlas", "/atlas"])
@pytest.mark.parametrize("path", ["scene.json", "theme.css", "map.js", f"{stamp()}/map.js"])
def test_under_a_path_all_of_it_is_there_and_nowhere_else(
    app: Starlette, base: str, path: str
) -> None:
    below = Starlette(routes=asset_routes(base))
    answer, plain = get(below, f"{base}/atlas/{path}"), get(app, f"/atlas/{path}")
    assert (answer.status, answer.body, answer.headers) == (200, plain.body, plain.headers)
    assert get(below, f"/atlas/{path}").status == 404


# Stamped addresses


@pytest.mark.parametrize(
    "path",
    sorted(assets()),
)
def test_what_bears_the_stamp_is_asked_for_once(app: Starlette, path: str) -> None:
    plain, stamped = get(app, f"/atlas/{path}"), get(app, f"/atlas/{stamp()}/{path}")
    assert stamped.body == plain.body
    assert "immutable" in stamped.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["scene.json", "theme.css"])
def test_what_a_curator_changes_is_asked_for_each_time(app: Starlette, path: str) -> None:
    assert get(app, f"/atlas/{stamp()}/{path}").headers["cache-control"] == "no-cache"


def test_a_stamped_address_can_be_written_from_its_route() -> None:
    stamped = asset_routes()[0]
    assert stamped.url_path_for("scene", stamp=stamp()) == f"/atlas/{stamp()}/scene.json"


def test_an_old_stamp_is_not_kept(app: Starlette) -> None:
    """A page from before an update gets the files of now, but may not keep them."""
    assert get(app, "/atlas/00000000/map.js").headers["cache-control"] == "no-cache"
    assert get(app, "/atlas/zzzzzzzz/map.js").status == 404


@pytest.mark.parametrize("path", ["map.js", "scripts/map.js", "map.css"])
def test_scripts_are_packed(app: Starlette, path: str) -> None:
    packed = get(app, f"/atlas/{path}", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < 0.6 * len(packed.content)


# What is not there


@pytest.mark.parametrize(
    "path",
    [
        "/atlas/nothing",
        "/atlas/",
        "/atlas/geodata/cities.outlines",
        "/atlas/geodata/countries.geojson",
        "/atlas/geodata/.outlines",
        "/atlas/scripts/nothing.js",
        "/atlas/scripts/atlas.js",
        "/atlas/scripts/",
        "/scene.json",
    ],
)
def test_what_is_not_there_is_not_found(app: Starlette, path: str) -> None:
    answer = get(app, path)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/plain")


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


@pytest.mark.parametrize("folder", ["scripts", "geodata", "geodata/scripts"])
@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_way_to_the_disk(app: Starlette, folder: str, path: str) -> None:
    assert refused(get(app, f"/atlas/{folder}/{path}"))


@pytest.mark.parametrize(
    "name", ["../countries", "..%2fcountries", "%2e%2e/geodata/countries", "x"]
)
def test_only_named_geodata_is_served(app: Starlette, name: str) -> None:
    assert refused(get(app, f"/atlas/geodata/{name}.outlines"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/atlas/scene.json", "/atlas/map.js"])
def test_nothing_can_be_written(app: Starlette, path: str, method: str) -> None:
    assert get(app, path, method).status == 405


def test_packing_is_the_same_each_time(app: Starlette) -> None:
    """No time of day in it: a cache may compare."""
    one = get(app, "/atlas/scene.json", accept_encoding="gzip").body
    assert gzip.decompress(one)
    assert one[4:8] == b"\0\0\0\0"
