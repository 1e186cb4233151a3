"""The page as it is served: with its style sheets, and its own answer for its bytes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from dashboard.web import page_shell
from dashboard.web.assets import STATIC, stamp
from dashboard.web.page_shell import PageShell, filled
from dashboard.web.routes import asset_routes
from tests.dashboard.asgi import get
from tests.nonempty import nonempty

OF_STREAMLIT = Path(streamlit.__file__).parent / "static"
SHEETS = [f"./atlas/{stamp()}/app.css", "./atlas/theme.css"]


@pytest.fixture(scope="module")
def app() -> Starlette:
    """Streamlit's own answers, packed as Streamlit packs them, with ours around them."""
    return Starlette(
        routes=[
            Route("/component/x/index.html", lambda _: HTMLResponse("<body>a component")),
            Route("/bare", lambda _: HTMLResponse("<p>no head, no body")),
            *asset_routes(),
            *create_streamlit_static_assets_routes(""),
        ],
        middleware=[Middleware(PageShell), Middleware(GZipMiddleware)],
    )


BASE = f'<script src="./atlas/{stamp()}/base.js"></script>'


def test_streamlit_is_told_where_it_lives_before_its_own_script_runs(app: Starlette) -> None:
    page = get(app, "/timeline").body.decode()
    first, *others = re.findall(r"<script\b[^>]*>.*?</script>", page, re.S)
    assert first == BASE
    assert any('type="module"' in script for script in others)


def _sheets(page: bytes) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="([^"]*)"', page.decode())


@pytest.mark.parametrize("path", ["/", "/index.html", "/timeline", "/actors"])
def test_every_page_names_our_style_sheets(app: Starlette, path: str) -> None:
    answer = get(app, path)
    assert answer.status == 200
    assert _sheets(answer.body) == SHEETS
    for sheet in nonempty(SHEETS):
        assert get(app, urljoin(path, sheet)).headers["content-type"].startswith("text/css")


def test_a_page_says_what_it_is_before_a_script_has_run(app: Starlette) -> None:
    page = get(app, "/").body.decode()
    assert re.search(r"<html[^>]* lang=\"en\"", page)
    assert re.findall("<title>(.*?)</title>", page) == ["Dossier Atlas"]
    assert len(re.findall("<noscript>", page)) == 1
    assert "JavaScript, which this browser does not run" in page


def test_they_outweigh_what_streamlit_writes_into_the_head(app: Starlette) -> None:
    page = get(app, "/").body.decode()
    assert page.index("<body>") < page.index(SHEETS[0]) < page.index('id="root"')


def test_all_else_of_streamlits_page_stays(app: Starlette) -> None:
    """A newer Streamlit may write its page otherwise: then see what is put into it, and where."""
    before = (OF_STREAMLIT / "index.html").read_text(encoding="utf-8")
    after = filled(before.encode()).decode()
    for sheet in nonempty(SHEETS):
        after = after.replace(f'\n    <link rel="stylesheet" href="{sheet}">', "")
    after = after.replace(f"{BASE}\n    ", "")
    after = after.replace("<title>Dossier Atlas</title>", "<title>Streamlit</title>")
    noscript = re.compile("<noscript>.*?</noscript>", re.S)
    assert noscript.sub("", after) == noscript.sub("", before)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html><body>x", '<html lang="en"><body>{links}x'),
        ('<HTML class="a"><p>x', '<HTML class="a"><p>x{links}'),
        ('<html lang="de"><body class="a">x', '<html lang="de"><body class="a">{links}x'),
        ("", "{links}"),
    ],
)
def test_a_page_of_another_make_has_them_too(page: str, expected: str) -> None:
    links = "".join(f'\n    <link rel="stylesheet" href="{sheet}">' for sheet in SHEETS)
    assert filled(page.encode()).decode() == expected.replace("{links}", links)


def test_a_page_without_a_body_has_them_too(app: Starlette) -> None:
    assert _sheets(get(app, "/bare").body) == SHEETS


@pytest.mark.parametrize("path", ["/component/x/index.html", "/favicon.png", "/atlas/theme.css"])
def test_what_is_no_page_is_left_alone(app: Starlette, path: str) -> None:
    plain = Starlette(routes=app.routes)
    assert get(app, path).body == get(plain, path).body
    assert b"app.css" not in get(app, path).body


# Bytes


def test_a_page_is_packed_where_that_is_accepted(app: Starlette) -> None:
    packed, plain = get(app, "/", accept_encoding="gzip, br"), get(app, "/")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.body
    for answer in (packed, plain):
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "no-cache"
        assert "last-modified" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/timeline"])
def test_a_page_that_the_browser_has_is_not_sent_again(app: Starlette, path: str) -> None:
    tag = get(app, path).headers["etag"]
    again = get(app, path, if_none_match=tag, accept_encoding="gzip")
    assert (again.status, again.body) == (304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "no-cache")
    assert get(app, path, if_none_match='"another"').status == 200


def test_a_page_is_sent_anew_when_what_it_names_is_another(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own file is as old as Streamlit; and what the browser has names files that are gone."""
    first = get(app, "/")
    date = "Fri, 31 Dec 2100 00:00:00 GMT"
    page_shell.filled.cache_clear()
    monkeypatch.setattr(page_shell, "root", lambda: "atlas/00000000")
    try:
        after = get(app, "/", if_none_match=first.headers["etag"], if_modified_since=date)
    finally:
        page_shell.filled.cache_clear()
    assert after.status == 200
    assert _sheets(after.body)[0] == "./atlas/00000000/app.css"
    assert after.headers["etag"] != first.headers["etag"]


def test_a_part_of_a_page_is_not_cut_from_streamlits_own(app: Starlette) -> None:
    answer = get(app, "/", range="bytes=0-9")
    assert (answer.status, answer.body) == (200, get(app, "/").body)
    assert "accept-ranges" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/timeline", "/bare", "/no-such/favicon"])
def test_asking_for_the_head_alone(app: Starlette, path: str) -> None:
    head, whole = get(app, path, "HEAD"), get(app, path)
    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers == whole.headers


@pytest.mark.parametrize("base", ["/desk/atlas", "/static", "/atlas"])
def test_under_a_path(base: str) -> None:
    """The addresses are relative: they lead to the same files under any path."""
    app = Starlette(
        routes=[*asset_routes(base), *create_streamlit_static_assets_routes(base)],
        middleware=[Middleware(PageShell, base=base)],
    )
    for path in (f"{base}/", f"{base}/timeline"):
        assert _sheets(get(app, path).body) == SHEETS
        assert get(app, urljoin(path, SHEETS[0])).headers["content-type"].startswith("text/css")


def test_no_style_is_loaded_in_a_way_that_firefox_does_not_follow() -> None:
    kinds = {".py", ".html", ".css", ".js"}
    sources = [path for path in STATIC.parents[1].rglob("*") if path.suffix in kinds]
    style = re.compile(r"@import(?! \{ )")  # with braces it names types of a script
    asking = [path for path in nonempty(sources) if style.search(path.read_text(encoding="utf-8"))]
    assert asking == [Path(page_shell.__file__)]
