"""Filters: any of the values within one, all of the filters together."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.dates import PartialDate
from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.schema import RECORD_TYPES, Alliance, Record
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import FACETS, FilterIndex, Filters, build_index, fold
from dashboard.atlas.layers import BY_KIND
from tests.dashboard.editing import BASE
from tests.nonempty import nonempty

# The atlas is shared and never changed.
shared = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=50,
)


@pytest.fixture(scope="module")
def base() -> Dossier:
    """The small dossier: a head, a few actors and places."""
    return load_dossier(BASE)


def event(name: str, **fields: Any) -> Record:
    """An event in Tehran by nobody, with these fields."""
    content = {
        "id": name,
        "kind": "event",
        "title": f"Event {name}",
        "summary": "Nothing to search for.",
        "themes": ["diplomacy"],
        "when": {"date": "2023"},
        "source": {"lines": [1]},
        "evidence": {"status": "reported"},
        "check": {"verdict": "unverified"},
        "event": "meeting",
        "places": ["tehran"],
    }
    return RECORD_TYPES["events"].model_validate(content | fields)


def index_of(base: Dossier, *records: Record) -> FilterIndex:
    return build_index(replace(base, records={record.id: record for record in records}))


def shows(base: Dossier, when: dict[str, Any], **asked: str) -> bool:
    """Whether an event of that date passes a range of dates."""
    dates = {name: PartialDate(text) for name, text in asked.items()}
    return bool(index_of(base, event("it", when=when)).visible(Filters(**dates)))


# Facets


def test_no_filter_shows_everything_in_the_dossiers_order(atlas: Atlas) -> None:
    assert atlas.index.visible(Filters()) == list(atlas.dossier.records)


def test_within_a_filter_any_value_will_do(base: Dossier) -> None:
    index = index_of(
        base,
        event("both", themes=["diplomacy", "arms-transfers"]),
        event("one", themes=["diplomacy"]),
        event("other", themes=["arms-transfers"]),
    )
    assert index.visible(Filters(theme=("diplomacy",))) == ["both", "one"]
    chosen = Filters(theme=("diplomacy", "arms-transfers"))
    assert index.visible(chosen) == ["both", "one", "other"]


def test_between_filters_all_must_hold(base: Dossier) -> None:
    index = index_of(
        base,
        event("ours", by=["RUS"], themes=["diplomacy"]),
        event("theirs", by=["UKR"], themes=["diplomacy"]),
        event("our-arms", by=["RUS"], themes=["arms-transfers"]),
    )
    assert index.visible(Filters(actor=("RUS",), theme=("diplomacy",))) == ["ours"]


@pytest.mark.parametrize(
    ("field", "holder"),
    [
        ("by", {"by": ["BRA"]}),
        ("against", {"against": ["BRA"]}),
        ("actors", {"actors": ["BRA"]}),
    ],
)
def test_an_actor_is_found_in_any_role(base: Dossier, field: str, holder: dict[str, Any]) -> None:
    index = index_of(base, event("it", **holder), event("other", by=["RUS"]))
    assert index.visible(Filters(actor=("BRA",))) == ["it"], field


@pytest.mark.parametrize(
    ("facet", "of"),
    [
        ("theme", lambda record: set(record.themes)),
        ("layer", lambda record: {BY_KIND[record.kind].id}),
        ("status", lambda record: {record.evidence.status.value}),
        ("verdict", lambda record: {record.check.verdict.value}),
    ],
)
def test_each_value_of_a_facet_shows_the_records_that_have_it(
    atlas: Atlas, facet: str, of: Any
) -> None:
    for value in nonempty(atlas.choices.options[facet]):
        expected = [name for name, record in atlas.dossier.records.items() if value in of(record)]
        assert atlas.index.visible(Filters(**{facet: (value,)})) == expected, value


def test_an_alliance_is_found_by_its_members(atlas: Atlas) -> None:
    for alliance in nonempty(atlas.dossier.of_type(Alliance)):
        for member in nonempty(alliance.members):
            assert alliance.id in atlas.index.visible(Filters(actor=(member.actor,)))


@pytest.mark.parametrize("facet", FACETS)
def test_a_value_that_no_record_has_shows_nothing(atlas: Atlas, facet: str) -> None:
    assert atlas.index.visible(Filters(**{facet: ("no-such-value",)})) == []


def test_filters_that_exclude_one_another_show_nothing(base: Dossier) -> None:
    index = index_of(base, event("it", by=["RUS"]))
    assert index.visible(Filters(actor=("RUS",), layer=("flows",))) == []


# Text


@pytest.mark.parametrize(
    "query",
    ["eagles", "EAGLES", "  eagles ", "counted", "carefully eagles", "eagle", "tehran", "brazil"],
)
def test_words_are_found_in_title_summary_places_and_actors(base: Dossier, query: str) -> None:
    record = event("it", title="Three eagles", summary="Counted carefully.", by=["BRA"])
    index = index_of(base, record, event("other", title="Doves", places=["moscow"]))
    assert index.visible(Filters(q=query)) == ["it"]


def test_all_words_must_occur(base: Dossier) -> None:
    index = index_of(base, event("it", title="Three eagles"))
    assert index.visible(Filters(q="three doves")) == []


@pytest.mark.parametrize(
    ("query", "actor"),
    [
        ("Tanganyika", "TZA"),
        ("Guardians of the Shore", "shore-guard"),
        ("MZ", "MOZ"),
        ("Mozambique", "MOZ"),
        ("Mocambique", "MOZ"),
        ("Moçambique", "MOZ"),
        ("Union Office", "lake-office"),
    ],
)
def test_another_name_of_an_actor_finds_its_records(lakes: Atlas, query: str, actor: str) -> None:
    atlas = lakes
    named = atlas.index.visible(Filters(actor=(actor,)))
    assert named
    assert set(named) <= set(atlas.index.visible(Filters(q=query)))


def test_another_name_finds_nothing_else(lakes: Atlas) -> None:
    found = lakes.index.visible(Filters(q="Guardians of the Shore"))
    assert found == lakes.index.visible(Filters(actor=("shore-guard",)))


@pytest.mark.parametrize("query", ["cafe", "CAFÉ", "cafe\u0301", "Café"])
def test_accents_make_no_difference(base: Dossier, query: str) -> None:
    assert index_of(base, event("it", title="A café there")).visible(Filters(q=query)) == ["it"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Türkiye", "turkiye"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁre", "fire")],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text() | st.text(st.characters(categories=["Lm", "Mn", "Mc", "Lo", "No", "So"])))
def test_folding_goes_character_by_character(text: str) -> None:
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    assert fold(text) == bare.casefold()


@pytest.mark.parametrize("query", [".*", "[", "\\", "%", "(?i)iran", "'", "\0"])
def test_a_query_is_no_pattern(base: Dossier, query: str) -> None:
    assert index_of(base, event("it", title="Iran there")).visible(Filters(q=query)) == []


# Dates


@pytest.mark.parametrize(
    ("when", "asked", "shown"),
    [
        # A month reaches from its first to its last day.
        ({"date": "2022-03"}, {"to": "2022-03-01"}, True),
        ({"date": "2022-03"}, {"to": "2022-02-28"}, False),
        ({"date": "2022-03"}, {"from_": "2022-03-31"}, True),
        ({"date": "2022-03"}, {"from_": "2022-04-01"}, False),
        # So does a month that is asked for.
        ({"date": "2022-03-31"}, {"to": "2022-03"}, True),
        ({"date": "2022-03-01"}, {"from_": "2022-03"}, True),
        ({"date": "2022-04-01"}, {"to": "2022-03"}, False),
        ({"date": "2022-02-28"}, {"from_": "2022-03"}, False),
        # And a year.
        ({"date": "2022"}, {"from_": "2022-12-31"}, True),
        ({"date": "2022"}, {"from_": "2023-01-01"}, False),
        ({"date": "2022"}, {"to": "2022-01-01"}, True),
        ({"date": "2022"}, {"to": "2021"}, False),
        # A span touches what it overlaps.
        ({"from": "2022-03", "to": "2022-06"}, {"from_": "2022-06-30"}, True),
        ({"from": "2022-03", "to": "2022-06"}, {"from_": "2022-07"}, False),
        ({"from": "2022-03", "to": "2022-06"}, {"from_": "2022-04", "to": "2022-05"}, True),
        ({"from": "2022-03", "to": "2022-06"}, {"to": "2022-02"}, False),
        # What is open lasts; what has only a start is not known to.
        ({"from": "2022-03", "open": True}, {"from_": "2050"}, True),
        ({"from": "2022-03", "open": True}, {"to": "2022-02"}, False),
        ({"from": "2022-03"}, {"from_": "2022-03-31"}, True),
        ({"from": "2022-03"}, {"from_": "2022-04"}, False),
        # What is expected has its date, too.
        ({"date": "2024-03", "expected": True}, {"from_": "2024-03"}, True),
        ({"date": "2024-03", "expected": True}, {"to": "2024-02"}, False),
        ({"from": "2024-03", "open": True, "expected": True}, {"from_": "2030"}, True),
    ],
)
def test_a_range_shows_what_it_touches(
    base: Dossier, when: dict[str, Any], asked: dict[str, str], shown: bool
) -> None:
    assert shows(base, when, **asked) is shown


# Counts


def test_counts_are_of_the_records_given(base: Dossier) -> None:
    index = index_of(
        base,
        event("both", themes=["diplomacy", "arms-transfers"]),
        event("one", themes=["diplomacy"]),
        event("other", themes=["arms-transfers"]),
    )
    assert index.counts(["both", "one"], "theme") == {"diplomacy": 2, "arms-transfers": 1}
    assert index.counts([], "theme") == Counter()


@pytest.mark.parametrize("facet", FACETS)
def test_a_total_is_what_the_filter_shows(atlas: Atlas, facet: str) -> None:
    totals = atlas.index.totals[facet]
    assert totals
    shown = {value: len(atlas.index.visible(Filters(**{facet: (value,)}))) for value in totals}
    assert shown == dict(totals)


# Rules that hold for any filters


def filters_of(atlas: Atlas) -> st.SearchStrategy[Filters]:
    facets = {
        facet: st.lists(st.sampled_from(atlas.choices.options[facet]), max_size=3).map(tuple)
        for facet in FACETS
    }
    date = st.none() | st.sampled_from(atlas.choices.dates)
    words = st.lists(st.sampled_from(["iran", "Persia", "drone", "türk", "zzz"]), max_size=2)
    return st.builds(Filters, **facets, from_=date, to=date, q=words.map(" ".join))


def active(filters: Filters) -> dict[str, Any]:
    return {name: value for name, value in vars(filters).items() if value}


@shared
@given(st.data())
def test_visible_is_a_selection_in_the_dossiers_order(atlas: Atlas, data: st.DataObject) -> None:
    visible = atlas.index.visible(data.draw(filters_of(atlas)))
    assert visible == [name for name in atlas.dossier.records if name in set(visible)]


@shared
@given(st.data())
def test_another_filter_never_adds_a_record(atlas: Atlas, data: st.DataObject) -> None:
    few, more = data.draw(filters_of(atlas)), data.draw(filters_of(atlas))
    both = Filters(**(active(more) | active(few)))
    assert set(atlas.index.visible(both)) <= set(atlas.index.visible(few))


@shared
@given(st.data())
def test_filters_together_show_what_each_of_them_shows(atlas: Atlas, data: st.DataObject) -> None:
    filters = data.draw(filters_of(atlas))
    expected = set(atlas.dossier.records)
    for name, value in active(filters).items():
        expected &= set(atlas.index.visible(Filters(**{name: value})))
    assert set(atlas.index.visible(filters)) == expected


@shared
@given(st.data())
def test_values_of_a_filter_add_up(atlas: Atlas, data: st.DataObject) -> None:
    facet = data.draw(st.sampled_from(FACETS))
    values = data.draw(st.lists(st.sampled_from(atlas.choices.options[facet]), min_size=1))
    each = [atlas.index.visible(Filters(**{facet: (value,)})) for value in values]
    together = atlas.index.visible(Filters(**{facet: tuple(values)}))
    assert set(together) == {name for found in each for name in found}
