"""The app, with a script first of all in each of its pages that writes down what goes wrong there.

No two engines tell their console to others in the same way, and WebKitGTK's driver not at all.
Served by ``python -m uvicorn tests.browser.engines.recorded:app``.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streamlit_app import app as atlas

ADDRESS = "/recorder.js"

RECORDER = """
{
  // All frames write into one list.
  const wrong = (window.top.wentWrong ??= []);
  const told = console.error;
  console.error = (...all) => {
    wrong.push(`console: ${all.map(String).join(" ")}`);
    told(...all);
  };
  addEventListener("error", ({ target, message, filename, lineno }) => {
    const asked = target.src || target.href;
    // Of what the browser skips where it has no room for it at once, it says no more than this.
    if (String(message).startsWith("ResizeObserver loop")) return;
    wrong.push(message ? `${message} (${filename}:${lineno})` : `not loaded: ${asked}`);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => wrong.push(`rejected: ${reason}`));
  addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => {
    wrong.push(`refused: ${blockedURI} by ${violatedDirective}`);
  });
}
"""


class Recorded:
    """ASGI app that puts the recorder into what another one says.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, pages with the recorder in them."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] == ADDRESS:
            await Response(RECORDER, media_type="text/javascript")(scope, receive, send)
            return
        # Plain, whole and each time.
        passed = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
        headers = [pair for pair in scope["headers"] if pair[0] not in passed]
        is_page = False

        async def record(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                sent = MutableHeaders(raw=message["headers"])
                is_page = sent.get("content-type", "").startswith("text/html")
                if is_page:
                    del sent["content-length"]
                    del sent["etag"]
            elif is_page and b"<head>" in message.get("body", b""):
                script = f'<head><script src="{ADDRESS}"></script>'.encode()
                message = {**message, "body": message["body"].replace(b"<head>", script, 1)}
            await send(message)

        await self.app({**scope, "headers": headers, "extensions": {}}, receive, record)


app = Recorded(atlas)
