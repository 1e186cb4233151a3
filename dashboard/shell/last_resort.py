"""What nobody foresaw, wherever it is raised, is told in a sentence; Streamlit's box never shows.

What a page or a callback raises is told where it is caught, with the page around it. Here is what
comes past that: modules that cannot be loaded, a widget's value that cannot be read, a fragment,
and what Streamlit itself raises, for which its box would be sent to the browser.
"""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from annotations.problems import DossierError
from dashboard.log import logger, report
from dashboard.shell.faults import failure_html
from dashboard.shell.title import show_dossier_error, show_failure

LARGEST = 1 << 18
"""Bytes of a message that may be a box; none that is larger is looked into."""

_log = logger("page")


def tell(error: Exception) -> bool:
    """Log what a run of the script has raised, and say so in the page.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    bool
        True: Streamlit has nothing to show. Where nothing could be said, its box is sent, and
        `NoErrorBox` replaces it.
    """
    try:
        if isinstance(error, DossierError):
            show_dossier_error(error)
        else:
            show_failure(report(_log, "a run", error))
    except Exception as further:  # noqa: BLE001 - raised here, it would be Streamlit's to show
        report(_log, "telling of it", further)
        return False
    return True


def keep_words_out() -> None:
    """Have Streamlit log no exception of a run: `tell` does, without anybody's words."""
    logging.getLogger("streamlit.error_util").addFilter(_without_exception)


def _without_exception(record: logging.LogRecord) -> bool:
    return record.exc_info is None


class NoErrorBox:
    """ASGI middleware that puts a sentence in the place of an error box on its way to a browser.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; what goes through a socket is looked into."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            payload = message.get("bytes")
            if message["type"] == "websocket.send" and payload and len(payload) <= LARGEST:
                message = {**message, "bytes": without_box(payload)}
            await send(message)

        await self.app(scope, receive, told)


def without_box(payload: bytes) -> bytes:
    """A message to the browser; if it is an error box, a sentence with a number instead.

    Parameters
    ----------
    payload : bytes
        A `ForwardMsg` as it is sent.

    Returns
    -------
    bytes
        The same, unless it is a box.
    """
    message = ForwardMsg()
    try:
        message.ParseFromString(payload)
    except Exception:  # noqa: BLE001 - not Streamlit's: none of our business
        return payload
    event = message.session_event
    if message.delta.new_element.WhichOneof("type") != "exception" and (
        event.WhichOneof("type") != "script_compilation_exception"
    ):
        return payload
    # What it says may be anybody's words. Streamlit's own log, one line above, has where it arose.
    number = report(_log, "what Streamlit has in the line above")
    told = ForwardMsg()
    told.hash = message.hash
    if message.HasField("metadata"):
        told.metadata.CopyFrom(message.metadata)
    told.metadata.cacheable = False
    if not told.metadata.delta_path:
        told.metadata.delta_path[:] = [0, 0]
    told.delta.new_element.html.body = failure_html(number)
    return bytes(told.SerializeToString())
