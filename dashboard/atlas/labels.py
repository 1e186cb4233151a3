"""What a reader calls the values that addresses and files hold."""

from __future__ import annotations

from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import BY_ID, layer_of


def label_of(atlas: Atlas, facet: str, value: str) -> str:
    """Name of a valid value of a facet, or of an alliance.

    Parameters
    ----------
    atlas : Atlas
    facet : str
        One of `dashboard.atlas.filters.FACETS`, or ``alliance``.
    value : str
        An id that the facet offers.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is no such facet.
    """
    dossier = atlas.dossier
    match facet:
        case "actor":
            return dossier.actors[value].name
        case "theme":
            return next(theme.label for theme in dossier.head.themes if theme.id == value)
        case "layer":
            return BY_ID[value].label
        case "status":
            return EvidenceStatus(value).label
        case "verdict":
            return Verdict(value).label
        case "alliance":
            record = dossier.records[value]
            return layer_of(record).short(record)
    raise KeyError(facet)
