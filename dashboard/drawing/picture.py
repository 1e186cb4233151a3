"""The map of a briefing, drawn with matplotlib.

`dashboard.drawing.arrangement` says where everything goes, in points (1/72 inch); strokes are those
of `dashboard.look.strokes`, in CSS pixels. Nothing is rasterised, so every vector format stays one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.path import Path

from dashboard.atlas.data import Atlas
from dashboard.drawing.arrangement import Arrangement, arrange, spots_of
from dashboard.drawing.courses import Course
from dashboard.drawing.fills import alliance_pattern, disputed_pattern, fill
from dashboard.drawing.gather import SymbolGroup
from dashboard.drawing.glyph_paths import glyph_path
from dashboard.drawing.naming import MapText, square
from dashboard.drawing.pen import Pen, area_path, line_path
from dashboard.drawing.sizes import BADGE, NODE, SMALL, SYMBOL
from dashboard.look.areas import HATCH_STRENGTH
from dashboard.look.strokes import BASE, TIES_COLOUR, TIES_WIDTH
from dashboard.look.units import INCH, PX
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.styled import StyledLine


def draw_map(axes: Axes, atlas: Atlas, sheet: Sheet) -> None:
    """Draw the map of a sheet.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        As large as `Layout.map`, or of its shape; its limits become the view's, in metres.
    atlas : Atlas
    sheet : Sheet
    """
    view, colours = sheet.view, sheet.colours
    box = axes.get_position()
    figure = axes.get_figure(root=True)
    assert figure is not None
    size = (
        float(box.width * figure.get_figwidth() * INCH),
        float(box.height * figure.get_figheight() * INCH),
    )
    axes.set(xlim=(view.x0, view.x1), ylim=(view.y0, view.y1), xticks=[], yticks=[])
    axes.set_aspect("auto")
    for spine in axes.spines.values():
        spine.set_visible(False)
    arrangement = arrange(atlas, sheet, size)
    pen = Pen(axes, size)
    _draw_base(pen, sheet, arrangement)
    _draw_lines(pen, sheet, arrangement)
    _draw_symbols(pen, sheet, arrangement)
    _draw_texts(pen, sheet, arrangement)
    axes.set_facecolor(colours["sea"])


def _draw_base(pen: Pen, sheet: Sheet, arrangement: Arrangement) -> None:
    view, colours, base, size = sheet.view, sheet.colours, arrangement.base, arrangement.size
    in_play = set(sheet.countries)
    order = sheet.brief.screen.alliance
    plain = [area for code, area in base.countries.items() if code not in in_play]
    drawn = [
        area for code, area in base.countries.items() if code in in_play and code not in sheet.fills
    ]
    for areas, colour in ((plain, "land"), (drawn, "land-in-play")):
        if areas:
            path = area_path(shapely.geometrycollections(areas), view, size)
            pen.fill(path, colours[colour], 1)
    for code, standings in sheet.fills.items():
        if code in base.countries:
            pattern = alliance_pattern(standings, sheet.brief.style, colours, order)
            path = area_path(base.countries[code], view, size)
            fill(pen.axes, path, pattern, pen.transform, 1.1)

    def stroke(name: str, path: Path, z: float) -> None:
        one = BASE[name]
        dash = [part * PX for part in one.dash]
        pen.stroke(path, colours[one.colour], one.width * PX, z, dash, round_=not dash)

    stroke("river", line_path(base.rivers, view, size), 1.5)
    lakes = area_path(base.lakes, view, size)
    pen.fill(lakes, colours["sea"], 1.6, colours["coast"], BASE["coast"].width * PX)
    stroke("coast", line_path(base.coast, view, size), 1.7)
    stroke("border", line_path(base.borders, view, size), 1.7)
    if any(entry.fill == "disputed" for entry in sheet.legend) or not sheet.legend:
        for area in base.disputed.values():
            path = area_path(area, view, size)
            fill(pen.axes, path, disputed_pattern(colours), pen.transform, 1.8, HATCH_STRENGTH)
            stroke("disputed", path, 1.85)


def _draw_lines(pen: Pen, sheet: Sheet, arrangement: Arrangement) -> None:
    halo = sheet.colours["halo"]
    z = 3.0

    def casing(line: StyledLine, way: Course, at: float) -> None:
        if line.stroke.casing:
            pen.stroke(way.path, halo, line.stroke.casing * PX, at)

    def main(line: StyledLine, way: Course, at: float) -> None:
        stroke = line.stroke
        dash = [part * PX for part in stroke.dash]
        pen.stroke(
            way.path,
            line.colour,
            stroke.width * PX,
            at,
            dash,
            line.opacity,
            round_=stroke.round or not dash,
        )
        if stroke.ties:
            ties = [part * PX for part in stroke.ties]
            pen.stroke(
                way.path, sheet.colours[TIES_COLOUR], TIES_WIDTH * PX, at, ties, round_=False
            )

    pairs = list(zip(sheet.lines, arrangement.courses, strict=True))
    legs = [(line, way) for line, way in pairs if line.leg]
    others = [(line, way) for line, way in pairs if not line.leg]
    # All casings first: that of the next leg would cut into the one before.
    for line, way in legs:
        casing(line, way, z)
    for line, way in legs:
        main(line, way, z + 0.1)
    for index, (line, way) in enumerate(others):
        at = z + 0.2 + index * 0.001
        casing(line, way, at)
        main(line, way, at)
        for head in way.heads:
            outline = Path(np.vstack([head.outline, head.outline[:1]]), closed=True)
            pen.fill(outline, halo, at, halo, 1.4)
            pen.fill(outline, line.colour, at, alpha=max(line.opacity, 0.75))
    if len(arrangement.nodes):
        dots = [Path.circle(tuple(at), NODE) for at in arrangement.nodes]
        ink = sheet.colours["ink"]
        pen.many(dots, [sheet.colours["paper"]], 3.8, [ink], 0.9)


def _placed(path: Path, x: float, y: float, side: float) -> Path:
    return Path(np.asarray(path.vertices) * side + [x, y], path.codes)


def _draw_symbols(pen: Pen, sheet: Sheet, arrangement: Arrangement) -> None:
    colours = sheet.colours
    spots = spots_of(sheet, arrangement.size)
    bodies: list[Path] = []
    fills: list[str] = []
    edges: list[str] = []
    marks: list[Path] = []
    mark_colours: list[str] = []
    leaders: list[np.ndarray] = []
    trues: list[tuple[float, float]] = []
    for group in arrangement.groups:
        if group.ring:
            _draw_ring(pen, sheet, group)
            shown = [(spots[list(group.members)].mean(axis=0), (group.x, group.y), group.radius)]
        else:
            shown = []
            for member, (x, y) in zip(group.members, group.at, strict=True):
                symbol = sheet.symbols[member]
                shape, mark = glyph_path(symbol.of.glyph), glyph_path(symbol.of.glyph, "mark")
                assert shape is not None
                bodies.append(_placed(shape, x, y, SYMBOL))
                fills.append(colours["paper"] if symbol.light else symbol.colour)
                edges.append(symbol.colour if symbol.light else colours["paper"])
                if mark is not None:
                    marks.append(_placed(mark, x, y, SYMBOL))
                    mark_colours.append(symbol.colour if symbol.light else colours["mark"])
                shown.append((spots[member], (x, y), SYMBOL / 2))
        for true, (x, y), radius in shown:
            if np.hypot(true[0] - x, true[1] - y) > radius * 0.9:
                leaders.append(np.array([true, [x, y]]))
                trues.append((float(true[0]), float(true[1])))
    for leader in leaders:
        pen.stroke(Path(leader), colours["halo"], 2.0, 4.0)
    for leader in leaders:
        pen.stroke(Path(leader), colours["ink-soft"], 0.7, 4.01)
    pen.many(
        [Path.circle(at, 1.5) for at in dict.fromkeys(trues)],
        [colours["ink"]],
        4.1,
        [colours["paper"]],
        0.5,
    )
    halo = colours["halo"]
    pen.many(bodies, [halo], 4.2, [halo], 2.4)
    pen.many(bodies, fills, 4.3, edges, 1.1)
    pen.many(marks, mark_colours, 4.4)


def _draw_ring(pen: Pen, sheet: Sheet, group: SymbolGroup) -> None:
    colours = sheet.colours
    shares: dict[str, int] = {}
    for member in group.members:
        colour = sheet.symbols[member].colour
        shares[colour] = shares.get(colour, 0) + 1
    paths, fills = [], []
    turned = 90.0
    for colour, share in shares.items():
        step = 360 * share / len(group.members)
        wedge = Path.wedge(turned - step, turned) if len(shares) > 1 else Path.unit_circle()
        turned -= step
        paths.append(_placed(wedge, group.x, group.y, group.radius - 0.6))
        fills.append(colour)
    at = (group.x, group.y)
    outer = Path.circle(at, group.radius)
    pen.fill(outer, colours["paper"], 4.2, colours["halo"], 1.2)
    pen.many(paths, fills, 4.3)
    pen.fill(Path.circle(at, group.radius * 0.66), colours["paper"], 4.4)
    count = str(len(group.members))
    size = 8.6 if len(group.members) < 10 else 9.2
    pen.text(
        MapText(count, "count", group.x, group.y, size, square(group.x, group.y, group.radius)),
        colours["ink"],
        4.5,
        "bold",
    )


def _draw_texts(pen: Pen, sheet: Sheet, arrangement: Arrangement) -> None:
    colours = sheet.colours
    styles: Mapping[str, tuple[str, str, bool]] = {
        "country": (colours["ink-soft"], "semibold", False),
        "place": (colours["ink"], "normal", False),
        "water": (colours["ink-water"], "normal", True),
    }
    for text in (*arrangement.texts, *arrangement.badges):
        if text.leader:
            x0, y0, x1, y1 = text.leader
            path = Path([(x0, y0), (x1, y1)])
            pen.stroke(path, colours["halo"], 1.8, 4.15)
            pen.stroke(path, colours["ink-soft"], 0.6, 4.16)
    for text in arrangement.texts:
        colour, weight, italic = styles[text.kind]
        halo = colours["sea" if text.kind == "water" else "halo"]
        pen.text(text, colour, 5, weight, italic, halo)
    for badge in arrangement.badges:
        disc = Path.circle((badge.x, badge.y), BADGE)
        pen.fill(disc, colours["ink"], 6, colours["paper"], 1.0)
        pen.text(badge, colours["paper"], 6.1, "bold")
    _draw_scale(pen, sheet, arrangement)


def _draw_scale(pen: Pen, sheet: Sheet, arrangement: Arrangement) -> None:
    colours, scale = sheet.colours, arrangement.scale
    at, align = (arrangement.size[0] - 9.0, "right") if scale.right else (9.0, "left")
    name = MapText(sheet.view.name, "scale", at, 8.0, SMALL, scale.box)
    pen.text(name, colours["ink-soft"], 6, halo=colours["halo"], align=align)
    if not scale.km:
        return
    x, y, end = scale.x, scale.y, scale.x + scale.length
    bar = Path([(x, y + 3), (x, y), (end, y), (end, y + 3)])
    pen.stroke(bar, colours["halo"], 3.0, 6, round_=False)
    pen.stroke(bar, colours["ink"], 0.9, 6.05, round_=False)
    words = MapText(f"{scale.km:,} km", "scale", x + scale.length / 2, y + 6.8, 7.0, scale.box)
    pen.text(words, colours["ink"], 6, halo=colours["halo"])
