"""The work of an export grows with its records, and no faster: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from annotations.schema import Alliance, Record
from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.formats import records, standalone
from dashboard.sheet.sheet import Sheet, compose
from dashboard.sheet.spec import Brief
from tests.dashboard.made import atlas_of

WRITERS: dict[str, Callable[[Atlas, Sheet], bytes]] = {
    "csv": records.csv,
    "geojson": records.geojson,
    "gpkg": records.geopackage,
}


COPIES = 10


@pytest.fixture(scope="module")
def many(little: Atlas) -> Atlas:
    """The small dossier with each record so many times.

    Copies of the same: with others, a column may be filled that was empty before, and is written.
    """
    dossier = little.dossier
    copies = [
        record.model_copy(update={"id": f"{record.id}-{number}"})
        for record in dossier.records.values()
        for number in range(COPIES)
    ]
    return atlas_of(replace(dossier, records={record.id: record for record in copies}), little)


@pytest.fixture(scope="module")
def sheet(many: Atlas) -> Sheet:
    return compose(many, Brief(screen=Screen(), extent="world"), "http://here")


def some_of_each_kind(sheet: Sheet, most: int) -> tuple[Record, ...]:
    """Up to so many records of each kind but alliances, whose members are asked for one by one."""
    counts: Counter[str] = Counter()
    kept = []
    for record in sheet.records:
        counts[record.kind] += 1
        if counts[record.kind] <= most and not isinstance(record, Alliance):
            kept.append(record)
    return tuple(kept)


@pytest.mark.parametrize("kind", WRITERS)
def test_tables_are_not_looked_through_for_each_record(
    many: Atlas, sheet: Sheet, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Each look at a table goes through all of it: there may be no more for more records."""
    asked: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(pd.DataFrame, name)

        def count(*args: Any, **kwargs: Any) -> Any:
            asked[name] += 1
            return original(*args, **kwargs)

        return count

    for name in ("__getitem__", "itertuples", "iterrows", "query", "groupby"):
        monkeypatch.setattr(pd.DataFrame, name, counted(name))
    looks = []
    few, all_of_them = (some_of_each_kind(sheet, most) for most in (2, COPIES))
    assert len(all_of_them) > 4 * len(few)
    for shown in (few, all_of_them):
        asked.clear()
        WRITERS[kind](many, replace(sheet, records=shown, fills={}))
        looks.append(dict(asked))
    assert looks[0]["__getitem__"] > 0
    assert looks[0] == looks[1]


class NotSearched(tuple[str, ...]):
    """Ids that nobody may look for one after the other."""

    def index(self, *_: Any) -> int:
        raise AssertionError("looked for from the first on")

    def __contains__(self, _: object) -> bool:
        raise AssertionError("looked for from the first on")


@pytest.mark.sweep
def test_the_page_does_not_search_the_scene_for_each_record(many: Atlas, sheet: Sheet) -> None:
    scene = replace(many.scene, record_ids=NotSearched(many.scene.record_ids))
    made = standalone.html(replace(many, scene=scene), sheet)
    assert made == standalone.html(many, sheet)
