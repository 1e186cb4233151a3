"""The panel in the page: what is shown, the selected card, the list."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_hex

import streamlit as st

from dashboard.atlas.address import Screen, pressed
from dashboard.atlas.cards import card_html, summary_html
from dashboard.atlas.contract import ListData
from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import beside_records
from dashboard.shell.callbacks import safely
from dashboard.shell.links import loader
from dashboard.shell.location import address, select
from dashboard.shell.programs import show_records
from dashboard.shell.site import Site
from dashboard.web.assets import root

LIST_KEY = "atlas-list"

_record_list = st.components.v2.component(
    "atlas_record_list",
    html='<nav class="atlas-list" aria-label="Records shown"></nav>',
    js=loader("record_list"),
    isolate_styles=False,
)


def _followed() -> None:
    select(st.session_state[LIST_KEY].select)


def show_panel(
    atlas: Atlas, site: Site, screen: Screen, visible: Sequence[str], asked: str | None = None
) -> None:
    """Draw counts, card and list; `asked` is what the filters gave when they were drawn."""
    st.html(summary_html(atlas, visible, beside_records(atlas, screen.filters)))
    if screen.select:
        if screen.select in atlas.dossier.records and screen.select not in visible:
            st.html('<p class="atlas-hidden">Selected, but hidden by the filters.</p>')
        st.html(card_html(atlas, screen.select))
    show_records(atlas, visible)
    told: ListData = {
        "scene": f"{root()}/scene.json",
        "version": atlas.scene.version,
        "shown": atlas.scene.positions(visible),
        "reachable": atlas.scene.positions(atlas.index.reachable(screen.filters)),
        "pressed": pressed(screen),
        "select": screen.select,
        "hidden": screen.present,
        "address": address(),
        # Streamlit tells the page nothing of a run that says what it has, be it from a process
        # that is gone: and the page would wait for its answer.
        "run": token_hex(4),
    }
    if asked is not None:
        told["asked"] = asked
    followed = _record_list(
        key=LIST_KEY,
        data=told,
        on_select_change=safely(_followed),
        on_goto_change=safely(lambda: None),
    )
    if followed.goto:
        site.go_to(followed.goto)
