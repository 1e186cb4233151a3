"""No code knows a dossier: nothing that is particular to one that ships stands in it.

What is looked for is read from the dossiers' own files. Examples in docstrings and comments take
the tests' dossier `lakes`, so what that has too may stand anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from annotations import load_dossier
from annotations.dossier import Dossier
from annotations.schema import Corridor
from tests.dossiers.shelf import LAKES, SHIPPED
from tests.nonempty import nonempty

ROOT = Path(__file__).parents[1]

CODE = (
    *("annotations/*.py", "geodata/*.py", "streamlit_app.py"),
    *(f"dashboard/**/*.{ending}" for ending in ("py", "js", "css", "html", "yml")),
)

EXCEPTIONS = {
    ("dashboard/atlas/data.py", "russia-iran"): "the dossier that is shown where none is named",
    ("geodata/boundaries.py", "Caspian"): "one of the lakes that Natural Earth draws as no lake",
    ("geodata/sea_legs.py", "Caspian"): "a sea of searoute's lanes",
    ("geodata/sea_legs.py", "Black Sea"): "the same",
    ("geodata/sea_legs.py", "bosporus"): "a passage, by searoute's own name",
    ("geodata/corridors.py", "bosporus"): "the same",
    ("geodata/corridors.py", "gibraltar"): "the same",
}
"""What may stand in a file all the same, and why."""


def _told(dossier: Dossier) -> Iterator[str]:
    """Ids and names of all that a dossier is made of."""
    head = dossier.head
    yield from (dossier.name, head.title)
    for part in (*head.themes, *head.extents):
        yield from (part.id, part.label)
    for actor in dossier.actors.values():
        yield from (actor.id, actor.name, *actor.aliases)
    for place in dossier.places.values():
        yield from (place.id, place.name)
    for record in dossier.records.values():
        yield from (record.id, record.title)
        yield from filter(None, (getattr(record, "short", None), getattr(record, "item", None)))
        for branch in record.branches if isinstance(record, Corridor) else ():
            yield branch.title


@cache
def names() -> tuple[str, ...]:
    """What no code may name, without what is in the examples' dossier too."""
    shipped = {
        name for folder in nonempty(SHIPPED.values()) for name in _told(load_dossier(folder))
    }
    return tuple(sorted(shipped - set(_told(load_dossier(LAKES)))))


def plain_word(name: str) -> bool:
    """Whether a name is one word in small letters: an id that the language may have as well."""
    return name.isalpha() and name.islower()


@cache
def _searched() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds names, and what finds those that may be words: quoted, or in an address."""
    words = [re.escape(name) for name in names() if plain_word(name)]
    # The language has these as well as a dossier.
    themes = {t.id for folder in SHIPPED.values() for t in load_dossier(folder).head.themes}
    words = [word for word in words if word not in themes]
    others = [re.escape(name) for name in names() if not plain_word(name)]
    longest = sorted(others, key=len, reverse=True)
    return (
        re.compile(rf"(?<![\w-])(?:{'|'.join(longest)})(?![\w-])"),
        re.compile(rf"(?<=[\"'`=:./])(?:{'|'.join(words)})(?=[\"'`&.:/])"),
    )


def named_in(text: str) -> list[tuple[int, str]]:
    """Lines of a text, from 1, with each name in them that no code may know."""
    return [
        (number, found[0])
        for number, line in enumerate(text.splitlines(), start=1)
        for pattern in _searched()
        for found in pattern.finditer(line)
    ]


@pytest.mark.sweep
def test_no_code_names_what_is_particular_to_a_dossier() -> None:
    files = sorted({path for pattern in CODE for path in ROOT.glob(pattern)})
    assert len(files) > 150, "where is the code?"
    found, excused = [], set()
    for path in files:
        file = path.relative_to(ROOT).as_posix()
        for number, name in named_in(path.read_text(encoding="utf-8")):
            if (file, name) in EXCEPTIONS:
                excused.add((file, name))
            else:
                found.append(f"{file}:{number}: {name}")
    assert found == [], "take an example from tests/dossiers/lakes"
    assert EXCEPTIONS.keys() - excused == set(), "no longer needed"


def test_every_sort_of_name_is_looked_for() -> None:
    for folder in nonempty(SHIPPED.values()):
        dossier = load_dossier(folder)
        sorts = {
            "themes": [theme.label for theme in dossier.head.themes],
            "extents": [extent.id for extent in dossier.head.extents],
            "actors": [actor.name for actor in dossier.actors.values()],
            "places": list(dossier.places),
            "records": [record.title for record in dossier.records.values()],
        }
        for sort, told in nonempty(sorts.items()):
            assert len(set(told) & set(names())) > 0.7 * len(set(told)), sort


@pytest.mark.parametrize("sign", ['"{}"', "``{}``", "?select={}&view", "'{}'", "corridor.{}.x"])
def test_a_name_is_found_as_code_would_have_it(sign: str) -> None:
    for name in nonempty(name for name in names() if re.fullmatch(r"[a-z]+-[a-z-]+", name)):
        assert named_in(f"x = 1\n# {sign.format(name)}") == [(2, name)]
