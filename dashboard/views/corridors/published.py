"""What others publish of the routes, beside what we measure. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.english import in_km
from annotations.parts import Published
from dashboard.atlas.card_parts import Item
from dashboard.look.markup import templates
from dashboard.views.corridors.choice import Choice


@dataclass(frozen=True)
class PublishedFigure:
    """A published figure beside what we compute."""

    corridor: Item
    published: Published
    computed: str


def _span(numbers: Sequence[float]) -> str:
    low, high = f"{min(numbers):,.0f}", f"{max(numbers):,.0f}"
    return low if low == high else f"{low}–{high}"


def published_figures(choice: Choice) -> list[PublishedFigure]:
    """Published figures of the chosen corridors, each beside what the drawn lines give.

    A figure concerns every way through its corridor, or through the branch that it names. Times
    are not computed: what a time would mean in kilometres a day is.

    Parameters
    ----------
    choice : Choice

    Returns
    -------
    list of PublishedFigure
    """
    found = []
    every = list(choice.study.routes.values())
    for record in dict.fromkeys(route.record.id for route in choice.routes):
        own = [route for route in every if route.record.id == record]
        for published in own[0].record.published:
            lengths = [
                route.km
                for route in every
                if route.record.id == (published.corridor or record)
                and published.branch in (None, route.branch.id)
            ]
            if lengths and published.days:
                speeds = [min(lengths) / published.days[-1], max(lengths) / published.days[0]]
                computed = f"would mean {_span(speeds)} km a day over {_span(lengths)} km"
            elif lengths and published.length:
                ways = f" ({len(lengths)} ways)" if len(lengths) > 1 else ""
                computed = f"{_span(lengths)} km as drawn{ways}"
            else:
                computed = "not computed"
            corridor = Item(own[0].record.title, record)
            found.append(PublishedFigure(corridor, published, computed))
        for route in choice.routes:
            if route.record.id != record:
                continue
            for stretch in route.stretches:
                if stretch.leg.published_km:
                    # Put together of texts that are valid: together they may be longer than one.
                    published = Published.model_construct(
                        what=f"{stretch.from_name} – {stretch.to_name}",
                        value=f"{stretch.leg.published_km} km",
                        reference=stretch.leg.note or "As in the dossier's leg.",
                    )
                    corridor = Item(route.label, record)
                    words_ = f"{in_km(stretch.km)} as drawn"
                    if all(
                        (f.published.what, f.published.value) != (published.what, published.value)
                        for f in found
                    ):
                        found.append(PublishedFigure(corridor, published, words_))
    return found


def figures_html(choice: Choice) -> str:
    """Published figures beside computed ones, as an HTML table."""
    return templates.get_template("views/corridors/figures.html").render(
        figures=published_figures(choice)
    )
