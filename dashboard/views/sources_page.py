"""The sources page: the article as a ledger, line by line."""

from __future__ import annotations

import streamlit as st

from dashboard import data
from dashboard.data import Atlas
from dashboard.ledger import (
    SHOWS,
    Copy,
    Show,
    WrongFileError,
    add_up,
    build_ledger,
    figures_html,
    ledger_html,
    read_copy,
)
from dashboard.markup import plain, plain_words
from dashboard.views.callbacks import safely
from dashboard.views.links import follow_links
from dashboard.views.site import Site
from dashboard.views.title import show_title


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    show_title(atlas, site)
    rows = build_ledger(atlas.dossier)
    st.html(figures_html(add_up(atlas.dossier, rows)))
    choice, upload = st.columns([3, 2], vertical_alignment="top")
    with choice:
        shown = _chosen()
    with upload:
        copy = _copy(atlas)
    kept = [row for row in rows if shown.keeps(row)]
    st.html(f'<p class="atlas-count">{len(kept)} of {len(rows)} lines</p>')
    st.html(ledger_html(atlas, kept, copy))
    follow_links(atlas, site)


def _chosen() -> Show:
    """The choice of rows that the address names; the first where it names none."""
    by_id = {show.id: show for show in SHOWS}
    asked = st.query_params.get("show", "")
    st.session_state["show"] = asked if asked in by_id else SHOWS[0].id

    def store() -> None:
        wanted = st.session_state["show"]
        st.query_params.from_dict({} if wanted in (None, SHOWS[0].id) else {"show": wanted})

    st.segmented_control(
        "Show",
        list(by_id),
        key="show",
        format_func=plain_words(by_id, lambda value: by_id[value].label),
        on_change=safely(store),
        required=True,
        wrap=True,
    )
    return by_id[st.session_state["show"] or SHOWS[0].id]


def _copy(atlas: Atlas) -> Copy | None:
    """The reader's own copy of the article, if there is one and it is the article."""
    file = st.file_uploader(
        "Your own copy of the article (text, one sentence a line)",
        type=["txt"],
        key="article-copy",
        help="Shown beside the ledger in this session only. It is not stored, and not sent on.",
    )
    if file is None:
        return None
    try:
        copy = read_copy(file.getvalue(), atlas.dossier)
    except WrongFileError as error:
        st.error(plain(str(error)))
        return None
    total = atlas.dossier.head.article.lines
    count = len(copy.matching)
    message = f"{count} of {total} lines match their fingerprints."
    if count == total:
        st.success(plain(message))
    else:
        st.warning(plain(f"{message} The copy has {copy.lines} lines; what differs is marked."))
    return copy
