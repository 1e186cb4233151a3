"""Figures of countries: product, population, area. Each with its year, and never a guess.

The table is `figures.csv`; where it comes from and what to know about it is in `figures.yml`. A
country that is not in the table has no figures: a sum over countries says for how many it holds.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from geodata.errors import FiguresError

HERE = Path(__file__).parent
TABLE = HERE / "figures.csv"
NOTES = HERE / "figures.yml"
WORLD = "WLD"
"""Code of the row that stands for the world."""


@dataclass(frozen=True)
class Measure:
    """One thing that is measured of each country.

    Attributes
    ----------
    id : str
        ``gdp_ppp``, ``gdp_market``, ``population`` or ``area``.
    label, long : str
        Name for charts, and what exactly is measured.
    unit : str
        ``dollars``, ``people`` or ``km²``.
    """

    id: str
    label: str
    long: str
    unit: str


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes
    ----------
    value : float
        In the unit of its measure.
    year : int or None
        Year that it is for; None where the source gives none (area).
    note : str
        What makes it differ from the figures of other countries; mostly nothing.
    """

    value: float
    year: int | None
    note: str = ""


@dataclass(frozen=True)
class CountryFigures:
    """All figures of one country.

    Attributes
    ----------
    code, name : str
        ISO 3166-1 alpha-3, and the name in the table.
    by_measure : mapping of str to Figure
        By id of the measure; one that the source lacks is missing.
    military : str
        Military spending in per cent of gross domestic product as the source puts it, which may be
        a range or nothing; of the newest year listed, mixed between countries.
    """

    code: str
    name: str
    by_measure: Mapping[str, Figure]
    military: str


@dataclass(frozen=True)
class Figures:
    """The whole table.

    Attributes
    ----------
    countries : mapping of str to CountryFigures
        By code, without the world.
    world : mapping of str to Figure
        By id of the measure: what a share is a share of. For the area it is the Earth's land.
    measures : tuple of Measure
        In the order to show them.
    source, licence : str
        Where the table comes from.
    """

    countries: Mapping[str, CountryFigures]
    world: Mapping[str, Figure]
    measures: tuple[Measure, ...]
    source: str
    licence: str

    def total(self, codes: Iterable[str], measure: str) -> Total:
        """Add up a measure over countries, each counted once.

        Parameters
        ----------
        codes : iterable of str
            Codes of countries; those without a figure are listed, not counted.
        measure : str
            Id of a measure.

        Returns
        -------
        Total

        Raises
        ------
        KeyError
            If there is no such measure.
        """
        world = self.world[measure]
        found: dict[str, Figure] = {}
        missing: list[str] = []
        for code in dict.fromkeys(codes):
            country = self.countries.get(code)
            if country is not None and measure in country.by_measure:
                found[code] = country.by_measure[measure]
            else:
                missing.append(code)
        value = math.fsum(figure.value for figure in found.values())
        years = sorted({figure.year for figure in found.values() if figure.year is not None})
        return Total(
            value=value,
            share=100 * value / world.value,
            counted=tuple(found),
            missing=tuple(missing),
            years=tuple(years),
            notes=tuple((code, figure.note) for code, figure in found.items() if figure.note),
        )


@dataclass(frozen=True)
class Total:
    """A sum over countries.

    Attributes
    ----------
    value : float
        In the unit of the measure.
    share : float
        In per cent of the world.
    counted, missing : tuple of str
        Codes of the countries with a figure and without. While any is missing, `value` and `share`
        are too small.
    years : tuple of int
        Years of the figures counted, ascending.
    notes : tuple of (str, str)
        Code and note of each figure that differs from the rest.
    """

    value: float
    share: float
    counted: tuple[str, ...]
    missing: tuple[str, ...]
    years: tuple[int, ...]
    notes: tuple[tuple[str, str], ...]


def load_figures(table: Path = TABLE, notes: Path = NOTES) -> Figures:
    """Read the table.

    Parameters
    ----------
    table : Path
        CSV in UTF-8 with a header, one country a row, one row for the world.
    notes : Path
        YAML that names the measures and their columns.

    Returns
    -------
    Figures

    Raises
    ------
    FiguresError
        If a column is missing, a number is none, a country comes twice, or the world is missing.
    """
    about: dict[str, Any] = yaml.safe_load(notes.read_text(encoding="utf-8"))
    measures: dict[str, dict[str, Any]] = about["measures"]
    countries: dict[str, CountryFigures] = {}
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        wanted = {"iso3", "name", "milex_pct_gdp"}
        for measure in measures.values():
            wanted |= {measure["column"]} | {measure[k] for k in ("year_column",) if k in measure}
        if lacking := sorted(wanted - set(reader.fieldnames or ())):
            raise FiguresError(table.name, 1, f"no column {', '.join(lacking)}")
        for row in reader:
            code = row["iso3"]
            if code in countries:
                raise FiguresError(table.name, reader.line_num, f"{code} comes twice")
            remarks = about.get("notes", {}).get(code, {})
            figures = {
                name: _figure(row, measure, remarks.get(name, ""), table.name, reader.line_num)
                for name, measure in measures.items()
                if row[measure["column"]]
            }
            countries[code] = CountryFigures(code, row["name"], figures, row["milex_pct_gdp"])
    if WORLD not in countries:
        raise FiguresError(table.name, 1, f"no row {WORLD} for the world")
    world = dict(countries.pop(WORLD).by_measure)
    world["area"] = Figure(float(about["world_land_km2"]), None)
    if lacking := sorted(set(measures) - set(world)):
        raise FiguresError(table.name, 1, f"no {', '.join(lacking)} for the world")
    return Figures(
        countries=countries,
        world=world,
        measures=tuple(
            Measure(name, measure["label"], measure["long"], measure["unit"])
            for name, measure in measures.items()
        ),
        source=about["source"],
        licence=about["licence"],
    )


def _figure(
    row: Mapping[str, str], measure: Mapping[str, Any], note: str, file: str, line: int
) -> Figure:
    """One cell with its year."""
    text = row[measure["column"]]
    year = row[measure["year_column"]] if "year_column" in measure else measure.get("year")
    try:
        value = float(text)
        whole_year = int(year) if year is not None else None
    except ValueError:
        raise FiguresError(file, line, f"'{text}' ({year}) is not a number with a year") from None
    if not (math.isfinite(value) and value > 0):
        raise FiguresError(file, line, f"{text} is not a positive number")
    return Figure(value, whole_year, note)
