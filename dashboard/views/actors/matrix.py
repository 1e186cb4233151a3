"""Acts as a matrix of who does them and toward whom, signed. No Streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotations.dossier import Dossier
from annotations.vocabulary import CORRECTED
from dashboard.atlas.layer_parts import OPPOSES, SUPPORTS
from dashboard.atlas.layers import FIRM
from dashboard.look.markup import templates
from dashboard.views.actors.acts import Act

MARKS = {SUPPORTS: "+", OPPOSES: "−", "both": "±"}
"""The mark of each sign: nothing is told apart by colour alone."""


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


def matrix_html(dossier: Dossier, matrix: Matrix, keep: str) -> str:
    """The matrix as an HTML table in which each cell is a link; everything in it is escaped.

    It does not say which cell is chosen: the page marks that, so that the table stays as it is.
    """
    return templates.get_template("views/actors/matrix.html").render(
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
    return templates.get_template("views/actors/acts.html").render(
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
