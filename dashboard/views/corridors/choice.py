"""What is chosen on the page: routes and closed chokepoints, and what that shows. No Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from annotations.english import in_km, listed, unexplained
from dashboard.atlas.card_parts import Item
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import DrawnLine, drawn_detour
from dashboard.atlas.positions import parts_of
from dashboard.views.corridors.route import Detour, Route, Study
from dashboard.views.corridors.study import detours
from geodata.bounding_box import bounding_box
from geodata.join import paths
from geodata.joined import LegKey
from geodata.routes import Line, line_km


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
        names = (unexplained(self.study.chokepoints[place].name) for place in places)
        return listed([definite(name) for name in names])

    def km_now(self, route: Route) -> float | None:
        """Length with the closed chokepoints avoided; None where no way remains."""
        extra = [detour.extra_km for detour in self.detours[route.id]]
        known = [km for km in extra if km is not None]
        return None if len(known) < len(extra) else route.km + sum(known)


def choose_routes(
    atlas: Atlas, study: Study, routes: Sequence[str], closed: Sequence[str]
) -> Choice:
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


def definite(name: str) -> str:
    """A water's name with its article, where it wants one: ``the Suez Canal``."""
    wants = name.startswith(("Strait ", "Cape ")) or name.endswith(("Straits", " Canal"))
    return f"the {name}" if wants else name


# --- the map -----------------------------------------------------------------------------------


def detours_drawn(choice: Choice) -> list[DrawnLine]:
    """Ways round for the map, each once, and apart where one is cut at ±180°."""
    found: dict[Line, DrawnLine] = {}
    for route in choice.routes:
        for detour in choice.detours[route.id]:
            if detour.line is None:
                continue
            km, extra = line_km(detour.line), f"+{in_km(detour.extra_km or 0)}"
            shut = choice.names(detour.shut)
            tip = f"{route.label}, {shut} closed: {in_km(km)} by sea, {extra}"
            pieces = shapely.get_parts(detour.line)
            for piece, parts in zip(pieces, parts_of(pieces), strict=True):
                found.setdefault(piece, drawn_detour(parts, round(km), tip))
    return list(found.values())


def shown_records(choice: Choice) -> list[str]:
    """Records that the map shows: the corridors chosen, and what threatens them."""
    ids = [route.record.id for route in choice.routes]
    ids += [threat.attack.id for route in choice.routes for threat in route.threats]
    return list(dict.fromkeys(ids))


def shown_legs(choice: Choice) -> list[LegKey]:
    """Legs that the map shows, of the corridors chosen."""
    legs = [stretch.key for route in choice.routes for stretch in route.stretches]
    return list(dict.fromkeys(legs))


def extent(choice: Choice) -> list[list[float]]:
    """South-west and north-east corner of all that is drawn, as [lat, lon] in degrees.

    East exceeds 180 where it lies on both sides of ±180°.
    """
    lines = [stretch.line for route in choice.routes for stretch in route.stretches]
    lines += [d.line for each in choice.detours.values() for d in each if d.line is not None]
    parts = [np.array(part) for line in lines for part in paths(line)]
    west, south, east, north = bounding_box(parts)
    return [[south, west], [north, east + 360 * (east < west)]]
