"""Search: what is found, in which order, what is marked, and what is said where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.atlas.search import GROUP_LENGTH, Answer, SearchIndex, answer_html
from dashboard.atlas.search_hits import Hit
from dashboard.atlas.search_query import read_query, words_of
from dashboard.atlas.search_things import GROUPS, Field, Thing
from dashboard.brief.origins import brief_of
from tests.dashboard.editing import rewrite
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

Load = Callable[[], Atlas]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=x()>{{12*345}}"


def first(answer: Answer) -> str:
    return answer.groups[0].hits[0].thing.id


def ids(answer: Answer) -> set[str]:
    return {hit.thing.id for group in answer.groups for hit in group.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Tanganyika", "actor:TZA"),
        ("tanganyika", "actor:TZA"),
        ("Guardians of the Shore", "actor:shore-guard"),
        ("MZ", "actor:MOZ"),
        ("U.R.T.", "actor:TZA"),
        ("mocambique", "actor:MOZ"),
        ("Moçambique", "actor:MOZ"),
        ("guardian", "actor:shore-guard"),
        ("copper bank ltd", "actor:copper-bank"),
        ("Union", "lake-union"),
        ("Circle", "copper-circle"),
        ("Kalemie", "place:kalemie"),
        ("mozambique channel", "place:mozambique-strait"),
    ],
)
def test_the_best_hit(atlas: Atlas, query: str, found: str) -> None:
    assert first(atlas.search.answer(query)) == found


@pytest.mark.parametrize("query", ["Su-35", "su35", "SU‑35", "su 35"])
def test_punctuation_makes_no_difference(load_small: Load, small: Path, query: str) -> None:
    rewrite(small / "flows/drones.yml", title="Su-35 fighters from Iran")
    answer = load_small().search.answer(query)
    titles = [h.thing.title for g in answer.groups for h in g.hits]
    assert any("Su-35" in title for title in titles)


def test_everything_is_found_by_its_own_title(atlas: Atlas) -> None:
    for thing in nonempty(atlas.search.things):
        assert thing.id in ids(atlas.search.answer(thing.title)), thing.title


def test_all_words_are_needed(atlas: Atlas) -> None:
    both = ids(atlas.search.answer("copper Ndola"))
    assert both
    assert both == ids(atlas.search.answer("copper")) & ids(atlas.search.answer("Ndola"))


def test_the_beginning_of_a_word_will_do(atlas: Atlas) -> None:
    assert ids(atlas.search.answer("sanctions")) <= ids(atlas.search.answer("sanct"))
    assert atlas.search.answer("anctions").words == "sanctions", "which is a slip"


def test_a_short_word_is_a_whole_word(atlas: Atlas) -> None:
    """Or else MZ would find all that begins so."""
    for group in nonempty(atlas.search.answer("by").groups):
        for hit in nonempty(group.hits):
            texts = [word.folded for field in hit.thing.fields for word in field.words]
            assert "by" in texts, hit.thing.id


def test_a_question_is_read_by_its_telling_words(atlas: Atlas) -> None:
    assert [word.whole for word in read_query("Who backs the Guards?")] == ["backs", "guards"]
    assert ids(atlas.search.answer("who backs the Shore Guard?"))
    assert [word.whole for word in read_query("who")] == ["who"]


def test_results_are_grouped_best_first(atlas: Atlas) -> None:
    answer = atlas.search.answer("copper")
    assert [group.id for group in answer.groups if group.id not in GROUPS] == []
    for group in nonempty(answer.groups):
        scores = [hit.score for hit in group.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(hit.thing.group == group.id for hit in nonempty(group.hits))
    best = [group.hits[0].score for group in answer.groups]
    assert best == sorted(best, reverse=True)


def test_every_result_leads_somewhere(atlas: Atlas) -> None:
    for thing in nonempty(atlas.search.things):
        if thing.select:
            assert thing.select in atlas.choices.selectable
        else:
            page, _, query = thing.goto.partition("?")
            assert page == "map"
            [words] = parse_qs(query)["q"]
            assert words == thing.title


def test_a_place_filters_the_map_to_its_records(atlas: Atlas) -> None:
    for thing in nonempty(thing for thing in atlas.search.things if thing.goto):
        assert atlas.index.visible(Filters(q=thing.title)), thing.id


def test_the_hit_is_marked_where_it_was_found(atlas: Atlas) -> None:
    [hit] = [
        h for g in atlas.search.answer("Tanganyika").groups for h in g.hits if g.id == "actors"
    ]
    assert [piece.text for piece in hit.context if piece.hit] == ["Tanganyika"]
    assert "".join(piece.text for piece in hit.title) == "Tanzania"


def hit_in(title: str, query: str) -> Hit | None:
    """What a query finds in a thing of this title."""
    fields = [Field("", title, 1, tuple(words_of(title)))]
    thing = Thing("it", "actors", title, "", fields)
    known = sorted(word.folded for word in fields[0].words)
    groups = SearchIndex([thing], {}, known).answer(query).groups
    return groups[0].hits[0] if groups else None


@pytest.mark.parametrize(
    ("title", "query", "marked"),
    [
        ("Sells Su-35 jets", "Su-35", ["Su-35"]),
        ("Sells Su-35 jets", "su35", ["Su-35"]),
        ("Sells Su-35 jets", "35 su", ["Su", "35"]),
        ("Sells Su-35-S jets", "su-35", ["Su-35-S"]),
        ("U.S. and U.S.S.R.", "u.s.", ["U.S.", "U", "S", "S"]),
        ("Iran–Iraq–Syria line", "iran-iraq syria", ["Iran–Iraq–Syria"]),
    ],
)
def test_each_letter_is_marked_once(title: str, query: str, marked: list[str]) -> None:
    hit = hit_in(title, query)
    assert hit
    assert "".join(piece.text for piece in hit.title) == title
    assert [piece.text for piece in hit.title if piece.hit] == marked


@given(st.data())
def test_no_query_doubles_a_letter(data: st.DataObject) -> None:
    texts = st.text(alphabet="aAéß1-’. ,", min_size=1, max_size=20)
    title, query = data.draw(texts), data.draw(texts)
    hit = hit_in(title, query)
    assert not hit or "".join(piece.text for piece in hit.title) == title


def test_marked_pieces_are_the_text(atlas: Atlas) -> None:
    for query in ("Tanzania", "copper trains", "Guardians of the Shore", "lake line"):
        for group in nonempty(atlas.search.answer(query).groups):
            for hit in nonempty(group.hits):
                assert "".join(piece.text for piece in hit.title) == hit.thing.title
                assert any(p.hit for p in [*hit.title, *hit.context]), (query, hit.thing.id)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tanganika", "Tanganyika"),
        ("Zambai", "Zambia"),
        ("Kalemmie", "Kalemie"),
        ("shore gaurd", "Shore Guard"),
        ("Zamiba Tanzanai", "Zambia Tanzania"),
    ],
)
def test_a_typo_is_forgiven(atlas: Atlas, typed: str, meant: str) -> None:
    answer = atlas.search.answer(typed)
    assert answer.partly
    assert answer.suggestions[0] == meant
    assert answer.groups == atlas.search.answer(meant).groups, "what was meant is there at once"
    assert all(
        atlas.search.answer(suggestion).groups for suggestion in nonempty(answer.suggestions)
    )


def test_words_that_find_nothing_together_are_counted_alone(atlas: Atlas) -> None:
    answer = atlas.search.answer("durban pumps")
    assert not answer.groups
    assert [word for word, count in answer.alone if count] == ["durban", "pumps"]
    text = Page(answer_html(atlas.search, "durban pumps")).text
    assert "One by one: durban" in text


@pytest.mark.parametrize("query", ["", "   ", "?!", "—"])
def test_an_empty_query_says_what_to_do(atlas: Atlas, query: str) -> None:
    assert not atlas.search.answer(query).groups
    page = Page(answer_html(atlas.search, query))
    assert "Type an actor, a place, or words of a title" in page.text
    offered = page.text.partition("Try ")[2]
    assert offered.split() == ["Tanganyika", "copper", "Kalemie"], "what finds nothing is left out"


def test_a_dossier_without_examples_offers_none(load_small: Load) -> None:
    assert "Try " not in Page(answer_html(load_small().search, "")).text


def test_nothing_found_says_what_to_do(atlas: Atlas) -> None:
    assert "Take a word away" in Page(answer_html(atlas.search, "xqzzyk")).text


def test_one_kind_is_shown_in_full(atlas: Atlas) -> None:
    answer = atlas.search.answer("invented")
    group = max(answer.groups, key=lambda group: len(group.hits))
    assert len(group.hits) > GROUP_LENGTH
    page = Page(answer_html(atlas.search, "invented", group.id))
    assert len(page.links) == len(group.hits)
    assert len(Page(answer_html(atlas.search, "invented")).links) < answer.total


@pytest.mark.parametrize("kind", ["nonsense", "<b>", "indicators"])
def test_a_kind_without_hits_shows_all(atlas: Atlas, kind: str) -> None:
    groups = atlas.search.answer("Kalemie").groups
    assert len(groups) > 1
    assert kind not in {group.id for group in groups}
    assert answer_html(atlas.search, "Kalemie", kind) == answer_html(atlas.search, "Kalemie")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_query_is_answered(atlas: Atlas, query: str) -> None:
    """What to type, that there is nothing, or how much there is: one of the three, and sound."""
    answer = atlas.search.answer(query)
    found = 0 if answer.partly else answer.total
    text = Page(answer_html(atlas.search, query)).text
    leads = ("Type an actor, a place", "Nothing ", f"{answer.total} found for ")
    assert [text.startswith(lead) for lead in leads].count(True) == 1
    assert text.startswith(leads[2]) == (found > 0)


@given(st.text(max_size=60))
def test_words_lie_in_their_text(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)


def test_hostile_text_stays_text(load_small: Load, small: Path) -> None:
    rewrite(small / "actors/IRN.yml", name=HOSTILE, aliases=[HOSTILE], note=HOSTILE)
    rewrite(small / "flows/drones.yml", item=HOSTILE, title=HOSTILE, summary=HOSTILE)
    rewrite(small / "alliances/brics.yml", short=HOSTILE[:24])
    atlas = load_small()
    for query in ("script", "alert", "onerror", HOSTILE):
        page = Page(answer_html(atlas.search, query))
        assert not {"script", "img"} & set(page.tags)
        assert not [name for name, _ in nonempty(page.attributes) if name.startswith("on")]
        assert "4140" not in page.text
        assert "onerror" in page.text


# Other words for the same


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Танзания", "actor:TZA"),
        ("Танзании", "actor:TZA"),
        ("坦桑尼亚", "actor:TZA"),
        ("Mosambik", "actor:MOZ"),
    ],
)
def test_other_languages_are_understood(atlas: Atlas, query: str, found: str) -> None:
    assert first(atlas.search.answer(query)) == found


def test_a_question_finds_what_says_it_in_other_words(load_small: Load, small: Path) -> None:
    rewrite(small / "flows/drones.yml", title="Drones for Russia", summary="They come by sea.")
    index = load_small().search
    for query in (
        "who supplies Russia with drones?",
        "drone deliveries",
        "дроны",
        "беспилотники для России",
        "Drohnen",
        "flows of drones to Россия",
    ):
        assert "drones" in ids(index.answer(query)), query
    assert index.answer("who supplies Russia with missiles?").partly


def test_the_word_itself_comes_before_others_for_the_same(load_small: Load, small: Path) -> None:
    rewrite(small / "flows/drones.yml", title="Deliveries that nobody supplies")
    answer = load_small().search.answer("supplies")
    assert first(answer) == "drones"


def test_where_nothing_has_all_words_what_has_most_is_offered(
    load_small: Load, small: Path
) -> None:
    rewrite(small / "flows/drones.yml", title="Drones for Russia, unlike others")
    answer = load_small().search.answer("unlike drones quixotic")
    assert answer.partly
    assert ids(answer) == {"drones"}
    assert ("quixotic", 0) in answer.alone
    html = answer_html(load_small().search, "unlike drones quixotic")
    assert "Nothing has all of these words" in html
    assert "Nearest to it" in html


def test_the_map_is_offered_only_where_its_filter_finds_the_same(
    load_small: Load, small: Path
) -> None:
    rewrite(small / "flows/drones.yml", title="Drones for Russia", summary="They come by sea.")
    index = load_small().search
    assert "Filter the map" in answer_html(index, "drones")
    assert "Filter the map" not in answer_html(index, "дроны")


def test_a_briefing_says_that_it_only_comes_near(atlas: Atlas) -> None:
    brief = brief_of("search", {"ask": ["copper coast quixotic"]}, atlas)
    assert "copper-to-the-coast" in brief.records
    assert brief.asked == "near to “copper coast quixotic”"
