"""Which things can have a word at all, so that only these are looked at closely. No Streamlit."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from dashboard.atlas.search_query import SHORTEST_PREFIX, Asked, Sought
from dashboard.atlas.search_things import Thing


@dataclass(frozen=True)
class Sieve:
    """Where words stand.

    Attributes
    ----------
    things : sequence of Thing
    standing : mapping of str to sequence of int
        By word, folded: positions of the things that have it, ascending.
    vocabulary : sequence of str
        The words, sorted.
    """

    things: Sequence[Thing]
    standing: Mapping[str, Sequence[int]]
    vocabulary: Sequence[str]

    def with_all(self, asked: Sequence[Asked]) -> list[Thing]:
        """Things that may have all words, in their order; all things where there is none."""
        if not asked:
            return list(self.things)
        found = reduce(set.intersection, map(self._having, asked))
        return [self.things[at] for at in sorted(found)]

    def with_two(self, asked: Sequence[Asked]) -> list[Thing]:
        """Things that may have two of the words or more, in their order."""
        counts = Counter(at for word in asked for at in self._having(word))
        return [self.things[at] for at in sorted(at for at, n in counts.items() if n > 1)]

    def _having(self, asked: Asked) -> set[int]:
        ways = (
            reduce(set.intersection, (self._with(sought) for sought in reading))
            for reading in asked.readings
        )
        return set().union(*ways)

    def _with(self, sought: Sought) -> set[int]:
        return {at for word in self._matching(sought) for at in self.standing.get(word, ())}

    def _matching(self, sought: Sought) -> Iterator[str]:
        """Words of the vocabulary that `Sought.quality` lets through."""
        yield sought.word
        yield from sought.kin
        if len(sought.word) < SHORTEST_PREFIX:
            return
        at = bisect_left(self.vocabulary, sought.word)
        while at < len(self.vocabulary) and self.vocabulary[at].startswith(sought.word):
            yield self.vocabulary[at]
            at += 1


def sieve_of(things: Sequence[Thing]) -> Sieve:
    """Note where each word stands."""
    standing: dict[str, list[int]] = {}
    for at, thing in enumerate(things):
        for word in {word.folded for field in thing.fields for word in field.words}:
            standing.setdefault(word, []).append(at)
    return Sieve(things, standing, sorted(standing))
