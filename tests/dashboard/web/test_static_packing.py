"""Streamlit's own files go over the wire packed, and are the same when unpacked."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from dashboard.web.static_packing import PackStatic
from tests.dashboard.asgi import get
from tests.nonempty import nonempty

OF_STREAMLIT = Path(streamlit.__file__).parent / "static"
SCRIPTS = sorted((OF_STREAMLIT / "static/js").glob("*.js"), key=lambda file: file.stat().st_size)
LARGEST = SCRIPTS[-1]


def app_at(base: str) -> Starlette:
    return Starlette(
        routes=create_streamlit_static_assets_routes(base),
        middleware=[Middleware(PackStatic, base=base)],
    )


def path_of(file: Path, base: str = "") -> str:
    return f"{base}/{file.relative_to(OF_STREAMLIT).as_posix()}"


@pytest.mark.parametrize("base", ["", "/desk/atlas"])
def test_a_script_is_a_third_at_most_and_the_same(base: str) -> None:
    sheet = next((OF_STREAMLIT / "static/css").glob("*.css"))
    for file in nonempty((LARGEST, sheet)):
        answer = get(app_at(base), path_of(file, base), accept_encoding="gzip, br")
        assert answer.status == 200
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert len(answer.body) < file.stat().st_size / 3
        assert answer.content == file.read_bytes()


@pytest.mark.parametrize(
    "asked", [{}, {"accept_encoding": "br"}, {"accept_encoding": "gzip;q=0"}], ids=str
)
def test_who_does_not_take_it_packed_gets_it_plain(asked: dict[str, str]) -> None:
    answer = get(app_at(""), path_of(LARGEST), **asked)
    assert "content-encoding" not in answer.headers
    assert answer.body == LARGEST.read_bytes()


def test_a_part_of_a_file_and_a_head_are_left_to_streamlit() -> None:
    part = get(app_at(""), path_of(LARGEST), accept_encoding="gzip", range="bytes=0-9")
    assert (part.status, part.body) == (206, LARGEST.read_bytes()[:10])
    head = get(app_at(""), path_of(LARGEST), "HEAD", accept_encoding="gzip")
    assert (head.status, head.body) == (200, b"")


def test_what_the_browser_has_is_not_sent_again() -> None:
    first = get(app_at(""), path_of(LARGEST), accept_encoding="gzip")
    tag = first.headers["etag"]
    again = get(app_at(""), path_of(LARGEST), accept_encoding="gzip", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")


def test_for_what_is_missing_streamlit_answers() -> None:
    missing = get(app_at(""), "/static/js/gone.js", accept_encoding="gzip")
    assert "content-encoding" not in missing.headers
    assert missing.headers["content-type"].startswith("text/html")


def test_a_font_is_not_packed_twice() -> None:
    font = next((OF_STREAMLIT / "static/media").glob("*.woff2"))
    answer = get(app_at(""), path_of(font), accept_encoding="gzip")
    assert answer.body == font.read_bytes()
