"""The style sheet that names the colours of a dossier's themes and alliances for the page.

The page around the map is light or dark as Streamlit says, which writes that as the
``color-scheme`` of what it draws: each colour is a pair, and the engine takes the one that fits. So
nothing is sent, and nothing is run, when a reader changes over. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard.look.palette import MAP_COLOURS, PAGE, PAGE_COLOURS, SIGN_COLOURS, theme_colour

LIGHT, DARK = 0, 1


def page_colours(themes: Sequence[str], alliances: Mapping[str, str]) -> str:
    """Write the style sheet.

    Parameters
    ----------
    themes : sequence of str
        Ids, in the dossier's order: the filter offers them so, and each button takes its colour.
    alliances : mapping of str to str
        Fill by id, in the order of the buttons.

    Returns
    -------
    str
        CSS: ``--theme-…``, ``--alliance-…``, and the colours of `palette` by their names;
        ``--c`` of the buttons that choose among themes and alliances.
    """
    pairs = dict(_pairs(themes, alliances))
    light, dark = (
        "".join(f"--{name}: {pair[mode]};" for name, pair in pairs.items())
        for mode in (LIGHT, DARK)
    )
    both = "".join(
        f"--{name}: light-dark({pair[LIGHT]}, {pair[DARK]});" for name, pair in pairs.items()
    )
    return (
        # Engines that know no pairs, until 2024, go by what the system says.
        f":root {{{light}}}@media (prefers-color-scheme: dark) {{:root {{{dark}}}}}"
        f"@supports (color: light-dark(red, red)) {{:root {{{both}}}}}"
        # Until Streamlit draws: no white flash before a dark page.
        "@media screen and (prefers-color-scheme: dark) "
        f"{{html {{background: {PAGE[DARK]};}}}}"
        f"{_buttons('theme', [f'theme-{theme}' for theme in themes])}"
        f"{_buttons('alliances-chosen', [f'alliance-{name}' for name in alliances])}"
    )


def _pairs(
    themes: Sequence[str], alliances: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from ((f"theme-{theme}", theme_colour(at)) for at, theme in enumerate(themes))
    yield from ((f"alliance-{name}", (fill, fill)) for name, fill in alliances.items())
    yield from SIGN_COLOURS.items()
    yield from PAGE_COLOURS.items()
    for name, colour in MAP_COLOURS["light"].items():
        yield name, (colour, MAP_COLOURS["dark"][name])


def _buttons(key: str, colours: Sequence[str]) -> str:
    return "".join(
        f".st-key-{key} button:nth-of-type({number}) {{--c: var(--{colour});}}"
        for number, colour in enumerate(colours, start=1)
    )
