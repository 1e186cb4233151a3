"""A screen in words, and the names of what is chosen."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.dates import PartialDate
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.filters import FACETS, Filters
from dashboard.atlas.labels import label_of
from dashboard.atlas.words import filters_in_words, sources_in_words

# Labels


@pytest.mark.parametrize("facet", [*FACETS, "alliance"])
def test_everything_that_is_offered_has_a_name(atlas: Atlas, facet: str) -> None:
    names = [label_of(atlas, facet, value) for value in atlas.choices.options[facet]]
    assert all(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("actor", "ZMB", "Zambia"),
        ("theme", "border-war", "Border quarrel"),
        ("layer", "indicators", "Figures"),
        ("status", "official-claim", "Official claim"),
        ("verdict", "wrong", "Wrong"),
        ("alliance", "coast-league", "League"),
    ],
)
def test_label(atlas: Atlas, facet: str, value: str, label: str) -> None:
    assert label_of(atlas, facet, value) == label


def test_an_unknown_facet_is_an_error(atlas: Atlas) -> None:
    with pytest.raises(KeyError):
        label_of(atlas, "colour", "ZMB")


# Filters


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no filter"),
        ({"actor": ("ZMB",)}, "actors: Zambia"),
        ({"actor": ("ZMB", "TZA")}, "actors: Zambia or Tanzania"),
        ({"theme": ("border-war",)}, "themes: Border quarrel"),
        ({"layer": ("flows",)}, "layers: Flows"),
        ({"status": ("official-claim",)}, "evidence: Official claim"),
        ({"verdict": ("wrong",)}, "verdict: Wrong"),
        ({"from_": PartialDate("2022-09")}, "from September 2022"),
        ({"to": PartialDate("1991")}, "to 1991"),
        (
            {"from_": PartialDate("1991"), "to": PartialDate("2022-09")},
            "1991 to September 2022",
        ),
        ({"q": "<b>drones"}, "text: “<b>drones”"),
        (
            {"q": "x", "verdict": ("wrong",), "actor": ("ZMB",)},
            "actors: Zambia; verdict: Wrong; text: “x”",
        ),
    ],
)
def test_filters_in_words(atlas: Atlas, fields: dict[str, Any], words: str) -> None:
    assert filters_in_words(atlas, Screen(Filters(**fields))) == words


def test_alliances_that_are_filled_are_named(atlas: Atlas) -> None:
    screen = Screen(alliance=("lake-union", "copper-circle"))
    assert filters_in_words(atlas, screen) == "filled: Union, Circle"


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_has_words(atlas: Atlas, facet: str) -> None:
    value = atlas.choices.options[facet][0]
    words = filters_in_words(atlas, Screen(Filters(**{facet: (value,)})))
    assert label_of(atlas, facet, value) in words


# Sources


def test_sources_name_the_lines_of_what_is_shown(atlas: Atlas) -> None:
    record = next(r for r in atlas.dossier.records.values() if len(r.source.lines) == 1)
    words = sources_in_words(atlas, [record])
    assert words.endswith(f". Shown: line {record.source.lines[0]}.")
    assert words.startswith(atlas.dossier.head.article.description.rstrip("."))


def test_a_line_that_several_records_cite_is_named_once(atlas: Atlas) -> None:
    words = sources_in_words(atlas, atlas.dossier.records.values())
    _, _, lines = words.partition("Shown: ")
    cited = {n for record in atlas.dossier.records.values() for n in record.source.lines}
    named: list[int] = []
    for span in lines.removeprefix("lines ").rstrip(".").split(", "):
        first, _, last = span.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(cited)


def test_nothing_shown_names_the_article_alone(atlas: Atlas) -> None:
    assert sources_in_words(atlas, []) == atlas.dossier.head.article.description
