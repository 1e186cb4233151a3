"""The briefing page: what leaves the app, as it will look, and in which format."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.address import BRIEFING, MAP
from dashboard.atlas.data import Atlas
from dashboard.atlas.derived import derived
from dashboard.brief.address import SWITCHES, clean_text, query_of, read, write
from dashboard.brief.origins import ORIGINS, split
from dashboard.brief.turns import DECKS, FILES
from dashboard.brief.waiting import in_turn
from dashboard.formats.registry import FORMATS, Format, FormatError, Offer, export, file_name
from dashboard.look.markup import plain, plain_words, templates
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sets import sheets_by_theme
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import (
    FIT,
    FRAMES,
    LONGEST_TEXT,
    MOST_POINTS,
    VIEW,
    Brief,
    KeyPoint,
    Projection,
    Style,
    extents,
)
from dashboard.sheet.words import suggest_points, suggest_subtitle, suggest_title
from dashboard.shell.callbacks import safely
from dashboard.shell.links import follow_links
from dashboard.shell.location import all_parameters, write_parameters
from dashboard.shell.saving import deliver, hand_over
from dashboard.shell.site import Site
from dashboard.shell.title import FILTERED, NOWHERE, show_title
from dashboard.web.public_address import public_address

PREVIEW_DPI = 120
"""Dots per inch of the preview: as wide as the page has room for, and quick to draw."""

MADE = "briefing-made"
"""Session's key of the file that was made last."""

_PROJECTIONS = {
    Projection.EQUAL_AREA: "Equal-area",
    Projection.CONFORMAL: "Conformal",
    Projection.WEB_MERCATOR: "Web Mercator",
}
_STYLES = {Style.LIGHT: "Light", Style.DARK: "Dark", Style.PRINT: "Black and white"}
_FRAMES = {"16:9": "16:9", "4:3": "4:3", "a4-landscape": "A4", "a4-portrait": "A4 upright"}

WHY_NOT_MERCATOR = (
    "Drawn as on screen. Web Mercator makes what lies far from the equator look too large (at 60° "
    "four times what it is), and no scale bar holds: for paper, equal-area says more."
)


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
    brief = _asked(atlas)
    origin, _ = split(brief.page)
    show_title(atlas, site, filtered=brief.screen if origin in FILTERED else NOWHERE)
    query, base = query_of(brief, atlas), _base()
    composed = _composed(atlas, query, base)
    sheet = composed if isinstance(composed, Sheet) else None
    with st.sidebar:
        _controls(atlas, brief, sheet)
    if sheet is None:
        st.html(_empty_html(atlas, brief, str(composed)))
    else:
        wanted = _show_sheet(atlas, sheet, query, base)
        _show_file(atlas, sheet, query, base, wanted)
    follow_links(atlas, site, here=BRIEFING)


def _asked(atlas: Atlas) -> Brief:
    return read(all_parameters(), atlas)


def _go(**changes: Any) -> None:
    """Make the current briefing with some of it changed the address."""
    atlas = data.load()
    write_parameters(write(replace(_asked(atlas), **changes), atlas))


def _base() -> str:
    """Address of the app, as whoever runs it says, or else as the reader has it."""
    if set_ := public_address():
        return set_
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/").removesuffix(f"/{BRIEFING}")
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else ""


def _back(brief: Brief) -> tuple[str, str]:
    """Page and parameters that the briefing came from, and what the page is called."""
    name, parameters = split(brief.page)
    if name == BRIEFING:
        name = "".join(parameters.get("of", [])[-1:])
        return (name, ORIGINS[name].label) if name in ORIGINS else (MAP, MAP)
    _, _, query = brief.page.partition("?")
    return (f"{name}?{query}" if query else name), ORIGINS[name].label


# --- controls ----------------------------------------------------------------------------------


def _controls(atlas: Atlas, brief: Brief, sheet: Sheet | None) -> None:
    address, label = _back(brief)
    with st.container(key="briefing-head"):
        heading, reset = st.columns([3, 2], vertical_alignment="center")
        heading.html(templates.get_template("briefing_back.html").render(to=address, label=label))
        reset.button(
            "Reset",
            key="briefing-reset",
            width="stretch",
            on_click=safely(_reset),
            help="All choices and words as suggested.",
        )
    _one_of("frame", "Frame", list(FRAMES), lambda frame: _FRAMES.get(frame, FRAMES[frame].label))
    names = extents(atlas.dossier.head)
    offered = [extent for extent in names if extent != VIEW or brief.bounds]
    current = brief.extent if brief.extent in offered else FIT
    _one_of("extent", "Extent", offered, names.__getitem__, current)
    _one_of("style", "Style", list(Style), _STYLES.__getitem__)
    _switches(brief)
    _one_of("projection", "Projection", list(Projection), _PROJECTIONS.__getitem__)
    if brief.projection is Projection.WEB_MERCATOR:
        st.html(f'<p class="atlas-note">{WHY_NOT_MERCATOR}</p>')
    _words(atlas, brief)
    _points(atlas, brief, sheet)


def _reset() -> None:
    """Only what is shown stays; how it looks and what it says is suggested again."""
    atlas = data.load()
    kept = {key: values for key, values in all_parameters().items() if key in ("of", "record")}
    name, parameters = split(_asked(atlas).page)
    fresh = read({**parameters, **({"of": [name]} if name in ORIGINS else {}), **kept}, atlas)
    write_parameters(write(replace(fresh, bounds=_asked(atlas).bounds), atlas))


def _one_of(
    name: str,
    label: str,
    options: Sequence[str],
    words: Callable[[Any], str],
    current: str | None = None,
) -> None:
    """Buttons of which one is chosen; what is chosen goes to the address."""
    key = f"briefing-{name}"
    st.session_state[key] = current or getattr(_asked(data.load()), name)

    def store() -> None:
        if st.session_state[key] is not None:
            _go(**{name: st.session_state[key]})

    st.pills(
        plain(label),
        options,
        key=key,
        format_func=plain_words(options, words),
        on_change=safely(store),
        required=True,
        wrap=True,
    )


def _switches(brief: Brief) -> None:
    st.session_state["briefing-show"] = [name for name in SWITCHES if getattr(brief, name)]
    st.pills(
        "With",
        SWITCHES,
        key="briefing-show",
        selection_mode="multi",
        format_func=plain_words(SWITCHES, str.capitalize),
        on_change=safely(
            lambda: _go(**{name: name in st.session_state["briefing-show"] for name in SWITCHES})
        ),
    )


def _words(atlas: Atlas, brief: Brief) -> None:
    """Title and subtitle; what is suggested stands in them until it is changed."""
    wordless = replace(brief, title=None, subtitle=None)
    title = suggest_title(atlas, wordless)
    shown = brief.title or title
    subtitle = suggest_subtitle(atlas, wordless, shown)
    for name, label, text, suggested in (
        ("title", "Title", shown, title),
        ("subtitle", "Subtitle", subtitle if brief.subtitle is None else brief.subtitle, subtitle),
    ):
        key = f"briefing-{name}"
        st.session_state[key] = text

        def store(name: str = name, key: str = key, suggested: str = suggested) -> None:
            written = clean_text(st.session_state[key])
            _go(**{name: None if written == clean_text(suggested) else written})

        st.text_area(
            plain(label),
            key=key,
            height="content",
            max_chars=LONGEST_TEXT,
            placeholder=suggested if name == "title" else "No subtitle",
            on_change=safely(store),
        )


def _points(atlas: Atlas, brief: Brief, sheet: Sheet | None) -> None:
    """Up to five key points: each can be edited, emptied, or taken from another record."""
    suggested = suggest_points(sheet.records, brief.screen.select) if sheet else ()
    points = suggested if brief.points is None else brief.points

    def store(changed: Sequence[KeyPoint]) -> None:
        kept = tuple(point for point in changed if point.text)[:MOST_POINTS]
        _go(points=None if kept == suggested else kept)

    with st.container(key="briefing-points"):
        for number, point in enumerate(points):
            key = f"briefing-point-{number}"
            st.session_state[key] = point.text

            def edit(number: int = number, key: str = key) -> None:
                text = clean_text(st.session_state[key])
                changed = [*points]
                changed[number] = replace(changed[number], text=text)
                store(changed)

            st.text_area(
                plain(f"Key point {number + 1}" if number else "Key points"),
                key=key,
                height="content",
                max_chars=LONGEST_TEXT,
                on_change=safely(edit),
                label_visibility="collapsed" if number else "visible",
                help=None if number else "Emptied, a point goes away.",
            )
        if len(points) < MOST_POINTS:
            _add_point(atlas, sheet, points, store)
        if brief.points is not None and suggested:
            st.button(
                "Suggest key points again",
                key="briefing-points-reset",
                on_click=safely(_go),
                kwargs={"points": None},
                type="tertiary",
            )


def _add_point(
    atlas: Atlas,
    sheet: Sheet | None,
    points: Sequence[KeyPoint],
    store: Callable[[Sequence[KeyPoint]], None],
) -> None:
    taken = {point.record for point in points}
    offered = [record.id for record in sheet.records if record.id not in taken] if sheet else []
    titles = {record: atlas.dossier.records[record].title for record in offered}
    # Another key for each length: what was chosen is a point now, and the field is empty again.
    key = f"briefing-point-add-{len(points)}"

    def add() -> None:
        if chosen := st.session_state[key]:
            records = data.load().dossier.records
            record = chosen if chosen in offered and chosen in records else None
            # A record's own words: they go without saying in the address.
            text = suggest_points([records[record]])[0].text if record else clean_text(chosen)
            store([*points, KeyPoint(text, record)])

    st.selectbox(
        "Add a key point" if points else "Key points",
        offered,
        index=None,
        key=key,
        format_func=lambda value: titles.get(value, value),
        placeholder="Add: choose a record, or write",
        accept_new_options=True,
        label_visibility="collapsed" if points else "visible",
        on_change=safely(add),
    )


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
            templates.get_template("briefing_file.html").render(
                name=made.name, size=_size(len(made.content))
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


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} KB"


# --- nothing to show ---------------------------------------------------------------------------


def _empty_html(atlas: Atlas, brief: Brief, reason: str) -> str:
    """Why there is nothing to brief, and the ways back."""
    address, label = _back(brief)
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
    return templates.get_template("briefing_empty.html").render(reason=reason, ways=ways)
