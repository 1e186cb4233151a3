"""The article as a ledger, and a reader's own copy beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.fingerprints import fingerprint
from annotations.recognition import MOST_WORDS, Recognised
from annotations.vocabulary import EvidenceStatus, Verdict
from dashboard.atlas.data import Atlas
from dashboard.views.sources.ledger import (
    LARGEST_COPY,
    SHOWS,
    WrongFileError,
    add_up,
    build_ledger,
    copy_in_words,
    figures_html,
    ledger_html,
    read_copy,
)
from tests.dashboard.editing import rewrite
from tests.nonempty import nonempty

Load = Callable[[], Atlas]

TEXT = ["The first sentence.", "“Second” – with signs.", "A third one."]
"""A made-up article of the small dossier."""


@pytest.fixture
def told(load_small: Load, small: Path) -> Atlas:
    """The small dossier, about the made-up article."""
    head = (small / "dossier.yml").read_text(encoding="utf-8")
    count = load_small().dossier.head.article.lines
    lines = [*TEXT, *(f"Line {number}." for number in range(len(TEXT) + 1, count + 1))]
    assert "fingerprints" not in head
    article = load_small().dossier.head.article
    rewrite(
        small / "dossier.yml",
        article={
            "description": article.description,
            "published": str(article.published),
            "lines": count,
            "fingerprints": [fingerprint(line) for line in lines],
        },
    )
    return load_small()


def copy_of(atlas: Atlas, *changed: tuple[int, str]) -> bytes:
    count = atlas.dossier.head.article.lines
    lines = [*TEXT, *(f"Line {number}." for number in range(len(TEXT) + 1, count + 1))]
    for number, text in changed:
        lines[number - 1] = text
    return "\n".join(lines).encode()


# The ledger


def test_every_line_of_the_article_has_a_row(atlas: Atlas) -> None:
    rows = build_ledger(atlas.dossier)
    assert [row.number for row in rows] == list(range(1, atlas.dossier.head.article.lines + 1))
    assert all(row.records or row.reason for row in nonempty(rows))


def test_a_row_has_just_the_records_that_cite_its_line(atlas: Atlas) -> None:
    for row in nonempty(build_ledger(atlas.dossier)):
        citing = {r.id for r in atlas.dossier.records.values() if row.number in r.source.lines}
        assert {record.id for record in row.records} == citing


def test_figures_add_up(atlas: Atlas) -> None:
    rows = build_ledger(atlas.dossier)
    figures = add_up(atlas.dossier, rows)
    records = atlas.dossier.records.values()
    claims = [r for r in records if r.evidence.status is not EvidenceStatus.CONTEXT]
    lines = atlas.dossier.head.article.lines
    assert (figures.lines, figures.covered) == (lines, lines)
    assert figures.unmapped == sum(not row.records for row in rows)
    assert figures.claims == len(claims) == sum(figures.verdicts.values())
    assert f"<b>{figures.verdicts[Verdict.STANDS]}</b><span>stands" in figures_html(figures)


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.id)
def test_each_choice_keeps_what_it_says(atlas: Atlas, show: object) -> None:
    rows = build_ledger(atlas.dossier)
    kept = [row for row in rows if show.keeps(row)]  # type: ignore[attr-defined]
    rules = {
        "all": lambda row: True,
        "corrected": lambda row: any(
            r.check.verdict.value in {"imprecise", "outdated", "disputed", "wrong"}
            for r in row.records
        ),
        "disputed": lambda row: any(r.check.verdict.value == "disputed" for r in row.records),
        "allegations": lambda row: any(
            r.evidence.status.value == "allegation" for r in row.records
        ),
        "unmapped": lambda row: not row.records,
    }
    assert kept == [row for row in rows if rules[show.id](row)]  # type: ignore[attr-defined]
    assert kept


def test_records_in_the_ledger_are_links(atlas: Atlas) -> None:
    html = ledger_html(atlas, build_ledger(atlas.dossier), None)
    assert 'href="./?select=copper-to-the-coast" data-select="copper-to-the-coast"' in html


def test_records_in_the_ledger_have_the_colours_of_the_map(atlas: Atlas) -> None:
    html = ledger_html(atlas, build_ledger(atlas.dossier), None)
    found = dict(re.findall(r'data-select="([^"]+)" style="--c:([^"]+)"', html))
    assert found["lake-union"] == "var(--alliance-lake-union)"
    assert found["southern-route"] == "var(--theme-lake-railways)"


def test_an_empty_choice_says_so(atlas: Atlas) -> None:
    assert "Choose another" in ledger_html(atlas, [], None)


# A reader's own copy


def test_a_true_copy_matches_every_line(told: Atlas) -> None:
    copy = read_copy(copy_of(told), told.dossier)
    assert len(copy.matching) == told.dossier.head.article.lines
    assert copy.lines[1] == TEXT[0]


def test_other_quotes_dashes_and_spaces_are_no_difference(told: Atlas) -> None:
    content = copy_of(told, (2, '  "Second" - with   signs. '))
    assert 2 in read_copy(content, told.dossier).matching


def test_a_changed_line_is_shown_as_differing(told: Atlas) -> None:
    copy = read_copy(copy_of(told, (3, "A third one, changed.")), told.dossier)
    assert 3 not in copy.matching
    html = ledger_html(told, build_ledger(told.dossier), copy)
    assert '<span class="differs">differs</span> A third one, changed.' in html


def test_a_numbered_copy_is_recognised(told: Atlas) -> None:
    lines = copy_of(told).decode().splitlines()
    numbered = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    copy = read_copy(numbered.encode(), told.dossier)
    assert len(copy.matching) == len(lines)
    assert copy.lines[1] == TEXT[0]


def test_lines_are_found_wherever_they_stand(told: Atlas) -> None:
    copy = read_copy(b"A heading\n\n" + copy_of(told), told.dossier)
    assert len(copy.matching) == told.dossier.head.article.lines


def test_a_copy_is_text_and_never_markup(told: Atlas) -> None:
    copy = read_copy(copy_of(told, (3, "<script>alert(1)</script>")), told.dossier)
    html = ledger_html(told, build_ledger(told.dossier), copy)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x89PNG\r\n\x00\x00\x01", "none that can be read"),
        (b"%PDF-1.7 \x00", "PDF is damaged"),
        (b"PK\x03\x04 and no more", "Word file is damaged"),
        (b"word " * (MOST_WORDS + 1), "no copy of the article"),
        (b"x" * (LARGEST_COPY + 1), "far smaller"),
        (b"Another text.\nOf two lines.", "None of the file's 2 lines"),
    ],
)
def test_a_wrong_file_gets_a_clear_answer(told: Atlas, content: bytes, words: str) -> None:
    with pytest.raises(WrongFileError, match=words):
        read_copy(content, told.dossier)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"]
)
def test_a_copy_is_read_however_its_letters_are_encoded(told: Atlas, encoding: str) -> None:
    content = copy_of(told).decode().encode(encoding)
    assert len(read_copy(content, told.dossier).matching) == told.dossier.head.article.lines


def test_a_copy_in_one_paragraph_is_cut_as_the_article_is(told: Atlas) -> None:
    content = copy_of(told).replace(b"\n", b" ")
    copy = read_copy(content, told.dossier)
    assert copy.lines[2] == TEXT[1]
    assert len(copy.matching) == told.dossier.head.article.lines


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        (
            Recognised({1: "a", 2: "b"}, frozenset({1, 2})),
            r"2 of 2 lines match their fingerprints\.",
        ),
        (
            Recognised({1: "a", 2: "b"}, frozenset({2})),
            r"1 of 2 lines .*\. 1 differs: marked below\.",
        ),
        (Recognised({1: "a"}, frozenset({1})), r"1 of 2 lines .*\. 1 was not found\."),
    ],
)
def test_what_a_copy_has_is_told_in_words(copy: Recognised, words: str) -> None:
    assert re.fullmatch(words, copy_in_words(copy, 2))


def test_without_fingerprints_no_copy_is_recognised(load_small: Load) -> None:
    with pytest.raises(WrongFileError, match="no fingerprints"):
        read_copy(b"Any text.", load_small().dossier)
