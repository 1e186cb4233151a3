"""What a reader chooses of a briefing: frame, extent, style, words, key points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.atlas import data
from dashboard.atlas.address import BRIEFING, MAP
from dashboard.atlas.data import Atlas
from dashboard.brief.address import SWITCHES, clean_text, read, write
from dashboard.brief.origins import ORIGINS, split
from dashboard.look.markup import note_html, plain, plain_words, templates
from dashboard.sheet.sheet import Sheet
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
from dashboard.shell.location import all_parameters, write_parameters

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


def asked_for(atlas: Atlas) -> Brief:
    """What the address asks for."""
    return read(all_parameters(), atlas)


def go(**changes: Any) -> None:
    """Make the current briefing with some of it changed the address."""
    atlas = data.load()
    write_parameters(write(replace(asked_for(atlas), **changes), atlas))


def way_back(brief: Brief) -> tuple[str, str]:
    """Page and parameters that the briefing came from, and what the page is called."""
    name, parameters = split(brief.page)
    if name == BRIEFING:
        name = "".join(parameters.get("of", [])[-1:])
        return (name, ORIGINS[name].label) if name in ORIGINS else (MAP, MAP)
    _, _, query = brief.page.partition("?")
    return (f"{name}?{query}" if query else name), ORIGINS[name].label


def show_controls(atlas: Atlas, brief: Brief, sheet: Sheet | None) -> None:
    """All of them, with the way back to the page that is briefed."""
    address, label = way_back(brief)
    with st.container(key="briefing-head"):
        heading, reset = st.columns([3, 2], vertical_alignment="center")
        heading.html(templates.get_template("brief/back.html").render(to=address, label=label))
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
        st.html(note_html(WHY_NOT_MERCATOR))
    _words(atlas, brief)
    _points(atlas, brief, sheet)


def _reset() -> None:
    """Only what is shown stays; how it looks and what it says is suggested again."""
    atlas = data.load()
    kept = {key: values for key, values in all_parameters().items() if key in ("of", "record")}
    name, parameters = split(asked_for(atlas).page)
    fresh = read({**parameters, **({"of": [name]} if name in ORIGINS else {}), **kept}, atlas)
    write_parameters(write(replace(fresh, bounds=asked_for(atlas).bounds), atlas))


def _one_of(
    name: str,
    label: str,
    options: Sequence[str],
    words: Callable[[Any], str],
    current: str | None = None,
) -> None:
    """Buttons of which one is chosen; what is chosen goes to the address."""
    key = f"briefing-{name}"
    st.session_state[key] = current or getattr(asked_for(data.load()), name)

    def store() -> None:
        if st.session_state[key] is not None:
            go(**{name: st.session_state[key]})

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
            lambda: go(**{name: name in st.session_state["briefing-show"] for name in SWITCHES})
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
            go(**{name: None if written == clean_text(suggested) else written})

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
        go(points=None if kept == suggested else kept)

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
                on_click=safely(go),
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
