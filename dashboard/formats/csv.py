"""A sheet's records as a table."""

from dashboard.formats.format import Format, Order


class Csv(Format):
    """A sheet's records as a table."""

    id = "csv"
    label = "CSV"
    help = "The records shown, as a table."
    media_type = "text/csv"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import records

        return records.csv(order.atlas, order.sheet)
