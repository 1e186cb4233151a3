"""What a test goes through must be there: a loop over nothing asserts nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


def nonempty(items: Iterable[Item]) -> list[Item]:
    """Give the items as a list, and fail where there are none.

    A test that asserts something of each thing that the code gives would pass if it gave none.
    `tests/test_vacuous.py` demands this wherever that could happen.

    Raises
    ------
    AssertionError
        If there is no item.
    """
    found = list(items)
    if not found:
        raise AssertionError("nothing came: each of none is whatever one says")
    return found
