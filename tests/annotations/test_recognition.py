"""The article's lines in copies that are cut in other ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.fingerprints import fingerprint
from annotations.recognition import LONGEST, MOST_WORDS, TooLongError, recognise

ARTICLE = [
    "A caption without a full stop",
    "The first sentence, of no.o. 7, ends here.",
    "“Is it so?” asks the well-known second.",
    "And a last one; it has two parts: both count.",
]
PRINTS = [fingerprint(line) for line in ARTICLE]
ALL = frozenset(range(1, len(ARTICLE) + 1))


@given(st.data())
def test_a_copy_may_be_broken_anywhere(data: st.DataObject) -> None:
    words = " ".join(ARTICLE).split()
    gaps = data.draw(
        st.lists(
            st.sampled_from([" ", "\n", "\r\n", "\n\n", "\t"]),
            min_size=len(words),
            max_size=len(words),
        )
    )
    copy = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    found = recognise(copy, PRINTS)
    assert found.matching == ALL
    assert list(found.lines.values()) == ARTICLE


@pytest.mark.parametrize(
    ("break_", "shown"),
    [("-\n", "well-known"), ("\u2010\n", "well\u2010known"), (" ", "well known")],
)
def test_a_hyphen_at_the_end_of_a_line_may_be_the_words_own(break_: str, shown: str) -> None:
    copy = " ".join(ARTICLE).replace("well-known", f"well{break_}known")
    found = recognise(copy, PRINTS)
    assert (3 in found.matching) is (break_ != " ")
    assert shown in found.lines[3]


def test_a_hyphen_at_the_end_of_a_line_may_only_part_a_word() -> None:
    found = recognise(" ".join(ARTICLE).replace("sentence", "sen-\ntence"), PRINTS)
    assert found.matching == ALL
    assert found.lines[2] == ARTICLE[1]


def test_what_stands_around_the_article_is_no_part_of_it() -> None:
    found = recognise("\n".join(["Share", "Menu", *ARTICLE, "Read on"]), PRINTS)
    assert found.matching == ALL
    assert set(found.lines) == ALL
    assert found.written == len(ARTICLE) + 3


def test_one_changed_line_between_two_others_is_known_in_a_long_paragraph() -> None:
    found = recognise(" ".join([*ARTICLE[:1], "Something quite else.", *ARTICLE[2:]]), PRINTS)
    assert found.matching == ALL - {2}
    assert found.lines[2] == "Something quite else."


def test_two_changed_lines_are_told_apart_only_where_the_copy_does() -> None:
    changed = [ARTICLE[0], "One thing.", "Another thing.", ARTICLE[3]]
    apart, together = recognise("\n".join(changed), PRINTS), recognise(" ".join(changed), PRINTS)
    assert (apart.lines[2], apart.lines[3]) == ("One thing.", "Another thing.")
    assert set(together.lines) == {1, 4}


def test_the_last_line_changed_is_known_where_it_is_one_line() -> None:
    found = recognise("\n".join([*ARTICLE[:3], "4. Changed."]), PRINTS)
    assert found.matching == ALL - {4}
    assert found.lines[4] == "Changed."


def test_another_text_has_nothing_of_it() -> None:
    found = recognise("Another text.\nOf two lines.", PRINTS)
    assert (found.lines, found.matching, found.written) == ({}, frozenset(), 2)


def test_a_line_said_twice_in_the_article_is_found_for_both() -> None:
    prints = [PRINTS[0], PRINTS[1], PRINTS[0]]
    assert recognise(f"{ARTICLE[0]} {ARTICLE[1]} {ARTICLE[0]}", prints).matching == {1, 2, 3}


def test_a_long_line_is_found_and_a_book_is_refused() -> None:
    line = " ".join(f"w{n}" for n in range(LONGEST))
    assert recognise(f"Before. {line} After.", [fingerprint(line)]).lines == {1: line}
    with pytest.raises(TooLongError, match=f"{MOST_WORDS + 1:,} words"):
        recognise("word " * (MOST_WORDS + 1), PRINTS)


def test_invisible_signs_are_no_words() -> None:
    copy = " \u200b \u00ad ".join(" ".join(ARTICLE).split())
    assert recognise(copy, PRINTS).matching == ALL
