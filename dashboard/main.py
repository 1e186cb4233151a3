"""The app's pages, and what all of them share."""

from pathlib import Path
from urllib.parse import quote

import streamlit as st
from streamlit.errors import FragmentHandledException

from annotations.problems import DossierError
from dashboard.atlas import data
from dashboard.brief.origins import address
from dashboard.log import logger, report
from dashboard.shell import returning
from dashboard.shell.callbacks import UNFORESEEN
from dashboard.shell.location import catch_up
from dashboard.shell.site import Site
from dashboard.shell.title import show_dossier_error, show_failure, show_footer
from dashboard.views.actors import page as actors_page
from dashboard.views.alliances import page as alliances_page
from dashboard.views.corridors import page as corridors_page
from dashboard.views.map import page as map_page
from dashboard.views.search import page as search_page
from dashboard.views.sources import page as sources_page
from dashboard.views.timeline import page as timeline_page

# Streamlit's named icons would be fetched from the internet, and a file anew after each run.
ICON = "data:image/svg+xml," + quote(
    (Path(__file__).parent / "static" / "icon.svg").read_text(encoding="utf-8").strip(),
    safe=" '/=:<>",
)

st.set_page_config(page_icon=ICON, layout="wide")
site = Site(briefing=address)


def show_briefing() -> None:
    """Draw the briefing page; what draws pictures is loaded here: no other page needs it."""
    from dashboard.brief import page as briefing_page

    briefing_page.show(site)


site.pages |= {
    "map": st.Page(lambda: map_page.show(site), title="Map", url_path="map", default=True),
    "timeline": st.Page(lambda: timeline_page.show(site), title="Timeline", url_path="timeline"),
    "alliances": st.Page(
        lambda: alliances_page.show(site), title="Alliances", url_path="alliances"
    ),
    "corridors": st.Page(
        lambda: corridors_page.show(site), title="Corridors", url_path="corridors"
    ),
    "actors": st.Page(lambda: actors_page.show(site), title="Actors", url_path="actors"),
    "briefing": st.Page(show_briefing, title="Brief", url_path="briefing"),
    "search": st.Page(lambda: search_page.show(site), title="Ask", url_path="search"),
    "sources": st.Page(lambda: sources_page.show(site), title="Sources", url_path="sources"),
}
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
