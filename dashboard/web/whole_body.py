"""An answer whose body is looked at as a whole before it is sent. No Streamlit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def with_whole_body(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    wanted: Callable[[Message], bool],
    answer: Callable[[Message, bytes], Awaitable[None]],
) -> None:
    """Have an app answer, and some of its answers rewritten.

    Parameters
    ----------
    app, scope, receive, send
        As ASGI has them.
    wanted : callable
        Whether an answer is to be rewritten, by the message that begins it. Others go as they come.
    answer : callable
        Is given that message and the body, and sends what takes their place.
    """
    start: Message | None = None
    body = b""

    async def collect(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start" and wanted(message):
            start = message
        elif start is None or message["type"] != "http.response.body":
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body"):
                await answer(start, body)

    # Without extensions no file is sent by its path, past us.
    await app({**scope, "extensions": {}}, receive, collect)
