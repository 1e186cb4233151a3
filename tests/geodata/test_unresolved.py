"""What cannot be resolved is a problem, and the rest is joined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.schema import Actor
from geodata.join import join
from tests.geodata.made import flow, record, relation, with_records
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[2]


def broken(base: Dossier, **fields: Any) -> Dossier:
    """Two flows and an alliance; Brazil, which is in one of each, cannot be drawn."""
    members = [{"actor": "BRA", "status": "member"}, {"actor": "RUS", "status": "member"}]
    alliance = record("alliances", "brics", short="BRICS", members=members)
    records = [alliance, flow("bad", "BRA", "RUS"), flow("good", "IRN", "RUS")]
    return with_records(base, *records, BRA={"type": "organisation", **fields})


@pytest.mark.parametrize(("country", "words"), [(None, "BRA"), ("BRX", "BRX")])
def test_an_unknown_country_is_a_problem_of_each_record(
    base: Dossier, countries: gpd.GeoDataFrame, country: str | None, words: str
) -> None:
    joined = join(broken(base, country=country), countries)
    files = sorted(problem.file for problem in joined.problems)
    assert files == ["alliances/brics.yml", "flows/bad.yml"]
    assert all(words in problem.reason for problem in nonempty(joined.problems))


@pytest.mark.parametrize("country", [None, "BRX"])
def test_the_rest_is_joined(
    base: Dossier, countries: gpd.GeoDataFrame, country: str | None
) -> None:
    joined = join(broken(base, country=country), countries)
    assert list(joined.dossier.records) == ["good"]
    assert list(joined.lines["record"]) == ["good"]
    assert len(joined.members) == 0


@pytest.mark.parametrize("country", [None, "BRX"])
def test_a_problem_says_whose_field_it_is(
    base: Dossier, countries: gpd.GeoDataFrame, country: str | None
) -> None:
    """Whoever mends it has to know the actor, and that its country is meant."""
    for problem in nonempty(join(broken(base, country=country), countries).problems):
        assert problem.field.endswith("country")
        assert "actor 'BRA'" in str(problem)


def test_similar_codes_are_named(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    joined = join(broken(base, country="BRX"), countries)
    assert all("did you mean" in problem.reason for problem in nonempty(joined.problems))


def test_a_country_is_checked_even_where_a_seat_is_drawn(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    """The seat gives the point, but labels and fills go by the country."""
    dossier = with_records(base, flow("it", "IRN", "RUS"), IRN={"country": "IRX"})
    assert ["IRX" in problem.reason for problem in join(dossier, countries).problems] == [True]


def test_a_port_far_from_any_lane_is_a_problem(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    leg = {"from": "moscow", "to": "anzali", "mode": "sea", "status": "operating"}
    branches = [{"id": "it", "title": "Over land", "legs": [leg]}]
    it = record("corridors", "it", branches=branches)
    joined = join(with_records(base, it, flow("good", "IRN", "RUS")), countries)
    assert [problem.file for problem in joined.problems] == ["corridors/it.yml"]
    assert "km from the nearest sea lane" in joined.problems[0].reason
    assert list(joined.lines["record"]) == ["good"]


def test_a_record_is_drawn_as_a_whole_or_not_at_all(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    both = relation("it", "RUS", "UKR").model_copy(update={"by": ["RUS", "BRA"]})
    dossier = with_records(base, both, BRA={"type": "organisation", "country": None})
    joined = join(dossier, countries)
    assert len(joined.lines) == 0
    assert not joined.dossier.records


def test_the_loaders_problems_come_first(countries: gpd.GeoDataFrame, tmp_path: Path) -> None:
    base = load_dossier(ROOT / "tests" / "invalid" / "base")
    earlier = tuple(load_dossier(base.folder).problems)
    assert join(base, countries).problems == earlier


def test_an_empty_dossier_joins(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    joined = join(with_records(base), countries)
    assert (len(joined.points), len(joined.lines), len(joined.members)) == (0, 0, 0)
    assert joined.lines.crs == "EPSG:4326"


def test_an_actor_model_is_not_changed(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    """The dossier may be shared."""
    before: dict[str, Actor] = dict(base.actors)
    join(base, countries)
    assert base.actors == before
