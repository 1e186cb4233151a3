"""Figures of countries: what is in the table, what a sum lacks, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.boundaries import load_countries
from geodata.errors import FiguresError
from geodata.figures import NOTES, TABLE, WORLD, Figures, load_figures
from tests.nonempty import nonempty

MEASURES = ["gdp_ppp", "gdp_market", "population", "area"]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load_figures()


def test_every_country_is_known_and_has_every_measure(figures: Figures) -> None:
    assert [measure.id for measure in figures.measures] == MEASURES
    assert set(figures.countries) <= set(load_countries().index)
    assert len(figures.countries) == 32
    for country in nonempty(figures.countries.values()):
        assert list(country.by_measure) == MEASURES, country.code
    assert WORLD not in figures.countries


def test_each_figure_has_its_year_and_what_to_beware_of(figures: Figures) -> None:
    by = figures.countries
    assert by["IRN"].by_measure["gdp_ppp"].year == 2023
    assert by["ETH"].by_measure["gdp_market"].year == 2022
    assert {by[c].by_measure["gdp_market"].year for c in ("PRK", "SYR", "LBN")} == {2023}
    assert by["JPN"].by_measure["population"].year == 2024
    assert by["IRN"].by_measure["area"].year is None
    assert "2015" in by["PRK"].by_measure["gdp_ppp"].note
    assert "2015" in by["YEM"].by_measure["gdp_ppp"].note
    assert "2017" in by["TKM"].by_measure["gdp_ppp"].note
    assert "Crimea" in by["UKR"].by_measure["area"].note
    assert by["PRK"].military == "20-30"
    assert by["YEM"].military == ""
    assert "January 2026" in figures.source


def test_shares_of_area_are_of_the_land_not_of_the_sea(figures: Figures) -> None:
    assert figures.world["area"].value == 148_940_000
    assert figures.total(["RUS"], "area").share == pytest.approx(11.48, abs=0.01)


def test_a_sum_says_what_it_lacks(figures: Figures) -> None:
    total = figures.total(["FRA", "BEL", "hezbollah", "FRA"], "gdp_ppp")
    assert total.counted == ("FRA",)
    assert total.missing == ("BEL", "hezbollah")
    assert total.value == 3_689_000_000_000
    assert total.years == (2023,)
    assert figures.total(["TKM"], "gdp_ppp").notes == (("TKM", "in dollars of 2017"),)
    assert figures.total([], "gdp_ppp").share == 0
    with pytest.raises(KeyError):
        figures.total(["FRA"], "happiness")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("gdp_ppp_2023_usd", "gdp", "figures.csv:1: no column gdp_ppp_2023_usd"),
        ("BRA,Brazil,221359387", "BRA,Brazil,many", "figures.csv:3: 'many'"),
        ("BRA,Brazil,221359387", "BRA,Brazil,-5", "figures.csv:3: -5 is not a positive number"),
        ("BRA,Brazil,221359387", "BRA,Brazil,nan", "figures.csv:3: nan is not"),
        ("BRA,Brazil,221359387,2025", "BRA,Brazil,221359387,", "figures.csv:3: '221359387'"),
        ("BRA,Brazil", "RUS,Brazil", "figures.csv:4: RUS comes twice"),
        ("WLD,World", "XXX,World", "figures.csv:1: no row WLD"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    table = tmp_path / "figures.csv"
    table.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FiguresError) as raised:
        load_figures(table, NOTES)
    assert str(raised.value).startswith(reason)


def test_an_empty_cell_is_no_figure(tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    text = TABLE.read_text(encoding="utf-8").replace("BRA,Brazil,221359387", "BRA,Brazil,")
    table.write_text(text, encoding="utf-8")
    total = load_figures(table).total(["BRA", "IND"], "population")
    assert (total.counted, total.missing) == (("IND",), ("BRA",))
