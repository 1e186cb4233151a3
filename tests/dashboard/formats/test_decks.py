"""Decks: which slides they have, and their sources."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from pptx import Presentation

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import Filters
from dashboard.formats.slide_flow import Block, flow
from dashboard.formats.slide_text import Paragraph, Run, height_of
from dashboard.formats.slides import deck
from dashboard.sheet.on_map import EmptyBriefError
from dashboard.sheet.sets import sheets_by_set, sheets_by_theme, themes_left_out
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief, KeyPoint
from tests.dashboard.formats.opened_deck import BASE, brief, notes, opened, sources_of, texts
from tests.nonempty import nonempty

# Sources


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("frame", ["16:9", "square"])
def test_the_sources_are_complete(atlas: Atlas, frame: str) -> None:
    sheet = compose(atlas, brief(frame=frame), BASE)
    told = "\n".join(texts(slide) for slide in sources_of(opened(atlas, sheet)))
    assert atlas.dossier.head.article.description in told
    assert atlas.borders.long in told
    assert sheet.version in told and sheet.link in told
    for status, _ in nonempty(sheet.evidence):
        assert f"{status.label}: {status.definition}" in told
    ledger = dict(row.split("\t") for row in told.split("\n") if "\t" in row)
    numbers = {line for record in sheet.records for line in record.source.lines}
    assert set(ledger) == {str(number) for number in numbers}
    for record in nonempty(sheet.records):
        for line in nonempty(record.source.lines):
            assert record.title in ledger[str(line)]


@pytest.mark.usefixtures("quick")
def test_without_sources_there_is_no_slide_of_them(atlas: Atlas) -> None:
    deck = opened(atlas, compose(atlas, brief("copper", sources=False), BASE))
    assert len(deck.slides) == 1


def column(*texts: str) -> list[Block]:
    return [Block(Paragraph((Run(text),), after=0.4)) for text in texts]


def test_no_column_is_higher_than_it_may_be_and_nothing_is_lost() -> None:
    words = [f"{number}: " + "some words that run on " * number for number in range(1, 40)]
    columns = flow(column(*words), 9, 2.5, 3)
    assert len(columns) > 3
    assert all(height_of(paragraphs, 9, 2.5) <= 3 for paragraphs in nonempty(columns))
    told = " ".join(paragraph.text for paragraphs in columns for paragraph in paragraphs)
    assert told.split() == " ".join(words).split()


def test_a_heading_does_not_stand_last_in_a_column() -> None:
    line = height_of([Paragraph((Run("x"),))], 10, 3)
    blocks = [*column("1", "2"), Block(Paragraph((Run("Heading"),)), heading=True), *column("3")]
    for lines in range(3, 8):
        for paragraphs in nonempty(flow(blocks, 10, 3, lines * line)):
            assert paragraphs[-1].text != "Heading"


# Decks


@pytest.mark.sweep
@pytest.mark.usefixtures("quick")
def test_a_deck_of_all_themes_has_an_overview_the_themes_and_sources(atlas: Atlas) -> None:
    told: list[tuple[float, str]] = []
    sheets = sheets_by_theme(atlas, brief(extent="southern-africa"), BASE)
    content = deck(atlas, sheets, lambda done, words: told.append((done, words)))
    titles = [slide.shapes.title.text for slide in Presentation(BytesIO(content)).slides]
    labels = [theme.label for theme in atlas.dossier.head.themes]
    assert titles[: len(labels) + 1] == [atlas.dossier.head.title, *labels]
    assert all(title.startswith("Sources") for title in nonempty(titles[len(labels) + 1 :]))
    assert len(titles) > len(labels) + 1
    assert all(sheet.brief.extent == "southern-africa" for sheet in nonempty(sheets))
    done = [fraction for fraction, _ in told]
    assert done == sorted(done) and done[0] == 0 and done[-1] == 1
    for label in nonempty(labels):
        assert any(label in words for _, words in told)


@pytest.mark.usefixtures("quick")
def test_a_theme_that_cannot_be_seen_is_named(atlas: Atlas) -> None:
    told: list[str] = []
    asked = brief("copper", "border-war", "old-times", extent="by-suez")
    passed: list[str] = []
    sheets = sheets_by_theme(
        atlas, asked, BASE, lambda done, words: passed.append(words), told.append
    )
    left = [theme.label for theme in themes_left_out(atlas, sheets)]
    assert left == ["Border quarrel", "Old times"]
    assert [sheet.title for sheet in sheets[1:]] == ["Copper"]
    deck = opened(atlas, *sheets)
    assert passed == ["Overview", "Copper", "Border quarrel", "Old times"]
    assert len(told) == len(left)
    for label, sentence in nonempty(zip(left, told, strict=True)):
        assert sentence.startswith(f"{label} is left out: ")
        assert label in notes(deck.slides[0])
        assert label in texts(sources_of(deck)[0])


def test_a_theme_has_its_own_title_and_the_filters_of_the_overview(atlas: Atlas) -> None:
    filters = Filters(actor=("ZMB",), theme=("border-war", "copper"))
    asked = Brief(screen=Screen(filters=filters), title="Mine", points=(KeyPoint("Mine too"),))
    overview, *themes = sheets_by_theme(atlas, asked, BASE)
    assert overview.title == "Mine"
    assert [sheet.title for sheet in themes] == ["Copper", "Border quarrel"]
    for sheet in nonempty(themes):
        assert sheet.brief.screen.filters.actor == ("ZMB",)
        assert "Zambia" in sheet.filters
        assert all(point.record for point in nonempty(sheet.points))


def test_a_single_theme_is_its_own_overview(atlas: Atlas) -> None:
    assert len(sheets_by_theme(atlas, brief("copper"), BASE)) == 1


def test_an_alliance_is_filled_on_the_themes_that_it_belongs_to(atlas: Atlas) -> None:
    asked = Brief(screen=Screen(alliance=("lake-union",)))
    overview, *themes = sheets_by_theme(atlas, asked, BASE)
    assert overview.fills
    of = set(atlas.dossier.records["lake-union"].themes)
    for sheet in nonempty(themes):
        assert bool(sheet.fills) == (sheet.brief.screen.filters.theme[0] in of)


def test_chosen_sets_of_records_have_a_sheet_each(atlas: Atlas) -> None:
    sets = {
        "Cartridges": ["cartridges"],
        "Guard": ["ago-backs-guard", "rifles-for-the-guard"],
    }
    _, *sheets = sheets_by_set(atlas, brief(), sets, BASE)
    assert [sheet.title for sheet in sheets] == list(sets)
    assert [sorted(record.id for record in sheet.records) for sheet in sheets] == list(
        sets.values()
    )
    assert themes_left_out(atlas, [compose(atlas, brief(), BASE), *sheets]) == []
    with pytest.raises(EmptyBriefError, match=r"^Nothing: "):
        sheets_by_set(atlas, brief(), {"Nothing": ["no-such-record"]}, BASE)


def test_a_deck_of_nothing_or_of_several_frames_is_refused(atlas: Atlas) -> None:
    sheets: Sequence[Sheet] = [
        compose(atlas, brief("copper", frame=frame), BASE) for frame in ("16:9", "4:3")
    ]
    with pytest.raises(ValueError, match="no sheet"):
        deck(atlas, [])
    with pytest.raises(ValueError, match="same frame"):
        deck(atlas, sheets)
