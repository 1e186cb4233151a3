"""What the browser fetches besides Streamlit's own files: scripts, styles, geometry, the scene.

Everything comes from this process, so that the app works with no network. Third-party scripts are
served from their PyPI packages. No Streamlit.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from annotations.problems import DossierError
from dashboard import data
from dashboard.assets import assets, stamp
from dashboard.keeping import FOREVER
from dashboard.palette import ON_SIGN, PAGE, SIGN_COLOURS, alliance_colours, theme_colour
from dashboard.stylesheet import colour_variables

PREFIX = "/atlas"
EACH_TIME = "no-cache"
"""Of what may change under the same address: asked for each time, sent where it has changed."""


@lru_cache(maxsize=64)
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


def _answer(request: Request, body: bytes, media_type: str, keeps: bool = False) -> Response:
    """Answer with a body, or 304 where the browser has it. Gzipped where that is accepted.

    What `keeps` under a stamped address is not asked for again.
    """
    packed, tag = _packed(body)
    stamped = request.path_params.get("stamp") == stamp()
    keep = FOREVER if stamped and keeps else EACH_TIME
    headers = {"ETag": tag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(
            packed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(body, media_type=media_type, headers=headers)


async def _asset(request: Request) -> Response:
    asset = assets().get(request.path_params["path"])
    if asset is None:
        return Response("no such file", status_code=404, media_type="text/plain")
    return _answer(request, asset.body, asset.media_type, keeps=True)


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
    """Colours of the dossier's themes, and of the map, for a light or a dark page."""
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
    fills = alliance_colours(data.load().choices.options["alliance"])
    variables += "".join(f"--alliance-{name}: {colour};" for name, colour in fills.items())
    buttons += "".join(
        f".st-key-alliances-chosen button:nth-of-type({number}) {{--c: {colour};}}"
        for number, colour in enumerate(fills.values(), start=1)
    )
    variables += "".join(f"--{sign}: {pair[dark]};" for sign, pair in SIGN_COLOURS.items())
    variables += f"--on-sign: {ON_SIGN[dark]}; --page: {PAGE[dark]};"
    variables += colour_variables("dark" if dark else "light")
    text = f":root {{{variables}}}{buttons}"
    return _answer(request, text.encode(), "text/css")


class StampConvertor(Convertor[str]):
    """The stamp's place in an address."""

    regex = "[0-9a-f]{8}"

    def convert(self, value: str) -> str:
        """Leave it as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Leave it as it is."""
        return value


register_url_convertor("stamp", StampConvertor())


def asset_routes() -> list[BaseRoute]:
    """Routes to mount beside Streamlit's, all under `PREFIX`, with the stamp and without it."""
    routes: list[BaseRoute] = []
    for prefix in (f"{PREFIX}/{{stamp:stamp}}", PREFIX):
        routes += [
            Route(f"{prefix}/scene.json", _scene),
            Route(f"{prefix}/theme/{{mode}}.css", _theme),
            Route(f"{prefix}/{{path:path}}", _asset),
        ]
    return routes
