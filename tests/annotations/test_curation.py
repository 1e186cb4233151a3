"""What the shipped dossier says: known problems, memberships, dates, places, and its article."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

import annotations
from annotations import Dossier
from annotations.__main__ import main
from annotations.fingerprints import fingerprint, match
from annotations.schema import Alliance, Corridor, Flow, Place
from annotations.vocabulary import FlowState, LegMode, LegStatus, PlaceType, Verdict
from annotations.yaml_text import read_text
from geodata.boundaries import load_countries
from geodata.join import join

ARTICLE = Path(__file__).parents[3] / "shared" / "article.txt"
"""Not part of the project; tests that need it are skipped where it is missing."""

AS_OF = date(2024, 1, 31)

needs_article = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not at hand")


# --- known problems of the article --------------------------------------------------------------

CONFIRMED, GENERAL, SECONDARY = "confirmed", "general knowledge", "secondary"
NOT_FOUND, COMPUTED = "not found", "computed"

PROBLEMS = [
    # number, record, what its note or reference must hold, how firm the reference says it is
    (1, "irn-joins-sco-2023-07-04", "ninth full member on 4 July 2023", CONFIRMED),
    (1, "sco", "full member, the ninth, since 4 July 2023", CONFIRMED),
    (2, "brics", "Egypt, Ethiopia, Iran and the United Arab Emirates", CONFIRMED),
    (2, "brics", "Saudi Arabia contradict one another; Argentina declined", CONFIRMED),
    (3, "instc-agreement-2000", "12 September 2000", CONFIRMED),
    (3, "instc-in-force-2002", "16 May", GENERAL),
    (3, "instc", "12 September 2000", CONFIRMED),
    (3, "instc-parties", "September 2000", CONFIRMED),
    (4, "rasht-astara-agreement-2023", "162–170 km", CONFIRMED),
    (4, "instc", "work has not begun", CONFIRMED),
    (4, "rus-irn-rasht-astara-loan", "work had not begun", CONFIRMED),
    (5, "brics-share-of-world-gdp-ppp", "purchasing power parity only", COMPUTED),
    (5, "g7-share-of-world-gdp-ppp", "purchasing power parity only", COMPUTED),
    (6, "rus-stance-houthi-attacks", "extremely wrong", CONFIRMED),
    (6, "rus-stance-houthi-attacks", "2722", CONFIRMED),
    (7, "un-missile-limits-expire-2023", "resolution 2231", CONFIRMED),
    (7, "un-missile-limits-expire-2023", "sanctions stayed", CONFIRMED),
    (8, "usa-ukr-patriot", "SAMP/T", CONFIRMED),
    (8, "fra-ukr-samp-t", "June 2023", CONFIRMED),
    (9, "irn-advisers-iraq", "No large Iranian units", GENERAL),
    (10, "west-payment-exclusion-rus", "ten Russian banks", CONFIRMED),
    (10, "west-payment-exclusion-irn", "banks that are cut off", GENERAL),
    (11, "rus-oil-gas-revenue-share-2023", "30 per cent of federal revenue", CONFIRMED),
    (12, "irn-rus-artillery-ammunition", "300,000 shells and a million rounds", CONFIRMED),
    (13, "irn-rus-shahed-drones", "September 2022", GENERAL),
    (14, "rus-irn-yak-130", "2 September 2023", CONFIRMED),
    (14, "rus-irn-su-35", "No delivery", CONFIRMED),
    (14, "rus-irn-mi-28", "No delivery", CONFIRMED),
    (15, "rus-irn-communication-devices", "nothing of this sort", NOT_FOUND),
    (16, "us-official-russia-to-buy-missiles", "not final", SECONDARY),
    (16, "irn-rus-ballistic-missiles", "spring 2024", SECONDARY),
    (17, "prk-rus-ballistic-missiles", "disclosed on 4 January 2024", CONFIRMED),
    (17, "prk-rus-ballistic-missiles", "deny", CONFIRMED),
    (18, "missile-reach-into-ukraine-forecast", "about 86", SECONDARY),
    (19, "peskov-strikes-legal-basis", "basis in law", NOT_FOUND),
    (20, "rus-irn-partnership", "figure of speech: Raisi visited Moscow", CONFIRMED),
    (21, "irn-rus-new-axis-warning", "no treaty of mutual defence", GENERAL),
    (22, "rus-irn-strategic-treaty-expected", "Unsigned on 31 January 2024", CONFIRMED),
    (22, "rus-irn-partnership", "final drafting on 17 January 2024", CONFIRMED),
    (23, "ukraine-counteroffensive-2023", "main push was in the south", GENERAL),
    (24, "irn-ussr-estrangement", "early Soviet recognition", GENERAL),
    (24, "irn-rus-thaw", "June 1989", GENERAL),
    (25, "putin-takes-office-2000", "31 December 1999", GENERAL),
    (26, "irn-rus-rapprochement", "garbled", GENERAL),
    (27, "kremlin-meeting-2023-12-07", "One visit", CONFIRMED),
    (28, "us-uk-strikes-yemen-2024-01-12", "same word", CONFIRMED),
]
"""The 28 known problems of the article (number 26, garbles, and 27, repetitions, below as well)."""

GARBLED = [2, 3, 9, 23, 28, 29, 34, 51, 53, 55, 59, 65]

REPEATED = [{10, 14, 25, 59}, {13, 39}, {11, 12}, {40, 41}, {31, 61}, {37, 42}]


def test_every_known_problem_is_listed() -> None:
    assert {number for number, *_ in PROBLEMS} == set(range(1, 29))


@pytest.mark.parametrize(
    ("number", "name", "keyword", "firmness"),
    PROBLEMS,
    ids=[f"{number}-{name}-{keyword[:16]}" for number, name, keyword, _ in PROBLEMS],
)
def test_known_problem(
    number: int, name: str, keyword: str, firmness: str, russia_iran: Dossier
) -> None:
    """The record's check says what is right, and its reference how firm that is."""
    check = russia_iran.records[name].check
    assert keyword in f"{check.note} {check.reference}"
    assert firmness in str(check.reference).lower()


def test_verdicts_on_what_is_plainly_wrong(russia_iran: Dossier) -> None:
    verdicts = {name: record.check.verdict for name, record in russia_iran.records.items()}
    assert verdicts["irn-joins-sco-2023-07-04"] is Verdict.OUTDATED
    assert verdicts["rasht-astara-agreement-2023"] is Verdict.WRONG
    assert verdicts["rus-stance-houthi-attacks"] is Verdict.WRONG
    assert verdicts["prk-rus-ballistic-missiles"] is Verdict.DISPUTED


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


def test_every_line_is_accounted_for(russia_iran: Dossier) -> None:
    assert russia_iran.coverage is not None
    assert list(russia_iran.coverage.by_line) == list(range(1, 72))


def test_every_record_has_an_actor_and_is_drawn(russia_iran: Dossier) -> None:
    joined = join(russia_iran, load_countries())
    assert joined.problems == ()
    drawn = {*joined.points["record"], *joined.lines["record"], *joined.members["alliance"]}
    assert set(russia_iran.records) - drawn == set()
    for record in russia_iran.records.values():
        assert record.all_actors or isinstance(record, Alliance), record.id


def test_titles_can_be_told_apart(russia_iran: Dossier) -> None:
    titles = Counter(record.title.lower() for record in russia_iran.records.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_dates_stay_within_what_the_article_implies(russia_iran: Dossier) -> None:
    early = {"rus-irn-two-centuries-of-rivalry"}  # "two centuries": the span is explained there
    late = {"russian-spring-push-2024"}  # "spring"
    for record in russia_iran.records.values():
        when = record.when
        assert when.start.first_day >= date(1945, 1, 1) or record.id in early, record.id
        for day in filter(None, (when.start, when.end)):
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

MEMBERSHIPS = [
    ("brics", "2009-06-16", {"member": 4}),
    ("brics", "2010-12-24", {"member": 5}),
    ("brics", "2023-08-23", {"member": 5}),
    ("brics", "2023-08-24", {"member": 5, "invited": 6}),
    ("brics", "2023-12-31", {"member": 5, "invited": 5, "declined": 1}),
    ("brics", "2024-01-01", {"member": 9, "unclear": 1, "declined": 1}),
    ("brics", "2024-01-31", {"member": 9, "unclear": 1, "declined": 1}),
    ("sco", "2001-06-15", {"member": 6}),
    ("sco", "2017-06-08", {"member": 6, "observer": 6, "dialogue-partner": 6}),
    ("sco", "2017-06-09", {"member": 8, "observer": 4, "dialogue-partner": 6}),
    ("sco", "2023-07-03", {"member": 8, "observer": 4, "dialogue-partner": 14}),
    ("sco", "2023-07-04", {"member": 9, "observer": 3, "dialogue-partner": 14}),
    ("sco", "2024-01-31", {"member": 9, "observer": 3, "dialogue-partner": 14}),
    ("g7", "1975-11-15", {"member": 6}),
    ("g7", "1976-06-27", {"member": 7}),
    ("g7", "2014-03-23", {"member": 8, "participant": 1}),
    ("g7", "2014-03-24", {"member": 7, "participant": 1, "suspended": 1}),
    ("g7", "2024-01-31", {"member": 7, "participant": 1, "former": 1}),
    ("un-permanent-five", "1945-10-24", {"member": 5}),
    ("un-permanent-five", "1991-12-23", {"member": 5}),
    ("un-permanent-five", "1991-12-24", {"member": 5}),
    ("un-permanent-five", "2024-01-31", {"member": 5}),
    ("eu-27", "1958-01-01", {"member": 6}),
    ("eu-27", "1973-01-01", {"member": 9}),
    ("eu-27", "2004-05-01", {"member": 25}),
    ("eu-27", "2007-01-01", {"member": 27}),
    ("eu-27", "2013-07-01", {"member": 28}),
    ("eu-27", "2020-01-30", {"member": 28}),
    ("eu-27", "2020-01-31", {"member": 27, "former": 1}),
    ("eu-27", "2024-01-31", {"member": 27, "former": 1}),
    ("instc-parties", "2000-09-12", {"member": 3, "unclear": 3}),
    ("instc-parties", "2006-01-11", {"member": 7, "unclear": 3}),
    ("instc-parties", "2006-01-12", {"member": 8, "unclear": 3}),
    ("instc-parties", "2024-01-31", {"member": 10, "observer": 1, "unclear": 4}),
]
"""Alliance, day, number of parties by status. Without a date, a standing holds always."""

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


@pytest.mark.parametrize(
    ("alliance", "day", "counts"),
    MEMBERSHIPS,
    ids=[f"{name}-{day}" for name, day, _ in MEMBERSHIPS],
)
def test_count_of_members(
    alliance: str, day: str, counts: dict[str, int], russia_iran: Dossier
) -> None:
    found = standings(russia_iran, alliance, date.fromisoformat(day))
    assert Counter(found.values()) == counts


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


def test_fingerprints_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints what dossier.yml takes."""
    text = tmp_path / "article.txt"
    text.write_text("One line.\nAnother.\n", encoding="utf-8")
    assert main(["fingerprints", str(text)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  lines: 2",
        "  fingerprints:",
        f"    - '{fingerprint('One line.')}'",
        f"    - '{fingerprint('Another.')}'",
    ]
    assert main(["fingerprints", str(tmp_path / "missing.txt")]) == 1
    assert "cannot be read" in capsys.readouterr().err


# --- the guide ----------------------------------------------------------------------------------


def test_the_record_in_the_guide_is_valid() -> None:
    guide = Path(annotations.__file__).parent / "README.md"
    (example,) = re.findall(r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    reading = read_text(example)
    assert reading.flaws == []
    Flow.model_validate_json(json.dumps(reading.data), strict=True, by_alias=True, by_name=False)
