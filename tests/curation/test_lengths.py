"""Lengths of the corridors of "russia-iran", beside those that are published."""

from __future__ import annotations

import pytest

from annotations.schema import Branch, Corridor
from dashboard.atlas.data import Atlas
from geodata.joined import JoinedDossier, LegKey
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def real(atlas: Atlas) -> JoinedDossier:
    return atlas.joined


def branches(joined: JoinedDossier) -> list[tuple[Corridor, Branch]]:
    return [(c, branch) for c in joined.dossier.of_type(Corridor) for branch in c.branches]


@pytest.mark.parametrize("published", ["164", "37"])
def test_railways_are_near_their_published_length(real: JoinedDossier, published: str) -> None:
    """Drawn from waypoint to waypoint, a line is shorter than the track, never longer."""
    found = [
        real.legs[LegKey(corridor.id, branch.id, number)].km
        for corridor, branch in branches(real)
        if corridor.id == "instc"
        for number, leg in enumerate(branch.legs, start=1)
        if leg.published_km == published
    ]
    assert found
    assert all(0.6 * float(published) < km <= float(published) for km in nonempty(found))
