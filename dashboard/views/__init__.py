"""One folder a page: its `page` speaks to Streamlit, the rest works out and draws what it shows.

Not named ``pages``: Streamlit would take each module in a folder of that name for a page.
"""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "map": "Map",
    "timeline": "Timeline",
    "alliances": "Alliances",
    "corridors": "Corridors",
    "actors": "Actors",
    "search": "Ask",
    "sources": "Sources",
}
"""What readers call each page, by its folder, which is its address, too; in the navigation's order.

The app shows what a folder's `page` shows, and briefs what its `brief` says.
"""
