"""A sheet's records for a GIS."""

from dashboard.formats.format import Format, Order


class GeoPackage(Format):
    """A sheet's records for a GIS."""

    id = "gpkg"
    label = "GeoPackage"
    help = "The records shown, for a GIS."
    media_type = "application/geopackage+sqlite3"

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats import records

        return records.geopackage(order.atlas, order.sheet)
