"""Alliances of the tests' own dossier, as the tests of this page call them."""

from __future__ import annotations

from datetime import date

AS_OF = date(2019, 9, 30)
EXPANSION = date(2018, 1, 1)
UNION, LEAGUE, CIRCLE = "lake-union", "coast-league", "copper-circle"
COMPARED = (UNION, LEAGUE, CIRCLE)
