"""Lines of the article in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def _as_text(numbers: Iterable[int]) -> str:
    """Ascending numbers as spans: ``0-23,25,30-41``."""
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in _spans(numbers))


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of successive numbers, as first and last of each."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def lines_in_words(numbers: Sequence[int]) -> str:
    """Article lines for a reader: ``line 9``, ``lines 26–28, 33``."""
    words = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in _spans(numbers))
    return f"line{'s' if len(numbers) > 1 else ''} {words}"
