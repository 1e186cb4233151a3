"""One folder a page: its `page` speaks to Streamlit, the rest works out and draws what it shows.

Not named ``pages``: Streamlit would take each module in a folder of that name for a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the app.

    Attributes
    ----------
    title : str
        What readers call it.
    filtered : bool
        Whether it has the map's filters: links between such pages keep what is filtered and
        selected.
    """

    title: str
    filtered: bool = False


PAGES: Mapping[str, Page] = {
    "map": Page("Map", filtered=True),
    "timeline": Page("Timeline", filtered=True),
    "alliances": Page("Alliances"),
    "corridors": Page("Corridors"),
    "actors": Page("Actors"),
    "search": Page("Ask"),
    "sources": Page("Sources"),
}
"""By its folder, which is its address, too; in the navigation's order.

The app shows what a folder's `page` shows, and briefs what its `brief` says.
"""
