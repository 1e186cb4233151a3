"""The briefing page: what leaves the app, as it will look, and in which format."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from annotations.english import size_in_words
from dashboard.atlas import data
from dashboard.atlas.address import BRIEFING
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from dashboard.brief.address import query_of, read
from dashboard.brief.controls import asked_for, show_controls, way_back
from dashboard.brief.origins import split
from dashboard.brief.turns import DECKS, FILES
from dashboard.brief.waiting import in_turn
from dashboard.formats.format import Format, Offer
from dashboard.formats.registry import FORMATS, FormatError, export, file_name
from dashboard.look.markup import plain, templates
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sets import sheets_by_theme
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FIT, FRAMES, Brief
from dashboard.shell.links import follow_links
from dashboard.shell.saving import deliver, hand_over
from dashboard.shell.site import Site
from dashboard.shell.title import NOWHERE, show_title
from dashboard.web.public_address import public_address

PREVIEW_DPI = 120
"""Dots per inch of the preview: as wide as the page has room for, and quick to draw."""

MADE = "briefing-made"
"""Session's key of the file that was made last."""


@dataclass(frozen=True)
class Made:
    """A file, ready to be saved.

    Attributes
    ----------
    of : tuple of str
        Of which button and of which briefing.
    name, media_type : str
    content : bytes
    """

    of: tuple[str, str]
    name: str
    media_type: str
    content: bytes


@derived(most=16)
def _composed(atlas: Atlas, query: str, base: str) -> Sheet | str:
    """The sheet of an address; why there is none where it would be empty."""
    try:
        return compose(atlas, read(split(f"?{query}")[1], atlas), base)
    except EmptyBriefError as error:
        return str(error)


@derived(most=24)
def _preview(atlas: Atlas, query: str, base: str) -> str:
    """The sheet as a picture for the page, in the page itself: see `dashboard.shell.saving`."""
    sheet = _composed(atlas, query, base)
    assert isinstance(sheet, Sheet)
    picture = export(atlas, [sheet], "png", PREVIEW_DPI)
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def show(site: Site) -> None:
    """Draw the page for what the address asks for."""
    atlas = data.load()
    brief = asked_for(atlas)
    origin, _ = split(brief.page)
    show_title(atlas, site, filtered=brief.screen if origin in site.filtered else NOWHERE)
    query, base = query_of(brief, atlas), _base()
    composed = _composed(atlas, query, base)
    sheet = composed if isinstance(composed, Sheet) else None
    with st.sidebar:
        show_controls(atlas, brief, sheet)
    if sheet is None:
        st.html(_empty_html(atlas, brief, str(composed)))
    else:
        wanted = _show_sheet(atlas, sheet, query, base)
        _show_file(atlas, sheet, query, base, wanted)
    follow_links(atlas, site, here=BRIEFING)


def _base() -> str:
    """Address of the app, as whoever runs it says, or else as the reader has it."""
    if set_ := public_address():
        return set_
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/").removesuffix(f"/{BRIEFING}")
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else ""


# --- the sheet, and files ----------------------------------------------------------------------


def _show_sheet(atlas: Atlas, sheet: Sheet, query: str, base: str) -> tuple[Format, Offer] | None:
    """The preview and the buttons beneath it; gives the one that was pressed."""
    frame = FRAMES[sheet.brief.frame]
    shape = "upright" if frame.upright else "wide" if frame.width > frame.height else "square"
    with st.container(key=f"briefing-sheet-{shape}"):
        holder = st.container()  # the sheet before stays in it until the next one is drawn
        try:
            with st.spinner("Drawing …"):
                picture = _preview(atlas, query, base)
        except FormatError as error:
            holder.error(plain(f"No preview: {_told(error)} Other formats may still work."))
        else:
            # As wide as it is: without a width Streamlit would make a large one smaller, and soft.
            width = round(frame.width * PREVIEW_DPI)
            holder.image(picture, width=width, alt=f"Preview: {sheet.title}")
    pressed = None
    with st.container(horizontal=True, key="briefing-exports", vertical_alignment="center"):
        st.html('<span class="label">Download</span>')
        for format_ in FORMATS.values():
            for offer in format_.offers:
                if st.button(
                    plain(offer.label),
                    key=f"briefing-make-{offer.key}",
                    help=plain(offer.help),
                ):
                    pressed = (format_, offer)
    return pressed


def _told(error: FormatError) -> str:
    """What a reader is told, with the number that the log has."""
    number = f" (error {error.number}, see the server's log)" if error.number else ""
    return f"{str(error).rstrip('.')}{number}."


def _show_file(
    atlas: Atlas, sheet: Sheet, query: str, base: str, wanted: tuple[Format, Offer] | None
) -> None:
    """Make the file that was asked for, and hand it to the browser."""
    if wanted:
        st.session_state.pop(MADE, None)
        try:
            _make(atlas, sheet, query, base, *wanted)
        except FormatError as error:
            st.error(plain(_told(error)))
        except EmptyBriefError as error:
            st.error(plain(f"{wanted[1].label}: {error}"))
    made: Made | None = st.session_state.get(MADE)
    if made is None or made.of[1] != query:
        return
    with st.container(horizontal=True, key="briefing-file", vertical_alignment="center"):
        st.html(
            templates.get_template("brief/file.html").render(
                name=made.name, size=size_in_words(len(made.content))
            )
        )
        again = st.button("Save again", key="briefing-save", type="tertiary")
    if wanted or again:
        hand_over(MADE, made.name, made.media_type, made.content)
    deliver(MADE)


def _make(atlas: Atlas, sheet: Sheet, query: str, base: str, format_: Format, offer: Offer) -> None:
    with in_turn(DECKS if offer.themes else FILES, offer.label):
        content = _content(atlas, sheet, base, format_, offer)
    name = file_name(atlas, sheet.brief, format_.suffix, offer.told_apart)
    st.session_state[MADE] = Made((offer.key, query), name, format_.media_type, content)


def _content(atlas: Atlas, sheet: Sheet, base: str, format_: Format, offer: Offer) -> bytes:
    if not offer.themes:
        with st.spinner(plain(f"Writing {format_.label} …")):
            return export(atlas, [sheet], format_.id, offer.dpi)
    bar = st.progress(0.0, "Working out the slides")
    sheets = sheets_by_theme(
        atlas, sheet.brief, base, lambda share, words: _tell(bar, share * 0.2, words)
    )
    content = export(
        atlas,
        sheets,
        format_.id,
        progress=lambda share, words: _tell(bar, 0.2 + share * 0.8, words),
    )
    bar.empty()
    return content


def _tell(bar: Any, share: float, words: str) -> None:
    bar.progress(max(0.0, min(1.0, share)), plain(words))


# --- nothing to show ---------------------------------------------------------------------------


def _empty_html(atlas: Atlas, brief: Brief, reason: str) -> str:
    """Why there is nothing to brief, and the ways back."""
    address, label = way_back(brief)
    ways = [(address, f"Back to the {label} page")]
    if brief.extent != FIT and isinstance(
        _composed(atlas, query_of(fitted := replace(brief, extent=FIT), atlas), ""), Sheet
    ):
        ways.insert(0, (f"{BRIEFING}?{query_of(fitted, atlas)}", "Show all there is to see"))
    else:
        whole = replace(
            read({}, atlas), frame=brief.frame, style=brief.style, projection=brief.projection
        )
        ways.append((f"{BRIEFING}?{query_of(whole, atlas)}", "Brief the whole dossier"))
    return templates.get_template("brief/empty.html").render(reason=reason, ways=ways)
