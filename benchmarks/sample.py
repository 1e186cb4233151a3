"""What the real dossier is made of, for synthetic ones to draw from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from annotations.files import HEAD
from annotations.schema import KINDS
from annotations.yaml_text import read_file

REAL = Path(__file__).parents[1] / "annotations" / "russia-iran"

Data = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """What the real dossier is made of, to draw from.

    Attributes
    ----------
    head : dict
        Content of ``dossier.yml``.
    actors, places : dict of str to dict
        Content of the files, by id.
    records : dict of str to list of dict
        Content of the records' files, by kind, sorted by id.
    titles, prose : list of str
        Words of the titles, and of summaries and notes; as often as they occur.
    """

    head: Data
    actors: dict[str, Data]
    places: dict[str, Data]
    records: dict[str, list[Data]]
    titles: list[str]
    prose: list[str]


def _read(path: Path) -> Data:
    reading = read_file(path)
    if reading.data is None or reading.flaws:
        raise ValueError(f"{path}: {reading.flaws}")
    return reading.data


_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def read_sample(folder: Path = REAL) -> Sample:
    """Read the dossier that the synthetic ones are shaped like."""

    def folder_of(name: str) -> list[Data]:
        return [_read(path) for path in sorted((folder / name).glob("*.yml"))]

    records = {kind: folder_of(sub) for kind, sub in KINDS.items()}
    everything = [record for kind in records.values() for record in kind]
    return Sample(
        head=_read(folder / HEAD),
        actors={actor["id"]: actor for actor in folder_of("actors")},
        places={place["id"]: place for place in folder_of("places")},
        records=records,
        titles=[w for r in everything for w in _WORD.findall(r["title"])],
        prose=[w for r in everything for w in _WORD.findall(r["summary"])],
    )


_ROLES = ("from", "to", "by", "against", "toward", "actor", "affiliation", "about")


def _flat(record: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = record.get(key, [])
        found += value if isinstance(value, list) else [value]
    return found


def roles_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, _ROLES)


def actors_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, (*_ROLES, "actors"))


def places_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, ("place", "places", "from_place", "to_place"))
