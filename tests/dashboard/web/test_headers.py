"""Headers that keep a page to what it is: on each answer, whoever gives it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp

from dashboard.web.capacity import Capacity
from dashboard.web.headers import (
    EMBED_HOSTS,
    EXCEPTIONS,
    PAGE,
    EmbedHostsError,
    Safety,
    embed_hosts,
    hide_server,
    inline_scripts,
    policy,
)
from tests.dashboard.asgi import Answer, get
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[3]
FRAME_PATH = "/component/streamlit_folium.st_folium/index.html"


def directives(answer: Answer) -> dict[str, list[str]]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: sources for name, *sources in (part.split() for part in parts)}


def page_app(**settings: Any) -> ASGIApp:
    return Safety(HTMLResponse("<p>page", headers={"server": "some", "x": "y"}), **settings)


def test_a_page_loads_nothing_from_elsewhere() -> None:
    answer = get(page_app(), "/timeline")
    assert answer.body == b"<p>page"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "server" not in answer.headers
    assert answer.headers["x"] == "y"
    said = directives(answer)
    assert said["default-src"] == said["object-src"] == said["frame-ancestors"] == ["'none'"]
    assert said["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    assert said["connect-src"] == ["'self'"]


def test_what_is_no_page_loads_nothing_at_all() -> None:
    answer = get(Safety(PlainTextResponse("text")), "/atlas/map.css")
    assert directives(answer) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}


def test_a_page_that_the_browser_has_keeps_its_policy() -> None:
    """What comes with a 304 is kept in place of what came with the page."""
    kept = get(Safety(Response(status_code=304)), "/timeline")
    assert kept.headers["content-security-policy"] == policy(PAGE, "'none'")


def test_only_the_map_s_frame_may_be_framed_by_the_app_and_run_code_of_its_own() -> None:
    for base, path in (("", FRAME_PATH), ("/desk", f"/desk{FRAME_PATH}")):
        answer = get(page_app(base=base), path)
        said = directives(answer)
        assert said["frame-ancestors"] == ["'self'"]
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "'unsafe-eval'" in said["script-src"]
    beside = directives(get(page_app(base="/desk"), "/desk/timeline"))
    assert "'unsafe-eval'" not in beside["script-src"]


def test_named_hosts_may_frame_page_and_map() -> None:
    app = page_app(hosts=["https://a.example", "b.example"])
    for path, ancestors in (("/", []), (FRAME_PATH, ["'self'"])):
        answer = get(app, path)
        named = [*ancestors, "https://a.example", "b.example"]
        assert directives(answer)["frame-ancestors"] == named
        assert "x-frame-options" not in answer.headers  # it can name nobody


def test_no_other_host_is_in_a_policy_but_that_of_the_online_basemap() -> None:
    foreign = [
        allowance.source
        for allowance in nonempty(EXCEPTIONS)
        if "." in allowance.source or "//" in allowance.source
    ]
    assert foreign == ["https://tile.openstreetmap.org"]
    assert "https:" not in policy(PAGE, "'none'")
    assert [a for a in EXCEPTIONS if not a.reason] == []


def test_each_exception_is_documented() -> None:
    text = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    missing = [
        (allowance.directive, allowance.source, allowance.where)
        for allowance in nonempty(EXCEPTIONS)
        if f"| `{allowance.directive}` | `{allowance.source}` | {allowance.where} |" not in text
    ]
    assert missing == []
    assert EMBED_HOSTS in text


def test_an_error_and_a_refusal_have_the_headers_too() -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        get(Safety(broken), "/")

    answers: list[Answer] = []

    async def outside(scope: Any, receive: Any, send: Any) -> None:
        with pytest.raises(RuntimeError):
            await Safety(broken)(scope, receive, send)

    answers.append(get(outside, "/"))
    full = Capacity(Response("page"), close_idle=lambda: False, most=0)
    answers.append(get(Safety(full), "/", accept="text/html"))
    assert [answer.status for answer in answers] == [500, 503]
    assert [answer.headers["x-content-type-options"] for answer in answers] == ["nosniff"] * 2
    assert [directives(answer)["default-src"] for answer in answers] == [["'none'"]] * 2


def test_the_headers_are_set_outside_of_all_else() -> None:
    tree = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    (layers,) = (
        word.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "middleware"
    )
    assert isinstance(layers, ast.List)
    assert ast.unparse(layers.elts[0]).startswith("Middleware(Safety, ")


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("", []),
        ("  ", []),
        ("https://intranet.example.org", ["https://intranet.example.org"]),
        ("a.example, b.example:8443", ["a.example", "b.example:8443"]),
        ("https://*.Example.org/", ["https://*.example.org"]),
        ("http://localhost:9500", ["http://localhost:9500"]),
    ],
)
def test_hosts_are_read(monkeypatch: pytest.MonkeyPatch, text: str, hosts: list[str]) -> None:
    monkeypatch.setenv(EMBED_HOSTS, text)
    assert embed_hosts() == hosts


@pytest.mark.parametrize(
    "text",
    ["*", "'self'", "https://a.example/path", "a.example; script-src *", "ftp://a.example", "a..b"],
)
def test_what_is_no_host_is_told(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(EMBED_HOSTS, text)
    with pytest.raises(EmbedHostsError, match=f"{EMBED_HOSTS}: .* is no host"):
        embed_hosts()


def test_scripts_in_a_page_are_allowed_by_their_digest(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script src="x.js"></script><script>\n  one()\n</script>', encoding="utf-8")
    assert inline_scripts(page) == ["'sha256-g1m6nn76l5CfHr1c84rCsV/FotpC8e9EtwNg+d5Vbqs='"]


def test_the_server_does_not_say_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Config, "encoded_headers", None, raising=False)
    hide_server()
    config = uvicorn.Config(Response("x"), headers=[("x-own", "1")], log_config=None)
    config.load()
    assert config.encoded_headers == [(b"x-own", b"1")]
