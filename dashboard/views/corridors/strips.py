"""Routes as strips of their legs, to one scale, with the names of stops. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.english import in_km, unexplained
from annotations.vocabulary import LegMode, LegStatus
from dashboard.look.markup import templates
from dashboard.views.corridors.choice import Choice
from dashboard.views.corridors.route import Route
from geodata.routes import line_km

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
class StripName:
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


def _laid_out(names: Sequence[StripName], width: float) -> list[tuple[int, int]]:
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
    names : list of StripName
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
    names: list[StripName]
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
                tip = f"Way round, {choice.names(detour.shut)} closed: {in_km(km)}"
                near = tuple((one.id, one.at_km) for one in detour.near)
                pieces.append(_Piece("mode-sea detour", km, tip, near))
            continue
        leg = stretch.leg
        cut = " cut" if position in lost else ""
        tip = (
            f"{stretch.from_name} → {stretch.to_name} · {leg.mode.label.lower()}, "
            f"{leg.status.label.lower()}, {in_km(stretch.km)}"
        )
        if leg.published_km:
            tip += f" (published {leg.published_km} km)"
        near = tuple((one.id, one.at_km) for one in stretch.near)
        classes = f"mode-{leg.mode.value} status-{leg.status.value}{cut}"
        pieces.append(_Piece(classes, stretch.km, tip, near))
    return pieces


def strips_of(choice: Choice) -> tuple[list[Strip], float]:
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
        note = f"+{in_km(total - route.km)}{way}, {shut} closed"
    modes = ", ".join(f"{mode.value} {in_km(km)}" for mode, km in route.km_by_mode.items())
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


def _names(choice: Choice, route: Route, pieces: Sequence[_Piece], total: float) -> list[StripName]:
    """Countries and chokepoints with their kilometre along the way as travelled."""
    found: list[StripName] = []
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
            found.append(StripName(choice.country(land.country).text, "country", moved(middle)))
    for code, at in _ends(choice, route, total):
        found.append(StripName(choice.country(code).text, "country", at))
    start, seen = 0.0, set[str]()
    for piece in pieces:
        for place, at_km in piece.near:
            if place not in seen:
                seen.add(place)
                found.append(StripName(_short(choice, place), "chokepoint", start + at_km))
        start += piece.km
    return found


def _short(choice: Choice, place: str) -> str:
    """A chokepoint's name where there is little room for it."""
    return unexplained(choice.study.chokepoints[place].name).removeprefix("Strait of ")


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
    drawn, whole = strips_of(choice)
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

    return templates.get_template("views/corridors/strips.html").render(
        strips=drawn,
        ticks=_ticks(whole),
        key=[(sign, label) for sign, label in key if used(sign)],
    )
