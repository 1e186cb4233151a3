"""The page as it is served: Streamlit's, with our style sheets, before any script has run.

A style sheet that a script brings comes too late: the page is seen without it first. And Firefox
asks for nothing at an ``@import`` in a style element that was parsed in a document of its own and
then moved into the page, which is how `st.html` cleans what it shows (CesiumGS/cesium 12700 met the
like): there no style sheet came at all, and no error was told. So both are named by links in the
page itself. Streamlit's script waits for them: nothing is drawn before they are there.

They stand in the body. Streamlit writes its rules into the head while it runs, and of two rules of
equal weight the later one counts. The addresses are relative, as those of Streamlit's own files
are: they hold under any base path, and on every page. No Streamlit.
"""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.assets import root
from dashboard.web.base_path import may_be_a_page, within
from dashboard.web.packing import accepts_gzip, packed
from dashboard.web.whole_body import with_whole_body

NAME = "Dossier Atlas"

NO_SCRIPT = f"""<noscript>
      <p>{NAME} draws its map and its lists with JavaScript, which this browser does not run: allow
      it for this address, then reload the page. Nothing is loaded from other hosts.</p>
    </noscript>"""

_PAGE = re.compile(r"(?:.*/)?(?:[^./]*|[^/]*\.html)")
"""Paths that may be answered by a page: files have an ending."""

_ABOUT_STREAMLITS = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""Request headers about bytes that Streamlit would send; those that we send are others."""

_OF_STREAMLITS = ("content-length", "content-encoding", "etag", "last-modified", "accept-ranges")


def sheets() -> tuple[str, str]:
    """Addresses of the page's style sheets: its own, and the colours of the dossier's themes."""
    return f"./{root()}/app.css", "./atlas/theme.css"


@lru_cache(maxsize=4)
def filled(page: bytes) -> bytes:
    """Put what Streamlit leaves out into a page.

    That is: links to the style sheets, where the app lives, language, title, and a word for who
    runs no script.

    Parameters
    ----------
    page : bytes
        HTML as Streamlit has it.

    Returns
    -------
    bytes
        The same where there is nothing to put it into, with the links at its end.
    """
    text = page.decode("utf-8")
    links = "".join(f'\n    <link rel="stylesheet" href="{sheet}">' for sheet in sheets())
    text = re.sub(r"<html(?![^>]*\slang=)(?=[\s>])", '<html lang="en"', text, count=1)
    text = re.sub(r"<title>.*?</title>", f"<title>{NAME}</title>", text, count=1, flags=re.S)
    text = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, text, count=1, flags=re.S)
    base = f'<script src="./{root()}/base.js"></script>\n    '
    text = re.sub(r"(?=<script\b)", base, text, count=1)
    text, bodies = re.subn(r"<body\b[^>]*>", lambda body: body[0] + links, text, count=1)
    return (text if bodies else text + links).encode()


class PageShell:
    """ASGI middleware that fills Streamlit's page in, and answers for its bytes.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    base : str
        The path that the app lives under.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, a page with what it needs to be seen."""
        if not (
            may_be_a_page(scope, self.base) and _PAGE.fullmatch(within(scope["path"], self.base))
        ):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        whole = {
            **scope,
            "method": "GET",
            "headers": [pair for pair in scope["headers"] if pair[0] not in _ABOUT_STREAMLITS],
        }

        async def send_other(message: Message) -> None:
            if scope["method"] == "HEAD" and "body" in message:
                message = {**message, "body": b""}
            await send(message)

        async def answer(start: Message, body: bytes) -> None:
            page = await run_in_threadpool(filled, body)
            await _answer(scope["method"], asked, start, page, send)

        await with_whole_body(self.app, whole, receive, send_other, _is_a_page, answer)


def _is_a_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")


async def _answer(method: str, asked: Headers, start: Message, page: bytes, send: Send) -> None:
    """Send the page, or 304 where the browser has it, with whatever else Streamlit says of it."""
    small, tag = packed(page)
    headers = MutableHeaders(raw=list(start["headers"]))
    for name in _OF_STREAMLITS:
        del headers[name]
    headers["etag"] = tag
    headers["vary"] = "Accept-Encoding"
    status = 200
    if tag in asked.get("if-none-match", ""):
        status, page = 304, b""
        del headers["content-type"]
    else:
        if accepts_gzip(asked.get("accept-encoding", "")):
            page = small
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(page))
    await send({"type": "http.response.start", "status": status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else page})
