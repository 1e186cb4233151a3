"""What the server does before anybody asks, so that its first reader waits for nothing.

Beside its first answers it declares what pages are made of, and loads the dossier. No Streamlit.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from platform import python_version
from threading import Thread

from starlette.types import ASGIApp, Receive, Scope, Send

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.log import logger
from dashboard.web import assets
from dashboard.web.base_path import within

_log = logger("server")


class Preload:
    """The server's life, and what begins with it.

    Parameters
    ----------
    declare : callable
        Has the server know the files of the page's components. It takes a second: the server says
        already that it is well, and answers what asks for none of them.
    """

    def __init__(self, declare: Callable[[], None]) -> None:
        self._declare = declare
        self._declaring: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def live(self, app: object) -> AsyncIterator[None]:
        """Lifespan of the server; what is served is not looked at."""
        _log.info(
            "started; dossier: %s, Python %s, Streamlit %s",
            data.dossier_folder().name,
            python_version(),
            version("streamlit"),
        )
        self._declaring = asyncio.get_running_loop().create_future()
        Thread(target=self._begin, args=[self._declaring], name="preload", daemon=True).start()
        yield
        _log.info("stopped")

    def _begin(self, declaring: asyncio.Future[None]) -> None:
        """Make what a first page asks for, in that order: side by side, all would be late."""
        assets.root()
        try:
            self._declare()
        except Exception:  # noqa: BLE001 - who needs it is told by the page, and the log has the rest
            _log.exception("the page's components were not declared")
        with suppress(RuntimeError):  # the server has stopped meanwhile
            declaring.get_loop().call_soon_threadsafe(declaring.set_result, None)
        # Whoever comes is told by the page what is wrong; the log has it already.
        with suppress(DossierError):
            data.load()

    async def declared(self) -> None:
        """Wait until what the pages are made of is declared."""
        if self._declaring is not None:
            # Who asks may go away: the others go on waiting.
            await asyncio.shield(self._declaring)


class ComponentsDeclared:
    """ASGI middleware: who asks for a file of a component waits until there are any.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    declared : callable
        See `Preload.declared`.
    base : str
        The path that the app lives under.
    """

    def __init__(
        self, app: ASGIApp, declared: Callable[[], Awaitable[None]], base: str = ""
    ) -> None:
        self.app = app
        self.declared = declared
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, in time."""
        if scope["type"] == "http" and within(scope["path"], self.base).startswith("/component/"):
            await self.declared()
        await self.app(scope, receive, send)
