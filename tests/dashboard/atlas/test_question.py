"""How questions are read: by rules and tables, about the tests' own dossier."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import vocabulary
from annotations.vocabulary import MemberStatus
from dashboard.atlas.data import Atlas
from dashboard.atlas.layers import BY_ID
from dashboard.atlas.question_answer import MOST_CHANGES, Revision, change_in
from dashboard.atlas.question_dates import date_in
from dashboard.atlas.question_tables import tables
from dashboard.atlas.search import Answer, answer_html
from tests.dashboard.reading import Page
from tests.nonempty import nonempty

HOSTILE = "<img src=x onerror=alert(1)>"


def ids(answer: Answer) -> list[str]:
    return [hit.thing.id for group in answer.groups for hit in group.hits]


def read(atlas: Atlas, query: str, change: Revision | None = None) -> list[str]:
    answer = atlas.search.answer(query, change or Revision())
    return [part.say for part in answer.read.parts] if answer.read else []


@pytest.mark.parametrize(
    ("question", "parts", "first"),
    [
        # Who does it, and to whom
        ("who supplies Tanzania?", ["flows", "to Tanzania"], "copper-to-the-coast"),
        ("what does Zambia send", ["flows", "from Zambia"], "copper-to-the-coast"),
        ("what does Uganda get from South Africa", ["flows", "to Uganda", "from South Africa"], ""),
        ("who is sanctioned by South Africa", ["sanctions", "by South Africa"], ""),
        ("is Uganda sanctioned?", ["sanctions", "on Uganda"], "zaf-sanctions-uga"),
        ("South African sanctions", ["sanctions", "by South Africa"], "zaf-sanctions-uga"),
        ("sanctions on Uganda", ["sanctions", "on Uganda"], "zaf-sanctions-uga"),
        ("who backs the Shore Guard", ["support", "for Shore Guard"], "ago-backs-guard"),
        ("Angola's support", ["support", "by Angola"], "ago-backs-guard"),
        ("who fights Tanzania?", ["conflicts", "with Tanzania"], "tza-guard-conflict"),
        ("whom does the Shore Guard attack", ["attacks", "by Shore Guard"], "shore-attack"),
        ("attacks on Zambia", ["attacks", "on Zambia"], "shore-attack"),
        ("suppliers of Mozambique", ["flows", "to Mozambique"], "flood-aid"),
        # What
        ("aid to Mozambique", ["flows", "to Mozambique", "aid"], "flood-aid"),
        ("which weapons does Angola send", ["flows", "from Angola", "arms"], ""),
        ("which aid is held up", ["flows", "aid", "stalled"], "flood-aid"),
        # Of which kind
        ("when does Kenya vote", ["votes", "in Kenya"], "kenyan-vote"),
        ("who warns of floods", ["warnings", "“floods”"], "warning-of-floods"),
        ("did Zambia join the Union", ["accessions", "of Zambia", "“Union”"], "zambia-joins"),
        ("who declined", ["refusals"], "lake-union"),
        ("who became a member in 2018", ["accessions", "in 2018"], "zambia-joins"),
        ("Korridore", ["corridors"], ""),
        # Verdicts
        ("which claims are wrong?", ["wrong"], ""),
        ("what does it get wrong", ["wrong"], ""),
        ("disputed rifles", ["disputed", "“rifles”"], "rifles-for-the-guard"),
        # When
        ("accessions in 2018", ["accessions", "in 2018"], "zambia-joins"),
        ("flows since 2020", ["flows", "since 2020"], "crop-dusters"),
        ("attacks between 2017 and 2020", ["attacks", "2017 – 2020"], ""),
        # In other languages
        ("Wer unterstützt Shore Guard?", ["support", "for Shore Guard"], "ago-backs-guard"),
        ("санкции против Уганды", ["sanctions", "on Uganda"], "zaf-sanctions-uga"),
        ("Was liefert Sambia an Tansania?", ["flows", "from Zambia", "to Tanzania"], ""),
        # Mistyped
        ("who suplies Tanzania", ["flows", "to Tanzania"], "copper-to-the-coast"),
        ("sanktions on Ugnada", ["sanctions", "on Uganda"], "zaf-sanctions-uga"),
    ],
)
def test_a_question_is_read(atlas: Atlas, question: str, parts: list[str], first: str) -> None:
    answer = atlas.search.answer(question)
    assert read(atlas, question) == parts
    assert ids(answer)
    assert not answer.partly
    if first:
        assert ids(answer)[0] == first


@pytest.mark.parametrize("query", ["Zambia", "copper trains", "lake line", "Shore Guard"])
def test_words_alone_are_no_question(atlas: Atlas, query: str) -> None:
    assert read(atlas, query) == []
    assert ids(atlas.search.answer(query))


def test_a_title_is_asked_for_as_it_is(atlas: Atlas) -> None:
    assert read(atlas, "South African sanctions on Uganda") == []


def test_a_direction_that_finds_nothing_is_a_word(atlas: Atlas) -> None:
    """Nobody sends anything from Tanzania; what tells of it is found all the same."""
    assert "“Tanzania”" in read(atlas, "what does Tanzania supply")
    assert "copper-to-the-coast" in ids(atlas.search.answer("what does Tanzania supply"))


def test_what_is_only_expected_comes_last(atlas: Atlas) -> None:
    assert ids(atlas.search.answer("deliveries"))[-1] == "crop-dusters"
    assert "crop-dusters" not in ids(atlas.search.answer("what was delivered"))


def test_what_is_only_part_of_an_idiom_is_not_marked(atlas: Atlas) -> None:
    """To join is also to become a member; that is no reason to mark each ``a`` of a text."""
    answer = atlas.search.answer("what joined the Lake Union")
    hits = [hit for group in answer.groups for hit in group.hits]
    marked = {
        piece.text.lower() for hit in hits for piece in (*hit.title, *hit.context) if piece.hit
    }
    assert {"a", "as", "the"}.isdisjoint(nonempty(marked))


# Changed by the reader


def test_each_part_can_be_taken_away_and_comes_back(atlas: Atlas) -> None:
    query = "aid to Mozambique"
    answer = atlas.search.answer(query)
    assert answer.read
    for part in nonempty(answer.read.parts):
        change = Revision().off(part.id)
        without = atlas.search.answer(query, change)
        assert part.say not in read(atlas, query, change)
        assert [one.id for one in without.off] == [part.id]
        assert set(ids(answer)) <= set(ids(without))
        assert not change.back(part.id)


def test_a_direction_can_be_turned(atlas: Atlas) -> None:
    change = Revision().to("to:TZA", "by:TZA")
    assert read(atlas, "who supplies Tanzania?", change) == ["flows", "from Tanzania"]
    assert change.to("by:TZA", "to:TZA") == Revision()


def test_a_verdict_can_be_another(atlas: Atlas) -> None:
    change = Revision().to("verdict:wrong", "verdict:disputed")
    answer = atlas.search.answer("which claims are wrong?", change)
    assert set(ids(answer)) == {"rifles-for-the-guard", "answer-strike"}


def test_the_words_alone_can_be_asked(atlas: Atlas) -> None:
    plain = atlas.search.answer("sanctions", Revision(without=(Revision.ALL,)))
    assert plain.read is None
    assert "office-objects" in ids(plain)


def test_links_lead_to_what_they_say(atlas: Atlas) -> None:
    page = Page(answer_html(atlas.search, "aid to Mozambique"))
    links = [value for name, value in page.attributes if name == "data-goto" and value]
    changes = [parse_qs(link.partition("?")[2]) for link in links if "without" in link]
    assert all(change["ask"] == ["aid to Mozambique"] for change in nonempty(changes))
    assert [(change["without"], change.get("with")) for change in changes] == [
        (["kind:flows"], None),
        (["to:MOZ"], ["by:MOZ"]),
        (["to:MOZ"], None),
        (["type:aid"], None),
        ([Revision.ALL], None),
    ]


@pytest.mark.parametrize("value", ["", "all", "nonsense", "to:XXX", "kind:", HOSTILE, "x" * 9999])
def test_any_change_is_answered(atlas: Atlas, value: str) -> None:
    for change in (Revision(without=(value,)), Revision(instead=(value,))):
        page = Page(answer_html(atlas.search, "who supplies Tanzania", change=change))
        assert "img" not in page.tags
        assert page.text


def test_no_more_changes_are_read_than_a_question_has_parts() -> None:
    many = [f"word:{n}" for n in range(1000)]
    assert len(change_in({"without": many}).without) == MOST_CHANGES


# Hostile and long


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([*"éß中'’-.?<", "who", "wrong", "from", "of", "in", "2018", "the"]))
)
def test_any_words_are_read(atlas: Atlas, words: list[str]) -> None:
    Page(answer_html(atlas.search, " ".join(words)))


def test_hostile_and_long_questions_stay_text(atlas: Atlas) -> None:
    for query in (f"who supplies {HOSTILE}", f"flows to Tanzania {HOSTILE}", "who backs " * 500):
        page = Page(answer_html(atlas.search, query))
        assert not {"script", "img"} & set(page.tags)


# Dates


@pytest.mark.parametrize(
    ("words", "way", "first", "last"),
    [
        ("in 2018", "in", "2018", "2018"),
        ("since march 2018", "since", "2018-03", "2018-03"),
        ("after 2018", "since", "2018", "2018"),
        ("before 2018", "until", "2018", "2018"),
        ("on 12 january 2018", "in", "2018-01-12", "2018-01-12"),
        ("january 12 2018", "in", "2018-01-12", "2018-01-12"),
        ("im juli 2018", "in", "2018-07", "2018-07"),
        ("between 2016 and 2018", "in", "2016", "2018"),
        ("from 2016 to 2018", "in", "2016", "2018"),
    ],
)
def test_dates_are_read(words: str, way: str, first: str, last: str) -> None:
    said = date_in(words.split())
    assert said
    assert (said.way, said.first, said.last) == (way, first, last)


@pytest.mark.parametrize("words", ["", "march", "35 guns", "9999", "20182"])
def test_what_is_no_date_is_none(words: str) -> None:
    said = date_in(words.split())
    assert said is None or said.plain


# The tables


def test_the_tables_name_what_there_is() -> None:
    """Layers, types, standings and values: a term that is gone is noticed here."""
    terms = {
        term.value
        for vocabulary_ in vars(vocabulary).values()
        if isinstance(vocabulary_, type) and issubclass(vocabulary_, vocabulary.Term)
        for term in vocabulary_
    }
    for kind in nonempty(tables().kinds.values()):
        for target in nonempty(kind.of):
            assert target.layer in BY_ID
            assert set(target.types) <= terms, kind.id
            assert set(target.standings) <= {status.value for status in MemberStatus}
        assert set(kind.who) <= {"by", "to"}
    for said in nonempty(tables().terms.values()):
        assert set(said.values) <= terms, said.id
        assert said.field in ("verdict", "status", "state", "type")


def test_every_event_relation_and_verdict_can_be_asked_for() -> None:
    typed = {t for kind in tables().kinds.values() for target in kind.of for t in target.types}
    for terms in (vocabulary.EventType, vocabulary.RelationType):
        assert {term.value for term in terms} <= typed
    verdicts = {
        v for said in tables().terms.values() if said.field == "verdict" for v in said.values
    }
    assert verdicts == {verdict.value for verdict in vocabulary.Verdict}
