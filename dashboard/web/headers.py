"""What each answer tells a browser about safety: what a page may load, and who may frame it.

Nothing comes from another host, so nothing else is allowed to. What Streamlit needs beyond that is
listed in `EXCEPTIONS`, each with its reason, and `docs/deployment.md` says the same to whoever runs
the app. No Streamlit.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.atlas.scene import ONLINE_TILES
from dashboard.web.base_path import within

EMBED_HOSTS = "DOSSIER_ATLAS_EMBED_HOSTS"
"""Environment variable: whose pages may show the app in a frame; without it, nobody's."""

PAGE, FRAME = "page", "map's frame"

_OWN: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "frame-src": ("'self'",),
    "manifest-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}


@dataclass(frozen=True)
class Allowance:
    """What is allowed beyond the app's own files.

    Attributes
    ----------
    directive, source : str
        As the policy has them.
    where : str
        `PAGE` or `FRAME`.
    reason : str
    """

    directive: str
    source: str
    where: str
    reason: str


_tiles = urlsplit(ONLINE_TILES["url"])

EXCEPTIONS = (
    Allowance("script-src", "blob:", PAGE, "Streamlit loads the scripts of components from blobs"),
    Allowance(
        "script-src",
        "'wasm-unsafe-eval'",
        PAGE,
        "Streamlit counts in 64 bits by WebAssembly; refused, it goes on and the console complains",
    ),
    Allowance(
        "style-src", "'unsafe-inline'", PAGE, "Streamlit and Vega write their styles as they go"
    ),
    Allowance("font-src", "data:", PAGE, "a font of Streamlit's style sheet stands in the sheet"),
    Allowance("img-src", "data:", PAGE, "the page's icon, and Streamlit's own small pictures"),
    Allowance("img-src", "blob:", PAGE, "Vega and Streamlit hand over what they have drawn"),
    Allowance(
        "script-src", "'unsafe-inline'", FRAME, "streamlit-folium writes the map's script into it"
    ),
    Allowance("script-src", "'unsafe-eval'", FRAME, "streamlit-folium runs each update as code"),
    Allowance("style-src", "'unsafe-inline'", FRAME, "Leaflet places what it draws by styles"),
    Allowance(
        "img-src", "data:", FRAME, "Leaflet stands for a tile that is gone by an empty picture"
    ),
    Allowance(
        "img-src",
        f"{_tiles.scheme}://{_tiles.netloc}",
        FRAME,
        "the online basemap, asked for only when the reader turns it on",
    ),
)
"""All that is allowed beyond the app's own files, and why."""


class EmbedHostsError(ValueError):
    """`DOSSIER_ATLAS_EMBED_HOSTS` holds something that is no host."""


_HOST = re.compile(
    r"(?:https?://)?(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::(?:\d{1,5}|\*))?"
)


def embed_hosts() -> list[str]:
    """Whose pages may show the app in a frame, as the operator has set it.

    Raises
    ------
    EmbedHostsError
        One of them is no host.
    """
    hosts = os.environ.get(EMBED_HOSTS, "").lower().replace(",", " ").split()
    for host in hosts:
        if not _HOST.fullmatch(host.removesuffix("/")):
            raise EmbedHostsError(
                f"{EMBED_HOSTS}: {host!r} is no host (for one: https://intranet.example.org)"
            )
    return [host.removesuffix("/") for host in hosts]


def inline_scripts(page: Path) -> list[str]:
    """Sources by which a policy allows the scripts that stand in a page of Streamlit's."""
    text = page.read_text(encoding="utf-8")
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    ]


def policy(where: str, ancestors: str, scripts: Sequence[str] = ()) -> str:
    """A Content-Security-Policy.

    Parameters
    ----------
    where : str
        `PAGE` or `FRAME`.
    ancestors : str
        Who may frame it.
    scripts : sequence of str
        Further sources of scripts.
    """
    sources = {directive: list(own) for directive, own in _OWN.items()}
    sources["script-src"] += scripts
    for allowance in EXCEPTIONS:
        if allowance.where == where:
            sources[allowance.directive].append(allowance.source)
    sources["frame-ancestors"] = [ancestors]
    return "; ".join(f"{directive} {' '.join(given)}" for directive, given in sources.items())


class Safety:
    """ASGI middleware that sets the headers on every answer, whoever gives it.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    hosts : sequence of str
        From `embed_hosts`.
    scripts : sequence of str
        From `inline_scripts`.
    base : str
        The path that the app lives under.
    """

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str] = (), scripts: Sequence[str] = (), base: str = ""
    ) -> None:
        self.app = app
        self.base = base
        named = " ".join(hosts)
        self.page = policy(PAGE, named or "'none'", scripts)
        self.frame = policy(FRAME, f"'self' {named}".strip())
        # What is no page loads nothing: short, since it goes with a hundred files of a first visit.
        self.rest = f"default-src 'none'; frame-ancestors {named or chr(39) + 'none' + chr(39)}"
        # It can name no hosts. All who know `frame-ancestors` pass it over; it is for the others.
        self.framed = {} if hosts else {PAGE: "DENY", FRAME: "SAMEORIGIN"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        where = FRAME if within(scope["path"], self.base).startswith("/component/") else PAGE
        began = False

        async def guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                message.setdefault("headers", [])
                self._guard(message, where)
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        except Exception:
            # Starlette's own answer would come from outside of here, without the headers.
            if not began:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, guarded)
            raise

    def _guard(self, message: Message, where: str) -> None:
        headers = MutableHeaders(scope=message)
        page = headers.get("content-type", "").startswith("text/html")
        # The headers of a 304 take the place of those that a browser has kept with a page.
        page = page or message["status"] == 304
        whole = self.frame if where == FRAME else self.page
        headers["content-security-policy"] = whole if page else self.rest
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "same-origin"
        if where in self.framed:
            headers["x-frame-options"] = self.framed[where]
        del headers["server"]


def hide_server() -> None:
    """Have the server not say what it is: Streamlit leaves uvicorn's banner on."""

    def without(config: uvicorn.Config) -> list[tuple[bytes, bytes]]:
        given = config.__dict__.get("encoded_headers", [])
        return [(name, value) for name, value in given if name.lower() != b"server"]

    def keep(config: uvicorn.Config, given: list[tuple[bytes, bytes]]) -> None:
        config.__dict__["encoded_headers"] = given

    # The server is made before the app is read, and asks for these once a second.
    uvicorn.Config.encoded_headers = property(without, keep)  # type: ignore[assignment]
