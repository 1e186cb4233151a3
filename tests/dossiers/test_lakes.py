"""The middle-sized dossier of the tests is a sample of all that there can be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from annotations import Dossier, load_dossier
from annotations import vocabulary as terms
from annotations.schema import KINDS
from annotations.vocabulary import Term
from tests.dossiers.shelf import LAKES

VOCABULARIES = [
    thing
    for thing in vars(terms).values()
    if isinstance(thing, type) and issubclass(thing, Term) and thing is not Term
]


@pytest.fixture(scope="module")
def lakes() -> Dossier:
    return load_dossier(LAKES)


def used(thing: object) -> Iterator[Term]:
    """Terms anywhere in a model."""
    if isinstance(thing, Term):
        yield thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from used(getattr(thing, name))
    elif isinstance(thing, list):
        for item in thing:
            yield from used(item)


def test_it_is_middle_sized(lakes: Dossier) -> None:
    assert 30 <= len(lakes.records) <= 40
    assert {record.kind for record in lakes.records.values()} == set(KINDS)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.__name__)
def test_every_term_is_there(lakes: Dossier, vocabulary: type[Term]) -> None:
    things = [*lakes.actors.values(), *lakes.places.values(), *lakes.records.values()]
    found = {term for thing in things for term in used(thing) if isinstance(term, vocabulary)}
    assert found == set(vocabulary)


def test_each_theme_and_place_and_actor_serves(lakes: Dossier) -> None:
    records = lakes.records.values()
    assert {theme for record in records for theme in record.themes} == set(lakes.head.theme_ids)
    actors = {actor for record in records for actor in record.all_actors}
    assert actors >= {actor for actor in lakes.actors if not actor.isupper()}
