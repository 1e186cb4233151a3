"""Sheets as slides."""

from dashboard.formats.format import Format, Offer, Order


class Pptx(Format):
    """Sheets as slides."""

    id = "pptx"
    label = "PowerPoint"
    help = "A slide with editable text, notes and sources."
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    several = True
    further = (
        Offer(
            "deck", "Deck by theme", "An overview, a slide for each theme, sources.", themes=True
        ),
    )

    def write(self, order: Order) -> bytes:
        """Write the file."""
        from dashboard.formats.slides import deck

        return deck(order.atlas, order.sheets, order.progress)
