"""The app's pages, as the pages themselves see them: to link to one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.atlas.address import BRIEFING, Parameters
from dashboard.shell.location import forget, leads_back


@dataclass
class Site:
    """All pages.

    Attributes
    ----------
    pages : dict of str to StreamlitPage
        By name, in the order of the navigation.
    current : StreamlitPage or None
        The one that the address names.
    briefing : callable
        Page and parameters that brief a page of that name with those of its address.
    filtered : frozenset of str
        Pages with the map's filters: links between them keep what is filtered and selected.
    """

    pages: dict[str, StreamlitPage] = field(default_factory=dict)
    current: StreamlitPage | None = None
    briefing: Callable[[str, Parameters], str] = lambda name, parameters: BRIEFING
    filtered: frozenset[str] = frozenset()

    def shows(self, name: str) -> bool:
        """Whether the page of that name is the one that is drawn."""
        page = self.pages.get(name)
        return bool(page and self.current and page.url_path == self.current.url_path)

    def go_to(self, target: str) -> None:
        """Switch to another page; an unknown one is passed over.

        Whoever goes back meanwhile stays where that leads.

        Parameters
        ----------
        target : str
            Name and parameters as in an address, e.g. ``corridors?route=lake-line.western``.
        """
        name, _, query = target.partition("?")
        if name in self.pages and not leads_back():
            forget()
            st.switch_page(self.pages[name], query_params=parse_qs(query, keep_blank_values=True))
