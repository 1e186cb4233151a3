"""The legs of the routes chosen, one by one. No Streamlit."""

from __future__ import annotations

import pandas as pd

from dashboard.look.markup import templates
from dashboard.views.corridors.choice import Choice


def legs_table(choice: Choice) -> pd.DataFrame:
    """Every leg of the chosen routes, one row each; lengths in geodesic kilometres as drawn."""
    rows = []
    for route in choice.routes:
        start = 0.0
        for number, stretch in enumerate(route.stretches, start=1):
            leg = stretch.leg
            rows.append(
                {
                    "route": route.id,
                    "leg": number,
                    "from": stretch.from_name,
                    "to": stretch.to_name,
                    "mode": leg.mode.value,
                    "status": leg.status.value,
                    "km_computed": round(stretch.km, 1),
                    "km_published": leg.published_km or "",
                    "km_from_start": round(start, 1),
                    "gauge_mm": leg.gauge_mm,
                    "countries": " ".join(dict.fromkeys(span.country for span in stretch.spans)),
                    "chokepoints": " ".join(near.id for near in stretch.near),
                    "note": leg.note or "",
                }
            )
            start += stretch.km
    return pd.DataFrame(rows).astype({"gauge_mm": "Int64"})


def legs_html(choice: Choice) -> str:
    """A table of legs for each route, with what happens between them."""
    tables = []
    for route in choice.routes:
        lines = []
        for number, stretch in enumerate(route.stretches):
            between = [c for c in route.transshipments if c.after == number]
            gauges = [c for c in route.gauge_breaks if c.after == number]
            words = [c.what for c in between]
            words += [c.what for c in gauges if c.what not in words]
            lines.append(
                {
                    "between": (stretch.from_name, words) if words else None,
                    "stretch": stretch,
                    "borders": [
                        f"{choice.country(b.out_of).text} → {choice.country(b.into).text}"
                        for b in route.borders
                        if b.leg == number
                    ],
                }
            )
        tables.append({"route": route, "lines": lines})
    return templates.get_template("views/corridors/legs.html").render(tables=tables)
