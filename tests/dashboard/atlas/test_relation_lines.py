"""Relations in the scene: a line for each stance between two points, with a sign at each end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotations.schema import Relation
from dashboard.atlas.data import Atlas
from tests.dashboard.editing import BASE, copy
from tests.nonempty import nonempty
from tests.scenes import coordinates, scene_of

Load = Callable[[], Atlas]
Parsed = dict[str, Any]


START, END, BOTH = 2, 1, 3


def relation_between(small: Path, name: str, by: str, toward: str, what: str, **more: Any) -> None:
    fields = {"by": [by], "toward": [toward], "relation": what}
    copy(small / "relations/rus-ukr-conflict.yml", name, **(fields | more))


def test_relations_between_two_points_share_a_line_for_each_stance(
    load_small: Load, small: Path
) -> None:
    """Kyiv lies west of Moscow, so the line starts there whoever acts."""
    relation_between(small, "condemned", "UKR", "RUS", "condemnation")
    relation_between(small, "feud", "UKR", "RUS", "conflict", mutual=True)
    relation_between(small, "payments", "RUS", "UKR", "payment-link", mutual=True)
    atlas = load_small()
    bundles = {
        line["stance"]: dict(
            zip([atlas.scene.record_ids[i] for i in line["records"]], line["ends"], strict=True)
        )
        for line in scene_of(atlas)["lines"]
        if line["type"] == "relation"
    }
    assert bundles == {
        "opposes": {"condemned": END, "feud": BOTH, "rus-ukr-conflict": START},
        "supports": {"payments": BOTH},
    }


def test_there_is_one_line_for_each_stance_and_pair(scene: Parsed) -> None:
    seen = [
        (line["stance"], *sorted(map(tuple, (coordinates(line)[0], coordinates(line)[-1]))))
        for line in scene["lines"]
        if line["type"] == "relation"
    ]
    assert len(seen) == len(set(seen))


def test_ends_carry_a_sign_where_somebody_is_acted_upon(atlas: Atlas, scene: Parsed) -> None:
    """Checked by coordinates: an end is the anchor of one that the relation is toward."""
    actors, places = atlas.dossier.actors, atlas.dossier.places

    def anchor(actor: str) -> list[float] | None:
        place = places[actors[actor].seat] if actors[actor].seat else None
        return [round(place.lat, 3), round(place.lon, 3)] if place else None

    checked = 0
    for line in nonempty(line for line in scene["lines"] if line["type"] == "relation"):
        ends = {START: coordinates(line)[0], END: coordinates(line)[-1]}
        for i, bits in nonempty(zip(line["records"], line["ends"], strict=True)):
            record = atlas.dossier.records[atlas.scene.record_ids[i]]
            assert isinstance(record, Relation)
            receiving = [*record.toward, *(record.by if record.mutual else ())]
            at = [anchor(actor) for actor in receiving]
            known = None not in at
            checked += known
            signed = sum(bit for bit, end in ends.items() if end in at)
            assert bits == signed or not known, record.id
    assert checked >= 5


def test_no_record_is_twice_on_a_line(atlas: Atlas, scene: Parsed) -> None:
    """Who clicks on the line would choose between a record and itself."""
    for line in nonempty(scene["lines"]):
        names = [atlas.scene.record_ids[i] for i in line["records"]]
        assert len(names) == len(set(names)), names


def test_no_record_is_twice_at_a_point(scene: Parsed) -> None:
    seen = [(point["records"][0], *point["at"]) for point in scene["points"] if "records" in point]
    assert len(seen) == len(set(seen))


def test_the_small_dossier_is_untouched() -> None:
    """Tests change copies."""
    assert not (BASE / "relations" / "feud.yml").exists()
