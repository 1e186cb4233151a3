"""What a reader calls the values that addresses and files hold."""

from __future__ import annotations

from annotations.schema import Alliance
from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import BY_ID


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
            return next(a.short for a in dossier.of_type(Alliance) if a.id == value)
    raise KeyError(facet)


def amount_in_words(value: float, unit: str) -> str:
    """An amount for a reader: ``$1.4 tn``, ``$32 bn``, ``89 m``, ``1.65 m km²``.

    Parameters
    ----------
    value : float
        Positive.
    unit : str
        ``dollars``, ``people``, or what is written behind the number.

    Returns
    -------
    str
    """
    scale, name = next(
        ((s, n) for s, n in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")) if value >= s), (1.0, "")
    )
    if unit != "dollars" and scale > 1e6:
        scale, name = 1e6, " m"
    scaled = value / scale
    digits = 0 if scaled >= 100 or scale == 1 else 1 if scaled >= 10 else 2
    text = f"{scaled:,.{digits}f}{name}"
    if unit == "dollars":
        return f"${text}"
    return text if unit == "people" else f"{text} {unit}"
