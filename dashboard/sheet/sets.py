"""Several sheets for one deck: an overview, then one for each theme or for each chosen set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from annotations.head import Theme
from dashboard.atlas.data import Atlas
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import FIT, VIEW, Brief

Progress = Callable[[float, str], None]
"""Takes how much is done, from 0 to 1, and what is done next, in words."""

Note = Callable[[str], None]
"""Takes a sentence about what a deck lacks: it is to stay, where progress passes by."""


def silent(done: float, words: str) -> None:
    """Progress that nobody follows."""


def unheard(sentence: str) -> None:
    """A note that nobody keeps."""


def theme_of(atlas: Atlas, sheet: Sheet) -> Theme | None:
    """The theme that a sheet is about; None where it is about none or several."""
    chosen = sheet.brief.screen.filters.theme
    if len(chosen) != 1:
        return None
    return next(theme for theme in atlas.dossier.head.themes if theme.id == chosen[0])


def sheets_by_theme(
    atlas: Atlas,
    brief: Brief,
    base: str = "",
    progress: Progress = silent,
    note: Note = unheard,
) -> list[Sheet]:
    """An overview, then a sheet for each theme that has records under the brief's filters.

    Parameters
    ----------
    atlas : Atlas
    brief : Brief
        Of the overview. Where it filters by themes, these are the themes.
    base : str
        Address of the app, as for `compose`.
    progress : callable
        Called before each sheet.
    note : callable
        Called with a sentence for each theme that has no sheet.

    Returns
    -------
    list of Sheet
        The overview first, then the themes in the dossier's order. A theme none of whose records
        can be seen in the extent has no sheet: `note` is told why, `themes_left_out` says which.
        Where there is a single theme, the overview is its sheet.

    Raises
    ------
    EmptyBriefError
        If the overview would show nothing.
    """
    progress(0.0, "Overview")
    sheets = [compose(atlas, brief, base)]
    themes = _themes(atlas, brief)
    if len(themes) < 2:
        return sheets
    for number, theme in enumerate(themes, start=1):
        progress(number / (len(themes) + 1), theme.label)
        try:
            sheets.append(compose(atlas, _brief_of(atlas, brief, theme), base))
        except EmptyBriefError as error:
            note(f"{theme.label} is left out: {error}")
    return sheets


def sheets_by_set(
    atlas: Atlas,
    brief: Brief,
    sets: Mapping[str, Sequence[str]],
    base: str = "",
    progress: Progress = silent,
) -> list[Sheet]:
    """An overview, then a sheet for each chosen set of records.

    Parameters
    ----------
    atlas : Atlas
    brief : Brief
        Of the overview.
    sets : mapping of str to sequence of str
        Ids of records by the title of their sheet.
    base, progress
        As for `sheets_by_theme`.

    Returns
    -------
    list of Sheet

    Raises
    ------
    EmptyBriefError
        If a sheet would show nothing; the message names it.
    """
    progress(0.0, "Overview")
    sheets = [compose(atlas, brief, base)]
    for number, (title, records) in enumerate(sets.items(), start=1):
        progress(number / (len(sets) + 1), title)
        asked = replace(
            brief,
            records=tuple(records),
            page=page_of_records(records),
            title=title,
            points=None,
            extent=_extent(brief),
        )
        try:
            sheets.append(compose(atlas, asked, base))
        except EmptyBriefError as error:
            raise EmptyBriefError(f"{title}: {error}") from None
    return sheets


def themes_left_out(atlas: Atlas, sheets: Sequence[Sheet]) -> list[Theme]:
    """Themes that have records under the overview's filters, but no sheet in a deck by theme.

    Parameters
    ----------
    atlas : Atlas
    sheets : sequence of Sheet
        As `sheets_by_theme` gives them.

    Returns
    -------
    list of Theme
        Empty where the deck is not by theme.
    """
    if len(sheets) < 2:
        return []
    present = {theme.id for sheet in sheets[1:] if (theme := theme_of(atlas, sheet))}
    if not present:
        return []
    return [theme for theme in _themes(atlas, sheets[0].brief) if theme.id not in present]


def _themes(atlas: Atlas, brief: Brief) -> list[Theme]:
    """Themes of the records that a brief's filters leave; those that it asks for, if any."""
    visible = set(atlas.index.visible(brief.screen.filters))
    if brief.records:
        visible &= set(brief.records)
    counts = atlas.index.counts(visible, "theme")
    asked = brief.screen.filters.theme
    themes = [theme for theme in atlas.dossier.head.themes if counts[theme.id]]
    return [theme for theme in themes if not asked or theme.id in asked]


def page_of_records(records: Sequence[str]) -> str:
    """What opens a chosen set: no page but the briefing's own shows just these records."""
    return f"briefing?{urlencode({'record': list(records)}, doseq=True)}"


def _extent(brief: Brief) -> str:
    # The current view was chosen for what the overview shows.
    return FIT if brief.extent == VIEW else brief.extent


def _brief_of(atlas: Atlas, brief: Brief, theme: Theme) -> Brief:
    """The brief of one theme's sheet."""
    screen = brief.screen
    records = atlas.dossier.records

    def about(record_id: str | None) -> bool:
        record = records.get(record_id or "")
        return record is not None and theme.id in record.themes

    # An alliance is filled where it belongs to the theme: on a sheet about something else it would
    # hide the land. The overview has them all.
    alliances = tuple(alliance for alliance in screen.alliance if about(alliance))
    select = screen.select if about(screen.select) else None
    filters = replace(screen.filters, theme=(theme.id,))
    subtitle = f"{atlas.dossier.head.title} · {theme.definition.rstrip('.')}"
    return replace(
        brief,
        screen=replace(screen, filters=filters, alliance=alliances, select=select),
        # The page that the overview opens may not know themes: the map does.
        page="",
        title=theme.label,
        # Who wants none, or their own, wants it on the overview; a theme is explained by its own.
        subtitle=subtitle if brief.subtitle != "" else "",
        points=None,
        extent=_extent(brief),
    )
