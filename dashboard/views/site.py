"""The app's pages, as the pages themselves see them: to link to one another."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.navigation.page import StreamlitPage


@dataclass
class Site:
    """All pages.

    Attributes
    ----------
    pages : dict of str to StreamlitPage
        By name, in the order of the navigation.
    """

    pages: dict[str, StreamlitPage]
