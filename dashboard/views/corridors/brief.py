"""What a briefing of the corridors says."""

from __future__ import annotations

from annotations.english import listed
from dashboard.atlas.address import Parameters, Screen, read
from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import Extra
from dashboard.sheet.origin import Origin, page_address, switched_off
from dashboard.sheet.spec import Brief
from dashboard.views.corridors.choice import (
    choose_routes,
    detours_drawn,
    shown_legs,
    shown_records,
)
from dashboard.views.corridors.study import build_study


def _corridors(atlas: Atlas, parameters: Parameters) -> Brief:
    study = build_study(atlas)
    routes = study.read_routes(parameters.get("route", ()))
    closed = study.read_closed(parameters.get("closed", ()))
    select = read(parameters, atlas.choices).select
    choice = choose_routes(atlas, study, routes, closed)
    kept = {
        "route": [] if routes == study.default else list(routes) or [""],
        "closed": list(closed),
        "select": [select] if select else [],
    }
    shorts = [route.short for route in choice.routes]
    shut = f"; closed: {choice.names(closed)}" if closed else ""
    heading = listed(shorts) if 0 < len(shorts) <= 4 else "Routes compared"
    return Brief(
        screen=Screen(select=select),
        records=tuple(shown_records(choice)),
        extra=Extra(
            detours=detours_drawn(choice),
            legs=shown_legs(choice),
        ),
        off=switched_off(parameters),
        page=page_address("corridors", kept, parameters),
        asked=f"routes: {', '.join(shorts)}{shut}",
        heading=f"{heading}, {choice.names(closed)} closed" if closed else heading,
        empty="" if routes else "No route is chosen. Choose at least one on the corridors page.",
    )


ORIGIN = Origin("corridors", ("route", "closed", "select"), _corridors)
