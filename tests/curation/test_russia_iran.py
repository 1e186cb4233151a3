"""The dossier "russia-iran": what `annotations check` cannot ask of it.

For that takes a map (does a place lie in its country?), the article, or knowledge of this one
dossier. What YAML can say stands in ``assertions`` of its ``dossier.yml``. These tests may
fail when a curator changes the dossier; no test elsewhere may.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from annotations import Dossier, load_dossier
from annotations.fingerprints import match
from annotations.schema import Alliance, Corridor, Flow, Place
from annotations.vocabulary import FlowState, LegMode, LegStatus, PlaceType
from geodata.boundaries import load_countries
from geodata.join import join
from tests.dossiers.shelf import SHIPPED
from tests.nonempty import nonempty

ARTICLE = Path(__file__).parents[3] / "shared" / "article.txt"
"""Not part of the project; tests that need it are skipped where it is missing."""

AS_OF = date(2024, 1, 31)

needs_article = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not at hand")


@pytest.fixture(scope="module")
def russia_iran() -> Dossier:
    """Return the dossier."""
    return load_dossier(SHIPPED["russia-iran"])


# --- the article's problems -----------------------------------------------------------------------

GARBLED = [2, 3, 9, 23, 28, 29, 34, 51, 53, 55, 59, 65]

REPEATED = [{10, 14, 25, 59}, {13, 39}, {11, 12}, {40, 41}, {31, 61}, {37, 42}]


def test_what_is_drawn_is_what_is_right(russia_iran: Dossier) -> None:
    """States of the flows and of the corridor's gap on the dossier's date."""
    states = {flow.id: flow.state for flow in russia_iran.of_type(Flow)}
    assert states["rus-irn-yak-130"] is FlowState.PARTLY_DELIVERED
    assert states["rus-irn-su-35"] is FlowState.AGREED
    assert states["rus-irn-mi-28"] is FlowState.AGREED
    assert states["irn-rus-ballistic-missiles"] is FlowState.CONTEMPLATED
    assert states["usa-ukr-aid-package"] is FlowState.STALLED
    instc = russia_iran.records["instc"]
    assert isinstance(instc, Corridor)
    legs = {(leg.from_, leg.to): leg for branch in instc.branches for leg in branch.legs}
    assert legs["astara-irn", "rasht"].status is LegStatus.GAP
    assert legs["bandar-e-anzali", "rasht"].status is LegStatus.UNDER_CONSTRUCTION


@pytest.mark.parametrize("line", GARBLED)
def test_garbled_line_says_so(line: int, russia_iran: Dossier) -> None:
    assert russia_iran.coverage is not None
    assert "garbled" in str(russia_iran.coverage.by_line[line].note).lower()


@pytest.mark.parametrize("lines", REPEATED, ids=str)
def test_what_is_told_twice_is_one_record(lines: set[int], russia_iran: Dossier) -> None:
    together = [r.id for r in russia_iran.records.values() if lines <= set(r.source.lines)]
    assert together


# --- the records as a whole ---------------------------------------------------------------------


def test_every_record_has_an_actor_and_is_drawn(russia_iran: Dossier) -> None:
    joined = join(russia_iran, load_countries())
    assert joined.problems == ()
    drawn = {*joined.points["record"], *joined.lines["record"], *joined.members["alliance"]}
    assert set(russia_iran.records) - drawn == set()
    for record in nonempty(russia_iran.records.values()):
        assert record.all_actors or isinstance(record, Alliance), record.id


def test_titles_can_be_told_apart(russia_iran: Dossier) -> None:
    titles = Counter(record.title.lower() for record in russia_iran.records.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_dates_stay_within_what_the_article_implies(russia_iran: Dossier) -> None:
    early = {"rus-irn-two-centuries-of-rivalry"}  # "two centuries": the span is explained there
    late = {"russian-spring-push-2024"}  # "spring"
    for record in nonempty(russia_iran.records.values()):
        when = record.when
        assert when.start.first_day >= date(1945, 1, 1) or record.id in early, record.id
        for day in nonempty(filter(None, (when.start, when.end))):
            if day.first_day > AS_OF:
                assert when.expected, record.id
            assert day.first_day < date(2024, 4, 1) or record.id in late, record.id


def test_nothing_lies_about_unused(russia_iran: Dossier) -> None:
    """Every actor and place serves a record; chokepoints are drawn by themselves."""
    records = russia_iran.records.values()
    actors = {actor for record in records for actor in record.all_actors}
    for alliance in russia_iran.of_type(Alliance):
        actors |= {member.actor for member in alliance.members}
    assert set(russia_iran.actors) - actors == set()
    places = {place for record in records for place in record.all_places}
    places |= {actor.seat for actor in russia_iran.actors.values() if actor.seat}
    left = [russia_iran.places[name] for name in set(russia_iran.places) - places]
    assert [place.id for place in left if place.type is not PlaceType.CHOKEPOINT] == []


# --- memberships --------------------------------------------------------------------------------

ON_THE_DATE = [
    ("brics", "member", "ARE BRA CHN EGY ETH IND IRN RUS ZAF"),
    ("brics", "unclear", "SAU"),
    ("brics", "declined", "ARG"),
    ("sco", "member", "CHN IND IRN KAZ KGZ PAK RUS TJK UZB"),
    ("sco", "observer", "AFG BLR MNG"),
    (
        "sco",
        "dialogue-partner",
        "ARE ARM AZE BHR EGY KHM KWT LKA MDV MMR NPL QAT SAU TUR",
    ),
    ("g7", "member", "CAN DEU FRA GBR ITA JPN USA"),
    ("un-permanent-five", "member", "CHN FRA GBR RUS USA"),
    ("instc-parties", "member", "ARM AZE BLR IND IRN KAZ OMN RUS SYR TJK"),
    ("instc-parties", "observer", "BGR"),
    ("instc-parties", "unclear", "KGZ TKM TUR UKR"),
]


def standings(dossier: Dossier, alliance: str, day: date) -> dict[str, str]:
    """Party → status on a day; a span ends where its successor begins."""
    record = dossier.records[alliance]
    assert isinstance(record, Alliance)
    return {
        member.actor: member.status.value
        for member in record.members
        if not (member.from_ and member.from_.first_day > day)
        and not (member.to and member.to.last_day <= day)
    }


@pytest.mark.parametrize(("alliance", "status", "codes"), ON_THE_DATE)
def test_members_on_the_date(alliance: str, status: str, codes: str, russia_iran: Dossier) -> None:
    found = standings(russia_iran, alliance, AS_OF)
    assert sorted(actor for actor, own in found.items() if own == status) == codes.split()


def test_russia_continues_the_soviet_seat(russia_iran: Dossier) -> None:
    before = standings(russia_iran, "un-permanent-five", date(1991, 12, 23))
    after = standings(russia_iran, "un-permanent-five", date(1991, 12, 24))
    assert set(before) - set(after) == {"soviet-union"}
    assert set(after) - set(before) == {"RUS"}


# --- places -------------------------------------------------------------------------------------

OFF_OUTLINE_KM = 15
"""Allowed beyond the country's outline: at 1:50m it cuts off harbours, islands, border towns."""

OFF_COAST_KM = 30
"""A seaport is at most so far from the outline of the land."""

IN_STRAIT_KM = 1
"""So far inland a strait may lie where the outline is wider than the water: the Turkish Straits."""

RIVER_PORTS = {"astrakhan"}
"""On the Volga above its delta; no sea leg ends there."""

GEOD = Geod(ellps="WGS84")


def km_from(shape: BaseGeometry, place: Place) -> float:
    """Distance of a place from a shape, 0 within it."""
    point = Point(place.lon, place.lat)
    near = nearest_points(shape, point)[0]
    return float(GEOD.inv(near.x, near.y, point.x, point.y)[2]) / 1000


@pytest.fixture(scope="module")
def countries() -> gpd.GeoDataFrame:
    return load_countries()


@pytest.fixture(scope="module")
def land(countries: gpd.GeoDataFrame) -> BaseGeometry:
    return countries.union_all()


def test_places_lie_in_their_country(russia_iran: Dossier, countries: gpd.GeoDataFrame) -> None:
    shapes = countries["geometry"]
    off = {
        place.id: round(km_from(shapes[place.country], place), 1)
        for place in russia_iran.places.values()
        if place.country
    }
    assert {name: km for name, km in off.items() if km > OFF_OUTLINE_KM} == {}


def test_places_without_country_lie_at_sea(russia_iran: Dossier, land: BaseGeometry) -> None:
    at_sea = [place for place in russia_iran.places.values() if not place.country]
    assert [place.id for place in at_sea if km_from(land, place) == 0] == []


def test_seaports_lie_on_a_coast(russia_iran: Dossier, land: BaseGeometry) -> None:
    """Places of type port, and whatever else on land a sea leg ends at."""
    ends = {
        name
        for corridor in russia_iran.of_type(Corridor)
        for branch in corridor.branches
        for leg in branch.legs
        if leg.mode is LegMode.SEA
        for name in (leg.from_, leg.to)
    }
    assert ends & RIVER_PORTS == set()
    ports = {p.id for p in russia_iran.places.values() if p.type is PlaceType.PORT} - RIVER_PORTS
    on_land = {name for name in ends if russia_iran.places[name].country}
    off = {name: km_from(land.boundary, russia_iran.places[name]) for name in ports | on_land}
    assert {name: round(km) for name, km in off.items() if km > OFF_COAST_KM} == {}


def test_chokepoints_lie_at_sea_or_on_a_canal(russia_iran: Dossier, land: BaseGeometry) -> None:
    inland = [
        place.id
        for place in russia_iran.places.values()
        if place.type is PlaceType.CHOKEPOINT
        and not place.id.endswith("-canal")
        and km_from(land, place) == 0
        and km_from(land.boundary, place) > IN_STRAIT_KM
    ]
    assert inland == []


# --- the article --------------------------------------------------------------------------------


def test_there_is_a_fingerprint_for_every_line(russia_iran: Dossier) -> None:
    article = russia_iran.head.article
    assert len(article.fingerprints) == article.lines == 71


@needs_article
def test_the_article_matches(russia_iran: Dossier) -> None:
    lines = ARTICLE.read_text(encoding="utf-8").splitlines()
    known = russia_iran.head.article.fingerprints
    assert match(lines, known) == [True] * 71
    lines[33] = lines[33].replace("not", "", 1) + "."
    assert [number for number, same in enumerate(match(lines, known), 1) if not same] == [34]


def test_regions_that_links_name_are_where_they_were(russia_iran: Dossier) -> None:
    """They stood in the code once, and a briefing's link names them."""
    assert {extent.id: extent.bounds for extent in russia_iran.head.extents} == {
        "eurasia": (-12, 2, 142, 72),
        "middle-east": (24, 11, 66, 43),
        "caspian": (40, 32, 66, 50),
        "black-sea": (21, 38, 50, 54),
        "red-sea": (30, 8, 64, 33),
    }
