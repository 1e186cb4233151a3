"""All of a sheet that is not the map: head, key points, legend, evidence key and foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.vocabulary import EvidenceStatus
from dashboard.atlas.layers import FIRM
from dashboard.drawing.canvas import Canvas
from dashboard.drawing.signs import draw_badge, draw_sample
from dashboard.look.units import POINT
from dashboard.sheet.fitting import (
    LEADING,
    NUMBER_WIDTH,
    Rect,
    Text,
    height_of,
    point_gap,
    point_size,
)
from dashboard.sheet.fonts import is_right_to_left, width_of, wrap
from dashboard.sheet.layout import set_legend
from dashboard.sheet.legend import Arranged, line_height, sample_width
from dashboard.sheet.sheet import Sheet

ASCENT = 0.95
"""From the top of a line to its baseline, as a multiple of the size of type."""

MIDDLE = 0.3
"""From a baseline up to the middle of the letters, as a multiple of the size of type."""

MAP_RIM = 0.8
"""Pixels: where the sea is as pale as the paper, the map still has an edge."""


def draw_furniture(canvas: Canvas, sheet: Sheet, links: bool = False) -> None:
    """Draw all but the map.

    Parameters
    ----------
    canvas : Canvas
        As large as the sheet's frame.
    sheet : Sheet
    links : bool
        Whether the address in the foot can be clicked.
    """
    layout, colours = sheet.layout, sheet.colours
    _draw_text(canvas, layout.title, colours["ink"], "bold")
    _draw_text(canvas, layout.subtitle, colours["ink-soft"])
    _draw_text(canvas, layout.filters, colours["ink"], "semibold")
    if layout.points:
        draw_points(canvas, [point.text for point in sheet.points], layout.points, colours)
    legend = set_legend(layout, sheet.legend)
    if layout.legend and legend:
        if layout.points and layout.beside:
            middle = (layout.points.bottom + layout.legend.y) / 2
            rule = layout.legend
            canvas.line((rule.x, middle), (rule.right, middle), colours["rule"], 1)
        draw_legend(canvas, legend, layout.legend.x, layout.legend.y, sheet)
    canvas.rectangle(layout.map, stroke=colours["rule"], rim=MAP_RIM)
    draw_evidence(canvas, sheet.evidence, layout.evidence, colours)
    _draw_footer(canvas, sheet, links)


def _draw_text(canvas: Canvas, text: Text, colour: str, weight: str = "normal") -> None:
    """Lines in their rectangle; what is written from right to left stands at the right."""
    from_right = bool(text.lines) and is_right_to_left(text.lines[0])
    for number, line in enumerate(text.lines):
        canvas.text(
            text.rect.right if from_right else text.rect.x,
            text.rect.y + (number * LEADING + ASCENT) * text.size * POINT,
            line,
            text.size,
            colour,
            weight,
            align="right" if from_right else "left",
        )


# --- key points --------------------------------------------------------------------------------


def draw_points(
    canvas: Canvas, points: Sequence[str], room: Rect, colours: Mapping[str, str]
) -> None:
    """Draw key points with their numbers.

    Parameters
    ----------
    canvas : Canvas
    points : sequence of str
    room : Rect
        Type is chosen so that they fit.
    colours : mapping of str
    """
    size = point_size(points, room)
    radius = min(size * 0.66 * POINT, NUMBER_WIDTH * 0.42)
    y = room.y
    for number, point in enumerate(points, start=1):
        baseline = y + ASCENT * size * POINT
        middle = baseline - MIDDLE * size * POINT
        draw_badge(canvas, room.x + radius, middle, radius, number, colours)
        width = room.width - NUMBER_WIDTH
        lines = tuple(wrap(point, size, width))
        high = height_of(len(lines), size)
        rect = Rect(room.x + NUMBER_WIDTH, y, width, high)
        _draw_point(canvas, point, Text(lines, size, rect), colours)
        y += high + point_gap(size)


def _draw_point(canvas: Canvas, point: str, text: Text, colours: Mapping[str, str]) -> None:
    """Lines of a point; the bracket at its end, which says on what ground, is softer."""
    from_right = is_right_to_left(point)
    opening = point.rfind(" (") if point.endswith(")") and not from_right else -1
    # Brackets count themselves: breaks take spaces away, and a long word has none.
    soft_from = len(point[:opening].replace(" ", "")) if opening > 0 else len(point)
    passed, size, rect = 0, text.size, text.rect
    for number, line in enumerate(text.lines):
        y = rect.y + (ASCENT + number * LEADING) * size * POINT
        firm, soft = _split(line, soft_from - passed)
        passed += len(line.replace(" ", ""))
        if from_right:
            canvas.text(rect.right, y, line, size, colours["ink"], align="right")
            continue
        if firm:
            canvas.text(rect.x, y, firm, size, colours["ink"])
        if soft:
            start = rect.x + (width_of(f"{firm} ", size) if firm else 0.0)
            canvas.text(start, y, soft, size, colours["ink-soft"])


def _split(line: str, letters: int) -> tuple[str, str]:
    """Divide a line after so many characters that are no spaces."""
    if letters <= 0:
        return "", line
    seen = 0
    for at, character in enumerate(line):
        seen += character != " "
        if seen == letters:
            return line[: at + 1], line[at + 1 :].lstrip()
    return line, ""


# --- legend ------------------------------------------------------------------------------------


def draw_legend(canvas: Canvas, legend: Arranged, x: float, y: float, sheet: Sheet) -> None:
    """Draw a legend that is set, its upper left corner at a point (inches)."""
    size, colours = legend.size, sheet.colours
    for item in legend.items:
        left = x + item.x
        baseline = y + item.y + size * 0.88 * POINT
        weight, colour = "normal", colours["ink"]
        if item.heading:
            weight, colour = "semibold", colours["ink-soft"]
        elif item.entry is None:
            colour = colours["ink-soft"]
        if item.entry is not None:
            room = sample_width(item.entry, size)
            middle = baseline - MIDDLE * size * POINT
            draw_sample(canvas, item.entry, left, middle, room, size, sheet)
            left += room + 0.55 * size * POINT
        for number, line in enumerate(item.lines):
            canvas.text(left, baseline + number * line_height(size), line, size, colour, weight)


# --- evidence ----------------------------------------------------------------------------------

EVIDENCE_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Points; the first at which the key takes one line."""

INTRODUCTION = "How firmly the article puts it"
LIGHTER = "drawn lighter:"


def evidence_words(status: EvidenceStatus, count: int) -> str:
    """An entry of the evidence key: ``Allegation 3``."""
    words = f"{status.label} {count}"
    return f"{words} (not in the article)" if status is EvidenceStatus.CONTEXT else words


def _strength(status: EvidenceStatus) -> int:
    return 2 if status is EvidenceStatus.CONTEXT else int(status not in FIRM)


def draw_evidence(
    canvas: Canvas,
    evidence: Sequence[tuple[EvidenceStatus, int]],
    room: Rect,
    colours: Mapping[str, str],
) -> None:
    """Draw how many records the article puts how firmly, in one line.

    Parameters
    ----------
    canvas : Canvas
    evidence : sequence of (EvidenceStatus, int)
    room : Rect
        Type is chosen so that it fits the width.
    colours : mapping of str
    """
    # What is firm, what is not, and what the article does not say, each together.
    ordered = sorted(evidence, key=lambda pair: _strength(pair[0]))
    entries: list[tuple[EvidenceStatus | None, str]] = [
        (status, evidence_words(status, count)) for status, count in ordered
    ]
    first_light = next((n for n, (status, _) in enumerate(ordered) if status not in FIRM), None)
    if first_light is not None:
        entries.insert(first_light, (None, LIGHTER))

    def widths(size: float) -> list[float]:
        sign = size * 1.25 * POINT
        return [
            width_of(INTRODUCTION, size, "semibold"),
            *(width_of(words, size) + (sign if status else 0.0) for status, words in entries),
        ]

    for size in EVIDENCE_SIZES:
        gap = size * 1.3 * POINT
        if sum(widths(size)) + gap * len(entries) <= room.width:
            break
    baseline = room.y + room.height * 0.74
    middle = baseline - MIDDLE * size * POINT
    radius = size * 0.4 * POINT
    x = room.x
    taken = widths(size)
    canvas.text(x, baseline, INTRODUCTION, size, colours["ink-soft"], "semibold")
    x += taken[0] + gap
    for (status, words), width in zip(entries, taken[1:], strict=True):
        soft = colours["ink-soft"]
        if status is None:
            canvas.text(x, baseline, words, size, soft)
            x += width + gap * 0.6
            continue
        if status is EvidenceStatus.CONTEXT:
            canvas.disc(x + radius, middle, radius * 0.5, soft)
        elif status in FIRM:
            canvas.disc(x + radius, middle, radius, soft)
        else:
            canvas.disc(x + radius, middle, radius * 0.86, colours["paper"], soft, 1.3)
        canvas.text(x + size * 1.25 * POINT, baseline, words, size, colours["ink"])
        x += width + gap


# --- foot --------------------------------------------------------------------------------------


def _draw_footer(canvas: Canvas, sheet: Sheet, links: bool) -> None:
    footer = sheet.layout.footer
    url = sheet.link if links and sheet.link.startswith(("http://", "https://")) else None
    # The address ends the foot: the lines that hold a part of it lead there.
    left = len("".join(footer.lines).replace(" ", "")) - len(sheet.link.replace(" ", ""))
    passed = 0
    for number, line in enumerate(footer.lines):
        passed += len(line.replace(" ", ""))
        written = canvas.text(
            footer.rect.x,
            footer.rect.y + (number * LEADING + ASCENT) * footer.size * POINT,
            line,
            footer.size,
            sheet.colours["ink-soft"],
        )
        if passed > left:
            written.set_url(url)
