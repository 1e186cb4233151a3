"""Routes of the tests' own dossier, as the tests of this page call them."""

from __future__ import annotations

WESTERN, EASTERN = "lake-line.western", "lake-line.eastern"
SUEZ, CAPE = "suez-way.north", "cape-way.south"
DURBAN, MAPUTO = "southern-route.sea.durban", "southern-route.sea.maputo"
