"""What the browser fetches besides Streamlit's own files: scripts, styles, geometry, the scene.

Everything comes from this process, so that the app works with no network. Third-party scripts are
served from their PyPI packages. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from dashboard.log import logger, report
from dashboard.look.page_colours import page_colours
from dashboard.look.palette import alliance_colours
from dashboard.web.assets import assets, stamp
from dashboard.web.keeping import FOREVER
from dashboard.web.packing import Packed, accepts_gzip, pack, packed

_log = logger("routes")

PREFIX = "/atlas"
"""Within the app: see `dashboard.web.base_path`."""

EACH_TIME = "no-cache"
"""Of what may change under the same address: asked for each time, sent where it has changed."""


def _answer(
    request: Request, body: bytes, media_type: str, ready: Packed, keeps: bool = False
) -> Response:
    """Answer with a body, or 304 where the browser has it. Gzipped where that is accepted.

    What `keeps` under a stamped address is not asked for again.
    """
    small, tag = ready
    stamped = request.path_params.get("stamp") == stamp()
    keep = FOREVER if stamped and keeps else EACH_TIME
    headers = {"ETag": tag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(
            small, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"}
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
    return _answer(request, found.body, found.media_type, packed(found.body), keeps=True)


@derived(most=1)
def _packed_scene(atlas: Atlas) -> Packed:
    """Packed once for all who ask, and no longer kept than the dossier itself."""
    return pack(atlas.scene.body)


@_answering
def scene(request: Request) -> Response:
    """What the map draws."""
    atlas = data.load()
    return _answer(request, atlas.scene.body, "application/json", _packed_scene(atlas))


@_answering
def theme(request: Request) -> Response:
    """Colours of the dossier's themes, and of the map, for the page around it."""
    atlas = data.load()
    themes = [theme.id for theme in atlas.dossier.head.themes]
    alliances = alliance_colours(atlas.choices.options["alliance"])
    body = page_colours(themes, alliances).encode()
    return _answer(request, body, "text/css", packed(body))


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
            Route(f"{prefix}/theme.css", theme),
            Route(f"{prefix}/{{path:path}}", asset),
        ]
    return routes
