"""The page's address is the state: what is filtered, selected and shown, in readable parameters.

`read` takes whatever stands in the address and keeps what is valid; `write` gives the shortest
address of a screen. The view (centre and zoom) is not here: the map in the browser reads and writes
it, so that panning costs no run. No Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from annotations.dates import PartialDate
from annotations.dossier import Dossier
from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.filters import ANSWERED_AT_ONCE, FACETS, FilterIndex, Filters
from dashboard.atlas.layers import LAYERS, THING_LAYERS, layer_of

MAP, BRIEFING = "map", "briefing"
"""Pages that others lead to: the one that stands in for an unknown one, the one that briefs one."""

LONGEST_QUERY = 80
"""Characters of `q` that are kept."""

WRITTEN_BY_MAP = frozenset({"view", "off"})
"""Parameters that the map in the browser reads and writes itself, with no run: where it looks, and
which of its layers are switched off."""

PARAMETERS = frozenset(
    {*FACETS, "alliance", "from", "to", "q", "select", "present", *WRITTEN_BY_MAP}
)
"""Every parameter that a screen is written in, and those that the map writes itself."""

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Screen:
    """What an address stands for.

    Attributes
    ----------
    filters : Filters
        What is asked for.
    alliance : tuple of str
        Alliances that are filled on the map.
    select : str or None
        A record's id, or ``actor:ID``, ``place:ID`` or ``area:ID``.
    present : bool
        Whether only the map and what explains it is shown.
    """

    filters: Filters = field(default_factory=Filters)
    alliance: tuple[str, ...] = ()
    select: str | None = None
    present: bool = False


@dataclass(frozen=True)
class Choices:
    """Valid values of each parameter, from the dossier and the registries.

    Attributes
    ----------
    options : mapping of str to tuple of str
        For each facet and for ``alliance``, in the order offered.
    default_alliance : tuple of str
        Alliances drawn when the address names none.
    selectable : frozenset of str
        Everything that ``select`` may name.
    dates : tuple of PartialDate
        Steps of the date range, ascending: years, then months.
    offered : mapping of str to tuple of str
        Those of the options that a reader can click: what no record has is not among them.
    """

    options: Mapping[str, tuple[str, ...]]
    default_alliance: tuple[str, ...]
    selectable: frozenset[str]
    dates: tuple[PartialDate, ...]
    offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first_step(self, text: str) -> PartialDate | None:
        """The first step that a range from `text` on reaches; None if no date, or too late."""
        asked = _date(text)
        return asked and next((s for s in self.dates if s.last_day >= asked.first_day), None)

    def last_step(self, text: str) -> PartialDate | None:
        """The last step that a range up to `text` reaches; None if no date, or too early."""
        asked = _date(text)
        return asked and next(
            (s for s in reversed(self.dates) if s.first_day <= asked.last_day), None
        )


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate(text)
    except ValueError:
        return None


NEWS_YEARS = 2
"""Whole years before that of the dossier's date whose months are told apart: an article's news lies
there, its history in the centuries before. Equal steps would give the news a hair's breadth."""


def date_steps(dossier: Dossier) -> tuple[PartialDate, ...]:
    """Steps of the date range: years in which something begins or ends, then months.

    Parameters
    ----------
    dossier : Dossier
        With the records whose dates are to be told apart, and the date that says where news begins.

    Returns
    -------
    tuple of PartialDate
        Ascending; the last ones are months, of the dossier's year at least.
    """
    days = [dossier.head.as_of.last_day]
    detailed_from = max(days[0].year - NEWS_YEARS, date.min.year)
    for record in dossier.records.values():
        days += [record.when.start.first_day, (record.when.end or record.when.start).first_day]
    last = max(days)
    years = sorted({day.year for day in days if day.year < detailed_from})
    months = [
        PartialDate(f"{year:04d}-{month:02d}")
        for year in range(detailed_from, last.year + 1)
        for month in range(1, 13)
        if (year, month) <= (last.year, last.month)
    ]
    return (*(PartialDate(f"{year:04d}") for year in years), *months)


def build_choices(dossier: Dossier, index: FilterIndex, things: Iterable[str]) -> Choices:
    """Collect what an address may hold.

    Parameters
    ----------
    dossier : Dossier
        As joined.
    index : FilterIndex
        Of the same dossier; actors are offered by how many records name them.
    things : iterable of str
        Ids of what can be selected besides records.

    Returns
    -------
    Choices
    """
    records = dossier.records.values()
    alliances = tuple(record.id for record in records if layer_of(record).fills)
    named = index.totals["actor"]
    options = {
        "actor": tuple(
            sorted(named, key=lambda actor: (-named[actor], dossier.actors[actor].name))
        ),
        "theme": tuple(dossier.head.theme_ids),
        "layer": tuple(layer.id for layer in LAYERS),
        "status": tuple(term.value for term in EvidenceStatus),
        "verdict": tuple(term.value for term in Verdict),
        "alliance": alliances,
    }

    def offers(facet: str, value: str) -> bool:
        # Themes keep their place and colour; some layers hold no records.
        if facet in ("theme", "alliance") or index.totals[facet][value]:
            return True
        return facet == "layer" and value in THING_LAYERS

    return Choices(
        options=options,
        offered={
            facet: tuple(value for value in values if offers(facet, value))
            for facet, values in options.items()
        },
        default_alliance=tuple(a for a in alliances if a in dossier.head.alliances_shown),
        selectable=frozenset([*dossier.records, *things]),
        dates=date_steps(dossier),
    )


def _several(parameters: Parameters, key: str, options: Sequence[str]) -> tuple[str, ...]:
    """Valid values of a repeated parameter, in the order offered, each once."""
    asked = set(parameters.get(key, ()))
    return tuple(option for option in options if option in asked)


def clean_query(text: str) -> str:
    """Text that somebody typed or pasted, kept short and printable."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if c.isprintable()).strip()[:LONGEST_QUERY].strip()


def last_of(parameters: Parameters, key: str) -> str:
    """The last value of a parameter; nothing where it has none."""
    values = parameters.get(key, ())
    return values[-1] if values else ""


def read(parameters: Parameters, choices: Choices) -> Screen:
    """Make out what an address asks for; what is not valid is left out.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        The query, decoded, with repeated parameters as several values.
    choices : Choices
        Valid values.

    Returns
    -------
    Screen
        Never fails: nonsense gives the default screen.
    """
    start = choices.first_step(last_of(parameters, "from"))
    end = choices.last_step(last_of(parameters, "to"))
    if start and end and end.last_day < start.first_day:
        start = end = None
    if start == choices.dates[0]:
        start = None
    if end == choices.dates[-1]:
        end = None
    facets = {facet: _several(parameters, facet, choices.options[facet]) for facet in FACETS}
    query = clean_query(last_of(parameters, "q"))
    select = last_of(parameters, "select")
    alliances = _several(parameters, "alliance", choices.options["alliance"])
    # An empty value says "none"; what is no alliance says nothing.
    if not alliances and list(parameters.get("alliance", ())) != [""]:
        alliances = choices.default_alliance
    return Screen(
        filters=Filters(**facets, from_=start, to=end, q=query),
        alliance=alliances,
        select=select if select in choices.selectable else None,
        present=last_of(parameters, "present") == "1",
    )


def write(screen: Screen, choices: Choices) -> dict[str, list[str]]:
    """Give the shortest address of a screen.

    Parameters
    ----------
    screen : Screen
        What to write; values are taken as valid.
    choices : Choices
        Valid values, for what goes without saying.

    Returns
    -------
    dict of str to list of str
        Parameters in a stable order; `read` of it gives `screen` again.
    """
    filters = screen.filters
    parameters: dict[str, list[str]] = {}
    for facet in FACETS:
        if chosen := getattr(filters, facet):
            parameters[facet] = list(chosen)
    if screen.alliance != choices.default_alliance:
        parameters["alliance"] = list(screen.alliance) or [""]
    if filters.from_:
        parameters["from"] = [str(filters.from_)]
    if filters.to:
        parameters["to"] = [str(filters.to)]
    if filters.q:
        parameters["q"] = [filters.q]
    if screen.select:
        parameters["select"] = [screen.select]
    if screen.present:
        parameters["present"] = ["1"]
    return parameters


PILLS: tuple[str, ...] = (*ANSWERED_AT_ONCE, "alliance")
"""Parameters that a reader sets by clicks that the browser answers at once."""


def pressed(screen: Screen) -> str:
    """The pills that are pressed, as the browser writes them: ``theme=a&theme=b&alliance=c``."""
    chosen = {facet: getattr(screen.filters, facet) for facet in ANSWERED_AT_ONCE}
    chosen["alliance"] = screen.alliance
    return pressed_of(chosen)


def pressed_of(chosen: Mapping[str, Sequence[str]]) -> str:
    """The same of what is chosen in each of `PILLS`, in the order offered."""
    return "&".join(f"{key}={value}" for key in PILLS for value in chosen[key])


def cleared(screen: Screen, choices: Choices) -> Screen:
    """The same screen with nothing filtered and nothing selected."""
    return replace(screen, filters=Filters(), alliance=choices.default_alliance, select=None)
