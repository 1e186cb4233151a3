"""A matplotlib figure drawn on in inches from its upper left corner, as a sheet's layout is."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text as MatplotlibText
from matplotlib.transforms import Affine2D, Transform

from dashboard.drawing.fills import Pattern, drawn_stripes
from dashboard.look.units import INCH, PX
from dashboard.sheet.fitting import Rect
from dashboard.sheet.fonts import clean, font


class Canvas:
    """A figure with the sheet's units.

    Parameters
    ----------
    width, height : float
        Inches.
    background : str
        ``#rrggbb``.
    """

    def __init__(self, width: float, height: float, background: str) -> None:
        self.width = width
        self.height = height
        self.figure = Figure(figsize=(width, height), facecolor=background, edgecolor="none")
        self.inches: Transform = (
            Affine2D().scale(1, -1).translate(0, height) + self.figure.dpi_scale_trans
        )

    def add(self, artist: Artist) -> None:
        """Add something whose coordinates are inches."""
        artist.set_transform(self.inches)
        artist.set_clip_on(False)
        self.figure.add_artist(artist, clip=False)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        colour: str,
        weight: str = "normal",
        align: str = "left",
    ) -> MatplotlibText:
        """Write one line.

        Parameters
        ----------
        x, baseline : float
            Inches; where the line starts, has its middle or ends, by `align`.
        text : str
            Anything; it is never read as a formula.
        size : float
            Points.
        colour : str
            ``#rrggbb``.
        weight : str
            As in `dashboard.sheet.fonts.font`.
        align : str
            ``left``, ``center`` or ``right``.

        Returns
        -------
        matplotlib.text.Text
            To be given, for instance, an address that it leads to.
        """
        return self.figure.text(
            x,
            baseline,
            clean(text),
            transform=self.inches,
            fontproperties=font(size, weight),
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def path(
        self,
        path: Path,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        round_: bool = False,
    ) -> None:
        """Draw a path.

        Parameters
        ----------
        path : matplotlib.path.Path
            In inches.
        fill, stroke : str, optional
            Colours; None for none.
        width : float
            Of the stroke, in pixels of 1/96 inch.
        dash : sequence of float
            Strokes and gaps in pixels.
        round_ : bool
            Whether strokes end round.
        """
        cap = "round" if round_ else "butt"
        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=stroke or "none",
            linewidth=width * PX,
            # matplotlib takes dashes as multiples of the width.
            linestyle=(0, tuple(length / width for length in dash)) if dash and width else "solid",
            capstyle=cap,
            joinstyle="round",
        )
        self.add(patch)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        width: float,
        dash: Sequence[float] = (),
        round_: bool = False,
    ) -> None:
        """Draw a straight line; see `path`."""
        self.path(Path([start, end]), stroke=colour, width=width, dash=dash, round_=round_)

    def disc(
        self, x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 0
    ) -> None:
        """Draw a disc; radius in inches, width of the rim in pixels."""
        self.add(Circle((x, y), radius, facecolor=fill, edgecolor=stroke, linewidth=width * PX))

    def rectangle(
        self, rect: Rect, fill: str = "none", stroke: str = "none", rim: float = 0
    ) -> None:
        """Draw a rectangle; rim in pixels."""
        patch = Rectangle((rect.x, rect.y), rect.width, rect.height)
        patch.set(facecolor=fill, edgecolor=stroke, linewidth=rim * PX)
        self.add(patch)

    def pattern(self, x: float, y: float, width: float, height: float, pattern: Pattern) -> None:
        """Fill a rectangle as an area of the map is filled."""
        if pattern.base:
            self.rectangle(Rect(x, y, width, height), pattern.base)
        # Patterns are defined in points, y up.
        points = Affine2D().scale(1 / INCH, -1 / INCH).translate(x, y + height) + self.inches
        high, wide = height * INCH, width * INCH
        outline = Path([(0, 0), (wide, 0), (wide, high), (0, high), (0, 0)], closed=True)
        for stripes in pattern.stripes:
            lines = drawn_stripes(stripes, (0, 0, wide, high), points)
            self.figure.add_artist(lines, clip=False)
            lines.set_clip_path(outline, points)
