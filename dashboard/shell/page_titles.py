"""What a window, a tab or a bookmark calls a page: ``Lake Line · Corridors · The lake war``.

What the page is about stands first, since a tab shows the beginning alone. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import layer_of

BETWEEN = " · "


def page_title(atlas: Atlas, page: str, subject: str = "") -> str:
    """Name a page.

    Parameters
    ----------
    atlas : Atlas
    page : str
        What the page is called in the links to it.
    subject : str
        What is selected on it, or what else it is about; nothing where it is about all.
    """
    return BETWEEN.join(part for part in (subject, page, atlas.dossier.head.title) if part)


def name_of(atlas: Atlas, thing: str | None) -> str:
    """What a selected thing is called, shortly where it has a short name.

    Parameters
    ----------
    atlas : Atlas
    thing : str or None
        As in `Screen.select`.

    Returns
    -------
    str
        Empty where there is no such thing.
    """
    record = atlas.dossier.records.get(thing or "")
    if record is not None:
        return layer_of(record).short(record) or record.title
    selected = atlas.drawn.things.get(thing or "")
    return selected.title if selected else ""


def names_of(atlas: Atlas, things: Iterable[str]) -> str:
    """What several things are called, each once, in their order."""
    return ", ".join(dict.fromkeys(name_of(atlas, thing) for thing in things))
