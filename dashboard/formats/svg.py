"""A sheet as a drawing."""

from dashboard.formats.format import Format, Order


class Svg(Format):
    """A sheet as a drawing."""

    id = "svg"
    label = "SVG"
    help = "A drawing to edit; text stays text."
    media_type = "image/svg+xml"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import paper

        return paper.svg(order.atlas, order.sheet)
