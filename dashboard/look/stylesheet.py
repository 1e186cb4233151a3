"""The style sheet of the map's signs, written from `palette`, `strokes` and `areas`.

What lines and areas look like is said there, once, for screen and paper. The sheet holds only that:
what moves, hovers or is selected stands in ``static/atlas/atlas.css``, which outweighs it. What the
scripts draw themselves goes with the scene. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from dashboard.look import areas, strokes
from dashboard.look.heads import HEAD_OF, HEADS
from dashboard.look.palette import MAP_COLOURS
from dashboard.look.strokes import Stroke

PLAIN = asdict(Stroke(0))
"""What a line has unless something changes it."""


def colour_variables(style: str) -> str:
    """The map's colours as custom properties: ``--sea: #dfe8ee; …``.

    Parameters
    ----------
    style : str
        A key of `dashboard.look.palette.MAP_COLOURS`.

    Raises
    ------
    KeyError
        If there is no such style.
    """
    return " ".join(f"--{name}: {colour};" for name, colour in MAP_COLOURS[style].items())


def _area_variables() -> str:
    """Strokes of the base map and fills of areas, which ``atlas.css`` lays on."""
    said = {f"{name}-width": f"{stroke.width:g}px" for name, stroke in strokes.BASE.items()}
    said |= {
        f"{name}-dash": _dash(stroke.dash) for name, stroke in strokes.BASE.items() if stroke.dash
    }
    said |= {
        "alliance-opacity": f"{areas.STRENGTH:g}",
        "hatch-opacity": f"{areas.HATCH_STRENGTH:g}",
        "hatching": _striped("hatch", areas.HATCH, areas.HATCH_PERIOD, areas.HATCH_SLANT),
        "lesser-stripes": _striped(
            "ink-soft", areas.STRIPE * areas.LESSER, areas.STRIPE, areas.SLANT
        ),
    }
    return " ".join(f"--{name}: {value};" for name, value in said.items())


def _striped(colour: str, width: float, period: float, slant: float) -> str:
    """Stripes as an image: CSS names the direction across them, clockwise from upwards."""
    return (
        f"repeating-linear-gradient({-slant:g}deg, var(--{colour}) 0 {width:g}px, "
        f"transparent {width:g}px {period:g}px)"
    )


def drawn_by_scripts() -> dict[str, Any]:
    """What the browser's scripts draw, for the scene: see `heads` and `areas`.

    Returns
    -------
    dict
        ``heads``: corners of each, x and y in turn; ``head_of``: which is whose; ``stripe``,
        ``lesser`` and ``slant`` of the fills of alliances; ``hatch`` of disputed areas.
    """
    return {
        "heads": {name: [at for xy in head.outline for at in xy] for name, head in HEADS.items()},
        "head_of": dict(HEAD_OF),
        "stripe": areas.STRIPE,
        "lesser": areas.LESSER,
        "slant": areas.SLANT,
        "hatch": {
            "width": areas.HATCH,
            "period": areas.HATCH_PERIOD,
            "slant": areas.HATCH_SLANT,
        },
    }


def _dash(lengths: tuple[float, ...]) -> str:
    return " ".join(f"{length:g}" for length in lengths) or "none"


def _colour(name: str) -> str:
    return "var(--c, var(--ink))" if name == "theme" else f"var(--{name})"


def _declarations(changes: Mapping[str, Any]) -> str:
    """Attributes of a `Stroke` as declarations; casing and ties are lines of their own."""
    said = []
    if "colour" in changes:
        said.append(f"stroke: {_colour(changes['colour'])};")
    if "width" in changes:
        width = changes["width"]
        said.append(f"stroke-width: {width if isinstance(width, str) else f'{width:g}'};")
    if "dash" in changes:
        said.append(f"stroke-dasharray: {_dash(changes['dash'])};")
    if "round" in changes:
        said.append(f"stroke-linecap: {'round' if changes['round'] else 'butt'};")
    if "opacity" in changes:
        said.append(f"stroke-opacity: {changes['opacity']:g};")
    return " ".join(said)


def _types() -> Iterator[tuple[str, str]]:
    for name, stroke in strokes.TYPES.items():
        changes = {key: value for key, value in asdict(stroke).items() if value != PLAIN[key]}
        if name == "relation":
            # A bundle says in `--n` for how many records it stands.
            count = f"min(var(--n, 1), {strokes.MOST_COUNTED})"
            changes["width"] = f"calc({stroke.width:g}px + {strokes.RELATION_STEP:g}px * {count})"
        yield f".line.{name}", _declarations(changes)
        if stroke.casing:
            casing = {"width": stroke.casing}
            if stroke.casing_opacity != 1:
                casing["opacity"] = stroke.casing_opacity
            yield f".casing.{name}", _declarations(casing)


def _legs() -> Iterator[tuple[str, str]]:
    """Modes, then statuses: of equal weight, so that a status outweighs the mode."""
    for name, changes in strokes.MODES.items():
        yield f".line.mode-{name}:not(.ties)", _declarations(changes)
        if changes.get("ties"):
            ties = {"colour": strokes.TIES_COLOUR, "width": strokes.TIES_WIDTH}
            yield f".ties.mode-{name}", _declarations({**ties, "dash": changes["ties"]})
    # The casing keeps its own width, whatever the mode: a pale rim parts lines that cross.
    yield ".line.leg.casing", _declarations({"width": strokes.TYPES["leg"].casing})
    for name, changes in strokes.STATUSES.items():
        yield f".line.status-{name}:not(.casing)", _declarations(changes)
        if changes.get("ties") == ():
            yield f".ties.status-{name}", "display: none;"


def _rules() -> Iterator[tuple[str, str]]:
    """Selectors and declarations, in the order of the cascade."""
    yield ":root", f"{colour_variables('light')} {_area_variables()}"
    yield ':root[data-theme="dark"]', colour_variables("dark")
    yield from _types()
    for prefix, terms in (("state", strokes.STATES), ("stance", strokes.STANCES)):
        for name, changes in terms.items():
            yield f".line.{prefix}-{name}", _declarations(changes)
    yield from _legs()
    yield ".line.light:not(.casing)", _declarations({"opacity": strokes.LIGHT_OPACITY})
    yield ".line.context:not(.casing)", _declarations({"opacity": strokes.CONTEXT_OPACITY})


def map_css() -> str:
    """Colours of the map, light and dark, strokes of all its lines and fills of its areas.

    Class names are those of the scene's lines: ``line``, the type, and ``state-…``, ``stance-…``,
    ``mode-…``, ``status-…``; ``casing`` is the pale line beneath one, ``ties`` the cross strokes
    on it.

    Returns
    -------
    str
        CSS; the same at each call.
    """
    return "".join(f"{selector} {{ {said} }}\n" for selector, said in _rules())
