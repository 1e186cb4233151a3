"""The sources page: the article as a ledger, line by line."""

from __future__ import annotations

import streamlit as st

from annotations.recognition import Recognised
from dashboard.atlas import data
from dashboard.atlas.data import Atlas
from dashboard.look.markup import plain, plain_words, templates
from dashboard.shell.callbacks import safely
from dashboard.shell.choosing import choose_file
from dashboard.shell.links import follow_links
from dashboard.shell.location import write_parameters
from dashboard.shell.site import Site
from dashboard.shell.title import show_title
from dashboard.views.sources.ledger import (
    COPY_ENDINGS,
    LARGEST_COPY,
    SHOWS,
    Show,
    WrongFileError,
    add_up,
    build_ledger,
    copy_in_words,
    figures_html,
    ledger_html,
    read_copy,
)

READ = "article-copy-read"
"""Session's key of the file that was read last, and what it gave: a copy, or why there is none."""


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
    count = templates.get_template("views/sources/count.html")
    st.html(count.render(shown=len(kept), total=len(rows)))
    st.html(ledger_html(atlas, kept, copy))
    follow_links(atlas, site)


def _chosen() -> Show:
    """The choice of rows that the address names; the first where it names none."""
    by_id = {show.id: show for show in SHOWS}
    asked = st.query_params.get("show", "")
    st.session_state["show"] = asked if asked in by_id else SHOWS[0].id

    def store() -> None:
        wanted = st.session_state["show"]
        write_parameters({} if wanted in (None, SHOWS[0].id) else {"show": wanted})

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


def _copy(atlas: Atlas) -> Recognised | None:
    """The reader's own copy of the article, if there is one and it is the article."""
    file = choose_file(
        "Your own copy of the article",
        "Text, a web page, Word or PDF; it may be cut into lines in any way. Shown beside the "
        "ledger in this session only. It is not stored, and not sent on.",
        COPY_ENDINGS,
        LARGEST_COPY,
        key="article-copy",
    )
    if file is None:
        st.session_state.pop(READ, None)
        return None
    # Read once, and kept with the reader's own session alone.
    asked = (file.number, atlas.dossier.head.article.fingerprints)
    known: object
    copy: Recognised | str
    known, copy = st.session_state.get(READ, (None, ""))
    if known != asked:
        try:
            copy = read_copy(file.content, atlas.dossier)
        except WrongFileError as error:
            copy = str(error)
        st.session_state[READ] = (asked, copy)
    if isinstance(copy, str):
        st.error(plain(copy))
        return None
    total = atlas.dossier.head.article.lines
    message = copy_in_words(copy, total)
    if len(copy.matching) == total:
        st.success(plain(message))
    else:
        st.warning(plain(message))
    return copy
