"""The app's pages, and what all of them share."""

from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from streamlit.errors import FragmentHandledException
from streamlit.navigation.page import StreamlitPage

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.atlas.address import BRIEFING, MAP
from dashboard.brief.origins import address
from dashboard.log import logger, report
from dashboard.shell import returning
from dashboard.shell.callbacks import UNFORESEEN
from dashboard.shell.location import catch_up
from dashboard.shell.site import Site
from dashboard.shell.title import show_dossier_error, show_failure, show_footer
from dashboard.views import PAGES

# Streamlit's named icons would be fetched from the internet, and a file anew after each run.
ICON = "data:image/svg+xml," + quote(
    (Path(__file__).parent / "static" / "icon.svg").read_text(encoding="utf-8").strip(),
    safe=" '/=:<>",
)

st.set_page_config(page_icon=ICON, layout="wide")
site = Site(
    briefing=address,
    filtered=frozenset(name for name, page in PAGES.items() if page.filtered),
)


def show_briefing() -> None:
    """Draw the briefing page; what draws pictures is loaded here: no other page needs it."""
    from dashboard.brief import page as briefing_page

    briefing_page.show(site)


def page_of(name: str, title: str) -> StreamlitPage:
    """A page by its folder."""
    page = import_module(f"dashboard.views.{name}.page")
    return st.Page(lambda: page.show(site), title=title, url_path=name, default=name == MAP)


site.pages |= {name: page_of(name, page.title) for name, page in PAGES.items()}
site.pages[BRIEFING] = st.Page(show_briefing, title="Brief", url_path=BRIEFING)
site.current = st.navigation(list(site.pages.values()), position="hidden")
catch_up()
said = returning.set_aside()
try:
    site.current.run()
    if not site.shows("map"):  # that names the lines of what it shows
        show_footer(data.load())
except DossierError as error:
    show_dossier_error(error)
except FragmentHandledException:
    raise  # told where it arose
except UNFORESEEN as error:  # a reader gets a sentence, and the log the rest
    show_failure(report(logger("page"), f"the page {site.current.title}", error))
returning.take_up(said)
