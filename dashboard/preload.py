"""What the server does before anybody asks, so that its first reader waits for nothing.

It declares what the pages are made of, and begins to load the dossier. No Streamlit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib.metadata import version
from platform import python_version
from threading import Thread

from annotations.problems import DossierError
from dashboard import assets, data
from dashboard.log import logger

_log = logger("server")


def _load() -> None:
    assets.stamp()
    # Whoever comes is told by the page what is wrong; the log has it already.
    with suppress(DossierError):
        data.load()


def preloading(
    declare: Callable[[], None],
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Lifespan of the server.

    Parameters
    ----------
    declare : callable
        Is called before the server answers anybody. Loading goes on beside it.

    Returns
    -------
    callable
        The lifespan; what is served is not looked at.
    """

    @asynccontextmanager
    async def live(app: object) -> AsyncIterator[None]:
        _log.info(
            "started; dossier: %s, Python %s, Streamlit %s",
            data.dossier_folder().name,
            python_version(),
            version("streamlit"),
        )
        Thread(target=_load, name="preload", daemon=True).start()
        declare()
        yield
        _log.info("stopped")

    return live
