"""A sheet as a page to print."""

from dashboard.formats.format import Format, Order


class Pdf(Format):
    """A sheet as a page to print."""

    id = "pdf"
    label = "PDF"
    help = "A page to print, sharp at any size."
    media_type = "application/pdf"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import paper

        return paper.pdf(order.atlas, order.sheet)
