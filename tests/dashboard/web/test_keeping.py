"""What has a digest in its name may be kept; nothing else is touched."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.web.keeping import FOREVER, KeepDigested
from tests.dashboard.asgi import get


async def answer(request: Request) -> Response:
    there = "gone" not in request.url.path
    headers = {"cache-control": "public"}
    return Response("x", status_code=200 if there else 404, headers=headers)


def app_at(base: str) -> Starlette:
    keep = Middleware(KeepDigested, base=base)
    return Starlette(routes=[Route("/{path:path}", answer)], middleware=[keep])


APP = app_at("")
FRAME = "/component/streamlit_folium.st_folium"


@pytest.mark.parametrize("base", ["", "/desk/atlas"])
@pytest.mark.parametrize("name", ["main.521860b0.js", "1.0a1b2c3d4e.chunk.js", "a.0a1b2c3d.css"])
def test_a_components_digested_file_is_kept(base: str, name: str) -> None:
    path = f"{base}{FRAME}/static/js/{name}"
    assert get(app_at(base), path).headers["cache-control"] == FOREVER


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"{FRAME}/index.html",
        f"{FRAME}/bootstrap.min.css",
        f"{FRAME}/static/js/main.js",
        f"/timeline{FRAME}/static/js/main.521860b0.js",  # a page stands for it
        "/media/abcdef0123456789.js",
        "/atlas/scripts/main.521860b0.js",
    ],
)
def test_nothing_else_is(path: str) -> None:
    assert get(APP, path).headers["cache-control"] == "public"


def test_what_is_missing_is_not_kept() -> None:
    missing = get(APP, f"{FRAME}/static/js/gone.521860b0.js")
    assert (missing.status, missing.headers["cache-control"]) == (404, "public")
