"""Open any page of the app without a browser, by its own main script."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.dashboard.reading import Page

MAIN = Path(__file__).parents[2] / "dashboard" / "main.py"

PAGES = ("map", "timeline", "alliances", "corridors", "actors", "briefing", "search", "sources")
"""Names of the pages, as addresses have them; the first is the one without a name."""


@lru_cache(maxsize=1)
def registered() -> dict[str, str]:
    """Pages that the app has, by their path → how Streamlit knows them; the default one has none.

    `AppTest.switch_page` goes to files only, and the app's pages are functions.
    """
    pages = AppTest.from_file(str(MAIN), default_timeout=60).run()._registered_pages
    return {str(page["url_pathname"]): key for key, page in pages.items()}


def open_page(page: str, **parameters: Any) -> AppTest:
    """Open a page at an address; ``from_`` stands for ``from``.

    Parameters
    ----------
    page : str
        One of `PAGES`.
    **parameters
        Of the address: text, or a list of it.
    """
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app._page_hash = registered()["" if page == PAGES[0] else page]
    for name, value in parameters.items():
        app.query_params[name.rstrip("_")] = value
    return app.run()


def html(app: AppTest) -> str:
    """All that a page has as HTML."""
    return "".join(element.proto.body for element in app.get("html"))


def address(app: AppTest) -> dict[str, list[str]]:
    """The query parameters, each as a list."""
    items = dict(app.query_params).items()
    return {name: [value] if isinstance(value, str) else list(value) for name, value in items}


def run_at(**parameters: Any) -> AppTest:
    """Open the page at an address; ``from_`` stands for ``from``."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name.rstrip("_")] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return Page(html(app)).text
