"""The map that shows what a question found, where its filters can say the same."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from dashboard.atlas.address import Screen, read, write
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.question_parts import DatePart, EndPart, KindPart, Part, SaidPart, WordPart
from dashboard.atlas.search import Answer


def _filters(parts: Iterable[Part]) -> Filters:
    """The map's filters that come nearest to what was understood."""
    chosen: dict[str, list[str]] = {"layer": [], "actor": [], "verdict": [], "status": []}
    words, start, end = [], None, None
    for part in parts:
        match part:
            case KindPart():
                chosen["layer"] += [target.layer for target in part.kind.of]
            case EndPart():
                chosen["actor"].append(part.actor)
            case SaidPart() if part.said.field in chosen:
                chosen[part.said.field] += part.said.values
            case DatePart():
                start, end = part.said.filter_span
            case WordPart():
                words.append(part.asked.text)
    facets = {facet: tuple(dict.fromkeys(values)) for facet, values in chosen.items()}
    return Filters(**facets, from_=start, to=end, q=" ".join(words))


def on_map(atlas: Atlas, answer: Answer) -> str:
    """Address of the map that shows the same records; empty where its filters show others.

    Parameters
    ----------
    atlas : Atlas
    answer : Answer
        Of a question that was understood.
    """
    found = {hit.thing.id for g in answer.groups for hit in g.hits if hit.thing.record}
    if not answer.read or not found:
        return ""
    screen = Screen(_filters(answer.read.parts), alliance=atlas.choices.default_alliance)
    # As the map reads it: dates are rounded to its steps.
    parameters = write(screen, atlas.choices)
    shown = atlas.index.visible(read(parameters, atlas.choices).filters)
    return "map?" + urlencode(parameters, doseq=True) if set(shown) == found else ""
