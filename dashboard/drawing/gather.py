"""Symbols that would cover one another: moved apart, or gathered into a ring with a count.

All lengths are points; nothing here knows what is drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx as nx
import numpy as np

MOST_FANNED = 4
"""Symbols of one spot that are shown one by one; more become a ring."""

GAP = 1.2
"""Points between neighbours."""

_FAR = 1.8
"""How far from its spot a symbol may be moved, in radii, before it is gathered instead."""

_ROUNDS = 160


@dataclass(frozen=True)
class SymbolGroup:
    """Symbols that stand together.

    Attributes
    ----------
    x, y : float
        Middle.
    members : tuple of int
        Positions in what was asked for.
    at : tuple of (float, float)
        Where each member's middle goes; empty for a ring.
    radius : float
        Of the ring, or of the circle around all members.
    """

    x: float
    y: float
    members: tuple[int, ...]
    at: tuple[tuple[float, float], ...]
    radius: float

    @property
    def ring(self) -> bool:
        """Whether it is drawn as one ring."""
        return not self.at

    def circles(self, radius: float) -> list[tuple[float, float, float]]:
        """Middle and radius of each thing drawn."""
        if self.ring:
            return [(self.x, self.y, self.radius)]
        return [(x, y, radius) for x, y in self.at]


def ring_radius(count: int, radius: float) -> float:
    """Radius of a ring of `count` symbols."""
    return radius * (1.32 if count < 10 else 1.5)


def _offsets(count: int, radius: float) -> np.ndarray:
    """Where members of a fan stand, around its middle."""
    if count == 1:
        return np.zeros((1, 2))
    step = 2 * radius + GAP
    reach = step / (2 * math.sin(math.pi / count))
    start = {2: 0.0, 3: math.pi / 2, 4: math.pi / 4}.get(count, 0.0)
    turns = start + 2 * math.pi * np.arange(count) / count
    if count > 2:
        # Room for the dot that marks the spot.
        reach = max(reach, radius + 2.5)
    return reach * np.column_stack([np.cos(turns), np.sin(turns)])


def gather(spots: np.ndarray, radius: float, frame: tuple[float, float]) -> list[SymbolGroup]:
    """Place symbols so that none covers another.

    Parameters
    ----------
    spots : array of shape (n, 2)
        True places.
    radius : float
        Of a symbol.
    frame : tuple of float
        Width and height; everything stays inside.

    Returns
    -------
    list of SymbolGroup
        Every symbol is in one of them. What shares a spot fans out around it, up to `MOST_FANNED`;
        more become a ring. What is only near is moved apart; what would have to be moved too far
        is gathered.
    """
    if not len(spots):
        return []
    clusters = _merge(
        [[i] for i in range(len(spots))], _touching(spots, np.full(len(spots), radius * 0.55))
    )
    while True:
        groups, extents = _build(clusters, spots, radius)
        centres = np.array([group.mean(axis=0) for group in groups])
        placed = _relax(centres, extents, frame)
        moved = np.hypot(*(placed - centres).T)
        crowded = _touching(placed, extents, GAP * 0.5)
        far = np.flatnonzero(moved > _FAR * radius)
        pairs = list(crowded)
        if not pairs and len(far):
            worst = far[np.argmax(moved[far])]
            inside = np.minimum(placed[worst], np.array(frame) - placed[worst]).min()
            near = np.hypot(*(centres - centres[worst]).T)
            near[worst] = np.inf
            if near.min() < 6 * radius and inside > 0:
                pairs = [(int(worst), int(near.argmin()))]
        if not pairs:
            return [
                _group(cluster, spots, tuple(at), radius)
                for cluster, at in zip(clusters, placed, strict=True)
            ]
        clusters = _merge(clusters, pairs[:1] if crowded else pairs)


def _touching(at: np.ndarray, radii: np.ndarray, slack: float = 0.0) -> list[tuple[int, int]]:
    """Pairs of circles that overlap, the worst first."""
    apart = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    over = radii[:, None] + radii[None, :] - slack - apart
    a, b = np.nonzero(np.triu(over > 1e-9, 1))
    order = np.argsort(-over[a, b], kind="stable")
    return [(int(a[i]), int(b[i])) for i in order]


def _merge(clusters: list[list[int]], pairs: list[tuple[int, int]]) -> list[list[int]]:
    near = nx.Graph(pairs)
    near.add_nodes_from(range(len(clusters)))
    groups = sorted(sorted(group) for group in nx.connected_components(near))
    return [[spot for one in group for spot in clusters[one]] for group in groups]


def _build(
    clusters: list[list[int]], spots: np.ndarray, radius: float
) -> tuple[list[np.ndarray], np.ndarray]:
    extents = []
    for cluster in clusters:
        count = len(cluster)
        if count > MOST_FANNED:
            extents.append(ring_radius(count, radius) + GAP / 2)
        else:
            reach = float(np.hypot(*_offsets(count, radius)[0]))
            extents.append(reach + radius + GAP / 2)
    return [spots[cluster] for cluster in clusters], np.array(extents)


def _relax(centres: np.ndarray, radii: np.ndarray, frame: tuple[float, float]) -> np.ndarray:
    """Push circles apart, and pull each back to where it belongs."""
    at = centres.copy()
    # Two on one spot would not know where to go.
    turns = np.arange(len(at)) * 2.399963
    at += 1e-3 * np.column_stack([np.cos(turns), np.sin(turns)])
    low = radii[:, None] + 1
    high = np.maximum(np.array(frame) - radii[:, None] - 1, low)
    for step in range(_ROUNDS):
        delta = at[:, None] - at[None, :]
        apart = np.hypot(delta[..., 0], delta[..., 1])
        np.fill_diagonal(apart, np.inf)
        over = np.maximum(radii[:, None] + radii[None, :] - apart, 0)
        push = (over / np.maximum(apart, 1e-6))[..., None] * delta * 0.52
        move = push.sum(axis=1)
        free = over.sum(axis=1) < 1e-3
        # Late rounds only part what still touches.
        pull = 0.06 if step < _ROUNDS * 0.6 else 0.0
        move += np.where(free[:, None], 1.0, 0.3) * pull * (centres - at)
        at = np.clip(at + move, low, high)
        if over.max() < 1e-3 and pull == 0.0:
            break
    return at


def _group(
    cluster: list[int], spots: np.ndarray, at: tuple[float, float], radius: float
) -> SymbolGroup:
    count = len(cluster)
    if count > MOST_FANNED:
        return SymbolGroup(
            float(at[0]), float(at[1]), tuple(cluster), (), ring_radius(count, radius)
        )
    places = np.array(at) + _offsets(count, radius)
    left = list(range(count))
    chosen: list[tuple[float, float]] = []
    # Each member takes the seat that is nearest to its own spot.
    for member in cluster:
        seat = min(left, key=lambda i: float(np.hypot(*(places[i] - spots[member]))))
        left.remove(seat)
        chosen.append((float(places[seat][0]), float(places[seat][1])))
    reach = float(np.hypot(*_offsets(count, radius)[0])) + radius
    return SymbolGroup(float(at[0]), float(at[1]), tuple(cluster), tuple(chosen), reach)
