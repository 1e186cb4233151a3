"""Figures of countries, with sums that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.figures import CountryFigures, Figure, Figures, load_figures

FIGURES = {
    # At purchasing power parity, at market rates, people, land: in thousandths of the world.
    "TZA": (100, 20, 60, 9),
    "UGA": (50, 10, 40, 2),
    "KEN": (100, 20, 50, 6),
    "RWA": (25, 5, 12, 1),
    "ZMB": (75, 15, 18, 7),
    "ZAF": (200, 200, 58, 12),
    "AGO": (100, 100, 32, 12),
    "BWA": (20, 10, 2, 6),
}
"""Made up; DR Congo and those that are no states have none."""


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The measures as they are, with made-up numbers of 2017 for the states of the dossier."""
    measures = load_figures().measures
    ids = [measure.id for measure in measures]
    return replace(
        load_figures(),
        countries={
            code: CountryFigures(
                code, code, {k: Figure(n, 2017) for k, n in zip(ids, row, strict=True)}, ""
            )
            for code, row in FIGURES.items()
        },
        world={k: Figure(1000, 2017) for k in ids},
    )
