"""Lengths of the corridors of "russia-iran", beside those that are published."""

from __future__ import annotations

import geopandas as gpd
import pytest

from annotations.schema import Branch, Corridor
from dashboard.atlas.data import Atlas
from geodata.joined import JoinedDossier, LegKey
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def real(atlas: Atlas) -> JoinedDossier:
    return atlas.joined


def lines_of(joined: JoinedDossier, name: str) -> gpd.GeoDataFrame:
    return joined.lines[joined.lines["record"] == name]


def branches(joined: JoinedDossier) -> list[tuple[Corridor, Branch]]:
    return [(c, branch) for c in joined.dossier.of_type(Corridor) for branch in c.branches]


@pytest.mark.parametrize(("corridor", "km"), [("suez-route", 14_119), ("cape-route", 22_393)])
def test_sea_routes_are_as_long_as_the_shipping_lanes(
    real: JoinedDossier, corridor: str, km: float
) -> None:
    assert lines_of(real, corridor)["km"].sum() == pytest.approx(km, rel=0.02)


def test_the_gap_of_rasht_astara(real: JoinedDossier) -> None:
    """Published as 162–170 km of railway to be built."""
    legs = lines_of(real, "instc")
    [gap] = legs[legs["status"] == "gap"].itertuples()
    assert 140 < gap.km < 175


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
