"""What a screen puts on the map beyond its records: labels, chokepoints, a page's own additions.

The map in the browser and the picture of a briefing ask the same questions here. No Streamlit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from annotations.english import counted, listed
from dashboard.atlas.address import Screen, pressed, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.drawn import DrawnLine, Selectable
from dashboard.atlas.filters import Filters
from dashboard.atlas.layers import THING_LAYERS, layer_of
from dashboard.atlas.scene import detour_written
from dashboard.atlas.standings import Fill, fills_at, standing_at
from geodata.joined import LegKey

MOST_LABELS = 70
"""Countries that may be labelled; the browser labels those that have room."""


def countries_in_play(
    atlas: Atlas, visible: Sequence[str], alliances: Sequence[str], day: date | None = None
) -> list[str]:
    """Countries to label: those that the shown records name, most named first, then members."""
    actors = atlas.dossier.actors
    named = atlas.index.counts(
        [v for v in visible if not layer_of(atlas.dossier.records[v]).fills], "actor"
    )
    # Equal ones in the order of their ids: the same labels in every process.
    ranked = sorted(named, key=lambda actor: (-named[actor], actor))
    countries = dict.fromkeys(actor for actor in ranked if actors[actor].country == actor)
    day = day or atlas.dossier.head.as_of.last_day
    for alliance in alliances:
        standings = standing_at(atlas.joined.members, alliance, day)
        countries |= dict.fromkeys(standing.country for standing in standings)
    return list(countries)[:MOST_LABELS]


def things_in_play(atlas: Atlas, filters: Filters, visible: Sequence[str]) -> list[Selectable]:
    """What hangs on no record and the map has at hand: it draws it where its layer is on.

    Where its layer is chosen, beside others or alone, it helps to read what passes all other
    filters; else what is shown.

    Parameters
    ----------
    atlas : Atlas
    filters : Filters
        What is asked for.
    visible : sequence of str
        Ids of the records shown.

    Returns
    -------
    list of Selectable
        Of one layer after the other, in the dossier's order.
    """
    shown = of_any_kind = set(visible)
    if not THING_LAYERS.keys().isdisjoint(filters.layer):
        of_any_kind = set(atlas.index.visible(replace(filters, layer=())))

    def helps(thing: Selectable) -> bool:
        if thing.helps is None:
            return bool(thing.layer)
        return not (of_any_kind if thing.layer in filters.layer else shown).isdisjoint(thing.helps)

    return [thing for thing in atlas.drawn.things.values() if helps(thing)]


def beside_records(atlas: Atlas, filters: Filters) -> str:
    """What the map shows of the chosen kinds that are no records: ``6 chokepoints``.

    Returns
    -------
    str
        Plain text; empty where no such kind is chosen, or none of it passes the other filters.
    """
    counts = Counter(thing.layer for thing in things_in_play(atlas, filters, ()))
    parts = []
    for layer in THING_LAYERS.values():
        if layer.id in filters.layer and (number := counts[layer.id]):
            parts.append(counted(number, layer.one, layer.label).lower())
    return listed(parts)


@dataclass(frozen=True)
class Extra:
    """What a page draws beyond the screen.

    Attributes
    ----------
    day : datetime.date or None
        Day on which the alliances are drawn; None for the dossier's date.
    detours : sequence of DrawnLine
        Lines that replace others.
    legs : sequence of LegKey or None
        Legs of corridors that are shown; None for all.
    extent : sequence of two [lat, lon], or None
        South-west and north-east corner of what the map opens on; None for the dossier's view.
    """

    day: date | None = None
    detours: Sequence[DrawnLine] = ()
    legs: Sequence[LegKey] | None = None
    extent: Sequence[Sequence[float]] | None = None


PLAIN = Extra()
"""Nothing beyond the screen."""


def standings_on(atlas: Atlas, screen: Screen, day: date) -> dict[str, list[Fill]]:
    """Countries that the alliances of a screen fill on a day."""
    return {alliance: fills_at(atlas.joined, alliance, day) for alliance in screen.alliance}


def update_content(
    atlas: Atlas,
    screen: Screen,
    visible: Sequence[str],
    extra: Extra = PLAIN,
) -> dict[str, Any]:
    """What the browser is told on each run; see `apply` in ``static/atlas/atlas.js``."""
    things = things_in_play(atlas, screen.filters, visible)
    more: dict[str, Any] = {}
    if extra.day:
        more["standings"] = {
            alliance: [asdict(fill) for fill in fills]
            for alliance, fills in standings_on(atlas, screen, extra.day).items()
        }
    if extra.detours:
        more["detours"] = [detour_written(detour) for detour in extra.detours]
    if extra.legs is not None:
        more["parts"] = [str(leg) for leg in extra.legs]
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
        "places": [thing.id for thing in things if thing.place],
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
