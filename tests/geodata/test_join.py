"""Records and geometry: everything that is named lies somewhere, or is a problem."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.schema import Alliance, Corridor, Flow, Relation
from annotations.vocabulary import LegMode
from geodata.join import join, paths
from geodata.joined import LINE_COLUMNS, MEMBER_COLUMNS, POINT_COLUMNS, JoinedDossier, LegKey
from geodata.routes import line_km
from tests.dossiers.shelf import LAKES
from tests.geodata.made import flow, record, relation, with_records
from tests.nonempty import nonempty


@pytest.fixture(scope="module")
def lakes(countries: gpd.GeoDataFrame) -> JoinedDossier:
    return join(load_dossier(LAKES), countries)


def ends(line: LineString | MultiLineString) -> tuple[tuple[float, float], tuple[float, float]]:
    parts = paths(line)
    return parts[0][0], parts[-1][-1]


def lines_of(joined: JoinedDossier, name: str) -> gpd.GeoDataFrame:
    return joined.lines[joined.lines["record"] == name]


# The project's dossier


def test_the_dossier_has_no_problem(lakes: JoinedDossier) -> None:
    assert [str(problem) for problem in lakes.problems] == []


def test_tables_have_their_columns(lakes: JoinedDossier) -> None:
    assert list(lakes.points.columns) == POINT_COLUMNS
    assert list(lakes.lines.columns) == LINE_COLUMNS
    assert list(lakes.members.columns) == MEMBER_COLUMNS


def test_each_kind_becomes_what_it_is_drawn_as(lakes: JoinedDossier) -> None:
    of = {name: r.kind for name, r in lakes.dossier.records.items()}
    assert {of[name] for name in lakes.points["record"]} == {
        "event", "presence", "statement", "indicator",
    }  # fmt: skip
    assert {of[name] for name in lakes.lines["record"]} == {"flow", "relation", "corridor"}
    assert {of[name] for name in lakes.members["alliance"]} == {"alliance"}


def test_every_record_lies_somewhere(lakes: JoinedDossier) -> None:
    drawn = {*lakes.points["record"], *lakes.lines["record"], *lakes.members["alliance"]}
    assert drawn == set(lakes.dossier.records)


def test_as_many_parts_as_the_record_names(lakes: JoinedDossier) -> None:
    parts = pd.concat([lakes.points["record"], lakes.lines["record"]]).value_counts()
    for name, r in nonempty(lakes.dossier.records.items()):
        if isinstance(r, Relation):
            assert parts[name] == len(r.by) * len(r.toward), name
        elif isinstance(r, Corridor):
            assert parts[name] == sum(len(branch.legs) for branch in r.branches), name
        elif isinstance(r, Alliance):
            assert (lakes.members["alliance"] == name).sum() == len(r.members), name
        else:
            assert parts[name] == max(1, len(r.all_places) if not isinstance(r, Flow) else 1), name


def test_each_line_says_who_acts_toward_whom(lakes: JoinedDossier) -> None:
    parties = {
        name: set(rows[["by", "toward"]].itertuples(index=False, name=None))
        for name, rows in lakes.lines.groupby("record")
    }
    for r in nonempty(lakes.dossier.of_type(Relation)):
        expected = {(acting, other) for acting in r.by for other in r.toward}
        assert parties[r.id] == expected
    for f in nonempty(r for r in lakes.dossier.of_type(Flow) if r.id in parties):
        assert parties[f.id] == {(f.from_, f.to)}


def test_everything_is_on_the_globe(lakes: JoinedDossier) -> None:
    for table in (lakes.points, lakes.lines):
        assert table.crs == "EPSG:4326"
        assert table.geometry.is_valid.all()
        assert not table.geometry.is_empty.any()
        west, south, east, north = table.total_bounds
        assert (west >= -180, south >= -90, east <= 180, north <= 90) == (True,) * 4


def test_no_line_jumps_across_the_map(lakes: JoinedDossier) -> None:
    for line in nonempty(lakes.lines.geometry):
        for path in nonempty(paths(line)):
            assert all(abs(a[0] - b[0]) <= 180 for a, b in nonempty(pairwise(path)))


def test_points_lie_where_their_places_do(lakes: JoinedDossier) -> None:
    for row in nonempty(lakes.points[lakes.points["place"].notna()].itertuples()):
        place = lakes.dossier.places[row.place]
        assert (row.geometry.x, row.geometry.y) == (place.lon, place.lat)
        assert (row.place_name, row.precision) == (place.name, place.precision.value)


def test_flows_run_from_sender_to_receiver(lakes: JoinedDossier) -> None:
    places, actors = lakes.dossier.places, lakes.dossier.actors
    for f in nonempty(lakes.dossier.of_type(Flow)):
        [row] = lines_of(lakes, f.id).itertuples()
        for given, actor, at in nonempty(
            zip((f.from_place, f.to_place), (f.from_, f.to), ends(row.geometry), strict=True)
        ):
            place = places[given or actors[actor].seat]
            assert at == pytest.approx((place.lon, place.lat)), f.id


def test_members_are_countries_that_exist(
    lakes: JoinedDossier, countries: gpd.GeoDataFrame
) -> None:
    assert set(lakes.members["country"]) <= set(countries.index)


def test_lengths_are_positive(lakes: JoinedDossier) -> None:
    assert (lakes.lines["km"] > 0).all()


# Corridors


def branches(joined: JoinedDossier) -> list[tuple[Corridor, Any]]:
    return [(c, branch) for c in joined.dossier.of_type(Corridor) for branch in c.branches]


def test_legs_begin_and_end_at_their_places(lakes: JoinedDossier) -> None:
    places = lakes.dossier.places
    for corridor, branch in nonempty(branches(lakes)):
        for number, leg in nonempty(enumerate(branch.legs, start=1)):
            row = lakes.legs[LegKey(corridor.id, branch.id, number)]
            first, last = places[leg.from_], places[leg.to]
            expected = ((first.lon, first.lat), (last.lon, last.lat))
            assert ends(row.geometry) == expected
            assert (row.from_place, row.to_place) == (leg.from_, leg.to)
            assert (row.from_name, row.to_name) == (first.name, last.name)
            assert (row.mode, row.status) == (leg.mode.value, leg.status.value)


def test_land_legs_pass_the_places_between(lakes: JoinedDossier) -> None:
    legs = [
        (lakes.legs[LegKey(corridor.id, branch.id, number)].geometry, leg)
        for corridor, branch in branches(lakes)
        for number, leg in enumerate(branch.legs, start=1)
        if leg.mode in {LegMode.RAIL, LegMode.ROAD}
    ]
    assert any(leg.via for _, leg in legs)
    for line, leg in nonempty(legs):
        [path] = paths(line)
        via = [lakes.dossier.places[place] for place in leg.via]
        assert path[1:-1] == [(place.lon, place.lat) for place in via]


def test_sea_legs_go_by_way_of_the_places_between(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    """A place between the ends decides which way the leg goes."""
    spots = {"here": (30.2, 59.9), "there": (72.95, 18.95), "cape": (18.0, -35.0)}
    pattern = base.places["anzali"]
    places = {
        name: pattern.model_copy(update={"id": name, "lon": lon, "lat": lat})
        for name, (lon, lat) in spots.items()
    }
    leg = {"from": "here", "to": "there", "mode": "sea", "status": "operating"}
    legs = {"short": leg, "long": {**leg, "via": ["cape"]}}
    records = [
        record("corridors", name, branches=[{"id": "it", "title": "By sea", "legs": [leg]}])
        for name, leg in legs.items()
    ]
    joined = join(replace(with_records(base, *records), places=places), countries)
    km = joined.lines.set_index("record")["km"]
    assert km["long"] > km["short"] + 5_000


def test_a_leg_is_as_long_as_it_is_drawn(lakes: JoinedDossier) -> None:
    for row in nonempty(lakes.lines[lakes.lines["type"] == "leg"].itertuples()):
        assert row.km == pytest.approx(line_km(row.geometry))


# Lanes


def test_relations_of_a_stance_share_a_line(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    joined = join(
        with_records(
            base,
            relation("one", "RUS", "UKR", "conflict"),
            relation("two", "UKR", "RUS", "sanction"),
            relation("three", "RUS", "UKR", "backing"),
        ),
        countries,
    )
    shape = {row.record: row.geometry for row in joined.lines.itertuples()}
    assert shape["one"].equals_exact(shape["two"])
    assert not shape["one"].equals(shape["three"])


def test_forward_says_whether_the_acting_party_stands_at_the_start(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    records = [
        relation("one", "RUS", "UKR", "conflict"),
        relation("two", "UKR", "RUS", "conflict"),
    ]
    joined = join(with_records(base, *records), countries)
    for row, acting in zip(joined.lines.itertuples(), ["moscow", "kyiv"], strict=True):
        place = base.places[acting]
        assert row.forward == (ends(row.geometry)[0] == pytest.approx((place.lon, place.lat)))


def test_lines_of_the_dossier_share_only_as_relations_do(lakes: JoinedDossier) -> None:
    """Two parts have one shape exactly if they are relations of one stance between two points."""
    arcs = lakes.lines[lakes.lines["type"] != "leg"]
    groups: dict[bytes, set[object]] = {}
    for row in arcs.itertuples():
        r = lakes.dossier.records[row.record]
        key: object = row.record
        if isinstance(r, Relation):
            key = (r.relation.stance, frozenset(ends(row.geometry)))
        groups.setdefault(row.geometry.wkb, set()).add(key)
    assert all(len(keys) == 1 for keys in nonempty(groups.values()))
    relations = arcs[arcs["type"] == "relation"]
    shapes = relations.groupby("bundle")["geometry"].agg(lambda rows: {row.wkb for row in rows})
    assert all(len(shape) == 1 for shape in nonempty(shapes))
    assert len(set().union(*shapes)) == len(shapes)
    assert len(groups) == len({key for keys in groups.values() for key in keys})


def test_flows_between_the_same_two_do_not_coincide(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    flows = [flow("one", "IRN", "RUS"), flow("two", "IRN", "RUS"), flow("back", "RUS", "IRN")]
    rows = join(with_records(base, *flows, relation("it", "RUS", "IRN")), countries).lines
    for one, other in nonempty(combinations(rows.geometry, 2)):
        assert shapely.hausdorff_distance(one, other) > 0.5  # degrees


def test_flows_have_the_inner_lanes(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    """Whatever relation comes first by its id."""
    first = join(with_records(base, flow("it", "RUS", "IRN")), countries).lines
    records = [relation("a-relation", "RUS", "IRN"), flow("it", "RUS", "IRN")]
    both = join(with_records(base, *records), countries)
    assert first.geometry.iloc[0].equals_exact(lines_of(both, "it").geometry.iloc[0])


def test_a_flow_is_as_long_as_the_way_and_not_as_its_bow(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    flows = [flow("one", "IRN", "RUS"), flow("two", "IRN", "RUS"), flow("back", "RUS", "IRN")]
    km = join(with_records(base, *flows), countries).lines["km"]
    assert list(km) == pytest.approx([km[0]] * 3)


# Where there is no line to draw


def test_a_relation_at_one_point_is_a_symbol(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    dossier = with_records(base, relation("it", "RUS", "UKR"), UKR={"seat": "moscow"})
    joined = join(dossier, countries)
    assert len(joined.lines) == 0
    assert list(joined.points["place"]) == ["moscow"]


def test_a_flow_within_one_place_is_a_symbol_there(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    it = flow("it", "IRN", "RUS", from_place="anzali", to_place="anzali")
    joined = join(with_records(base, it), countries)
    assert len(joined.lines) == 0
    assert list(joined.points["place"]) == ["anzali"]


def test_an_actor_without_a_seat_stands_in_its_country(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    fields = {"actor": "BRA", "value": 1, "unit": "%", "year": 2023}
    joined = join(with_records(base, record("indicators", "it", **fields)), countries)
    [point] = joined.points.itertuples()
    assert (point.place, point.place_name, point.precision) == (None, "Brazil", "country")
    assert countries.loc["BRA", "geometry"].contains(point.geometry)


# Which place an end is


def test_an_end_says_which_place_it_is(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    """Names may be shared: a line keeps the ids, and None where a country's label stands in."""
    twin = base.places["moscow"].model_copy(update={"id": "other-moscow", "lat": 46.7, "lon": -117})
    records = [
        flow("seats", "IRN", "RUS"),
        flow("places", "IRN", "RUS", from_place="anzali", to_place="other-moscow"),
        flow("label", "IRN", "BRA"),
        relation("kinship", "RUS", "IRN"),
        relation("afar", "BRA", "IRN"),
    ]
    dossier = with_records(base, *records, BRA={"seat": None})
    joined = join(replace(dossier, places={**base.places, twin.id: twin}), countries)
    assert not joined.problems
    rows = joined.lines.set_index("record")
    found = {name: (row["from_place"], row["to_place"]) for name, row in rows.iterrows()}
    assert found == {
        "seats": ("tehran", "moscow"),
        "places": ("anzali", "other-moscow"),
        "label": ("tehran", None),
        "kinship": ("moscow", "tehran"),
        "afar": (None, "tehran"),
    }
    assert rows.loc["places", "to_name"] == rows.loc["seats", "to_name"] == "Moscow"
    assert ends(rows.loc["places", "geometry"])[1] == pytest.approx((twin.lon, twin.lat))


def test_flows_and_legs_run_as_they_are_told(lakes: JoinedDossier) -> None:
    """Only relations share a line whoever acts, so only theirs may have to be turned round."""
    assert lakes.lines["forward"].dtype == bool
    turned = lakes.lines[~lakes.lines["forward"]]
    assert set(turned["type"]) == {"relation"}


def test_a_line_says_how_far_its_record_has_come(
    base: Dossier, countries: gpd.GeoDataFrame
) -> None:
    records = [
        flow("agreed", "IRN", "RUS", state="agreed"),
        flow("stalled", "IRN", "RUS", state="stalled"),
        relation("pending", "RUS", "UKR", state="pending"),
    ]
    joined = join(replace(base, records={r.id: r for r in records}), countries)
    assert dict(zip(joined.lines["record"], joined.lines["state"], strict=True)) == {
        name: name for name in ("agreed", "stalled", "pending")
    }


def test_members_say_who_since_when_and_as_what(base: Dossier, countries: gpd.GeoDataFrame) -> None:
    joined = join(base, countries)
    assert list(joined.members.columns) == [
        *("alliance", "actor", "country", "status", "start", "end", "note"),
    ]
    [alliance] = base.of_type(Alliance)
    told = list(joined.members.itertuples(index=False))
    assert [(row.actor, row.status, row.start) for row in told] == [
        (member.actor, member.status.value, member.from_) for member in alliance.members
    ]
