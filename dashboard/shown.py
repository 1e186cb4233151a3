"""What a screen puts on the map beyond its records: labels, chokepoints, a page's own additions.

The map in the browser and the picture of a briefing ask the same questions here. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from annotations.vocabulary import PlaceType
from dashboard.address import Screen, pressed, write
from dashboard.data import Atlas
from dashboard.scene import fills_at, standing_at

MOST_LABELS = 70
"""Countries that may be labelled; the browser labels those that have room."""


def countries_in_play(
    atlas: Atlas, visible: Sequence[str], alliances: Sequence[str], day: date | None = None
) -> list[str]:
    """Countries to label: those that the shown records name, most named first, then members."""
    actors = atlas.dossier.actors
    named = atlas.index.counts(
        [v for v in visible if atlas.dossier.records[v].kind != "alliance"], "actor"
    )
    # Equal ones in the order of their ids: the same labels in every process.
    ranked = sorted(named, key=lambda actor: (-named[actor], actor))
    countries = dict.fromkeys(actor for actor in ranked if actors[actor].country == actor)
    day = day or atlas.dossier.head.as_of.last_day
    for alliance in alliances:
        standings = standing_at(atlas.joined.members, alliance, day)
        countries |= dict.fromkeys(standing["country"] for standing in standings)
    return list(countries)[:MOST_LABELS]


def chokepoints_in_play(atlas: Atlas, visible: Sequence[str]) -> list[str]:
    """Chokepoints that help to read a line from which something shown comes."""
    records = atlas.dossier.records
    lines = {line for record_id in visible for line in records[record_id].source.lines}
    return [
        place.id
        for place in atlas.dossier.places.values()
        if place.type is PlaceType.CHOKEPOINT and not lines.isdisjoint(place.lines)
    ]


@dataclass(frozen=True)
class Extra:
    """What a page draws beyond the screen.

    Attributes
    ----------
    day : datetime.date or None
        Day on which the alliances are drawn; None for the dossier's date.
    detours : sequence of dict
        Lines that replace others, ``{"path": [[lat, lon], …], "tip": text}``.
    parts : sequence of str or None
        Legs of corridors that are shown, ``corridor.branch.number``; None for all.
    extent : sequence of two [lat, lon], or None
        South-west and north-east corner of what the map opens on; None for the dossier's view.
    """

    day: date | None = None
    detours: Sequence[Mapping[str, Any]] = ()
    parts: Sequence[str] | None = None
    extent: Sequence[Sequence[float]] | None = None


PLAIN = Extra()
"""Nothing beyond the screen."""


def update_content(
    atlas: Atlas,
    screen: Screen,
    visible: Sequence[str],
    extra: Extra = PLAIN,
) -> dict[str, Any]:
    """What the browser is told on each run; see `apply` in ``static/atlas/atlas.js``."""
    more: dict[str, Any] = {}
    if extra.day:
        more["standings"] = {a: fills_at(atlas.joined, a, extra.day) for a in screen.alliance}
    if extra.detours:
        more["detours"] = list(extra.detours)
    if extra.parts is not None:
        more["parts"] = list(extra.parts)
    if extra.extent is not None:
        more["extent"] = [list(corner) for corner in extra.extent]
    return more | {
        "version": atlas.scene.version,
        "shown": atlas.scene.positions(visible),
        # None for all of them.
        "layers": list(screen.filters.layer) or None,
        "themes": list(screen.filters.theme),
        "alliances": list(screen.alliance),
        "countries": countries_in_play(atlas, visible, screen.alliance, extra.day),
        "places": [f"place:{place}" for place in chokepoints_in_play(atlas, visible)],
        "select": screen.select,
        "pressed": pressed(screen),
        # Makes the update differ whenever the address does: the map then puts its view back.
        "query": urlencode(write(screen, atlas.choices), doseq=True),
        "present": screen.present,
    }


def packed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same, as short as it can be said: it travels with each filter click.

    What the pressed pills say anyway is left out, lists of ids become text, and the address, which
    only has to differ whenever it did, a check sum. `unpacked` in ``static/atlas/update.js`` is the
    way back.
    """
    short = dict(content)
    for key in ("themes", "layers", "alliances"):
        del short[key]
    short["countries"] = " ".join(content["countries"])
    short["places"] = " ".join(place.removeprefix("place:") for place in content["places"])
    short["query"] = f"{crc32(content['query'].encode()):x}"
    return {key: value for key, value in short.items() if value not in (None, False, "")}
