"""What the browser fetches besides Streamlit's own files: scripts, styles, geometry, the scene.

Everything comes from this process, so that the app works with no network. Third-party scripts are
served from their PyPI packages. No Streamlit.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet, leaflet_markercluster

from annotations.problems import DossierError
from dashboard import data
from dashboard.palette import ON_SIGN, PAGE, SIGN_COLOURS, alliance_colours, theme_colour
from geodata import boundaries

PREFIX = "/atlas"
STATIC = Path(__file__).parent / "static" / "atlas"
GEODATA = Path(boundaries.__file__).parent
GEODATA_FILES = ("countries", "disputed", "water")


@lru_cache(maxsize=16)
def _packed(body: bytes) -> tuple[bytes, str]:
    """A body gzipped at full strength, and its entity tag; packed once, sent often."""
    return gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def _accepts_gzip(accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` names gzip without refusing it by a weight of 0."""
    for entry in accepted.lower().split(","):
        coding, _, weight = entry.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    """Answer with a body, or 304 where the browser has it. Gzipped where that is accepted."""
    packed, tag = _packed(body)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(
            packed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(body, media_type=media_type, headers=headers)


async def _geodata(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in GEODATA_FILES:
        return Response("no such file", status_code=404, media_type="text/plain")
    body = (GEODATA / f"{name}.geojson").read_bytes()
    return _answer(request, body, "application/geo+json")


def _unreadable(error: DossierError) -> Response:
    """The page itself lists what is wrong; whoever asks meanwhile learns that there is nothing."""
    return Response(str(error), status_code=503, media_type="text/plain")


async def _scene(request: Request) -> Response:
    try:
        scene = data.load().scene
    except DossierError as error:
        return _unreadable(error)
    return _answer(request, scene.body, "application/json")


async def _theme(request: Request) -> Response:
    """Colours of the dossier's themes for a light or a dark page."""
    dark = request.path_params["mode"] == "dark"
    try:
        themes = data.load().dossier.head.themes
    except DossierError as error:
        return _unreadable(error)
    colours = {theme.id: theme_colour(position)[dark] for position, theme in enumerate(themes)}
    variables = "".join(f"--theme-{theme}: {colour};" for theme, colour in colours.items())
    # The filter offers the themes in this order: each button takes its theme's colour.
    buttons = "".join(
        f".st-key-theme button:nth-of-type({number}) {{--c: {colour};}}"
        for number, colour in enumerate(colours.values(), start=1)
    )
    alert = "#ff8a75" if dark else "#b3261e"
    fills = alliance_colours(data.load().choices.options["alliance"])
    variables += "".join(f"--alliance-{name}: {colour};" for name, colour in fills.items())
    buttons += "".join(
        f".st-key-alliances-chosen button:nth-of-type({number}) {{--c: {colour};}}"
        for number, colour in enumerate(fills.values(), start=1)
    )
    variables += "".join(f"--{sign}: {pair[dark]};" for sign, pair in SIGN_COLOURS.items())
    variables += f"--on-sign: {ON_SIGN[dark]}; --page: {PAGE[dark]};"
    text = f":root {{{variables} --alert: {alert};}}{buttons}"
    return _answer(request, text.encode(), "text/css")


def asset_routes() -> list[BaseRoute]:
    """Routes to mount beside Streamlit's, all under `PREFIX`."""
    return [
        Route(f"{PREFIX}/geodata/{{name}}.geojson", _geodata),
        Route(f"{PREFIX}/scene.json", _scene),
        Route(f"{PREFIX}/theme/{{mode}}.css", _theme),
        Mount(f"{PREFIX}/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount(f"{PREFIX}/markercluster", StaticFiles(directory=leaflet_markercluster.BASE_DIR)),
        Mount(f"{PREFIX}/ui", StaticFiles(directory=STATIC)),
    ]
