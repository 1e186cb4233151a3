"""A sheet as a page that needs nothing else."""

from dashboard.formats.format import Format, Order


class Html(Format):
    """A sheet as a page that needs nothing else."""

    id = "html"
    label = "HTML"
    help = "The interactive map in one file; needs no network."
    media_type = "text/html"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import standalone

        return standalone.html(order.atlas, order.sheet)
