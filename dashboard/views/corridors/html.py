"""The corridors page as HTML and tables: comparison, profile strips, published figures, legs.

Pure: a study and ids → text by templates that escape everything they are given. No Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from annotations.schema import Published
from annotations.vocabulary import LegMode, LegStatus
from dashboard.atlas.cards import Item
from dashboard.atlas.data import Atlas
from dashboard.look.markup import templates
from dashboard.look.tables import listed
from dashboard.views.corridors.model import DEFINITIONS, Detour, Route, Study, detour_path, detours
from geodata.bounding_box import bounding_box
from geodata.join import paths
from geodata.routes import line_km


@dataclass(frozen=True)
class Choice:
    """What the page compares.

    Attributes
    ----------
    atlas : Atlas
    study : Study
    routes : tuple of Route
        In the order offered.
    closed : tuple of str
        Ids of the closed chokepoints.
    detours : mapping of str to list of Detour
        By route.
    """

    atlas: Atlas
    study: Study
    routes: tuple[Route, ...]
    closed: tuple[str, ...]
    detours: Mapping[str, list[Detour]] = field(default_factory=dict)

    def country(self, code: str) -> Item:
        """A country, as a link where the dossier knows it as an actor."""
        name = self.study.country_names.get(code, code)
        actors = self.atlas.dossier.actors
        if code in actors:
            return Item(actors[code].name, f"actor:{code}")
        return Item(name)

    def chokepoint(self, place: str) -> Item:
        """A chokepoint as a link."""
        return Item(self.study.chokepoints[place].name, f"place:{place}")

    def names(self, places: Iterable[str]) -> str:
        """Chokepoints in words, with the article that English wants: ``the Suez Canal``."""
        names = (self.study.chokepoints[place].name.split(" (")[0] for place in places)
        return listed([_the(name) for name in names])

    def km_now(self, route: Route) -> float | None:
        """Length with the closed chokepoints avoided; None where no way remains."""
        extra = [detour.extra_km for detour in self.detours[route.id]]
        known = [km for km in extra if km is not None]
        return None if len(known) < len(extra) else route.km + sum(known)


def choose(atlas: Atlas, study: Study, routes: Sequence[str], closed: Sequence[str]) -> Choice:
    """Put together what is compared.

    Parameters
    ----------
    atlas : Atlas
    study : Study
        Of the same atlas.
    routes, closed : sequence of str
        Valid ids, as `Study.read_routes` and `Study.read_closed` give them.
    """
    chosen = tuple(study.routes[route] for route in routes)
    places = atlas.dossier.places
    found = {route.id: detours(study, route, closed, places) for route in chosen}
    return Choice(atlas, study, chosen, tuple(closed), found)


def _the(name: str) -> str:
    wants = name.startswith(("Strait ", "Cape ")) or name.endswith(("Straits", " Canal"))
    return f"the {name}" if wants else name


def _km(km: float) -> str:
    return f"{km:,.0f} km"


# --- comparison --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
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
        items.append(Item(_km(now), note=f"+{_km(now - route.km)}"))
    for detour in found:
        first, last = route.stretches[detour.first], route.stretches[detour.last]
        if detour.line is None:
            where = f"from {first.from_name} to {last.to_name}"
            items.append(Item("No way by sea remains", note=where))
        elif detour.passes:
            items.append(Item("", note=f"by {choice.names(detour.passes)}"))
    return items


def comparison(choice: Choice) -> list[Row]:
    """The routes side by side.

    Parameters
    ----------
    choice : Choice

    Returns
    -------
    list of Row
        Lengths, what must be done on the way, what is passed, what threatens.
    """
    routes = choice.routes
    rows = [
        Row(
            "Length",
            [[Item(_km(route.km))] for route in routes],
            DEFINITIONS["Length"],
            "main",
        )
    ]
    if choice.closed:
        rows.append(
            Row(
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
            cells = [[Item(_km(km) if km else "–")] for km in lengths]
            rows.append(Row(mode.label, cells, mode.definition, "part"))
    rows += [
        Row(
            "Operates",
            [[Item(_percent(route.operating_share)), *_rest(route)] for route in routes],
            DEFINITIONS["Operates"],
        ),
        Row(
            "Transshipments",
            [
                _counted([Item("", note=f"{c.place}: {c.what}") for c in route.transshipments])
                for route in routes
            ],
            DEFINITIONS["Transshipments"],
        ),
        Row(
            "Gauge breaks",
            [
                _counted([Item("", note=f"{c.place}: {c.what}") for c in route.gauge_breaks])
                for route in routes
            ],
            "Where the railway's gauge differs from that of the last railway before it, whatever "
            "lies between.",
        ),
        Row(
            "Borders on land",
            [_borders(choice, route) for route in routes],
            DEFINITIONS["Borders"],
        ),
        Row(
            "Countries",
            [[choice.country(code) for code in route.countries] for route in routes],
            "Crossed on land or by canal, or called at.",
            "inline",
        ),
        Row(
            "Chokepoints",
            [
                [choice.chokepoint(place) for place in route.chokepoints] or [Item("none")]
                for route in routes
            ],
            DEFINITIONS["Chokepoints"],
            "inline",
        ),
        Row(
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
        items.append(Item("", note=", ".join([f"{status.label.lower()} {_km(km)}", *published])))
    return items


def _borders(choice: Choice, route: Route) -> list[Item]:
    def name(code: str) -> str:
        return choice.country(code).text

    items = [Item("", note=f"{name(b.out_of)} → {name(b.into)}: {b.where}") for b in route.borders]
    found = _counted(items)
    if route.corners:
        km = sum(corner.km for corner in route.corners)
        clipped = listed(list(dict.fromkeys(name(c.country) for c in route.corners)))
        found.append(Item("", note=f"and {_km(km)} through corners of {clipped}"))
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
    return templates.get_template("corridors_table.html").render(
        routes=choice.routes, rows=comparison(choice)
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
            for row in comparison(choice)
        ]
    )


# --- legs --------------------------------------------------------------------------------------


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
    return templates.get_template("corridors_legs.html").render(tables=tables)


# --- published figures -------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """A published figure beside what we compute."""

    corridor: Item
    published: Published
    computed: str


_DAYS = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?\s+days?")


def _span(numbers: Sequence[float]) -> str:
    low, high = f"{min(numbers):,.0f}", f"{max(numbers):,.0f}"
    return low if low == high else f"{low}–{high}"


def figures(choice: Choice) -> list[Figure]:
    """Published figures of the chosen corridors, each beside what the drawn lines give.

    A figure concerns the branch that it names, of whichever corridor, or else every way through
    its own corridor. Times are not computed: what a time would mean in kilometres a day is.

    Parameters
    ----------
    choice : Choice

    Returns
    -------
    list of Figure
    """
    found = []
    every = list(choice.study.routes.values())
    for record in dict.fromkeys(route.record.id for route in choice.routes):
        own = [route for route in every if route.record.id == record]
        for published in own[0].record.published:
            words = set(re.findall(r"[a-z]+", published.what.casefold()))
            meant = [route for route in every if route.branch.id in words] or own
            lengths = [route.km for route in meant]
            days = _DAYS.search(published.value)
            if days and int(days.group(1)):
                shortest, longest = int(days.group(1)), int(days.group(2) or days.group(1))
                speeds = [min(lengths) / longest, max(lengths) / shortest]
                computed = f"would mean {_span(speeds)} km a day over {_span(lengths)} km"
            elif published.what.casefold().startswith("length"):
                ways = f" ({len(lengths)} ways)" if len(lengths) > 1 else ""
                computed = f"{_span(lengths)} km as drawn{ways}"
            else:
                computed = "not computed"
            corridor = Item(own[0].record.title, record)
            found.append(Figure(corridor, published, computed))
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
                    words_ = f"{_km(stretch.km)} as drawn"
                    if all(
                        (f.published.what, f.published.value) != (published.what, published.value)
                        for f in found
                    ):
                        found.append(Figure(corridor, published, words_))
    return found


def figures_html(choice: Choice) -> str:
    """Published figures beside computed ones, as an HTML table."""
    return templates.get_template("corridors_figures.html").render(figures=figures(choice))


# --- strips ------------------------------------------------------------------------------------

WIDE, NARROW = 880.0, 330.0
"""Widths in pixels of the strips for which names are laid out; wider is never tighter."""

_LETTER, _ROOM = 6.7, 12.0
"""Pixels of a letter of a name, and between two names."""


@dataclass(frozen=True)
class Segment:
    """A part of a strip.

    Attributes
    ----------
    classes : str
        Of mode and status.
    share : float
        Percent of the strip's whole width.
    tip : str
    """

    classes: str
    share: float
    tip: str


@dataclass
class Name:
    """A name beneath a strip.

    Attributes
    ----------
    text, kind : str
        `kind` is ``country`` or ``chokepoint``.
    at : float
        Percent of the whole width.
    rows : tuple of int
        Row on a wide and on a narrow page.
    shifts : tuple of int
        By how many percent of itself it is moved left, likewise.
    """

    text: str
    kind: str
    at: float
    rows: tuple[int, int] = (0, 0)
    shifts: tuple[int, int] = (50, 50)


def _laid_out(names: Sequence[Name], width: float) -> list[tuple[int, int]]:
    """Row and shift of each name, so that none lies on another at this width or a greater one."""
    ends: list[float] = []
    places = []
    for name in names:
        room = len(name.text) * _LETTER
        x = name.at / 100 * width
        shift = 0 if x < room / 2 else 100 if x + room / 2 > width else 50
        left = x - room * shift / 100
        row = next((i for i, end in enumerate(ends) if end + _ROOM <= left), len(ends))
        ends[row : row + 1] = [left + room]
        places.append((row, shift))
    return places


@dataclass(frozen=True)
class Strip:
    """A route along its length.

    Attributes
    ----------
    route : Route
    segments : list of Segment
    names : list of Name
        From west to east along the route.
    km : float
        Length as shown.
    words : str
        What it shows, for who cannot see it.
    note : str
        What closing a chokepoint does to it.
    cut : bool
        Whether no way remains.
    """

    route: Route
    segments: list[Segment]
    names: list[Name]
    km: float
    words: str
    note: str = ""
    cut: bool = False

    @property
    def rows(self) -> tuple[int, int]:
        """How many rows its names take on a wide and on a narrow page."""
        return (
            1 + max((name.rows[0] for name in self.names), default=-1),
            1 + max((name.rows[1] for name in self.names), default=-1),
        )


@dataclass(frozen=True)
class _Piece:
    """A part of a route as it is travelled: a leg, or a way round."""

    classes: str
    km: float
    tip: str
    near: tuple[tuple[str, float], ...] = ()


def _pieces(choice: Choice, route: Route) -> list[_Piece]:
    found = choice.detours[route.id]
    lost = {i for d in found if d.line is None for i in range(d.first, d.last + 1)}
    ways_round = {i: d for d in found if d.line is not None for i in range(d.first, d.last + 1)}
    pieces = []
    for position, stretch in enumerate(route.stretches):
        detour = ways_round.get(position)
        if detour and detour.line is not None:
            if position == detour.first:
                km = line_km(detour.line)
                tip = f"Way round, {choice.names(detour.shut)} closed: {_km(km)}"
                near = tuple((one.id, one.at_km) for one in detour.near)
                pieces.append(_Piece("mode-sea detour", km, tip, near))
            continue
        leg = stretch.leg
        cut = " cut" if position in lost else ""
        tip = (
            f"{stretch.from_name} → {stretch.to_name} · {leg.mode.label.lower()}, "
            f"{leg.status.label.lower()}, {_km(stretch.km)}"
        )
        if leg.published_km:
            tip += f" (published {leg.published_km} km)"
        near = tuple((one.id, one.at_km) for one in stretch.near)
        classes = f"mode-{leg.mode.value} status-{leg.status.value}{cut}"
        pieces.append(_Piece(classes, stretch.km, tip, near))
    return pieces


def strips(choice: Choice) -> tuple[list[Strip], float]:
    """The routes along their lengths, all to one scale.

    Parameters
    ----------
    choice : Choice

    Returns
    -------
    list of Strip
    float
        Kilometres that the whole width stands for.
    """
    pieces = {route.id: _pieces(choice, route) for route in choice.routes}
    whole = max(sum(piece.km for piece in each) for each in pieces.values())
    return [_strip(choice, route, pieces[route.id], whole) for route in choice.routes], whole


def _strip(choice: Choice, route: Route, pieces: Sequence[_Piece], whole: float) -> Strip:
    total = sum(piece.km for piece in pieces)
    names = _names(choice, route, pieces, total)
    for name in names:
        name.at = 100 * name.at / whole
    names.sort(key=lambda name: name.at)
    laid = [_laid_out(names, width) for width in (WIDE, NARROW)]
    for name, wide, narrow in zip(names, *laid, strict=True):
        name.rows = wide[0], narrow[0]
        name.shifts = wide[1], narrow[1]
    found = choice.detours[route.id]
    lost = [detour for detour in found if detour.line is None]
    note = ""
    if lost:
        first, last = route.stretches[lost[0].first], route.stretches[lost[0].last]
        shut = choice.names(lost[0].shut)
        ends = f"{first.from_name} to {last.to_name}"
        note = f"With {shut} closed, no way by sea remains from {ends}."
    elif found:
        shut = choice.names(dict.fromkeys(place for d in found for place in d.shut))
        by = dict.fromkeys(place for d in found for place in d.passes)
        way = f" by {choice.names(by)}" if by else ""
        note = f"+{_km(total - route.km)}{way}, {shut} closed"
    modes = ", ".join(f"{mode.value} {_km(km)}" for mode, km in route.km_by_mode.items())
    stops = ", ".join(choice.country(code).text for code in route.countries)
    return Strip(
        route=route,
        segments=[Segment(p.classes, 100 * p.km / whole, p.tip) for p in pieces],
        names=names,
        km=total,
        words=f"{route.label}: {modes}; {stops}. {note}".strip(),
        note=note,
        cut=bool(lost),
    )


def _names(choice: Choice, route: Route, pieces: Sequence[_Piece], total: float) -> list[Name]:
    """Countries and chokepoints with their kilometre along the way as travelled."""
    found: list[Name] = []
    # A way round changes what lies behind it: what is on land there moves with it.
    shift_from = {
        detour.first: detour.extra_km
        for detour in choice.detours[route.id]
        if detour.extra_km is not None
    }
    along = 0.0
    starts = []
    for stretch in route.stretches:
        starts.append(along)
        along += stretch.km

    def moved(km: float) -> float:
        return km + sum(extra for first, extra in shift_from.items() if starts[first] < km)

    replaced = [
        (starts[d.first], starts[d.last] + route.stretches[d.last].km)
        for d in choice.detours[route.id]
        if d.line is not None
    ]
    for land in route.lands:
        middle = (land.from_km + land.to_km) / 2
        if not any(start < middle < end for start, end in replaced):
            found.append(Name(choice.country(land.country).text, "country", moved(middle)))
    for code, at in _ends(choice, route, total):
        found.append(Name(choice.country(code).text, "country", at))
    start, seen = 0.0, set[str]()
    for piece in pieces:
        for place, at_km in piece.near:
            if place not in seen:
                seen.add(place)
                found.append(Name(_short(choice, place), "chokepoint", start + at_km))
        start += piece.km
    return found


def _short(choice: Choice, place: str) -> str:
    """A chokepoint's name as in `Place.name`, without what stands in brackets."""
    return choice.study.chokepoints[place].name.split(" (")[0].removeprefix("Strait of ")


def _ends(choice: Choice, route: Route, total: float) -> list[tuple[str, float]]:
    """Countries in which a route begins or ends with a voyage."""
    places = choice.atlas.dossier.places
    first, last = route.stretches[0], route.stretches[-1]
    ends = []
    start, end = places[first.leg.from_].country, places[last.leg.to].country
    if start and not first.spans:
        ends.append((start, 0.0))
    if end and not last.spans:
        ends.append((end, total))
    return ends


def _ticks(whole: float) -> list[tuple[str, float]]:
    step = next(s for s in (500, 1000, 2000, 2500, 5000, 10000) if whole / s <= 5 or s == 10000)
    return [
        (f"{km:,.0f}" + (" km" if km == 0 else ""), 100 * km / whole)
        for km in range(0, int(whole) + 1, step)
    ]


def strips_html(choice: Choice) -> str:
    """The routes along their lengths as HTML, with scale and key."""
    drawn, whole = strips(choice)
    classes = {
        name for strip in drawn for segment in strip.segments for name in segment.classes.split()
    }
    key = [(f"mode-{m.value} status-operating", m.label) for m in LegMode]
    key += [
        (f"mode-{'sea' if s is LegStatus.DISRUPTED else 'rail'} status-{s.value}", s.label)
        for s in LegStatus
        if s is not LegStatus.OPERATING
    ]
    key += [("mode-sea detour", "Way round"), ("mode-sea cut", "No way remains")]

    def used(sign: str) -> bool:
        mode, _, rest = sign.partition(" ")
        return mode in classes if rest == "status-operating" else rest in classes

    return templates.get_template("corridors_strips.html").render(
        strips=drawn,
        ticks=_ticks(whole),
        key=[(sign, label) for sign, label in key if used(sign)],
    )


# --- the map -----------------------------------------------------------------------------------


def detours_drawn(choice: Choice) -> list[dict[str, object]]:
    """Ways round for the map, ``{"path": [[lat, lon], …], "tip": text}``; each once."""
    found: dict[str, dict[str, object]] = {}
    for route in choice.routes:
        for detour in choice.detours[route.id]:
            if detour.line is None:
                continue
            extra = f"+{_km(detour.extra_km or 0)}"
            shut = choice.names(detour.shut)
            tip = f"{route.label}, {shut} closed: {_km(line_km(detour.line))} by sea, {extra}"
            for path in detour_path(detour.line):
                found.setdefault(str(path), {"path": path, "tip": tip})
    return list(found.values())


def shown_records(choice: Choice) -> list[str]:
    """Records that the map shows: the corridors chosen, and what threatens them."""
    ids = [route.record.id for route in choice.routes]
    ids += [threat.attack.id for route in choice.routes for threat in route.threats]
    return list(dict.fromkeys(ids))


def shown_parts(choice: Choice) -> list[str]:
    """Legs that the map shows, of the corridors chosen."""
    parts = [stretch.part for route in choice.routes for stretch in route.stretches]
    return list(dict.fromkeys(parts))


def extent(choice: Choice) -> list[list[float]]:
    """South-west and north-east corner of all that is drawn, as [lat, lon] in degrees.

    East exceeds 180 where it lies on both sides of ±180°.
    """
    lines = [stretch.line for route in choice.routes for stretch in route.stretches]
    lines += [d.line for each in choice.detours.values() for d in each if d.line is not None]
    parts = [np.array(part) for line in lines for part in paths(line)]
    west, south, east, north = bounding_box(parts)
    return [[south, west], [north, east + 360 * (east < west)]]
