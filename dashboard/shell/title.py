"""The page's frame: style, title row, and the foot of the present mode."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.atlas.address import (
    BRIEFING,
    LONGEST_QUERY,
    PARAMETERS,
    WRITTEN_BY_MAP,
    Screen,
    clean_query,
)
from dashboard.atlas.data import Atlas
from dashboard.atlas.words import sources_in_words
from dashboard.look.markup import templates
from dashboard.shell.callbacks import FAILED, safely
from dashboard.shell.faults import failure_html, faults_html
from dashboard.shell.location import (
    all_parameters,
    change,
    current_screen,
    parameter,
    write_parameters,
)
from dashboard.shell.page_titles import name_of, page_title
from dashboard.shell.site import Site

ASK, SEARCH = "ask", "search"
"""The search page's name, and its parameter for what is asked."""

NOWHERE = Screen()
"""Stands for a page that shows no map."""

KEPT = sorted(PARAMETERS - WRITTEN_BY_MAP - {"present"})
"""Parameters that links between pages with the map's filters keep."""

NO_FAULTS = '<div class="atlas-faults"></div>'
"""Stands in their place while somebody presents: with other elements, the map would load anew."""


def show_dossier_error(error: DossierError) -> None:
    """Say why there is nothing to show."""
    st.error("The dossier cannot be read. Mend what is listed, then reload the page.")
    st.code("\n".join(str(problem) for problem in error.problems), language=None)


def show_failure(number: str) -> None:
    """Say that the page could not be drawn, and by which number the log has it."""
    st.html(failure_html(number))


def show_faults() -> None:
    """Say what is wrong with the dossier's files, and what became of the last action."""
    failed = st.session_state.pop(FAILED, "")
    st.html(faults_html(data.standing(), failed))


def show_title(
    atlas: Atlas,
    site: Site,
    screen: Screen = NOWHERE,
    words: str = "",
    filtered: Screen = NOWHERE,
    subject: str = "",
) -> None:
    """Title, date, links to the pages, and on the map the button in or out of the present mode.

    Parameters
    ----------
    atlas : Atlas
    site : Site
        For the links.
    screen : Screen
        What the map shows; links to the map keep it.
    words : str
        What is shown, in plain words, for the present mode.
    filtered : Screen
        What a page with the map's filters shows; links to other such pages keep it.
    subject : str
        What the page is about, for the window's title: where nothing is selected, and not all is
        shown.
    """
    if site.current:
        selected = name_of(atlas, current_screen(atlas).select)
        title = page_title(atlas, site.current.title, selected or subject)
        st.set_page_config(page_title=title)
    filtered = screen if screen is not NOWHERE else filtered
    head = atlas.dossier.head
    title_row = templates.get_template("shell/title.html")
    # The same elements in both modes: another tree would load the map anew.
    with st.container(horizontal=True, vertical_alignment="center", key="atlas-head"):
        st.html(title_row.render(head=head, presenting=screen.present, words=words))
        _show_ask(site)
        with st.container(horizontal=True, horizontal_alignment="right", key="atlas-nav"):
            here = next((name for name in site.pages if site.shows(name)), "")
            st.html(_pages_html(site, here, filtered is not NOWHERE))
            if here != BRIEFING:
                st.html(_brief_html(site, here))
            if screen is not NOWHERE:
                st.button(
                    "Leave" if screen.present else "Present",
                    key="present-button",
                    icon=f":material/fullscreen{'_exit' if screen.present else ''}:",
                    help=None if screen.present else "Only title, map, legend, filters, sources.",
                    on_click=safely(change),
                    kwargs={"present": not screen.present},
                )
    if screen.present:
        st.html(NO_FAULTS)
    else:
        show_faults()


def _pages_html(site: Site, here: str, filtered: bool) -> str:
    """Links to the pages.

    The browser adds what a link keeps of this page's address: this text is the same on every run,
    and is sent once.
    """
    pages = [
        {
            "name": name,
            "path": page.url_path,
            "title": page.title,
            "keep": " ".join(KEPT) if filtered and name in site.filtered else "",
            "current": name == here,
        }
        for name, page in site.pages.items()
        if name not in (SEARCH, BRIEFING)  # the field and the button lead there
    ]
    return templates.get_template("shell/pages.html").render(pages=pages)


def _brief_html(site: Site, here: str) -> str:
    """The button that briefs this page as it is; the browser adds where the map looks."""
    return templates.get_template("shell/brief.html").render(
        target=site.briefing(here, all_parameters())
    )


def _show_ask(site: Site) -> None:
    """The field that leads to the search page; on that page it shows what was asked for."""
    asked = clean_query(" ".join(parameter(ASK)[-1:]))

    def ask() -> None:
        if site.shows(SEARCH):
            write_parameters({ASK: clean_query(st.session_state[ASK])})

    if site.shows(SEARCH):
        st.session_state[ASK] = asked
    # A form: what is typed is sent by Enter, not by leaving the field.
    with st.form("ask-form", border=False, enter_to_submit=True):
        text = st.text_input(
            "Ask the dossier",
            key=ASK,
            placeholder="Ask: actor, place, title …  ( / )",
            label_visibility="collapsed",
            max_chars=LONGEST_QUERY,
        )
        sent = st.form_submit_button("Ask", on_click=safely(ask))
    if sent and not site.shows(SEARCH):
        site.go_to(f"{SEARCH}?{urlencode({ASK: clean_query(text)})}")


def show_footer(atlas: Atlas, visible: Sequence[str] = (), words: str = "") -> None:
    """Sources beneath what is presented or printed; the border note stands in the map's corner.

    Parameters
    ----------
    atlas : Atlas
    visible : sequence of str
        Records whose lines are named; without any, the article alone is.
    words : str
        What is shown, in plain words, for paper: there is no panel there.
    """
    # The browser writes the address, which is the state of the page, when the page is printed.
    imprint = templates.get_template("shell/imprint.html")
    sources = sources_in_words(atlas, (atlas.dossier.records[record] for record in visible))
    st.html(imprint.render(sources=sources, version=atlas.dossier.head.version, words=words))
