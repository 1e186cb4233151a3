"""Nothing in a dossier is copied from its article."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations import Dossier, load_dossier
from annotations.wording import CuratedText, copies, main, texts, words

MADE_UP = [
    "The harbour master of Elsewhere said on Monday that no ship had left since the ice came.",
    "Nobody – he added – “can say” when the channel will open again.",
]


def text(words: str) -> list[CuratedText]:
    return [CuratedText("flows/ice.yml", "summary", words)]


def test_words() -> None:
    """Case, quotes, dashes and spaces make no difference; an apostrophe does not split."""
    assert words("Iran’s  “ready-made”\u00a0plan – 1,300") == [
        "iran's",
        "ready",
        "made",
        "plan",
        "1",
        "300",
    ]


def test_a_copy_is_found() -> None:
    """Whatever its case and punctuation; the whole run is named, once, with its line."""
    copied = 'In the end, "No ship had left since the ice came. Nobody, he added" – so he says.'
    (found,) = copies(text(copied), MADE_UP)
    assert found.words == "no ship had left since the ice came nobody he added"
    assert found.line == 1
    assert str(found) == f'flows/ice.yml: summary: "{found.words}" (line 1)'


@pytest.mark.parametrize(("run", "count"), [(7, 1), (8, 0)])
def test_the_run_must_be_long_enough(run: int, count: int) -> None:
    seven = "Since no ship had left since the ice, trade has slept."
    assert len(copies(text(seven), MADE_UP, run)) == count


def test_two_copies_in_one_text() -> None:
    both = "The harbour master of Elsewhere said; when the channel will open again."
    found = copies(text(both), MADE_UP, 6)
    assert [(copy.words.split()[0], copy.line) for copy in found] == [("the", 1), ("when", 2)]


def test_short_texts_and_articles() -> None:
    assert copies(text(""), MADE_UP) == []
    assert copies(text("no ship had left"), []) == []
    with pytest.raises(ValueError, match="none"):
        copies(text("ship"), MADE_UP, 0)


def test_every_sort_of_text_is_looked_at(lakes: Dossier) -> None:
    """Also those that are easily forgotten."""
    fields = {
        (found.file.partition("/")[0], re.sub(r"\[\d+\]", "[]", found.field))
        for found in texts(lakes)
    }
    wanted = {
        ("dossier.yml", "article.description"),
        ("dossier.yml", "themes[].definition"),
        ("actors", "note"),
        ("places", "note"),
        ("places", "relevance"),
        ("flows", "title"),
        ("flows", "summary"),
        ("flows", "item"),
        ("flows", "quantity"),
        ("events", "source.note"),
        ("events", "check.note"),
        ("events", "check.reference"),
        ("statements", "role"),
        ("statements", "evidence.attributed_to"),
        ("alliances", "members[].note"),
        ("corridors", "branches[].title"),
        ("corridors", "branches[].legs[].note"),
        ("corridors", "published[].reference"),
        ("coverage.yml", "lines[].note"),
    }
    assert wanted - fields == set()


def test_the_command_fails_on_a_copy(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = next(iter(load_dossier(small).records.values()))
    article = tmp_path / "article.txt"
    arguments = [str(article), "--dossier", str(small), "--words", "3"]
    article.write_text("Nothing of the sort\n", encoding="utf-8")
    assert main(arguments) == 0
    assert capsys.readouterr().out == "small: 0 copies of 3 words or more\n"
    article.write_text(f"First.\nSo: {record.summary}\n", encoding="utf-8")
    assert main(arguments) == 1
    out = capsys.readouterr().out
    assert f"{record.id}.yml: summary: " in out
    assert "(line 2)" in out
    assert main([str(tmp_path / "missing.txt"), "--dossier", str(small)]) == 1
