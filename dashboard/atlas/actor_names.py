"""Actors by name, several in one text. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.dossier import Dossier
from annotations.english import named_beside
from dashboard.look.tables import joined


def names_in_line(dossier: Dossier, ids: Sequence[str]) -> str:
    """Names of actors in a line for a reader."""
    return named_beside([dossier.actors[actor].name for actor in ids])


def names_in_cell(dossier: Dossier, ids: Sequence[str]) -> str | None:
    """Names of actors in one cell of a table; None for none."""
    return joined([dossier.actors[actor].name for actor in ids]) or None
