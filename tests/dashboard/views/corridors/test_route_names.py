"""What a route is called: its corridor's short name or title, whatever signs that holds."""

from __future__ import annotations

import pytest

from dashboard.atlas.data import Atlas
from dashboard.views.corridors.study import build_study
from tests.dashboard.made import atlas_of, dossier_of, record

TITLE = "Way of Ships (and Rails), the Long One"
LEGS = [{"from": "moscow", "to": "astrakhan", "mode": "rail", "status": "operating"}]


def names(like: Atlas, *branches: str, **fields: str) -> list[tuple[str, str]]:
    way = record(
        "corridor",
        "way",
        branches=[
            {
                "id": b,
                "title": f"{b.title()} branch: by rail",
                "short": f"{b.title()} branch",
                "legs": LEGS,
            }
            for b in branches
        ],
        **({"title": TITLE} | fields),
    )
    study = build_study(atlas_of(dossier_of([way]), like))
    return [(route.label, route.short) for route in study.routes.values()]


def test_without_a_short_name_a_route_has_the_whole_title(atlas: Atlas) -> None:
    assert names(atlas, "middle") == [(TITLE, TITLE)]
    assert names(atlas, "east", "west") == [
        (f"{TITLE} east branch", f"{TITLE} east"),
        (f"{TITLE} west branch", f"{TITLE} west"),
    ]


@pytest.mark.parametrize("short", ["WSR", "Ships, Rails (old)"])
def test_a_short_name_stands_for_the_title(atlas: Atlas, short: str) -> None:
    assert names(atlas, "middle", short=short) == [(short, short)]
    assert names(atlas, "east", "west", short=short) == [
        (f"{short} east branch", f"{short} east"),
        (f"{short} west branch", f"{short} west"),
    ]


def test_a_corridor_is_found_by_its_short_name(atlas: Atlas) -> None:
    way = record("corridor", "way", title=TITLE, short="WSR",
                 branches=[{"id": "it", "title": "By rail", "legs": LEGS}])  # fmt: skip
    made = atlas_of(dossier_of([way]), atlas)
    [group] = made.search.answer("wsr").groups
    assert [hit.thing.id for hit in group.hits] == ["way"]
    assert group.hits[0].score > 100
