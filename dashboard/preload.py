"""The dossier is loaded while the server starts: the first reader need not wait for it.

No Streamlit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
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


@asynccontextmanager
async def preloading(app: object) -> AsyncIterator[None]:
    """Lifespan of the server: starts to load beside it, and waits for nothing.

    Parameters
    ----------
    app : object
        What is served; not looked at.
    """
    _log.info(
        "started; dossier: %s, Python %s, Streamlit %s",
        data.dossier_folder().name,
        python_version(),
        version("streamlit"),
    )
    Thread(target=_load, name="preload", daemon=True).start()
    yield
    _log.info("stopped")
