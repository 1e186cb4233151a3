"""Samples of the legend: strokes with their heads, symbols, fills; drawn as on the map.

Strokes and symbols have the map's own sizes, in CSS pixels (1/96 inch); places are inches.
"""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from dashboard.drawing.canvas import Canvas
from dashboard.drawing.fills import alliance_pattern, disputed_pattern
from dashboard.drawing.glyph_paths import glyph_path
from dashboard.look.heads import HEADS
from dashboard.look.strokes import BASE, TIES_COLOUR, TIES_WIDTH
from dashboard.look.units import INCH, PX
from dashboard.sheet.sheet import Sheet
from dashboard.sheet.styled import LegendEntry, StyledFill

_INCH = PX / INCH
_RIM = 0.5 * _INCH


def draw_glyph(
    canvas: Canvas, name: str, x: float, y: float, size: float, body: str, mark: str
) -> None:
    """Draw a symbol around a point.

    Parameters
    ----------
    canvas : Canvas
    name : str
        Key of `dashboard.atlas.layers.GLYPHS`.
    x, y, size : float
        Its middle and its width in inches.
    body, mark : str
        Colours of its shape and of the mark on it.
    """
    placed = Affine2D().scale(size, -size).translate(x, y)
    shape, drawing = glyph_path(name), glyph_path(name, "mark")
    if shape is not None:
        canvas.path(placed.transform_path(shape), body)
    if drawing is not None:
        canvas.path(placed.transform_path(drawing), mark)


def draw_badge(
    canvas: Canvas, x: float, y: float, radius: float, number: int, colours: Mapping[str, str]
) -> None:
    """Draw a key point's number: an ink disc with a paper figure, here and on the map."""
    canvas.disc(x, y, radius, colours["ink"])
    size = radius * INCH * 1.36
    canvas.text(
        x, y + size * 0.325 / INCH, str(number), size, colours["paper"], "bold", align="center"
    )


def draw_sample(
    canvas: Canvas,
    entry: LegendEntry,
    x: float,
    y: float,
    width: float,
    size: float,
    sheet: Sheet,
) -> None:
    """Draw what an entry of the legend explains.

    Parameters
    ----------
    canvas : Canvas
    entry : LegendEntry
    x : float
        Left edge in inches.
    y : float
        Middle in inches.
    width : float
        Room in inches.
    size : float
        Type of the legend, in points; symbols and swatches go with it, strokes keep their width.
    sheet : Sheet
        Whose style and colours it has.
    """
    high, colours = size / INCH, sheet.colours
    if entry.stroke is not None:
        _draw_stroke(canvas, entry, x, y, width, colours)
    elif entry.glyph is not None:
        side, middle = min(width, high * 1.42), x + width / 2
        draw_glyph(canvas, entry.glyph, middle, y, side, entry.colour, colours["mark"])
    elif entry.fill == "dot":
        canvas.disc(x + width / 2, y, high * 0.44, entry.colour)
    elif entry.fill == "outline":
        canvas.disc(x + width / 2, y, high * 0.4, colours["paper"], entry.colour, 1.5)
    else:
        _draw_swatch(canvas, entry, x, y - high * 0.45, width, high * 0.9, sheet)


def _draw_stroke(
    canvas: Canvas, entry: LegendEntry, x: float, y: float, width: float, colours: Mapping[str, str]
) -> None:
    stroke = entry.stroke
    assert stroke is not None
    end = x + width
    if entry.head:
        head = HEADS[entry.head]
        # The head ends where the sample does.
        at = end - head.tip * _INCH
        outline = Affine2D().scale(_INCH).translate(at, y).transform(head.outline)
        end = at + head.stop * _INCH
    if stroke.round:
        # What is round stands out by half its width.
        x += stroke.width / 2 * _INCH
    canvas.line((x, y), (end, y), entry.colour, stroke.width, stroke.dash, stroke.round)
    if stroke.ties:
        canvas.line((x, y), (end, y), colours[TIES_COLOUR], TIES_WIDTH, stroke.ties)
    if entry.head:
        canvas.path(Path([*outline, outline[0]], closed=True), entry.colour)


def _draw_swatch(
    canvas: Canvas,
    entry: LegendEntry,
    x: float,
    y: float,
    width: float,
    height: float,
    sheet: Sheet,
) -> None:
    colours, brief = sheet.colours, sheet.brief
    # Its rim lies within the room, too.
    x, y, width, height = x + _RIM, y + _RIM, width - 2 * _RIM, height - 2 * _RIM
    outline_ = Path(
        [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)], closed=True
    )
    if entry.fill == "disputed":
        canvas.pattern(x, y, width, height, disputed_pattern(colours))
        rim = BASE["disputed"]
        canvas.path(outline_, stroke=colours[rim.colour], width=rim.width, dash=rim.dash)
        return
    standing = StyledFill(entry.alliance or "", entry.colour, entry.fill != "lesser")
    pattern = alliance_pattern([standing], brief.style, colours, brief.screen.alliance)
    canvas.pattern(x, y, width, height, pattern)
    rim = BASE["border"]
    canvas.path(outline_, stroke=colours[rim.colour], width=rim.width)
