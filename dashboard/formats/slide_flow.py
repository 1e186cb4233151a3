"""Blocks of text that flow from one slide to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from dashboard.formats.slide_text import Paragraph, height_of, lines_of
from dashboard.look.units import INCH
from dashboard.sheet.fitting import LEADING


@dataclass(frozen=True)
class Block:
    """A paragraph of a text that flows through columns.

    Attributes
    ----------
    paragraph : Paragraph
    heading : bool
        Whether it must not stand last in a column.
    fresh : bool
        Whether a new column begins with it.
    """

    paragraph: Paragraph
    heading: bool = False
    fresh: bool = False


def flow(
    blocks: Sequence[Block], size: float, width: float, height: float
) -> list[list[Paragraph]]:
    """Divide a long text into columns, none of which overflows.

    Parameters
    ----------
    blocks : sequence of Block
    size : float
        Points.
    width, height : float
        Inches of a column.

    Returns
    -------
    list of list of Paragraph
        The columns. A paragraph that is higher than a column is divided between words.
    """

    @cache
    def tall(paragraph: Paragraph) -> float:
        return height_of([paragraph], size, width)

    pieces = [piece for block in blocks for piece in _pieces(block, size, width, height)]
    columns: list[list[Paragraph]] = [[]]
    used = 0.0
    for block, following in pairwise([*pieces, None]):
        assert block is not None
        needed = tall(block.paragraph)
        if block.heading and following is not None:
            needed += tall(following.paragraph)
        if columns[-1] and (block.fresh or used + needed > height):
            columns.append([])
            used = 0.0
        columns[-1].append(block.paragraph)
        used += tall(block.paragraph)
    return columns


def _pieces(block: Block, size: float, width: float, height: float) -> list[Block]:
    """A block in parts that are each no higher than a column."""
    paragraph = block.paragraph
    most = int((height * INCH / (size * paragraph.scale) - paragraph.after) / LEADING)
    lines = lines_of(paragraph, size, width)
    if len(lines) <= most:
        return [block]
    head, tab, _ = "".join(run.text for run in paragraph.runs).partition("\t")
    hanging = (replace(paragraph.runs[0], text=f"{head}\t"),) if tab else ()
    look = paragraph.runs[-1]
    return [
        replace(
            block,
            paragraph=replace(
                paragraph,
                runs=(*hanging[: n == 0], replace(look, text=" ".join(lines[n : n + most]))),
            ),
            fresh=block.fresh and n == 0,
        )
        for n in range(0, len(lines), max(most, 1))
    ]
