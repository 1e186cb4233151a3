"""Names that carry commas: each stays one name, in search, on cards and in files."""

from __future__ import annotations

import csv
from itertools import chain

import pytest

from annotations.english import listed, named_beside
from dashboard.atlas.cards import build_card
from dashboard.atlas.data import Atlas
from dashboard.views.alliances.comparison import default_comparison
from dashboard.views.alliances.members import overlaps_table
from dashboard.views.alliances.weights import weights_of, weights_table
from geodata.figures import load_figures
from tests.dashboard.made import atlas_of, dossier_of, record

HOLDING, BUREAU = "Acme Holding, Ltd", "Bureau for Ships, Rails, and Roads"


@pytest.fixture
def made(atlas: Atlas) -> Atlas:
    """Two actors whose names and aliases carry commas, in one alliance."""
    actors = dict(dossier_of([]).actors)
    actors["IRN"] = actors["IRN"].model_copy(update={"aliases": [HOLDING, "Ltd of Old"]})
    actors["RUS"] = actors["RUS"].model_copy(update={"name": BUREAU, "aliases": ["Plain", "Also"]})
    members = [{"actor": actor, "status": "member"} for actor in ("IRN", "RUS", "hezbollah")]
    pact = record("alliance", "pact", short="Pact, Iron", members=members)
    acme = record("flow", "acme", title="Ltd", goods="arms", item="It", state="agreed",
                  **{"from": "RUS", "to": "IRN"})  # fmt: skip
    return atlas_of(dossier_of([pact, acme], actors=actors), atlas)


def best(atlas: Atlas, query: str) -> tuple[str, float]:
    hits = list(chain.from_iterable(group.hits for group in atlas.search.answer(query).groups))
    hit = max(hits, key=lambda hit: hit.score)
    return hit.thing.id, hit.score


def test_an_alias_is_found_as_a_whole_and_no_part_of_it_is_a_name(made: Atlas) -> None:
    assert best(made, HOLDING)[0] == "actor:IRN"
    assert best(made, HOLDING)[1] > 100
    assert best(made, "pact iron")[0] == "pact"
    assert best(made, "pact iron")[1] > 100
    # Iran is not called "Ltd": the record of that title is.
    assert best(made, "ltd")[0] == "acme"
    [iran] = [
        hit
        for group in made.search.answer("ltd").groups
        for hit in group.hits
        if hit.thing.id == "actor:IRN"
    ]
    assert iran.score < 100


def test_names_in_one_line_can_be_told_apart(made: Atlas) -> None:
    assert named_beside([]) == ""
    assert named_beside(["One", "Two"]) == "One, Two"
    assert named_beside(["One, Ltd", "Two"]) == "One, Ltd; Two"

    def also(actor: str) -> str:
        (row,) = (
            row
            for section in build_card(made, f"actor:{actor}").sections
            for row in section.rows
            if row.label == "Also known as"
        )
        return str(row.items[0].text)

    assert also("IRN") == f"{HOLDING}; Ltd of Old"
    assert also("RUS") == "Plain, Also"
    assert listed([BUREAU, "Iran", "Oman"]) == f"{BUREAU}; Iran and Oman"


def test_tables_of_alliances_can_be_read_back(made: Atlas) -> None:
    comparison = default_comparison(made)
    (cell,) = overlaps_table(made, comparison)["members"]
    read = next(csv.reader([cell], delimiter=";", skipinitialspace=True))
    assert sorted(read) == sorted([BUREAU, "Iran", "Hezbollah"])
    figures = load_figures()
    found = weights_of(made, figures, ["pact"], comparison.day)
    table = weights_table(made, figures, found)
    assert set(table["members without figures"]) == {"Hezbollah"}
