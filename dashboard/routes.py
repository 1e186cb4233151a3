"""What the browser fetches besides Streamlit's own files: scripts, styles, geometry, the scene.

Everything comes from this process, so that the app works with no network. Third-party scripts are
served from their PyPI packages. No Streamlit.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from annotations.problems import DossierError
from dashboard import data
from dashboard.assets import assets, stamp
from dashboard.data import Atlas
from dashboard.derived import derived
from dashboard.keeping import FOREVER
from dashboard.log import logger, report
from dashboard.palette import ON_SIGN, PAGE, SIGN_COLOURS, alliance_colours, theme_colour
from dashboard.stylesheet import colour_variables

_log = logger("routes")

PREFIX = "/atlas"
"""Within the app: see `dashboard.base_path`."""

EACH_TIME = "no-cache"
"""Of what may change under the same address: asked for each time, sent where it has changed."""


Packed = tuple[bytes, str]
"""A body gzipped at full strength, and its entity tag."""


def _pack(body: bytes) -> Packed:
    return gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@lru_cache(maxsize=64)
def _packed(body: bytes) -> Packed:
    """The same of what is small or always there: packed once, sent often."""
    return _pack(body)


def _accepts_gzip(accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` names gzip without refusing it by a weight of 0."""
    for entry in accepted.lower().split(","):
        coding, _, weight = entry.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _answer(
    request: Request, body: bytes, media_type: str, ready: Packed, keeps: bool = False
) -> Response:
    """Answer with a body, or 304 where the browser has it. Gzipped where that is accepted.

    What `keeps` under a stamped address is not asked for again.
    """
    packed, tag = ready
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


def _answering(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Have a route say in a sentence that there is nothing, or that something has failed.

    A plain function, so that Starlette has it run in a thread: loading and packing take seconds
    with a large dossier, and on the event loop nobody else would be answered meanwhile.
    """

    @wraps(answer)
    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except DossierError as error:
            # The page itself lists what is wrong; the log has it already.
            return _refused(503, f"There is nothing to show: {error}")
        except Exception as error:  # noqa: BLE001 - a sentence instead, and the log has the rest
            number = report(_log, f"the route {answer.__name__}", error)
            return _refused(500, f"This could not be answered: error {number}.")

    return answered


def _refused(status: int, sentence: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(sentence, status_code=status, headers=headers, media_type="text/plain")


@_answering
def asset(request: Request) -> Response:
    """A script, a style sheet, a font or geometry."""
    found = assets().get(request.path_params["path"])
    if found is None:
        return Response("no such file", status_code=404, media_type="text/plain")
    return _answer(request, found.body, found.media_type, _packed(found.body), keeps=True)


@derived(most=1)
def _packed_scene(atlas: Atlas) -> Packed:
    """Packed once for all who ask, and no longer kept than the dossier itself."""
    return _pack(atlas.scene.body)


@_answering
def scene(request: Request) -> Response:
    """What the map draws."""
    atlas = data.load()
    return _answer(request, atlas.scene.body, "application/json", _packed_scene(atlas))


@_answering
def theme(request: Request) -> Response:
    """Colours of the dossier's themes, and of the map, for a light or a dark page."""
    dark = request.path_params["mode"] == "dark"
    atlas = data.load()
    themes = atlas.dossier.head.themes
    colours = {theme.id: theme_colour(position)[dark] for position, theme in enumerate(themes)}
    variables = "".join(f"--theme-{theme}: {colour};" for theme, colour in colours.items())
    # The filter offers the themes in this order: each button takes its theme's colour.
    buttons = "".join(
        f".st-key-theme button:nth-of-type({number}) {{--c: {colour};}}"
        for number, colour in enumerate(colours.values(), start=1)
    )
    fills = alliance_colours(atlas.choices.options["alliance"])
    variables += "".join(f"--alliance-{name}: {colour};" for name, colour in fills.items())
    buttons += "".join(
        f".st-key-alliances-chosen button:nth-of-type({number}) {{--c: {colour};}}"
        for number, colour in enumerate(fills.values(), start=1)
    )
    variables += "".join(f"--{sign}: {pair[dark]};" for sign, pair in SIGN_COLOURS.items())
    variables += f"--on-sign: {ON_SIGN[dark]}; --page: {PAGE[dark]};"
    variables += colour_variables("dark" if dark else "light")
    text = f":root {{{variables}}}{buttons}"
    body = text.encode()
    return _answer(request, body, "text/css", _packed(body))


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


def asset_routes(base: str = "") -> list[BaseRoute]:
    """Routes to mount beside Streamlit's, all under `PREFIX`, with the stamp and without it.

    Parameters
    ----------
    base : str
        The path that the app lives under.
    """
    routes: list[BaseRoute] = []
    for prefix in (f"{base}{PREFIX}/{{stamp:stamp}}", f"{base}{PREFIX}"):
        routes += [
            Route(f"{prefix}/scene.json", scene),
            Route(f"{prefix}/theme/{{mode}}.css", theme),
            Route(f"{prefix}/{{path:path}}", asset),
        ]
    return routes
