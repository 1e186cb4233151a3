"""The dossier is loaded while the server starts: the first reader need not wait for it.

No Streamlit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

from annotations.problems import DossierError
from dashboard import assets, data


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
    Thread(target=_load, name="preload", daemon=True).start()
    yield
