"""The address: what is valid in it is kept, what is written is read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.atlas.address import (
    LONGEST_QUERY,
    PARAMETERS,
    WRITTEN_BY_MAP,
    Choices,
    Screen,
    cleared,
    read,
    write,
)
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import FACETS, Filters
from tests.dashboard.editing import rewrite

# The atlas is shared and never changed.
shared = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=50,
)

# The others are read and written by the map in the browser.
NAMES = sorted(PARAMETERS - WRITTEN_BY_MAP)

NONSENSE = {
    "nothing": [""],
    "no value": [],
    "script": ["<script>alert(1)</script>"],
    "quotes": ["\"'><img src=x onerror=alert(1)>"],
    "template": ["{{7*7}}"],
    "path": ["../../etc/passwd"],
    "null character": ["\0"],
    "lone surrogate": ["\ud800"],
    "null": ["null"],
    "list": ["['IRN']"],
    "several in one": ["IRN,RUS"],
    "other case": ["irn"],
    "huge": ["x" * 1_000_000],
    "huge number": ["9" * 100_000],
    "many": ["?"] * 10_000,
    "negative": ["-1"],
    "not a number": ["nan"],
}

IMPOSSIBLE_DATES = [
    "2023-13", "2023-02-30", "0000", "202", "20230101", "2023-1", "2023-01-01T00:00", "٢٠٢٣",
    "yesterday", " 2023", "2023 ",
]  # fmt: skip


def url_and_back(parameters: dict[str, list[str]]) -> dict[str, list[str]]:
    """Write parameters as a URL's query and take them out of it again."""
    return parse_qs(urlencode(parameters, doseq=True), keep_blank_values=True)


def screens(choices: Choices) -> st.SearchStrategy[Screen]:
    """Screens that are valid: values in the order offered, a query as it is kept."""

    def some_of(options: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
        chosen = st.sets(st.sampled_from(options), max_size=4)
        return chosen.map(lambda values: tuple(option for option in options if option in values))

    steps = choices.dates
    ends = st.tuples(*[st.integers(0, len(steps) - 1)] * 2).map(sorted)
    span = ends.map(
        lambda i: (
            None if i[0] == 0 else steps[i[0]],
            None if i[1] == len(steps) - 1 else steps[i[1]],
        )
    )
    query = st.text(max_size=LONGEST_QUERY).filter(str.isprintable).map(str.strip)
    facets = {facet: some_of(choices.options[facet]) for facet in FACETS}
    filters = st.builds(
        lambda span, **rest: Filters(from_=span[0], to=span[1], **rest), span, **facets, q=query
    )
    return st.builds(
        Screen,
        filters=filters,
        alliance=some_of(choices.options["alliance"]),
        select=st.none() | st.sampled_from(sorted(choices.selectable)),
        present=st.booleans(),
    )


def full_screen(choices: Choices) -> Screen:
    """A screen of which nothing goes without saying."""
    return Screen(
        filters=Filters(
            **{facet: choices.options[facet][:1] for facet in FACETS},
            from_=choices.dates[1],
            to=choices.dates[-2],
            q="drones",
        ),
        alliance=choices.options["alliance"][:1],
        select=min(choices.selectable),
        present=True,
    )


# There and back


@shared
@given(st.data())
def test_what_is_written_is_read_again(atlas: Atlas, data: st.DataObject) -> None:
    screen = data.draw(screens(atlas.choices))
    assert read(url_and_back(write(screen, atlas.choices)), atlas.choices) == screen


ANY_TEXT = st.text(max_size=120) | st.sampled_from(["IRN", "2023", "1", "brics"])


@shared
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(ANY_TEXT, max_size=3)))
def test_whatever_is_read_is_stable(atlas: Atlas, parameters: dict[str, list[str]]) -> None:
    screen = read(parameters, atlas.choices)
    assert read(write(screen, atlas.choices), atlas.choices) == screen


def test_a_query_that_is_cut_at_a_space_is_stable(atlas: Atlas) -> None:
    screen = read({"q": ["x" * (LONGEST_QUERY - 1) + " drones"]}, atlas.choices)
    assert read(write(screen, atlas.choices), atlas.choices) == screen


def test_every_parameter_is_read_and_written(atlas: Atlas) -> None:
    asked = set()

    class Listening(dict[str, list[str]]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.add(key)
            return super().get(key, default)

    read(Listening(), atlas.choices)
    assert asked == set(NAMES)
    assert set(write(full_screen(atlas.choices), atlas.choices)) == set(NAMES)


# The shortest address


def test_the_default_screen_has_no_address(atlas: Atlas) -> None:
    assert write(read({}, atlas.choices), atlas.choices) == {}


def test_the_default_of_a_dossier_that_shows_alliances_has_no_address(
    load_small: Callable[[], Atlas],
) -> None:
    choices = load_small().choices
    assert read({}, choices).alliance == ("brics",)
    assert write(read({}, choices), choices) == {}


def test_no_alliance_is_said_where_the_default_is_some(load_small: Callable[[], Atlas]) -> None:
    choices = load_small().choices
    parameters = write(Screen(alliance=()), choices)
    assert parameters == {"alliance": [""]}
    assert read(url_and_back(parameters), choices).alliance == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_stands_alone(atlas: Atlas, name: str) -> None:
    """Only what differs from the default is written."""
    value = write(full_screen(atlas.choices), atlas.choices)[name]
    assert write(read({name: value}, atlas.choices), atlas.choices) == {name: value}


@pytest.mark.parametrize("name", ["from", "to"])
def test_the_whole_range_is_not_written(atlas: Atlas, name: str) -> None:
    edge = atlas.choices.dates[0 if name == "from" else -1]
    assert read({name: [str(edge)]}, atlas.choices) == read({}, atlas.choices)


# Nonsense


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("name", sorted({*NAMES} - {"q", "alliance"}))
def test_nonsense_gives_the_default(atlas: Atlas, name: str, nonsense: list[str]) -> None:
    assert read({name: nonsense}, atlas.choices) == read({}, atlas.choices)


@pytest.mark.parametrize("name", ["no value", "script", "several in one", "huge"])
def test_nonsense_shows_the_alliances_of_the_default(
    load_small: Callable[[], Atlas], name: str
) -> None:
    """An empty value says "none"; anything else that is no alliance says nothing."""
    choices = load_small().choices
    assert read({"alliance": NONSENSE[name]}, choices) == read({}, choices)


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_any_query_is_kept_short_and_printable(atlas: Atlas, nonsense: list[str]) -> None:
    query = read({"q": nonsense}, atlas.choices).filters.q
    assert len(query) <= LONGEST_QUERY
    assert query.isprintable()
    assert query == query.strip()


@pytest.mark.parametrize("pasted", ["Red\tSea", "Red\nSea", "Red\u00a0Sea"])
def test_words_of_a_pasted_query_stay_apart(atlas: Atlas, pasted: str) -> None:
    assert read({"q": [pasted]}, atlas.choices).filters.q == "Red Sea"


def test_unknown_parameters_are_passed_over(atlas: Atlas) -> None:
    strange = {"view": ["40,50,4"], "utm_source": ["x"], "__proto__": ["1"], "": [""]}
    assert read(strange, atlas.choices) == read({}, atlas.choices)


@pytest.mark.parametrize("name", FACETS)
def test_what_is_valid_beside_nonsense_is_kept(atlas: Atlas, name: str) -> None:
    """In the order offered, each once."""
    first, second = atlas.choices.options[name][:2]
    asked = [second, "nonsense", first, second]
    assert getattr(read({name: asked}, atlas.choices).filters, name) == (first, second)


@pytest.mark.parametrize("select", ["actor:XXX", "actor:", "place:tehran", "area:", ":", "view"])
def test_what_cannot_be_selected_is_not(atlas: Atlas, select: str) -> None:
    assert read({"select": [select]}, atlas.choices).select is None


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize("text", IMPOSSIBLE_DATES)
def test_an_impossible_date_is_no_limit(atlas: Atlas, name: str, text: str) -> None:
    assert read({name: [text]}, atlas.choices) == read({}, atlas.choices)


def test_reversed_dates_are_no_limits(atlas: Atlas) -> None:
    assert read({"from": ["2023"], "to": ["2022-06"]}, atlas.choices) == read({}, atlas.choices)


def test_a_range_of_one_month_is_kept(atlas: Atlas) -> None:
    filters = read({"from": ["2018-05"], "to": ["2018-05"]}, atlas.choices).filters
    assert (filters.from_, filters.to) == ("2018-05", "2018-05")


def test_the_last_of_several_values_counts(atlas: Atlas) -> None:
    assert read({"present": ["no", "1"]}, atlas.choices).present
    assert not read({"present": ["1", "no"]}, atlas.choices).present


# Clearing


def test_clearing_keeps_how_it_is_presented(atlas: Atlas) -> None:
    after = cleared(full_screen(atlas.choices), atlas.choices)
    assert after == Screen(alliance=atlas.choices.default_alliance, present=True)


# Choices


def test_what_no_record_has_is_not_offered(load_small: Callable[[], Atlas]) -> None:
    """But themes keep their place, and places and areas hold no record anyway."""
    offered = load_small().choices.offered
    assert offered["status"] == ("reported",)
    assert offered["verdict"] == ("unverified",)
    assert offered["theme"] == ("arms-transfers", "diplomacy")
    assert offered["alliance"] == ("brics",)
    assert set(offered["actor"]) == {"BRA", "IRN", "RUS", "UKR"}


def test_layers_are_offered_by_what_they_hold(small: Path, load_small: Callable[[], Atlas]) -> None:
    for path in (small / "flows").glob("*.yml"):
        path.unlink()
    choices = load_small().choices
    assert {"flows"} == set(choices.options["layer"]) - set(choices.offered["layer"])
    assert {"chokepoints", "disputed", "events"} <= set(choices.offered["layer"])


def test_actors_are_offered_by_how_many_records_name_them(atlas: Atlas) -> None:
    totals = atlas.index.totals["actor"]
    counts = [totals[actor] for actor in atlas.choices.options["actor"]]
    assert counts == sorted(counts, reverse=True)
    assert set(atlas.choices.options["actor"]) == set(totals)


def test_the_default_alliances_are_in_the_order_offered(
    small: Any, load_small: Callable[[], Atlas]
) -> None:
    """Else an address that names just them would not count as the default."""
    members = [{"actor": "RUS", "status": "member"}]
    alliance = (small / "alliances/brics.yml").read_text(encoding="utf-8")
    other = small / "alliances/another.yml"
    other.write_text(alliance, encoding="utf-8")
    rewrite(other, id="another", members=members)
    rewrite(small / "dossier.yml", alliances_shown=["brics", "another"])
    choices = load_small().choices
    assert write(read({"alliance": ["another", "brics"]}, choices), choices) == {}
