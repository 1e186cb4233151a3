"""The routes chosen, side by side, row by row. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from annotations.english import in_km, listed
from annotations.vocabulary import LegMode, LegStatus
from dashboard.atlas.card_parts import Item
from dashboard.look.markup import templates
from dashboard.views.corridors.choice import Choice
from dashboard.views.corridors.route import DEFINITIONS, Route


@dataclass(frozen=True)
class ComparisonRow:
    """One measure of all routes.

    Attributes
    ----------
    label : str
    cells : list of list of Item
        For each route, in order.
    definition : str
        What is counted.
    head : str
        Class of the row: ``main``, ``part``, ``closed``, ``inline`` or ``list``.
    """

    label: str
    cells: list[list[Item]]
    definition: str = ""
    head: str = ""


def _counted(things: Sequence[Item]) -> list[Item]:
    return [Item(str(len(things))), *things]


def _closed_cell(choice: Choice, route: Route) -> list[Item]:
    found = choice.detours[route.id]
    if not found:
        return [Item("not affected")]
    items = []
    now = choice.km_now(route)
    if now is not None:
        items.append(Item(in_km(now), note=f"+{in_km(now - route.km)}"))
    for detour in found:
        first, last = route.stretches[detour.first], route.stretches[detour.last]
        if detour.line is None:
            where = f"from {first.from_name} to {last.to_name}"
            items.append(Item("No way by sea remains", note=where))
        elif detour.passes:
            items.append(Item("", note=f"by {choice.names(detour.passes)}"))
    return items


def comparison_rows(choice: Choice) -> list[ComparisonRow]:
    """The routes side by side.

    Parameters
    ----------
    choice : Choice

    Returns
    -------
    list of ComparisonRow
        Lengths, what must be done on the way, what is passed, what threatens.
    """
    routes = choice.routes
    rows = [
        ComparisonRow(
            "Length",
            [[Item(in_km(route.km))] for route in routes],
            DEFINITIONS["Length"],
            "main",
        )
    ]
    if choice.closed:
        rows.append(
            ComparisonRow(
                f"With {choice.names(choice.closed)} closed",
                [_closed_cell(choice, route) for route in routes],
                "Voyages that pass what is closed are sailed anew, from port to port, along the "
                "lanes that remain.",
                "closed",
            )
        )
    for mode in LegMode:
        if any(mode in route.km_by_mode for route in routes):
            lengths = [route.km_by_mode.get(mode) for route in routes]
            cells = [[Item(in_km(km) if km else "–")] for km in lengths]
            rows.append(ComparisonRow(mode.label, cells, mode.definition, "part"))
    rows += [
        ComparisonRow(
            "Operates",
            [[Item(_percent(route.operating_share)), *_rest(route)] for route in routes],
            DEFINITIONS["Operates"],
        ),
        ComparisonRow(
            "Transshipments",
            [
                _counted([Item("", note=f"{c.place}: {c.what}") for c in route.transshipments])
                for route in routes
            ],
            DEFINITIONS["Transshipments"],
        ),
        ComparisonRow(
            "Gauge breaks",
            [
                _counted([Item("", note=f"{c.place}: {c.what}") for c in route.gauge_breaks])
                for route in routes
            ],
            "Where the railway's gauge differs from that of the last railway before it, whatever "
            "lies between.",
        ),
        ComparisonRow(
            "Borders on land",
            [_borders(choice, route) for route in routes],
            DEFINITIONS["Borders"],
        ),
        ComparisonRow(
            "Countries",
            [[choice.country(code) for code in route.countries] for route in routes],
            "Crossed on land or by canal, or called at.",
            "inline",
        ),
        ComparisonRow(
            "Chokepoints",
            [
                [choice.chokepoint(place) for place in route.chokepoints] or [Item("none")]
                for route in routes
            ],
            DEFINITIONS["Chokepoints"],
            "inline",
        ),
        ComparisonRow(
            "Threatened by",
            [_threats(route) for route in routes],
            DEFINITIONS["Threats"],
            "list",
        ),
    ]
    return rows


def _percent(share: float) -> str:
    """A share in percent; no decimals where it is whole: ``97.7 %``, ``100 %``."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _rest(route: Route) -> list[Item]:
    """What does not operate: ``gap 154 km``."""
    items = []
    for status, km in route.km_by_status.items():
        if status is LegStatus.OPERATING:
            continue
        published = [
            f"published {s.leg.published_km} km"
            for s in route.stretches
            if s.leg.status is status and s.leg.published_km
        ]
        items.append(Item("", note=", ".join([f"{status.label.lower()} {in_km(km)}", *published])))
    return items


def _borders(choice: Choice, route: Route) -> list[Item]:
    def name(code: str) -> str:
        return choice.country(code).text

    items = [Item("", note=f"{name(b.out_of)} → {name(b.into)}: {b.where}") for b in route.borders]
    found = _counted(items)
    if route.corners:
        km = sum(corner.km for corner in route.corners)
        clipped = listed(list(dict.fromkeys(name(c.country) for c in route.corners)))
        found.append(Item("", note=f"and {in_km(km)} through corners of {clipped}"))
    return found


def _threats(route: Route) -> list[Item]:
    items: list[Item] = []
    for threat in route.threats:
        items.append(Item(threat.attack.title, threat.attack.id, threat.attack.when.words))
        items += [Item(record.title, record.id, "behind it") for record in threat.behind]
        items += [Item(record.title, record.id, "in answer") for record in threat.answers]
    return items or [Item("nothing in the dossier")]


def comparison_html(choice: Choice) -> str:
    """The comparison as an HTML table."""
    return templates.get_template("views/corridors/table.html").render(
        routes=choice.routes, rows=comparison_rows(choice)
    )


def comparison_table(choice: Choice) -> pd.DataFrame:
    """The comparison, one row a measure and one column a route, as text."""
    return pd.DataFrame(
        [
            {
                "Measure": row.label,
                **{
                    route.label: "; ".join(
                        " ".join(part for part in (item.text, item.note) if part) for item in cell
                    )
                    for route, cell in zip(choice.routes, row.cells, strict=True)
                },
                "What is counted": row.definition,
            }
            for row in comparison_rows(choice)
        ]
    )
