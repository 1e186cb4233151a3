"""Actors: what each does and meets, and who does what to whom, signed. No Streamlit.

`profile_of` is the one place that says which records belong to an actor and in which role: the card
on the map and the actors page both show it. `acts_of` is the one place that says what counts as
supporting or opposing somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from annotations.dossier import Dossier
from annotations.schema import (
    Alliance,
    Corridor,
    Event,
    Flow,
    Indicator,
    Member,
    Presence,
    Record,
    Relation,
    Statement,
)
from annotations.spans import turns
from annotations.vocabulary import (
    CORRECTED,
    EvidenceStatus,
    FlowGoods,
    FlowState,
    RelationState,
    Stance,
)
from dashboard.data import Atlas
from dashboard.labels import amount_in_words
from dashboard.layers import FIRM, type_in_words
from dashboard.markup import templates
from dashboard.scene import FULL
from dashboard.tables import named_beside
from geodata.figures import Figures

SUPPORTS, OPPOSES = "supports", "opposes"
"""The two signs of an act, as in `annotations.vocabulary.RelationType.stance`."""

MARKS = {SUPPORTS: "+", OPPOSES: "−", "both": "±"}
"""The mark of each sign: nothing is told apart by colour alone."""


# One actor


@dataclass(frozen=True)
class Entry:
    """A record in an actor's profile.

    Attributes
    ----------
    record : Record
    text : str
        What it is called here.
    note : str
        What it says of the actor: with whom, in which state, since when.
    """

    record: Record
    text: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The records in which an actor has one role.

    Attributes
    ----------
    id : str
        Stable name of the role.
    label : str
        The role as a reader sees it.
    entries : sequence of Entry
        Never empty.
    """

    id: str
    label: str
    entries: Sequence[Entry]


def standing_in_words(member: Member) -> str:
    """Dates of a standing: ``since 1 January 2024``, ``1997 – 27 March 2014``, or nothing."""
    start = member.from_.words if member.from_ else ""
    if member.to:
        return f"{start} – {member.to.words}" if start else f"until {member.to.words}"
    return f"since {start}" if start else ""


def value_in_words(record: Indicator) -> str:
    """An indicator's value with its unit, as it was given: ``19.6 % of GDP``."""
    return f"{record.value:.12g} {record.unit}"


def profile_of(dossier: Dossier, actor_id: str) -> list[Group]:
    """Every record that names an actor, by the role it has there.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str
        Id of an actor of the dossier.

    Returns
    -------
    list of Group
        In a fixed order; roles that the actor does not have are left out. A record stands in
        several groups where it gives the actor several roles.
    """

    def name(*ids: str) -> str:
        return named_beside([dossier.actors[i].name for i in ids])

    def found(records: Iterable[Record], note: Callable[[Any], str]) -> list[Entry]:
        return [Entry(record, record.title, note(record)) for record in records]

    of = dossier.of_type
    groups = [
        Group(
            "sends",
            "Sends",
            found(
                (flow for flow in of(Flow) if flow.from_ == actor_id),
                lambda flow: f"to {name(flow.to)}, {flow.state.label.lower()}",
            ),
        ),
        Group(
            "receives",
            "Receives",
            found(
                (flow for flow in of(Flow) if flow.to == actor_id),
                lambda flow: f"from {name(flow.from_)}, {flow.state.label.lower()}",
            ),
        ),
        Group(
            "joins",
            "Joins",
            [
                Entry(
                    alliance,
                    f"{alliance.short}: {member.status.label.lower()}",
                    standing_in_words(member),
                )
                for alliance in of(Alliance)
                for member in alliance.members
                if member.actor == actor_id
            ],
        ),
        Group(
            "acts",
            "Acts toward",
            found((r for r in of(Relation) if actor_id in r.by), type_in_words),
        ),
        Group(
            "met",
            "Is met by",
            found(
                (r for r in of(Relation) if actor_id in r.toward),
                lambda r: f"{type_in_words(r)} by {name(*r.by)}",
            ),
        ),
        Group(
            "takes-part",
            "Takes part in",
            found((e for e in of(Event) if actor_id in e.by), type_in_words),
        ),
        Group(
            "hit",
            "Is hit by",
            found((e for e in of(Event) if actor_id in e.against), type_in_words),
        ),
        Group(
            "present",
            "Is present in",
            found((p for p in of(Presence) if p.actor == actor_id), type_in_words),
        ),
        Group(
            "states",
            "States",
            found((s for s in of(Statement) if s.affiliation == actor_id), lambda s: s.speaker),
        ),
        Group(
            "spoken-of",
            "Is spoken of",
            found((s for s in of(Statement) if actor_id in s.about), lambda s: s.speaker),
        ),
        Group(
            "figures",
            "Figures",
            found(
                (i for i in of(Indicator) if i.actor == actor_id),
                lambda i: f"{value_in_words(i)}, {i.year}",
            ),
        ),
        Group(
            "named",
            "Is named in",
            found((r for r in dossier.records.values() if actor_id in r.actors), type_in_words),
        ),
    ]
    return [group for group in groups if group.entries]


def most_named(totals: Mapping[str, int], dossier: Dossier) -> list[str]:
    """Ids of all actors, the one that most records name first.

    Parameters
    ----------
    totals : mapping of str to int
        How many records name each actor.
    dossier : Dossier

    Returns
    -------
    list of str
    """
    return sorted(
        dossier.actors, key=lambda actor: (-totals.get(actor, 0), dossier.actors[actor].name)
    )


# Who does what to whom


@dataclass(frozen=True)
class Act:
    """One actor does something to another, by one record.

    Attributes
    ----------
    by, toward : str
        Ids of the actors.
    record : Record
    sign : str
        `SUPPORTS` or `OPPOSES`.
    what : str
        What is done, and how far it has come: ``arms, delivered``.
    firm : bool
        Whether it is so, or was done: not only expected, under talks, stalled or over.
    """

    by: str
    toward: str
    record: Record
    sign: str
    what: str
    firm: bool


_FIRM_FLOWS = frozenset({FlowState.DELIVERED, FlowState.PARTLY_DELIVERED})
_SIDES = {Stance.SUPPORTS: SUPPORTS, Stance.OPPOSES: OPPOSES}


def _act_parts(record: Record) -> tuple[str, str, bool, list[tuple[str, str]]] | None:
    """Sign, what, firmness and pairs of a record; None where nobody acts on anybody."""
    expected = record.when.expected or record.evidence.status is EvidenceStatus.FORECAST
    match record:
        case Flow():
            what = f"{record.goods.label.lower()}, {record.state.label.lower()}"
            firm = record.state in _FIRM_FLOWS
            return SUPPORTS, what, firm and not expected, [(record.from_, record.to)]
        case Relation():
            in_force = record.state is RelationState.IN_FORCE
            what = record.relation.label.lower()
            if not in_force:
                what += f", {record.state.label.lower()}"
            pairs = [(a, b) for a in record.by for b in record.toward]
            if record.mutual:
                pairs += [(b, a) for a, b in pairs]
            return record.relation.stance, what, in_force and not expected, pairs
        case Event() if record.against:
            pairs = [(a, b) for a in record.by for b in record.against]
            what = record.event.label.lower() + (", expected" if expected else "")
            return OPPOSES, what, not expected, pairs
        # Who warns or describes speaks of many, for and against none.
        case Statement() if record.stance in _SIDES:
            pairs = [(record.affiliation, b) for b in record.about]
            return _SIDES[record.stance], f"{record.speaker} speaks", True, pairs
        case Alliance() | Corridor() | Event() | Indicator() | Presence() | Statement():
            return None
    return None


def acts_of(dossier: Dossier, shown: Container[str] | None = None) -> list[Act]:
    """What actors do to one another, by all records that say so.

    A flow supports its receiver; a relation has the sign of its type, both ways where it is
    mutual; an event opposes whom it is against; a statement counts where it speaks for or against
    somebody, not where it warns or describes.

    Parameters
    ----------
    dossier : Dossier
    shown : container of str, optional
        Ids of the records to look at; all if not given.

    Returns
    -------
    list of Act
        In the dossier's order.
    """
    acts = []
    for record in dossier.records.values():
        parts = _act_parts(record) if shown is None or record.id in shown else None
        if parts:
            sign, what, firm, pairs = parts
            acts += [Act(a, b, record, sign, what, firm) for a, b in pairs if a != b]
    return acts


@dataclass(frozen=True)
class Cell:
    """All that one actor does to another.

    Attributes
    ----------
    acts : sequence of Act
        Never empty.
    """

    acts: Sequence[Act]

    @property
    def firm(self) -> bool:
        """Whether any of it is so, not only expected, under talks, stalled or over."""
        return any(act.firm for act in self.acts)

    @property
    def counted(self) -> list[Act]:
        """The acts that give the sign: those that are so, or all where none is."""
        return [act for act in self.acts if act.firm] or list(self.acts)

    @property
    def supports(self) -> int:
        """How many of the counted acts support."""
        return sum(act.sign == SUPPORTS for act in self.counted)

    @property
    def opposes(self) -> int:
        """How many of the counted acts oppose."""
        return len(self.counted) - self.supports

    @property
    def sign(self) -> str:
        """``supports``, ``opposes`` or ``both``."""
        if self.supports and self.opposes:
            return "both"
        return SUPPORTS if self.supports else OPPOSES

    @property
    def mark(self) -> str:
        """The sign as a character: ``+``, ``−`` or ``±``."""
        return MARKS[self.sign]

    @property
    def words(self) -> str:
        """The cell in words: ``supports 3, opposes 1, 2 more not in force``."""
        parts = [
            f"{sign} {count}"
            for sign, count in ((SUPPORTS, self.supports), (OPPOSES, self.opposes))
            if count
        ]
        if not self.firm:
            parts.append("none of it in force")
        elif rest := len(self.acts) - len(self.counted):
            parts.append(f"{rest} more not in force")
        return ", ".join(parts)


@dataclass(frozen=True)
class Matrix:
    """Who does what to whom.

    Attributes
    ----------
    blocs : tuple of tuple of str
        Those that act or are acted upon: who stands together, side by side.
    cells : mapping of (str, str) to Cell
        By (who acts, whom upon); pairs without an act are left out.
    """

    blocs: tuple[tuple[str, ...], ...]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def actors(self) -> list[str]:
        """All of them, in order."""
        return [actor for bloc in self.blocs for actor in bloc]

    @property
    def rows(self) -> list[list[str]]:
        """Those that act, bloc by bloc."""
        return self._only({by for by, _ in self.cells})

    @property
    def columns(self) -> list[list[str]]:
        """Those that are acted upon, bloc by bloc."""
        return self._only({toward for _, toward in self.cells})

    def _only(self, actors: Container[str]) -> list[list[str]]:
        blocs = [[actor for actor in bloc if actor in actors] for bloc in self.blocs]
        return [bloc for bloc in blocs if bloc]


def matrix_of(acts: Sequence[Act]) -> Matrix:
    """Put acts into a matrix, those who stand together side by side.

    Parameters
    ----------
    acts : sequence of Act

    Returns
    -------
    Matrix
    """
    found: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        found.setdefault((act.by, act.toward), []).append(act)
    return Matrix(
        blocs=tuple(tuple(bloc) for bloc in _blocs(acts)),
        cells={pair: Cell(tuple(of_pair)) for pair, of_pair in found.items()},
    )


def _ties(acts: Sequence[Act], actors: Sequence[str]) -> np.ndarray:
    """How actors stand to one another now: 1 together, −1 against, 0 neither or both."""
    position = {actor: i for i, actor in enumerate(actors)}
    sums = np.zeros((len(actors), len(actors)))
    sides: dict[tuple[str, str, str], set[str]] = {}
    for act in acts:
        if act.firm:
            sums[position[act.by], position[act.toward]] += 1 if act.sign == SUPPORTS else -1
            sides.setdefault((act.record.id, act.sign, act.toward), set()).add(act.by)
    for together in sides.values():  # those who do the same to the same stand together
        for a in together:
            for b in together - {a}:
                sums[position[a], position[b]] += 1
    return np.asarray(np.sign(sums + sums.T))


def _blocs(acts: Sequence[Act]) -> list[list[str]]:
    """Actors in blocs: two camps by the main axis of who stands with whom, then those apart.

    The main axis is the eigenvector of the ties' largest eigenvalue: friends of friends lie on one
    side of it, their opponents on the other. Within a camp each follows the one it is tied to.
    """
    actors = sorted({actor for act in acts for actor in (act.by, act.toward)})
    if not actors:
        return []
    ties = _ties(acts, actors)
    axis = np.linalg.eigh(ties)[1][:, -1].round(6)
    named: dict[str, int] = dict.fromkeys(actors, 0)
    for act in acts:
        named[act.by] += 1
        named[act.toward] += 1
    first = max(actors, key=lambda actor: (named[actor], actor))
    axis *= np.sign(axis[actors.index(first)]) or 1
    camps = [[i for i, at in enumerate(axis) if keep(at)] for keep in _SIDES_OF_AXIS]
    return [_seated(camp, ties, axis, actors) for camp in camps if camp]


_SIDES_OF_AXIS: tuple[Callable[[float], bool], ...] = (
    lambda at: at > 0,
    lambda at: at < 0,
    lambda at: at == 0,
)


def _seated(
    camp: Sequence[int], ties: np.ndarray, axis: np.ndarray, actors: Sequence[str]
) -> list[str]:
    """One camp, its strongest first, each followed by those who are tied to it."""
    order = sorted(camp, key=lambda i: (-abs(axis[i]), actors[i]))
    followers: dict[int | None, list[int]] = {}
    for rank, i in enumerate(order):
        leader = next((j for j in order[:rank] if ties[i, j] > 0), None)
        followers.setdefault(leader, []).append(i)

    def with_followers(i: int) -> list[int]:
        # Those with followers of their own first: leaders then stand beside one another.
        own = sorted(followers.get(i, []), key=lambda j: j not in followers)
        return [i, *(k for j in own for k in with_followers(j))]

    return [actors[k] for i in followers.get(None, []) for k in with_followers(i)]


_ACT_COLUMNS = [
    *("by", "toward", "sign", "what", "in_force"),
    *("title", "when", "evidence", "verdict", "record"),
]


def acts_table(dossier: Dossier, acts: Sequence[Act]) -> pd.DataFrame:
    """Acts as a table, one row each.

    Parameters
    ----------
    dossier : Dossier
    acts : sequence of Act

    Returns
    -------
    pandas.DataFrame
        Text columns: by, toward, sign, what, in_force, title, when, evidence, verdict, record.
    """
    names = dossier.actors
    rows = [
        {
            "by": names[act.by].name,
            "toward": names[act.toward].name,
            "sign": act.sign,
            "what": act.what,
            "in_force": "yes" if act.firm else "no",
            "title": act.record.title,
            "when": act.record.when.words,
            "evidence": act.record.evidence.status.label,
            "verdict": act.record.check.verdict.label,
            "record": act.record.id,
        }
        for act in acts
    ]
    return pd.DataFrame(rows, columns=_ACT_COLUMNS)


# Alliances over time


def standings_of(dossier: Dossier, actor_id: str) -> pd.DataFrame:
    """An actor's standings in alliances over time.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str

    Returns
    -------
    pandas.DataFrame
        Columns: alliance (short name), status (label), full (bool: member), start, end (dates; a
        span that lasts ends on the dossier's date), dates (text), record (id). A standing without
        a start is left out: it cannot be drawn, the profile's text has it.
    """
    today = dossier.head.as_of.last_day
    rows = []
    for alliance in dossier.of_type(Alliance):
        spans = [member for member in alliance.members if member.actor == actor_id]
        changes = [*turns([member.span for member in spans]), (today, None)]
        for (start, position), (end, _) in pairwise(changes):
            if position is None or spans[position].from_ is None or start > today:
                continue
            member = spans[position]
            rows.append(
                {
                    "alliance": alliance.short,
                    "status": member.status.label,
                    "full": member.status in FULL,
                    "start": start,
                    "end": min(end, today),
                    "dates": standing_in_words(member),
                    "record": alliance.id,
                }
            )
    columns = ["alliance", "status", "full", "start", "end", "dates", "record"]
    return pd.DataFrame(rows, columns=columns)


# Pages of HTML

COUNTED = frozenset({"figures"})
"""Groups of a profile that stand among its key figures instead of its lists."""

DRAWN = frozenset({"sends", "receives", "joins"})
"""Groups of a profile that have a form of their own on the page."""

HEADINGS = {
    "acts": "Acts toward others",
    "met": "Is met by others",
    "takes-part": "Takes part in",
    "hit": "Is hit by",
    "present": "Presence",
    "states": "Statements on its behalf",
    "spoken-of": "Statements about it",
    "named": "Named beside others",
}
"""Headings of a profile's lists."""


@dataclass(frozen=True)
class Tile:
    """One key figure.

    Attributes
    ----------
    value, label, note : str
        The figure, what it is, and its share of the world or its year.
    select : str
        Record that gives it; empty where it comes from the table of countries.
    """

    value: str
    label: str
    note: str = ""
    select: str = ""


@dataclass(frozen=True)
class Deals:
    """What an actor sends, or receives, by goods and by state of delivery.

    Attributes
    ----------
    heading : str
    states : sequence of FlowState
        Those that occur, delivered first.
    rows : sequence of (FlowGoods, mapping of FlowState to sequence of Flow)
        The goods that occur.
    count : int
        How many flows there are.
    """

    heading: str
    states: Sequence[FlowState]
    rows: Sequence[tuple[FlowGoods, Mapping[FlowState, Sequence[Flow]]]]
    count: int


@dataclass(frozen=True)
class Tie:
    """An actor and another one: what each does to the other, where it does anything."""

    other: str
    gives: Cell | None
    gets: Cell | None


def deals_of(group: Group) -> Deals:
    """Sort the flows of a group by goods and state.

    Parameters
    ----------
    group : Group
        With the id ``sends`` or ``receives``.

    Returns
    -------
    Deals
    """
    flows = [entry.record for entry in group.entries if isinstance(entry.record, Flow)]
    states = [state for state in FlowState if any(flow.state is state for flow in flows)]
    rows = [
        (
            goods,
            {state: [f for f in flows if (f.goods, f.state) == (goods, state)] for state in states},
        )
        for goods in FlowGoods
        if any(flow.goods is goods for flow in flows)
    ]
    return Deals(group.label, states, rows, len(flows))


def ties_of(matrix: Matrix, actor_id: str) -> list[Tie]:
    """One actor's row and column of the matrix, the strongest tie first.

    Parameters
    ----------
    matrix : Matrix
    actor_id : str

    Returns
    -------
    list of Tie
    """
    ties = [
        Tie(other, matrix.cells.get((actor_id, other)), matrix.cells.get((other, actor_id)))
        for other in matrix.actors
        if other != actor_id
    ]
    return sorted((tie for tie in ties if tie.gives or tie.gets), key=lambda tie: -_strength(tie))


def _strength(tie: Tie) -> int:
    return sum(len(cell.acts) for cell in (tie.gives, tie.gets) if cell)


def tiles_of(
    dossier: Dossier, actor_id: str, figures: Figures, groups: Sequence[Group]
) -> list[Tile]:
    """Key figures: of the country, where the actor is one, then those of the dossier.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str
    figures : Figures
        The table of countries.
    groups : sequence of Group
        The actor's profile.

    Returns
    -------
    list of Tile
    """
    tiles = []
    country = figures.countries.get(actor_id)
    if country and dossier.actors[actor_id].country == actor_id:
        for measure in figures.measures:
            figure = country.by_measure.get(measure.id)
            if figure:
                share = f"{100 * figure.value / figures.world[measure.id].value:.1f} % of the world"
                notes = [share, str(figure.year or ""), figure.note]
                value = amount_in_words(figure.value, measure.unit)
                tiles.append(Tile(value, measure.label, ", ".join(n for n in notes if n)))
    for group in groups:
        for entry in group.entries if group.id == "figures" else ():
            record = entry.record
            if isinstance(record, Indicator):
                value = f"{record.value:,.12g}"
                label = f"{record.unit}, {record.year}"
                tiles.append(Tile(value, label, record.title, record.id))
    return tiles


def profile_html(
    atlas: Atlas,
    figures: Figures,
    actor_id: str,
    acts: Sequence[Act],
    ids: Container[str],
    keep: str,
) -> tuple[str, str, str]:
    """An actor's profile as HTML, in the three parts that the page lays out.

    Parameters
    ----------
    atlas : Atlas
    figures : Figures
    actor_id : str
    acts : sequence of Act
        What actors do to one another, as far as the filters show it.
    ids : container of str
        Ids of the records that the filters show.
    keep : str
        Parameters that links within the page keep, encoded; empty or beginning with ``&``.

    Returns
    -------
    tuple of str
        Head with key figures; deals and ties; lists of records. Everything in them is escaped.
    """
    dossier = atlas.dossier
    groups = _shown_groups(dossier, actor_id, ids)
    render = {
        "actor": dossier.actors[actor_id],
        "actors": dossier.actors,
        "keep": keep,
        "shown": len({entry.record.id for group in groups for entry in group.entries}),
        "total": atlas.index.totals["actor"][actor_id],
        "tiles": tiles_of(dossier, actor_id, figures, groups),
        "source": f"{figures.source}, {figures.licence}",
        "deals": [deals_of(group) for group in groups if group.id in {"sends", "receives"}],
        "ties": ties_of(matrix_of(acts), actor_id),
        "lists": [group for group in groups if group.id not in DRAWN | COUNTED],
        "headings": HEADINGS,
        "places": _places(dossier, actor_id),
        "corrected": CORRECTED,
        "firm": FIRM,
    }
    head, deals, lists = (
        templates.get_template(f"actors_{part}.html").render(render)
        for part in ("head", "deals", "lists")
    )
    return head, deals, lists


def _shown_groups(dossier: Dossier, actor_id: str, ids: Container[str]) -> list[Group]:
    """An actor's profile without what the filters hide."""
    groups = (
        replace(group, entries=[entry for entry in group.entries if entry.record.id in ids])
        for group in profile_of(dossier, actor_id)
    )
    return [group for group in groups if group.entries]


def _places(dossier: Dossier, actor_id: str) -> dict[str, str]:
    """Where each presence of an actor is, by id, and whether that is abroad."""
    home = dossier.actors[actor_id].country
    found = {}
    for record in dossier.of_type(Presence):
        if record.actor == actor_id:
            places = [dossier.places[place] for place in record.places]
            abroad = any(place.country and place.country != home for place in places)
            names = named_beside([place.name for place in places])
            found[record.id] = f"{names} ({'abroad' if abroad else 'at home'})"
    return found


def profile_table(dossier: Dossier, actor_id: str, ids: Container[str]) -> pd.DataFrame:
    """An actor's profile as a table, one row for each record and role.

    Parameters
    ----------
    dossier : Dossier
    actor_id : str
    ids : container of str
        Ids of the records that the filters show.

    Returns
    -------
    pandas.DataFrame
        Text columns: role, title, detail, when, evidence, verdict, record.
    """
    rows = [
        {
            "role": group.label,
            "title": entry.record.title,
            "detail": entry.note,
            "when": entry.record.when.words,
            "evidence": entry.record.evidence.status.label,
            "verdict": entry.record.check.verdict.label,
            "record": entry.record.id,
        }
        for group in _shown_groups(dossier, actor_id, ids)
        for entry in group.entries
    ]
    columns = ["role", "title", "detail", "when", "evidence", "verdict", "record"]
    return pd.DataFrame(rows, columns=columns)


def matrix_html(dossier: Dossier, matrix: Matrix, keep: str) -> str:
    """The matrix as an HTML table in which each cell is a link; everything in it is escaped.

    It does not say which cell is chosen: the page marks that, so that the table stays as it is.
    """
    return templates.get_template("actors_matrix.html").render(
        matrix=matrix, actors=dossier.actors, keep=keep
    )


def chosen(matrix: Matrix, by: str, toward: str) -> tuple[str, str]:
    """What of the matrix is chosen: a cell, a row, a column or nothing.

    Parameters
    ----------
    matrix : Matrix
    by, toward : str
        As in the address; any text.

    Returns
    -------
    tuple of str
        Ids of who acts and who is acted upon; empty for all. A pair without an act gives nothing.
    """
    by = by if by in matrix.actors else ""
    toward = toward if toward in matrix.actors else ""
    if by and toward and (by, toward) not in matrix.cells:
        return "", ""
    return by, toward


def acts_html(dossier: Dossier, acts: Sequence[Act], by: str, toward: str, keep: str) -> str:
    """The records behind a cell, a row or a column as HTML, or a guide where nothing is chosen.

    Parameters
    ----------
    dossier : Dossier
    acts : sequence of Act
        All of them.
    by, toward : str
        From `chosen`.
    keep : str
        As for `profile_html`.

    Returns
    -------
    str
        Everything in it is escaped.
    """
    pairs: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        if by in {"", act.by} and toward in {"", act.toward}:
            pairs.setdefault((act.by, act.toward), []).append(act)
    cells = {
        pair: Cell(sorted(found, key=lambda act: not act.firm))
        for pair, found in sorted(pairs.items(), key=lambda item: -len(item[1]))
    }
    return templates.get_template("actors_acts.html").render(
        actors=dossier.actors,
        by=by,
        toward=toward,
        cells=cells,
        count=len({act.record.id for act in acts}),
        sentence=matrix_in_words(dossier, acts),
        marks=MARKS,
        keep=keep,
        corrected=CORRECTED,
        firm=FIRM,
    )


def matrix_in_words(dossier: Dossier, acts: Sequence[Act]) -> str:
    """The matrix in a sentence or two.

    Parameters
    ----------
    dossier : Dossier
    acts : sequence of Act

    Returns
    -------
    str
        Plain text.
    """
    matrix = matrix_of(acts)
    if not matrix.cells:
        return "No actor does anything to another in the records shown."
    parts = [f"{len(matrix.actors)} actors; in {len(matrix.cells)} pairs one acts on the other."]
    for sign, words in ((SUPPORTS, "Most supported"), (OPPOSES, "Most opposed")):
        counts = Counter(
            toward
            for (_, toward), cell in matrix.cells.items()
            if cell.firm and cell.sign in {sign, "both"}
        )
        top = sorted(counts.items(), key=lambda item: (-item[1], dossier.actors[item[0]].name))[:2]
        if top:
            named = ", ".join(f"{dossier.actors[actor].name} (by {n})" for actor, n in top)
            parts.append(f"{words}: {named}.")
    return " ".join(parts)


def standings_html(dossier: Dossier, actor_id: str, ids: Container[str]) -> str:
    """An actor's standings in alliances with their dates as HTML: the chart in words."""
    groups = _shown_groups(dossier, actor_id, ids)
    return templates.get_template("actors_standings.html").render(
        entries=next((group.entries for group in groups if group.id == "joins"), ()),
    )
