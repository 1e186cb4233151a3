"""Routes of the tests' own dossier, and choices among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.atlas.data import Atlas
from dashboard.views.corridors.choice import (
    Choice,
    choose_routes,
)
from dashboard.views.corridors.route import Study
from dashboard.views.corridors.study import build_study


@pytest.fixture(scope="module")
def study(atlas: Atlas) -> Study:
    return build_study(atlas)


@pytest.fixture(scope="module")
def choose(atlas: Atlas, study: Study) -> Callable[..., Choice]:
    def make(*routes: str, closed: tuple[str, ...] = ()) -> Choice:
        return choose_routes(atlas, study, routes or study.default, closed)

    return make
