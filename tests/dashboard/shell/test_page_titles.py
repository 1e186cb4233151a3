"""What a window calls a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.atlas.data import Atlas
from dashboard.shell.page_titles import name_of, names_of, page_title
from tests.nonempty import nonempty


def test_what_is_selected_comes_first_then_page_and_dossier(
    load_small: Callable[[], Atlas],
) -> None:
    atlas = load_small()
    dossier = atlas.dossier.head.title
    assert page_title(atlas, "Corridors", "INSTC") == f"INSTC · Corridors · {dossier}"
    assert page_title(atlas, "Corridors") == f"Corridors · {dossier}"


def test_each_thing_that_can_be_selected_has_a_name(load_small: Callable[[], Atlas]) -> None:
    atlas = load_small()
    for thing in nonempty(atlas.choices.selectable):
        assert name_of(atlas, thing), thing


@pytest.mark.parametrize("thing", [None, "", "nobody", "actor:nobody"])
def test_what_is_not_there_has_none(load_small: Callable[[], Atlas], thing: str | None) -> None:
    assert name_of(load_small(), thing) == ""


def test_a_corridor_goes_by_its_short_name_and_each_is_named_once(
    load_small: Callable[[], Atlas],
) -> None:
    atlas = load_small()
    corridor = next(r for r in atlas.dossier.records.values() if r.kind == "corridor")
    short = corridor.short or corridor.title  # type: ignore[attr-defined]
    assert names_of(atlas, [corridor.id, corridor.id]) == short
