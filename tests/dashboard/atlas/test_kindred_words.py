"""Other words that mean what is asked: their data, and the three ways to find them."""

from __future__ import annotations

import pytest

from dashboard.atlas.kindred_words import (
    STEMMERS,
    city_called,
    idle,
    letters,
    same_stem,
    state_called,
    terms_for,
    words_file,
)
from tests.nonempty import nonempty


def test_every_group_has_english_words_and_known_languages() -> None:
    for group in nonempty(words_file()["groups"]):
        assert group["en"]
        assert set(group) <= {*STEMMERS, "zh"}
        for words in nonempty(list(group.values())):
            assert all(isinstance(word, str) and letters(word) for word in nonempty(words))


def test_no_word_of_a_group_is_idle() -> None:
    english = [word for group in words_file()["groups"] for word in group["en"]]
    assert [word for word in nonempty(english) if letters(word) in idle()] == []


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("ракеты", "missile"),
        ("ракетами", "missile"),
        ("rockets", "missile"),
        ("missiles", "rocket"),
        ("Lieferungen", "supply"),
        ("санкций", "sanction"),
        ("تحریم", "sanction"),
        ("misiles", "missile"),
        ("livraisons", "deliver"),
    ],
)
def test_a_word_gives_terms_for_the_same(asked: str, term: str) -> None:
    assert term in terms_for(letters(asked))


def test_a_name_gives_no_terms() -> None:
    assert terms_for("kalemie") == frozenset()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("supplies", {"supply", "supplied", "supplies"}),
        ("supply", {"supply", "supplied", "supplies"}),
        ("meeting", {"meet"}),
        ("su", set()),
        ("zz", set()),
    ],
)
def test_forms_of_a_word_are_found_among_sorted_words(word: str, found: set[str]) -> None:
    words = sorted(["meet", "metre", "sue", "supple", "supply", "supplied", "supplies", "support"])
    assert set(same_stem(word, words)) == found


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Иран"], "IRN"),
        (["Ирана"], "IRN"),
        (["в", "Иране"], None),
        (["ایران"], "IRN"),
        (["俄罗斯"], "RUS"),
        (["Russie"], "RUS"),
        (["Саудовская", "Аравия"], "SAU"),
        (["États", "Unis"], "USA"),
        (["Zambai"], None),
        (["nowhere"], None),
        ([], None),
    ],
)
def test_a_state_is_known_by_its_name_in_many_languages(names: list[str], code: str | None) -> None:
    assert state_called([letters(name) for name in names]) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Франция", "FRA"), ("Йемен", "YEM"), ("Германия", "DEU"), ("Румыния", "ROU")],
)
def test_a_state_is_not_taken_for_one_that_is_no_more(name: str, code: str) -> None:
    """Codes of states that were lead to the same short ones."""
    assert state_called([letters(name)]) == code


@pytest.mark.parametrize(
    ("name", "town"),
    [("Moskau", "Moscow"), ("Каир", "Cairo"), ("nowhere", "")],
)
def test_a_town_is_known_by_its_name_in_many_languages(name: str, town: str) -> None:
    found = city_called(letters(name))
    assert town in found if town else not found
