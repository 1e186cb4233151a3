"""An actor's profile as the page shows it: head, tiles, deals, ties, records. No Streamlit."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from annotations.dossier import Dossier
from annotations.english import amount_in_words, named_beside
from annotations.schema import Flow, Indicator, Presence
from annotations.vocabulary import CORRECTED, FlowGoods, FlowState
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import FIRM
from dashboard.atlas.profiles import Group, profile_of
from dashboard.look.markup import templates
from dashboard.views.actors.acts import Act
from dashboard.views.actors.matrix import Cell, Matrix, matrix_of
from geodata.figures import Figures


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


# Pages of HTML

COUNTED = frozenset({"figures"})
"""Groups of a profile that stand among its key figures instead of its lists."""

DRAWN = frozenset({"sends", "receives", "joins"})
"""Groups of a profile that have a form of their own on the page."""


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
        "places": _places(dossier, actor_id),
        "corrected": CORRECTED,
        "firm": FIRM,
    }
    head, deals, lists = (
        templates.get_template(f"views/actors/{part}.html").render(render)
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
