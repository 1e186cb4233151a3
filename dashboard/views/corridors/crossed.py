"""Which states a route enters, and where, by its course. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from annotations.schema import Place
from dashboard.views.corridors.route import CORNER_KM, Border, Land, Stretch
from geodata.corridors import Span


@dataclass
class _Entered:
    """A country that a route enters on land, and the leg on which it does."""

    country: str
    km: float
    leg: int
    at_km: float


def _without_corners(entered: Sequence[_Entered]) -> tuple[list[_Entered], list[Span]]:
    """Take out the countries that are left for the one before them after a short way."""
    kept: list[_Entered] = []
    corners: list[Span] = []
    for i, here in enumerate(entered):
        if kept and kept[-1].country == here.country:
            kept[-1].km += here.km
            continue
        back = i + 1 < len(entered) and kept and entered[i + 1].country == kept[-1].country
        if back and here.km <= CORNER_KM:
            corners.append(Span(here.country, here.km))
        else:
            kept.append(_Entered(here.country, here.km, here.leg, here.at_km))
    return kept, corners


@dataclass(frozen=True)
class Crossed:
    """Countries of a route in the order of travel, its borders, and the corners that it clips."""

    countries: tuple[str, ...]
    lands: tuple[Land, ...]
    borders: tuple[Border, ...]
    corners: tuple[Span, ...]


def crossed_by(stretches: Sequence[Stretch], places: Mapping[str, Place]) -> Crossed:
    """Follow a route from country to country; the sea parts what lies on its shores."""
    countries: dict[str, None] = {}
    borders: list[Border] = []
    corners: list[Span] = []
    lands: list[Land] = []
    along = [0.0, *accumulate(stretch.km for stretch in stretches)]
    for on_land, group in groupby(enumerate(stretches), key=lambda pair: bool(pair[1].spans)):
        legs = list(group)
        if not on_land:
            ports = (place for _, s in legs for place in (s.leg.from_, s.leg.to))
            countries |= dict.fromkeys(code for p in ports if (code := places[p].country))
            continue
        entered: list[_Entered] = []
        for position, stretch in legs:
            at_km = along[position]
            for span in stretch.spans:
                if entered and entered[-1].country == span.country:
                    entered[-1].km += span.km
                else:
                    entered.append(_Entered(span.country, span.km, position, at_km))
                at_km += span.km
        kept, clipped = _without_corners(entered)
        corners += clipped
        countries |= dict.fromkeys(one.country for one in kept)
        ends = [*(one.at_km for one in kept[1:]), along[legs[-1][0] + 1]]
        lands += [Land(one.country, one.at_km, end) for one, end in zip(kept, ends, strict=True)]
        for before, after in pairwise(kept):
            leg = stretches[after.leg]
            where = f"{leg.from_name} – {leg.to_name}"
            borders.append(Border(after.leg, before.country, after.country, where))
    return Crossed(tuple(countries), tuple(lands), tuple(borders), tuple(corners))
