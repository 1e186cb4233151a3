"""Colours. Themes take theirs by position in the dossier; alliances by id, in order.

The theme colours start from Paul Tol's "muted" scheme, made for the common colour-vision
deficiencies, and are darkened where one is too pale for a line on pale land; the second of each
pair is lightened for dark land. The alliance fills start from the Okabe–Ito set. Shape and dash
carry the meaning beside colour, so nothing is told apart by hue alone.
"""

from __future__ import annotations

from collections.abc import Iterable

THEME_COLOURS: tuple[tuple[str, str], ...] = (
    ("#882255", "#d96a9e"),  # wine
    ("#d1495b", "#ff6f6f"),  # rose
    ("#332288", "#9c90ea"),  # indigo
    ("#117733", "#5dbb7d"),  # green
    ("#a67c00", "#e0c268"),  # sand
    ("#aa4499", "#dd8fd0"),  # purple
    ("#2b8cbe", "#88ccee"),  # cyan
    ("#2f9488", "#66c9bc"),  # teal
    ("#7d7a29", "#b0a030"),  # olive
    ("#6b6f76", "#e4e7ea"),  # grey
)
"""(on light land, on dark land), by position of the theme."""

ALLIANCE_COLOURS: tuple[str, ...] = (
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#cc79a7",
    "#0072b2",
    "#d55e00",
    "#7f3b08",
    "#f0e442",
)


SIGN_COLOURS: dict[str, tuple[str, str]] = {
    "supports": ("#0b62a5", "#6cb4ee"),
    "opposes": ("#b8480b", "#ff9a5c"),
    "both": ("#6b5b95", "#b9a7e8"),
}
"""Fill by who supports or opposes whom (light, dark). A plus or minus always stands in it."""

PAGE: tuple[str, str] = ("#ffffff", "#141b21")
"""The page's background as in the theme (light, dark), for what must hide what it lies on."""

ON_SIGN: tuple[str, str] = ("#ffffff", "#10181f")
"""Text on these."""

PAGE_COLOURS: dict[str, tuple[str, str]] = {
    "page": PAGE,
    "on-sign": ON_SIGN,
    "by-water": ("#4f9ac7", "#4f9ac7"),
    "by-canal": ("#1f6f9c", "#1f6f9c"),
    "found": ("#f0b429", "#f0b429"),
    "match": THEME_COLOURS[3],
}
"""Of what only pages draw (light, dark): stretches of a corridor in its strip, words found in a
text, lines of a copy that are the article's. Style sheets get each as a variable."""

ALLIANCE_GREYS: tuple[str, ...] = (
    "#8c8c8c",
    "#3d3d3d",
    "#b4b4b4",
    "#636363",
    "#a0a0a0",
    "#505050",
    "#c8c8c8",
    "#787878",
)
"""Fills of alliances on a page without colour, in order; the set repeats."""

PATTERN_GREY = "#a2a2a2"
"""Of the patterns that tell alliances apart on paper without colour."""

MAP_COLOURS: dict[str, dict[str, str]] = {
    "light": {
        "sea": "#dfe8ee",
        "land": "#f7f5f0",
        "land-in-play": "#fffdf8",
        "border": "#b9b8b2",
        "coast": "#a9b6bf",
        "river": "#bcd0dc",
        "hatch": "#6d6a66",
        "choke": "#4a4f57",
        "ink": "#22262b",
        "ink-soft": "#5b626b",
        "ink-water": "#5d7f93",
        "paper": "#ffffff",
        "halo": "#ffffffe6",
        "rule": "#d9dde1",
        "alert": "#c0311f",
        "focus": "#1a5fb4",
        "mark": "#ffffff",
    },
    "dark": {
        "sea": "#14202a",
        "land": "#26323c",
        "land-in-play": "#2d3a45",
        "border": "#46535e",
        "coast": "#4b5a66",
        "river": "#24455a",
        "hatch": "#a9a49b",
        "choke": "#c3c9d1",
        "ink": "#eef1f4",
        "ink-soft": "#aab3bd",
        "ink-water": "#6f9ab3",
        "paper": "#1b242c",
        "halo": "#141c23e6",
        "rule": "#3a4650",
        "alert": "#ff7a66",
        "focus": "#7fb2ff",
        "mark": "#10181f",
    },
    "print": {
        "sea": "#dcdcdc",
        "land": "#f4f4f4",
        "land-in-play": "#ffffff",
        "border": "#8c8c8c",
        "coast": "#6e6e6e",
        "river": "#b0b0b0",
        "hatch": "#4d4d4d",
        "choke": "#333333",
        "ink": "#000000",
        "ink-soft": "#3d3d3d",
        "ink-water": "#5a5a5a",
        "paper": "#ffffff",
        "halo": "#fffffff2",
        "rule": "#9a9a9a",
        "alert": "#000000",
        "focus": "#000000",
        "mark": "#ffffff",
    },
}
"""The map's base and text, by style; ``print`` is black and white. ``#rrggbb`` or ``#rrggbbaa``.

Style sheets get each as a variable: ``sea`` as ``--sea``.
"""


def theme_colour(position: int) -> tuple[str, str]:
    """Colours of the theme at `position` (0-based) on light and on dark land; the last repeats."""
    return THEME_COLOURS[min(position, len(THEME_COLOURS) - 1)]


def alliance_colour(position: int) -> str:
    """Fill of the alliance at `position` (0-based, by id); the set repeats."""
    return ALLIANCE_COLOURS[position % len(ALLIANCE_COLOURS)]


def alliance_colours(ids: Iterable[str]) -> dict[str, str]:
    """Fill of each alliance of a dossier, by id.

    Parameters
    ----------
    ids : iterable of str
        Ids of all alliances of the dossier, in its order.
    """
    return {name: alliance_colour(position) for position, name in enumerate(ids)}
