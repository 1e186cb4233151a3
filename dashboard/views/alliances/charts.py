"""Alliances in charts: who joined what when along the slider, and what each weighs.

Pure: what `model` has worked out → charts. What draws them is loaded by this page alone: no
other needs it. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from dashboard.atlas.data import Atlas
from dashboard.look.charts import BARE, inks
from dashboard.look.palette import alliance_colours
from dashboard.views.alliances.changes import Change, changes_in_words
from dashboard.views.alliances.changes import changes_of as changes
from dashboard.views.alliances.comparison import Comparison
from dashboard.views.alliances.comparison import short_name as short
from dashboard.views.alliances.weights import Weight, percent
from geodata.figures import Figures


def _colours(atlas: Atlas) -> dict[str, str]:
    """Colour of each alliance, as on the map."""
    return alliance_colours(atlas.choices.options["alliance"])


def _configured(chart: Any) -> alt.LayerChart:
    bare = chart.configure(**BARE)
    styled: alt.LayerChart = bare.configure_axis(grid=False, domain=False, ticks=False)
    return styled


TRACK = 6
"""Pixels by which the slider's track is shorter than the column, at either end."""


def strip_chart(
    atlas: Atlas, comparison: Comparison, steps: Sequence[date], dark: bool
) -> alt.LayerChart:
    """Accessions and other changes along the slider's own steps, one row an alliance.

    Parameters
    ----------
    atlas : Atlas
    comparison : Comparison
    steps : sequence of datetime.date
        Of the slider: the strip has each at the same distance as the slider has.
    dark : bool
        Whether the page is dark.

    Returns
    -------
    altair.LayerChart
    """
    ink, colour = inks(dark), _colours(atlas)
    position = {day: number for number, day in enumerate(steps)}
    grouped: dict[tuple[str, date, str], list[Change]] = {}
    for change in changes(atlas, comparison.alliances):
        grouped.setdefault((change.alliance, change.day, change.sort), []).append(change)
    marks = [
        {
            "step": position[day],
            "alliance": alliance,
            "sort": sort,
            "when": group[0].when.words,
            "who": "; ".join(changes_in_words(atlas, group)),
        }
        for (alliance, day, sort), group in grouped.items()
    ]
    years = [
        {"step": n, "year": str(d.year)} for n, d in enumerate(steps) if _starts_year(steps, n)
    ]
    names = [{"alliance": a, "name": short(atlas, a)} for a in comparison.alliances]
    x = alt.X("step:Q", axis=None, scale=alt.Scale(domain=[0, len(steps) - 1], nice=False))
    order = list(comparison.alliances)
    y = alt.Y("alliance:N", axis=None, sort=order, scale=alt.Scale(domain=order, padding=0))
    line = alt.Chart(pd.DataFrame(names)).mark_rule(color=ink["rule"], yOffset=8).encode(y=y)
    label = (
        alt.Chart(pd.DataFrame(names))
        .mark_text(align="left", baseline="bottom", dy=0, fontSize=12, color=ink["ink-soft"], x=0)
        .encode(y=y, text="name:N")
    )
    now = (
        alt.Chart(pd.DataFrame([{"step": position[comparison.day]}]))
        .mark_rule(color=ink["ink"], strokeWidth=1.5)
        .encode(x=x)
    )
    # What joins lies on top.
    marks.sort(key=lambda mark: ("other", "leaves", "joins").index(str(mark["sort"])))
    frame = pd.DataFrame(marks, columns=["step", "alliance", "sort", "when", "who"])
    points = (
        alt.Chart(frame)
        .mark_point(filled=True, opacity=1, yOffset=8, stroke=ink["ink"], strokeWidth=0.6)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "sort:N",
                legend=None,
                scale=alt.Scale(
                    domain=["joins", "leaves", "other"], range=["triangle-up", "cross", "circle"]
                ),
            ),
            size=alt.Size(
                "sort:N",
                legend=None,
                scale=alt.Scale(domain=["joins", "leaves", "other"], range=[110, 90, 26]),
            ),
            color=alt.Color(
                "alliance:N",
                legend=None,
                scale=alt.Scale(domain=order, range=[colour[a] for a in order]),
            ),
            tooltip=[alt.Tooltip("when:N", title="When"), alt.Tooltip("who:N", title="What")],
        )
    )
    ticks = (
        alt.Chart(pd.DataFrame(years))
        .mark_text(
            fontSize=11, color=ink["ink-soft"], align="left", baseline="top", y="height", dy=3
        )
        .encode(x=x, text="year:N")
    )
    chart = alt.layer(line, now, points, label, ticks).properties(
        height=26 * len(order) + 20, padding={"left": TRACK, "right": TRACK, "top": 2, "bottom": 0}
    )
    return _configured(chart)


MOST_YEARS = 8
"""Labels below the slider, about."""


def _starts_year(steps: Sequence[date], number: int) -> bool:
    """Whether a step is the first of a year that is labelled: the first, and each so many after."""
    day, begins = steps[number], steps[0].year
    years = steps[-1].year - begins
    apart = next((n for n in (1, 2, 4, 5, 10, 20, 25, 50) if years <= n * MOST_YEARS), 100)
    first = number == 0 or steps[number - 1].year != day.year
    return first and (day.year - begins) % apart == 0


def weights_chart(
    atlas: Atlas, figures: Figures, found: Sequence[Weight], dark: bool
) -> alt.LayerChart:
    """Shares of the world, a group of bars a measure, a bar an alliance.

    What an alliance would weigh with those whose membership is unclear is the pale end of its bar;
    without figures for all members there is no bar, and the chart says why.
    """
    ink, colour = inks(dark), _colours(atlas)
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, str]] = []
    keys: list[str] = []
    for measure in figures.measures:
        head = f"{measure.id}||"
        heads.append({"key": head, "label": measure.label})
        keys.append(head)
        for weight in found:
            if weight.measure != measure.id:
                continue
            extra = weight.share_with_unclear
            bracket = (
                f" ({percent(extra)})" if extra is not None and weight.share is not None else ""
            )
            keys.append(f"{measure.id}|{weight.alliance}|{short(atlas, weight.alliance)}")
            rows.append(
                {
                    "key": keys[-1],
                    "alliance": weight.alliance,
                    "share": weight.share or 0.0,
                    "with": extra if extra is not None and not weight.gap else weight.share or 0.0,
                    "label": weight.gap or percent(weight.share) + bracket,
                }
            )
    most = max([row["with"] for row in rows] + [10.0])
    y = alt.Y(
        "key:N",
        sort=keys,
        scale=alt.Scale(domain=keys, paddingInner=0.25, paddingOuter=0.05),
        axis=alt.Axis(
            title=None,
            # The name is the third part and all that follows: it may hold such a bar itself.
            labelExpr="join(slice(split(datum.value, '|'), 2), '|')",
            labelColor=ink["ink"],
            labelLimit=130,
            labelFontSize=12,
            labelPadding=6,
        ),
    )
    scale = alt.Scale(domain=[0, most * 1.55], nice=False)
    order = list(dict.fromkeys(row["alliance"] for row in rows))
    fill = alt.Color(
        "alliance:N", legend=None, scale=alt.Scale(domain=order, range=[colour[a] for a in order])
    )
    frame = pd.DataFrame(rows)
    pale = (
        alt.Chart(frame)
        .mark_bar(opacity=0.4)
        .encode(y=y, x=alt.X("share:Q", axis=None, scale=scale), x2="with:Q", color=fill)
    )
    bars = (
        alt.Chart(frame)
        .mark_bar()
        .encode(y=y, x=alt.X("share:Q", axis=None, scale=scale), color=fill)
    )
    words = (
        alt.Chart(frame)
        .mark_text(align="left", dx=5, fontSize=12, color=ink["ink"])
        .encode(y=y, x=alt.X("with:Q", axis=None, scale=scale), text="label:N")
    )
    titles = (
        alt.Chart(pd.DataFrame(heads))
        .mark_text(align="left", fontSize=12, fontWeight="bold", color=ink["ink"], x=0, dy=2)
        .encode(y=y, text="label:N")
    )
    chart = alt.layer(bars, pale, words, titles).properties(height=21 * len(keys))
    return _configured(chart)
