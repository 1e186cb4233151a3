"""The sheet of the signs says what `strokes` and `palette` say, and no other says it again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from annotations.vocabulary import EventType, FlowState, LegMode, LegStatus, RelationType
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import GLYPHS, SIGNS
from dashboard.look import strokes
from dashboard.look.palette import MAP_COLOURS, PAGE
from dashboard.look.strokes import MODES, STANCES, STATES, STATUSES, TYPES, Stroke, line_stroke
from dashboard.look.stylesheet import colour_variables, map_css
from dashboard.web import leaflet
from dashboard.web.assets import PAGE_STYLES, page_css
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "dashboard" / "static" / "atlas"
SHEET = map_css()
BASE = (STATIC / "atlas.css").read_text(encoding="utf-8")

PLAIN = {
    "state": {FlowState.DELIVERED},
    "stance": {"supports"},
    "mode": set(),
    "status": {LegStatus.OPERATING},
}
"""What a line is without more: nothing is said of it."""


# A reader of style sheets, as far as ours go: rules of classes, `:not` of one class, `!important`.

Rule = tuple[str, dict[str, str]]


def rules(css: str) -> list[Rule]:
    """Selectors, each by itself, with what they declare."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        said = dict(part.strip().split(": ", 1) for part in body.split(";") if part.strip())
        # Commas within brackets do not part selectors.
        for selector in re.split(r",(?![^()]*\))", selectors):
            found.append((selector.strip(), said))
    return found


CLASSES = re.compile(r"(?:\.[\w-]+|:not\(\.[\w-]+\))+")
RULES = [(s, said) for s, said in [*rules(BASE), *rules(SHEET)] if CLASSES.fullmatch(s)]


def weight(selector: str, classes: set[str]) -> int | None:
    """How much a selector weighs for an element with these classes; None if it is none of its."""
    wanted = re.findall(r"(:not\()?\.([\w-]+)", selector)
    holds = all((name in classes) is not bool(negated) for negated, name in wanted)
    return len(wanted) if holds else None


def style(names: str) -> dict[str, str]:
    """What the sheets together make of an element with these classes."""
    classes = set(names.split())
    given: dict[str, tuple[bool, int, int, str]] = {}
    for order, (selector, said) in enumerate(RULES):
        if (heavy := weight(selector, classes)) is None:
            continue
        for name, value in said.items():
            important = value.endswith("!important")
            claim = (important, heavy, order, value.removesuffix("!important").strip())
            given[name] = max(given.get(name, claim), claim)
    return {name: claim[-1] for name, claim in given.items()}


def in_css(stroke: Stroke) -> dict[str, str]:
    """A stroke's look as the sheets should give it."""
    return {
        "stroke": "var(--c, var(--ink))" if stroke.colour == "theme" else f"var(--{stroke.colour})",
        "stroke-width": f"{stroke.width:g}",
        "stroke-dasharray": " ".join(f"{length:g}" for length in stroke.dash) or "none",
        "stroke-linecap": "round" if stroke.round else "butt",
        "stroke-opacity": f"{stroke.opacity:g}",
    }


def look(names: str) -> dict[str, str]:
    """The same of an element."""
    said = {"stroke-dasharray": "none"} | style(names)
    return {name: said[name] for name in in_css(Stroke(0))}


def lines() -> Iterator[tuple[str, Stroke]]:
    """Class names of every sort of line, and its stroke."""
    for state in FlowState:
        yield f"line flow state-{state.value}", line_stroke("flow", state=state.value)
    for mode, status in product(LegMode, LegStatus):
        names = f"line leg mode-{mode.value} status-{status.value}"
        yield names, line_stroke("leg", mode=mode.value, status=status.value)
    yield "line detour", line_stroke("detour")


LINES = dict(lines())


# Every term


@pytest.mark.parametrize(
    ("prefix", "terms", "said"),
    [
        ("state", set(FlowState), STATES),
        ("stance", {relation.stance for relation in RelationType}, STANCES),
        ("mode", set(LegMode), MODES),
        ("status", set(LegStatus), STATUSES),
    ],
)
def test_every_term_has_a_stroke_or_is_plain(
    prefix: str, terms: set[str], said: Mapping[str, object]
) -> None:
    assert set(said) | PLAIN[prefix] == terms
    assert set(said) & PLAIN[prefix] == set()
    assert all(f".{prefix}-{term}" in SHEET for term in nonempty(said))


def test_strokes_are_told_apart_without_colour() -> None:
    """A mode may look like another only where its width or its ties differ."""
    for terms in (
        [line_stroke("flow", state=state.value) for state in FlowState],
        [line_stroke("leg", mode=mode.value) for mode in LegMode],
        [line_stroke("relation", stance=stance) for stance in ("supports", "opposes")],
    ):
        looks = {(stroke.width, stroke.dash, stroke.ties) for stroke in terms}
        assert len(looks) == len(terms)


# The cascade


@pytest.mark.parametrize("names", LINES)
def test_a_line_looks_as_strokes_say(names: str) -> None:
    assert look(names) == in_css(LINES[names])


@pytest.mark.parametrize("stance", ["supports", "opposes"])
@pytest.mark.parametrize("count", [1, 3, strokes.MOST_COUNTED, strokes.MOST_COUNTED + 5])
def test_a_bundle_is_as_thick_as_strokes_say(stance: str, count: int) -> None:
    stroke = line_stroke("relation", stance=stance, count=count)
    found = look(f"line relation stance-{stance}")
    width = re.fullmatch(
        r"calc\((.+)px \+ (.+)px \* min\(var\(--n, 1\), (\d+)\)\)", found.pop("stroke-width")
    )
    assert width
    least, step, most = map(float, width.groups())
    assert least + step * min(count, most) == pytest.approx(stroke.width)
    expected = in_css(stroke)
    del expected["stroke-width"]
    assert found == expected


@pytest.mark.parametrize("status", LegStatus)
def test_a_railway_has_its_sleepers_where_strokes_say(status: LegStatus) -> None:
    stroke = line_stroke("leg", mode="rail", status=status.value)
    found = {"display": "inline"} | style(f"ties line leg mode-rail status-{status.value}")
    if not stroke.ties:
        assert found["display"] == "none"
        return
    assert found["display"] == "inline"
    assert found["stroke"] == f"var(--{strokes.TIES_COLOUR})"
    assert found["stroke-width"] == f"{strokes.TIES_WIDTH:g}"
    assert found["stroke-dasharray"] == " ".join(f"{length:g}" for length in stroke.ties)


def test_only_railways_have_sleepers() -> None:
    """The scripts draw that line for no other mode."""
    assert [mode for mode, changes in MODES.items() if changes.get("ties")] == ["rail"]


def test_what_the_article_does_not_state_is_lighter() -> None:
    for names in [*LINES, "line relation stance-opposes"]:
        assert style(f"{names} light")["stroke-opacity"] == f"{strokes.LIGHT_OPACITY:g}"
        assert style(f"{names} light context")["stroke-opacity"] == f"{strokes.CONTEXT_OPACITY:g}"


def test_what_is_selected_stands_out() -> None:
    for names in [*LINES, "line relation stance-opposes"]:
        chosen = style(f"{names} light context selected")
        assert chosen["stroke-opacity"] == "1"
        assert "filter" in chosen
        if "detour" not in names and "relation" not in names:
            assert float(chosen["stroke-width"]) > LINES[names].width


@pytest.mark.parametrize("name", [name for name, stroke in TYPES.items() if stroke.casing])
def test_a_casing_is_as_strokes_say(name: str) -> None:
    stroke = TYPES[name]
    found = style(f"casing {name}")
    assert found["stroke-width"] == f"{stroke.casing:g}"
    assert found["stroke-opacity"] == f"{stroke.casing_opacity:g}"
    assert stroke.casing > stroke.width


def test_a_casing_is_pale_and_without_gaps_whatever_lies_on_it() -> None:
    for names in [*(LINES.keys() - {"line detour"}), "leg", "detour"]:
        found = {"stroke-dasharray": "none"} | style(f"casing {names} light context")
        assert (found["stroke"], found["stroke-dasharray"]) == ("var(--halo)", "none"), names
        assert float(found["stroke-opacity"]) >= 0.75, names


@pytest.mark.parametrize("mode", LegMode)
def test_on_the_map_every_leg_has_a_pale_rim(mode: LegMode) -> None:
    """Legs that cross are told apart by it, and the gaps of a dashed leg are pale."""
    for status in nonempty(LegStatus):
        found = style(f"casing line leg mode-{mode.value} status-{status.value}")
        stroke = line_stroke("leg", mode=mode.value)
        assert found["stroke-width"] == f"{stroke.casing:g}"
        assert stroke.casing > stroke.width


def test_lines_are_cased_only_where_strokes_say() -> None:
    """The scripts draw no casing for relations."""
    assert {name for name, stroke in TYPES.items() if stroke.casing} == {"flow", "leg", "detour"}


# Colours


@pytest.mark.parametrize("style_", MAP_COLOURS)
def test_colours_can_be_read(style_: str) -> None:
    assert MAP_COLOURS[style_].keys() == MAP_COLOURS["light"].keys()
    for name, colour in MAP_COLOURS[style_].items():
        assert re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", colour), name


def test_every_colour_of_a_stroke_exists() -> None:
    every = [*TYPES.values(), *(stroke for _, stroke in lines())]
    named = {stroke.colour for stroke in every} | {strokes.TIES_COLOUR}
    assert named - {"theme"} <= set(MAP_COLOURS["light"])


def test_black_and_white_has_no_colour() -> None:
    for name, colour in MAP_COLOURS["print"].items():
        assert colour[1:3] == colour[3:5] == colour[5:7], name


@pytest.mark.parametrize(("selector", "name"), [(":root", "light"), ("dark", "dark")])
def test_the_sheet_defines_the_colours_of_light_and_dark(selector: str, name: str) -> None:
    [said] = [said for s, said in rules(SHEET) if s == selector or f'"{selector}"' in s]
    colours = {key: value for key, value in said.items() if key[2:] in MAP_COLOURS[name]}
    assert colours == {f"--{key}": colour for key, colour in MAP_COLOURS[name].items()}
    assert colour_variables(name) == " ".join(f"{key}: {value};" for key, value in colours.items())


def test_every_colour_that_the_map_asks_for_is_defined() -> None:
    own = {"c", "n", "body", "font", "legend"}  # set by scripts, or in the sheet itself
    asked = set(re.findall(r"var\(--([\w-]+)", BASE + SHEET))
    given = set(re.findall(r"--([\w-]+):", SHEET))
    assert asked - own <= given
    assert given <= asked | set(MAP_COLOURS["light"])


def test_no_sheet_says_a_colour_or_a_stroke_again() -> None:
    names = "|".join(MAP_COLOURS["light"])
    for path in nonempty(STATIC.parents[1].rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        # `--rule` of the page is a shade of its text, on whatever background that stands.
        assert re.findall(rf"--(?:{names}): *(?:#|rgb)[^;]*", text) == [], path.name
    terms = [*STATES, *STANCES, *MODES, *STATUSES]
    assert [term for term in terms if re.search(rf"\.(\w+)-{term}\b", BASE)] == []


def test_a_colour_stands_in_look_alone() -> None:
    """In the code: an address or a name of an entity is no colour."""
    folder = STATIC.parents[1]
    said = [path for ending in ("py", "js", "css", "html") for path in folder.rglob(f"*.{ending}")]
    elsewhere = [path for path in said if path.parent.name != "look"]
    for path in nonempty(elsewhere):
        colours = re.findall(r"#(?:[0-9a-f]{3,4}){1,2}\b", path.read_text(encoding="utf-8"))
        assert colours == [], path.relative_to(folder)


def test_the_base_map_has_its_strokes_from_look() -> None:
    """What is selected or under the pointer stands out by widths of its own."""
    own = re.compile(r"\.(?:country|water|disputed|line|casing)[\w.-]*")
    usual = [(s, said) for s, said in rules(BASE) if own.fullmatch(s) and ".selected" not in s]
    numbers = {"stroke-width", "stroke-dasharray", "fill-opacity"}
    said = {value for _, said in usual for name, value in said.items() if name in numbers}
    assert len(said) > 5
    assert {value for value in said if not value.startswith("var(")} == {"1", "none !important"}


def test_no_button_of_the_map_has_a_colour_of_leaflets_own() -> None:
    """They are light ones: on a dark map a button that cannot be pressed would shine."""

    def selectors(css: str) -> set[str]:
        return {
            selector.strip()
            for selectors, said in rules(css)
            if any(name.startswith("background") for name in said)
            for selector in selectors.split(",")
        }

    painted = {one for one in selectors(leaflet.styles()) if one.startswith(".leaflet-bar a")}
    assert len(painted) > 2
    assert painted - selectors(BASE) == set()


def test_each_style_sheet_of_the_page_is_in_it() -> None:
    folder = STATIC.parents[1]
    sheets = {path for path in folder.rglob("*.css") if path.parent != STATIC}
    assert sheets == set(PAGE_STYLES)
    assert len(set(PAGE_STYLES)) == len(PAGE_STYLES)


def test_stripes_of_what_may_be_large_are_tiles() -> None:
    """Firefox draws none, WebKit a few bars, where a slanted gradient repeats far and finely."""
    slanted = re.findall(r"([^{}]*){[^{}]*repeating-linear-gradient\((?:135|45)deg", page_css())
    assert [selector.strip() for selector in slanted] == [".atlas-matrix .lesser .status::before"]


def test_the_page_and_the_map_agree() -> None:
    """Streamlit reads its own file: what stands there is the one twin."""
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    theme = tomllib.loads(text)["theme"]
    for position, mode in enumerate(("light", "dark")):
        assert theme[mode]["backgroundColor"] == PAGE[position]
        assert theme[mode]["textColor"] == MAP_COLOURS[mode]["ink"]
        assert theme[mode]["borderColor"] == MAP_COLOURS[mode]["rule"]


# Symbols

PATH = re.compile(r"[Mm][MmLlHhVvCcSsAaZz\d .-]+[Zz]")


def test_every_event_has_a_symbol() -> None:
    assert {event.value for event in EventType} <= set(GLYPHS)


def test_every_sign_and_point_has_a_symbol(atlas: Atlas) -> None:
    assert {sign.sample["glyph"] for sign in SIGNS if "glyph" in sign.sample} <= set(GLYPHS)
    assert {point.glyph for point in atlas.drawn.points} <= set(GLYPHS)


def test_symbols_are_told_apart() -> None:
    assert len({(glyph.shape, glyph.mark) for glyph in GLYPHS.values()}) == len(GLYPHS)


@pytest.mark.parametrize("name", GLYPHS)
def test_a_symbol_is_a_path_and_nothing_else(name: str) -> None:
    """It goes into the page as markup."""
    glyph = GLYPHS[name]
    assert PATH.fullmatch(glyph.shape)
    assert not glyph.mark or PATH.fullmatch(glyph.mark)


def test_no_script_draws_a_symbol_of_its_own() -> None:
    for path in nonempty(STATIC.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert [name for name, glyph in GLYPHS.items() if glyph.shape in text] == [], path.name
