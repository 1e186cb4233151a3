"""What surrounds each page: title, links, filters, panel, and what is said of a failure."""
