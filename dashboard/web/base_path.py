"""The path that the app lives under where it has not a host of its own: ``/desk/atlas``, or none.

Streamlit puts it before its own routes (``server.baseUrlPath``), `asset_routes` before ours. What
tells requests apart looks at what comes after it: it may be called ``static``, too. No Streamlit.
"""

from __future__ import annotations

from starlette.types import Scope

_NO_PAGES = ("/_stcore/", "/component/", "/media/", "/static/", "/atlas/")
"""Where Streamlit and we serve what is no page."""


def base_of(setting: str | None) -> str:
    """The path as addresses have it.

    Parameters
    ----------
    setting : str or None
        As somebody has written it: with slashes around it or without.

    Returns
    -------
    str
        With a slash before and none behind; nothing where the app lives at the root.
    """
    path = (setting or "").strip("/")
    return f"/{path}" if path else ""


def within(path: str, base: str) -> str:
    """What a request asks for within the app; as it is where it asks beside it.

    Parameters
    ----------
    path : str
        Of the request.
    base : str
        See `base_of`.
    """
    return path.removeprefix(base) or "/" if f"{path}/".startswith(f"{base}/") else path


def may_be_a_page(scope: Scope, base: str) -> bool:
    """Whether a request may be one for a page, by its kind and by where it asks.

    Parameters
    ----------
    scope : Scope
        Of the request.
    base : str
        See `base_of`.
    """
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return not f"{within(scope['path'], base)}/".startswith(_NO_PAGES)
