"""A sheet as a picture."""

from dashboard.formats.format import PAPER_DPI, Format, Offer, Order


class Png(Format):
    """A sheet as a picture."""

    id = "png"
    label = "PNG"
    help = "A picture, twice as fine as a screen."
    media_type = "image/png"
    dots = True
    further = (Offer("png-300", "PNG 300 dpi", "A picture for paper.", PAPER_DPI),)

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import paper

        return paper.png(order.atlas, order.sheet, order.dpi)
