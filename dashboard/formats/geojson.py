"""A sheet's records as features."""

from dashboard.formats.format import Format, Order


class GeoJson(Format):
    """A sheet's records as features."""

    id = "geojson"
    label = "GeoJSON"
    help = "The records shown."
    media_type = "application/geo+json"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import records

        return records.geojson(order.atlas, order.sheet)
